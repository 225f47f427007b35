"""Many new rows of one table in few statements: what ``bulk_create`` does, without its dozen calls for every value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from django.db import connection, models, transaction

_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)
"""Columns that hold what the row holds; texts, numbers and nulls of theirs need no preparing."""
_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
_WITHOUT_A_MOMENT = (models.Field, models.DateField, models.DateTimeField)


@transaction.atomic
def insert(rows: Sequence[models.Model]) -> None:
    """Write new rows of one table, and give each its key. Raises ``IntegrityError`` and ``DataError``.

    For tables whose key the database gives, and whose values are values, not expressions.
    """
    if not rows:
        return
    model = type(rows[0])
    key: Any = model._meta.pk
    assert isinstance(model._meta.pk, models.AutoField)
    fields: list[Any] = [field for field in model._meta.local_concrete_fields if field is not key]
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(quote(field.column) for field in fields)})"
    place = f"({', '.join(['%s'] * len(fields))})"
    readers = [_reader(field) for field in fields]
    for some in _portions(rows, fields):
        values = zip(*([read(row) for row in some] for read in readers), strict=True)
        said = f"INSERT INTO {into} VALUES {', '.join([place] * len(some))} RETURNING {quote(key.column)}"  # noqa: S608 our own names
        with connection.cursor() as cursor:
            cursor.execute(said, [value for row in values for value in row])
            keys = cursor.fetchall()
        for row, (given,) in zip(some, keys, strict=True):
            row.pk, row._state.adding, row._state.db = given, False, connection.alias


def _portions(rows: Sequence[models.Model], fields: list[Any]) -> Iterator[Sequence[models.Model]]:
    size = connection.ops.bulk_batch_size(fields, list(rows))
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _reader(field: Any) -> Callable[[Any], Any]:
    """What takes the value of a column from a row, as the database wants it."""
    value_of = _kept(field)
    is_plain = isinstance(field, _PLAIN)
    prepared: dict[Any, Any] = {}
    """Of days and moments: an import writes the same ones thousands of times."""

    def read(row: Any) -> Any:
        value = value_of(row)
        if value is None or (is_plain and type(value) in _AS_THEY_ARE):
            return value
        if not isinstance(value, date):
            return field.get_db_prep_save(value, connection)
        if value not in prepared:
            prepared[value] = field.get_db_prep_save(value, connection)
        return prepared[value]

    return read


def _kept(field: Any) -> Callable[[Any], Any]:
    """What takes the value of a column from a row as the row holds it, or works it out where the column does that."""
    if isinstance(field, models.ForeignKey):
        return _pointer(field)
    is_set_by_row = type(field).pre_save in [kind.pre_save for kind in _WITHOUT_A_MOMENT]
    if is_set_by_row and not getattr(field, "auto_now", False) and not getattr(field, "auto_now_add", False):
        return attrgetter(field.attname)
    return lambda row: field.pre_save(row, True)


def _pointer(field: Any) -> Callable[[Any], Any]:
    def read(row: Any) -> Any:
        value = getattr(row, field.attname)
        if value is None and field.is_cached(row) and (other := field.get_cached_value(row)) is not None:
            value = getattr(other, field.target_field.attname)  # it was written after the row was made
            setattr(row, field.attname, value)
        return value

    return read
