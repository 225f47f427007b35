"""Counting events along one or two axes. The database counts; here is only what the axes are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, CharField, Count, F, Func, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.lookups import Exact
from django.db.models.sql.compiler import SQLCompiler

from events.api.labels import english


@dataclass(frozen=True)
class Axis:
    """What an event is counted under; ``label`` names it in words, by a column or by a vocabulary."""

    value: Combinable
    label: Combinable | None = None
    vocabulary: str | None = None


class Digits(Func):
    """The first digits of a date as ISO writes it: 4 are its year, 7 its month, 10 its day."""

    output_field = CharField()

    def __init__(self, field: str, digits: int) -> None:
        super().__init__(F(field), Value(digits))

    # SQLite keeps dates as this very text.
    template = "SUBSTR(%(expressions)s)"
    arg_joiner = ", 1, "

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        template = "LEFT(TO_CHAR(%(expressions)s)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=", 'YYYY-MM-DD'), ")


def _within(digits: int) -> Case:
    """An imprecise date counts only where its whole interval lies inside; elsewhere it is not known."""
    earliest = Digits("blocked_earliest", digits)
    lies_inside = When(Exact(earliest, Digits("blocked_latest", digits)), then=earliest)
    return Case(lies_inside, output_field=CharField())


AXES: Mapping[str, Axis] = {
    "day": Axis(_within(10)),
    "month": Axis(_within(7)),
    "year": Axis(_within(4)),
    "platform": Axis(F("platform__key"), label=F("platform__name")),
    "authority": Axis(F("authority__public_id"), label=F("authority__name")),
    "authority_kind": Axis(F("authority__kind"), vocabulary="authority_kind"),
    "authority_country": Axis(F("authority__country"), vocabulary="territory"),
    "reason_category": Axis(F("reason_category"), vocabulary="reason_category"),
    "restriction": Axis(F("restriction"), vocabulary="restriction"),
    "territory": Axis(F("territory"), vocabulary="territory"),
    "status": Axis(F("watch__status"), vocabulary="state"),
}


def count(events: QuerySet[Any], axis_x: str, axis_y: str | None) -> list[dict[str, Any]]:
    """``{x, count}`` or ``{x, y, count}`` with labels where the axis has any, sorted, the not known (null) last."""
    axes = {"x": AXES[axis_x]} | ({"y": AXES[axis_y]} if axis_y else {})
    columns: dict[str, Combinable] = {}
    for name, axis in axes.items():
        columns[name] = axis.value
        if axis.label is not None:
            columns[f"{name}_label"] = axis.label
    rows = events.order_by().annotate(**columns).values(*columns).annotate(count=Count("pk"))
    return sorted((_told(row, axes) for row in rows), key=lambda row: [_sortable(row[name]) for name in axes])


def _told(row: dict[str, Any], axes: Mapping[str, Axis]) -> dict[str, Any]:
    for name, axis in axes.items():
        if axis.vocabulary is not None:
            row[f"{name}_label"] = english(axis.vocabulary, row[name])
    return row


def _sortable(value: str | None) -> tuple[bool, str]:
    return value is None, value or ""
