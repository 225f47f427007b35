"""Events as rows of our own columns, so that what is exported can be imported again.

One row an event. What these columns have no place for (a second order or source, further episodes, grades) is in the
API and the dumps.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from events.importing.columns import COLUMNS, NONE_GIVEN
from events.importing.formulas import marked
from events.models import BlockEvent, Order, Source
from events.operations import interval

FORMATS = ("csv", "jsonl")
AT_ONCE = 500


def as_csv(events: QuerySet[Any], *, with_notes: bool) -> Iterator[str]:
    """Lines of CSV, the header first. No cell begins as a formula does."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for row in _rows(events, with_notes):
        yield writer.writerow([marked(row.get(name, "")) for name in COLUMNS])


def as_jsonl(events: QuerySet[Any], *, with_notes: bool) -> Iterator[str]:
    """One object a line; what is not known is left out."""
    for row in _rows(events, with_notes):
        yield json.dumps(row, ensure_ascii=False) + "\n"


class _Echo:
    """Hands back what a ``csv.writer`` writes."""

    def write(self, line: str) -> str:
        return line


def _rows(events: QuerySet[Any], with_notes: bool) -> Iterator[dict[str, str]]:
    whole = events.select_related("platform", "group", "page", "authority", "transmitted_by")
    for event in whole.prefetch_related("orders", "sources").iterator(chunk_size=AT_ONCE):
        row = _row(event) | ({"notes": event.internal_notes} if with_notes else {})
        yield {name: value for name in COLUMNS if (value := row.get(name))}


def _row(event: BlockEvent) -> dict[str, str]:
    order = next(iter(sorted(event.orders.all(), key=lambda row: row.pk)), None)
    source = _source(sorted(event.sources.all(), key=lambda row: row.pk))
    return {
        "platform": event.platform.key,
        "url": event.page.url if event.page else "",
        "group": event.group.name,
        "group_kind": _known(event.group.kind),
        **_bodies(event),
        **(_order(order) if order else {}),
        "blocked_on": _day(event, "blocked"),
        "cited_reason": NONE_GIVEN if event.cited_reason_status == "none_given" else event.cited_reason,
        "reason_category": event.reason_category or "",
        "restriction": _known(event.restriction),
        "territory": event.territory or "",
        "restored_on": _day(event, "restored"),
        "source_url": source.url if source else "",
        "source_title": source.title if source else "",
        "source_published": _day(source, "published") if source else "",
        "language": event.cited_reason_language or (source.language if source else ""),
        "external_id": event.external_id or "",
    }


def _bodies(event: BlockEvent) -> dict[str, str]:
    """One column holds the country of both; a body of another country has no place here."""
    decided, passed_on = event.authority, event.transmitted_by
    one = decided or passed_on
    country = one.country if one else None
    return {
        "authority": decided.name if decided else "",
        "authority_country": country or "",
        "transmitted_by": passed_on.name if passed_on and passed_on.country == country else "",
    }


def _order(order: Order) -> dict[str, str]:
    return {"order_number": order.number, "order_date": _day(order, "dated"), "law": order.law}


def _source(sources: Iterable[Source]) -> Source | None:
    return next((source for source in sources if source.url or source.title), None)


def _day(row: Any, prefix: str) -> str:
    """A date as far as it is known: between two days of one month, the month is."""
    when = interval(row, prefix)
    if when.earliest is None or when.latest is None:
        return ""
    digits = len(when.iso or "")
    first, last = when.earliest.isoformat(), when.latest.isoformat()
    while digits and first[:digits] != last[:digits]:
        digits = {10: 7, 7: 4, 4: 0}[digits]
    return first[:digits]


def _known(word: str) -> str:
    return "" if word == "unknown" else word
