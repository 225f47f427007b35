"""Rows that the database must refuse: a copy of a sound row with something wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

Row = models.Model
Break = tuple[Callable[[], Row], Mapping[str, Any]]
"""A maker of a sound row, and what is put into its copy; a callable gets the row. With nothing the copy is too much."""


def tables(app: str) -> list[type[Row]]:
    """The models of an app, without the historical copies that django-simple-history makes."""
    return [
        model
        for model in apps.get_app_config(app).get_models()
        if not model.__name__.startswith("Historical")
    ]


def promises(app: str) -> dict[str, tuple[type[Row], models.BaseConstraint | models.Field[Any, Any]]]:
    """All that the database of an app was told to refuse: named constraints, and unique columns as table.column."""
    found: dict[str, Any] = {}
    for model in tables(app):
        found |= {constraint.name: (model, constraint) for constraint in model._meta.constraints}
        unique = (field for field in model._meta.concrete_fields if field.unique and not field.primary_key)
        found |= {f"{model._meta.db_table}.{field.column}": (model, field) for field in unique}
    return found


def copy_of(row: Row, **values: Any) -> Row:
    """The same row again, not stored, under another public id."""
    fields = (
        field for field in row._meta.concrete_fields if not field.primary_key and field.name != "public_id"
    )
    return type(row)(**{field.attname: getattr(row, field.attname) for field in fields} | values)


def assert_refused(app: str, promise: str, broken: Break) -> None:
    """The sound row is stored, and its broken copy is refused by that promise and by no other."""
    model, promised = promises(app)[promise]
    make, wrong = broken
    row = make()
    assert isinstance(row, model)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        copy_of(
            row, **{name: value(row) if callable(value) else value for name, value in wrong.items()}
        ).save(force_insert=True)
    assert _is_named(str(refusal.value), promise, model, promised)


def _is_named(message: str, promise: str, model: type[Row], promised: Any) -> bool:
    if isinstance(promised, models.Field):
        return f"{model._meta.db_table}.{promised.column}" in message or f"({promised.column})=" in message
    if promise in message:
        return True
    # SQLite names the columns of a unique constraint in place of the constraint.
    named: list[Any] = [model._meta.get_field(name) for name in getattr(promised, "fields", ())]
    columns = [field.column for field in named]
    listed = ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
    return bool(columns) and message == f"UNIQUE constraint failed: {listed}"
