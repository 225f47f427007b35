"""Several reads as one statement: what a page shows of a row lies in a dozen tables, and each way there costs time."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.utils.dateparse import parse_date, parse_datetime


def read_together(*querysets: QuerySet[Any, Any]) -> list[list[Any]]:
    """The rows of each, in its own order and as it would have read them itself; nothing is asked for what is empty.

    Slices, annotations, ``values_list`` and ``select_related`` are as ever; what ``prefetch_related`` names is still
    read by statements of its own. Columns of bytes are not known here.
    """
    parts = [_Part(number, rows) for number, rows in enumerate(querysets)]
    asked = [part for part in parts if part.sql]
    if asked:
        _read(asked)
    return [part.rows() for part in parts]


def kept_as(queryset: QuerySet[Any, Any], rows: list[Any]) -> QuerySet[Any, Any]:
    """The queryset as it stands when it has read these rows: what it is asked for whole is not read again."""
    kept = queryset.all()
    kept._result_cache = rows
    kept._prefetch_done = True  # type: ignore[attr-defined]
    return kept


class _Part:
    """One of the reads: its statement, and what the database answered to it."""

    def __init__(self, number: int, queryset: QuerySet[Any, Any]) -> None:
        self.number, self.queryset = number, queryset._chain()  # type: ignore[attr-defined]
        self.compiler: Any = self.queryset.query.get_compiler(using=self.queryset.db)
        self.answered: list[tuple[Any, ...]] = []
        try:
            self.sql, self.params = self.compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:
            self.sql, self.params = "", ()

    @property
    def width(self) -> int:
        return len(self.compiler.select)

    def rows(self) -> list[Any]:
        """Made by Django's own hands from the answer that is here already."""
        if not self.sql:
            return []
        self.compiler.execute_sql = lambda *args, **kwargs: [self.answered]
        self.queryset.query.get_compiler = lambda *args, **kwargs: self.compiler
        return list(self.queryset)


def _read(parts: list[_Part]) -> None:
    connection = connections[parts[0].queryset.db]
    is_typed = connection.vendor != "sqlite"
    widest = max(part.width for part in parts)
    selects = [_typed(part) if is_typed else _padded(part, widest) for part in parts]
    if not is_typed:
        selects = [_typeless(widest), *selects]
    by_number = {part.number: part for part in parts}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), [value for part in parts for value in part.params])
        answer = sorted(cursor.fetchall(), key=lambda row: (row[0], row[1]))
    for number, _place, *told in answer:
        part = by_number[number]
        part.answered.append(_retyped(part, told[0], connection) if is_typed else tuple(told[: part.width]))


def _padded(part: _Part, widest: int) -> str:
    """SQLite lets every row have its own types, and wants only as many columns."""
    more = ", NULL" * (widest - part.width)
    return f"SELECT {part.number}, row_number() OVER (), t.*{more} FROM ({part.sql}) t"  # noqa: S608  Django's own SQL


def _typeless(widest: int) -> str:
    """No row, but the driver would read all rows by the types that the columns of the first read are declared with."""
    return f"SELECT NULL, NULL{', NULL' * widest} WHERE 0"


def _typed(part: _Part) -> str:
    """PostgreSQL wants one type a column, so that each row travels as one."""
    return f"SELECT {part.number}, row_number() OVER (), row_to_json(t)::text FROM ({part.sql}) t"  # noqa: S608  as above


def _retyped(part: _Part, told: str, connection: Any) -> tuple[Any, ...]:
    """The values as the driver would have brought them."""
    values = list(json.loads(told).values())[: part.width]
    fields = [expression.output_field for expression, _sql, _alias in part.compiler.select]
    return tuple(
        None if value is None else _driven(field)(value) for field, value in zip(fields, values, strict=True)
    )


def _driven(field: Any) -> Callable[[Any], Any]:
    while field.is_relation:
        field = field.target_field
    return _DRIVEN.get(field.get_internal_type(), _as_it_is)


def _as_it_is(value: Any) -> Any:
    return value


_DRIVEN: Mapping[str, Callable[[Any], Any]] = {
    "DateTimeField": parse_datetime,
    "DateField": parse_date,
    "UUIDField": UUID,
    "JSONField": json.dumps,
}
