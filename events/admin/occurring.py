"""Which values a column holds, read from its index in one query: one step a value, however many rows there are."""

from __future__ import annotations

from typing import Any

from django.db import connection

MOST = 400
"""Values of one column: more than these are no list to choose from."""


def occurring(*columns: tuple[Any, str]) -> list[list[str]]:
    """For each (model, column) its values in order, without null. Every column needs an index that begins with it."""
    steps, reads = [], []
    for number, (model, name) in enumerate(columns):
        table = connection.ops.quote_name(model._meta.db_table)
        column = connection.ops.quote_name(model._meta.get_field(name).column)
        # The names are those of our own tables and columns.
        first = f"SELECT MIN({column}), 1 FROM {table}"  # noqa: S608
        next_one = f"SELECT MIN({column}) FROM {table} WHERE {column} > found{number}.value"  # noqa: S608
        others = (
            f"SELECT ({next_one}), place + 1 FROM found{number} WHERE value IS NOT NULL AND place < {MOST}"  # noqa: S608
        )
        steps.append(f"found{number}(value, place) AS ({first} UNION ALL {others})")
        reads.append(
            f"SELECT {number}, CAST(value AS varchar(300)) FROM found{number} WHERE value IS NOT NULL"  # noqa: S608
        )
    with connection.cursor() as cursor:
        cursor.execute(f"WITH RECURSIVE {', '.join(steps)} {' UNION ALL '.join(reads)}")
        rows = cursor.fetchall()
    return [[value for number, value in rows if number == wanted] for wanted in range(len(columns))]
