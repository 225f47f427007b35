"""Columns and checks that several tables share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import F, Q

from tracker.models.vocabulary import two_capitals


class NormalFormField(models.CharField):
    """The comparison form of another column, filled whenever the row is written."""

    def __init__(
        self, *args: Any, of: str = "", key: Callable[[str], str] | None = None, **kwargs: Any
    ) -> None:
        self.of, self.key = of, key
        kwargs |= {"editable": False, "blank": True, "default": ""}
        kwargs.setdefault("max_length", 500)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {key: value for key, value in kwargs.items() if key not in {"of", "key"}}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if self.key is None:  # a historical copy: the value came with the row
            return super().pre_save(model_instance, add)
        value = self.key(getattr(model_instance, self.of) or "")
        setattr(model_instance, self.attname, value)
        return value


def interval_whole(prefix: str, name: str) -> models.CheckConstraint:
    """Earliest and latest are both set and in order, or both missing; with no dates, the precision is unknown."""
    earliest, latest, precision = f"{prefix}_earliest", f"{prefix}_latest", f"{prefix}_precision"
    # A check that compares with null is not false, so the database would let it pass: nulls are named.
    dated = Q(**{f"{column}__isnull": False for column in (earliest, latest, precision)}) & Q(
        **{f"{latest}__gte": F(earliest), f"{precision}__in": ["day", "month", "year"]}
    )
    undated = Q(**{f"{earliest}__isnull": True, f"{latest}__isnull": True}) & (
        Q(**{precision: "unknown"}) | Q(**{f"{precision}__isnull": True})
    )
    return models.CheckConstraint(condition=dated | undated, name=name)


def country_code(field: str, name: str) -> models.CheckConstraint:
    """Two capital letters (ISO 3166-1 alpha-2), or null for not known."""
    return models.CheckConstraint(condition=Q(**{f"{field}__isnull": True}) | two_capitals(field), name=name)


def not_empty(field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~Q(**{field: ""}), name=name)
