"""Many rows in one statement, without what an ORM does for each: a look has to be stored in microseconds.

What is written here has been built by the operations; constraints and triggers stand in the database as ever.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from django.db.models.base import ModelState

Row = models.Model
M = TypeVar("M", bound=models.Model)
_Convert = Callable[[Any], Any]
_AS_IT_IS = (
    models.CharField | models.TextField | models.IntegerField | models.FloatField | models.BooleanField
)


class Encoded(str):
    """JSON that is text already."""

    __slots__ = ()


def encoded(value: Any) -> Encoded:
    """The canonical JSON of a value: the same text however the database orders or spaces it when asked later.

    Without NUL and lone surrogates, which hostile pages send and PostgreSQL refuses in a text.
    """
    text = _dumps(value)
    return Encoded(_dumps(storable(value)) if "\\u0000" in text or "\\ud" in text else text)


_dumps = json.JSONEncoder(
    sort_keys=True
).encode  # spaced as Django would, so that a row saved again is the same


def storable(value: Any) -> Any:
    """The value without what PostgreSQL cannot hold in a text."""
    if isinstance(value, dict):
        return {key: storable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [storable(inner) for inner in value]
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return value


def lookup(
    model: type[Row], columns: Sequence[str], *, by: str, among: Collection[Any]
) -> list[tuple[Any, ...]]:
    """Columns of the rows in which ``by`` is one of some values, as the driver gives them: for numbers and texts."""
    names, found, wanted = ", ".join(f'"{name}"' for name in columns), [], list(among)
    at_once = connection.features.max_query_params or 60_000
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), at_once):
            some = wanted[start : start + at_once]
            places = ", ".join(["%s"] * len(some))
            table = model._meta.db_table
            cursor.execute(f'SELECT {names} FROM "{table}" WHERE "{by}" IN ({places})', some)  # noqa: S608 our own names
            found += cursor.fetchall()
    return found


def made(model: type[M], **values: Any) -> M:
    """A new row by the names of its columns, not stored yet. As the model makes it, for a tenth of what that takes."""
    defaults = _defaults(model)
    if not values.keys() <= defaults.keys():
        raise TypeError(f"{model.__name__} has no {values.keys() - defaults.keys()}")
    row = model.__new__(model)
    row.__dict__["_state"] = ModelState()
    row.__dict__.update({name: default() for name, default in defaults.items() if name not in values})
    row.__dict__.update(values)
    return row


@lru_cache(maxsize=32)
def _defaults(model: type[Row]) -> dict[str, Callable[[], Any]]:
    return {field.attname: field.get_default for field in model._meta.concrete_fields}


def known(model: type[M], **values: Any) -> M:
    """A stored row of which these columns are known; the others are read when somebody asks for them."""
    row = model.__new__(model)
    row.__dict__["_state"] = state = ModelState()
    state.adding, state.db = False, connection.alias
    row.__dict__.update(values)
    return row


def lock(model: type[M], ids: Collection[int]) -> list[M]:
    """The rows of these ids in their order. They stay as they are until the transaction ends."""
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    places = ", ".join(["%s"] * len(ids))
    last = " FOR UPDATE" if connection.features.has_select_for_update else ""
    sql = f'SELECT {columns} FROM "{model._meta.db_table}" WHERE "id" IN ({places}) ORDER BY "id"{last}'  # noqa: S608
    readers = _readers(model, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, list(ids))
        found = cursor.fetchall()
    return [
        known(model, **{name: read(value) for (name, read), value in zip(readers, row, strict=True)})
        for row in found
    ]


@lru_cache(maxsize=32)
def _readers(model: type[Row], vendor: str) -> tuple[tuple[str, _Convert], ...]:
    """The names of all columns, each with what makes its value out of what the driver gives."""
    return tuple((field.attname, _reader(field, vendor)) for field in model._meta.concrete_fields)


def _reader(field: models.Field[Any, Any], vendor: str) -> _Convert:
    if vendor == "sqlite" and type(field) is models.DateTimeField:
        return _in_utc
    column = field.cached_col
    steps = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]

    def read(value: Any) -> Any:
        for step in steps:
            value = step(value, column, connection)
        return value

    return read if steps else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _in_utc(value: datetime | None) -> datetime | None:
    """What Django's driver for SQLite makes of a moment's text has no zone yet."""
    return None if value is None else value.replace(tzinfo=UTC)


def insert(rows: Sequence[Row], *, skip_known: bool = False) -> None:
    """Add rows of one table; each gets its id.

    With ``skip_known`` a row whose unique column is there already is left out, and none gets an id.
    """
    if not rows:
        return
    model = type(rows[0])
    columns = _columns(model, ())
    at_once = max(1, (connection.features.max_query_params or 60_000) // len(columns))
    with connection.cursor() as cursor:
        for start in range(0, len(rows), at_once):
            _insert(cursor, rows[start : start + at_once], columns, skip_known)


def _insert(cursor: CursorWrapper, rows: Sequence[Row], columns: _Columns, skip_known: bool) -> None:
    table, names = rows[0]._meta.db_table, ", ".join(f'"{name}"' for name, _, _ in columns)
    places = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * len(rows))
    tail = "ON CONFLICT DO NOTHING" if skip_known else 'RETURNING "id"'
    values = [value for row in rows for value in _values(row, columns)]
    cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES {places} {tail}', values)  # noqa: S608 our own names
    if not skip_known:
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
            row._state.adding = False


def update(rows: Sequence[Row], *, but: Iterable[str]) -> None:
    """Write all columns of rows that the caller has locked, ``but`` those named."""
    if rows:
        columns = _columns(type(rows[0]), tuple(but))
        _update(rows[0]._meta.db_table, columns, [(*_values(row, columns), row.pk) for row in rows])


def update_columns(model: type[Row], names: Sequence[str], values: Sequence[tuple[Any, ...]]) -> None:
    """Write a few columns of rows that the caller has locked; in each tuple the id comes last."""
    if values:
        columns = [column for column in _columns(model, ()) if column[1] in names]
        columns.sort(key=lambda column: names.index(column[1]))
        converts = [convert for _, _, convert in columns]
        converted = [
            (*(c(v) if c else v for c, v in zip(converts, row, strict=False)), row[-1]) for row in values
        ]
        _update(model._meta.db_table, columns, converted)


def _update(table: str, columns: Sequence[_Column], values: Sequence[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{name}" = %s' for name, _, _ in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f'UPDATE "{table}" SET {names} WHERE "id" = %s', values)  # noqa: S608 our own names


_Column = tuple[str, str, _Convert | None]
"""A column, the attribute that holds it, and what is done with its value first."""
_Columns = tuple[_Column, ...]


def _values(row: Row, columns: _Columns) -> list[Any]:
    held = row.__dict__
    return [convert(held[name]) if convert else held[name] for _, name, convert in columns]


def _columns(model: type[Row], but: tuple[str, ...]) -> _Columns:
    return _known_columns(model, but, connection.vendor)


@lru_cache(maxsize=32)
def _known_columns(model: type[Row], but: tuple[str, ...], vendor: str) -> _Columns:
    fields = (field for field in model._meta.concrete_fields if not field.primary_key)
    return tuple(
        (str(field.column), field.attname, _converter(field, vendor))
        for field in fields
        if field.attname not in but
    )


def _converter(field: models.Field[Any, Any], vendor: str) -> _Convert | None:
    """What the database needs done with a value of the field; None when nothing."""
    if isinstance(field, models.ForeignKey | _AS_IT_IS):
        return None
    if isinstance(field, models.JSONField):
        return lambda value: (
            None if value is None else str(value if type(value) is Encoded else encoded(value))
        )
    if vendor == "sqlite":
        return _TO_TEXT.get(type(field)) or (lambda value: field.get_db_prep_save(value, connection))
    return None if type(field) in _TO_TEXT else lambda value: field.get_db_prep_save(value, connection)


def _moment_text(value: datetime | None) -> str | None:
    return None if value is None else str(value.astimezone(UTC).replace(tzinfo=None))


def _uuid_text(value: UUID | None) -> str | None:
    return None if value is None else value.hex


_TO_TEXT: dict[type[models.Field[Any, Any]], _Convert] = {
    models.DateTimeField: _moment_text,
    models.UUIDField: _uuid_text,
}
"""As Django writes them where there is no such type; PostgreSQL's driver takes them as they are."""
