"""Counting events along one or two axes. The database counts; here is only what the axes are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, ExtractMonth, ExtractYear, LPad

from events.api.labels import english

EARLIEST, LATEST = "blocked_earliest", "blocked_latest"


@dataclass(frozen=True)
class Axis:
    """What an event is counted under; ``label`` names it in words, by a column or by a vocabulary."""

    value: Combinable
    label: Combinable | None = None
    vocabulary: str | None = None


def _year() -> Combinable:
    return LPad(Cast(ExtractYear(EARLIEST), CharField()), 4, Value("0"))


def _two_digits(part: Combinable) -> Combinable:
    return LPad(Cast(part, CharField()), 2, Value("0"))


def _within(span: Q, text: Combinable) -> Case:
    """An imprecise date counts only where its whole interval lies inside; elsewhere it is not known."""
    return Case(When(Q(**{f"{EARLIEST}__isnull": False}) & span, then=text), output_field=CharField())


_SAME_YEAR = Q(**{f"{LATEST}__year": ExtractYear(EARLIEST)})
_SAME_MONTH = _SAME_YEAR & Q(**{f"{LATEST}__month": ExtractMonth(EARLIEST)})
_MONTH = Concat(_year(), Value("-"), _two_digits(ExtractMonth(EARLIEST)), output_field=CharField())

AXES: Mapping[str, Axis] = {
    "day": Axis(_within(Q(**{EARLIEST: F(LATEST)}), Cast(EARLIEST, CharField()))),
    "month": Axis(_within(_SAME_MONTH, _MONTH)),
    "year": Axis(_within(_SAME_YEAR, _year())),
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
