"""Before publishing: the event as readers will see it, and what changed since somebody else last looked at it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import operations, sentences
from events.dates import ImpreciseDate, Precision
from events.models import BlockEvent, Order, Source

LATELY = {
    "published": gettext_lazy("since it was published"),
    "in_review": gettext_lazy("since it was last in review"),
    "withdrawn": gettext_lazy("since it was withdrawn"),
}
_DATES = ("blocked", "restored")
_ENDS = ("earliest", "latest", "precision")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text that stayed, went or came: ``same``, ``gone``, ``new``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that readers see, before and after, word by word."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Review:
    """``since`` is empty when nobody but its authors has seen the event: then all of it is new."""

    headline: str
    dated: str
    not_known: list[str]
    facts: list[tuple[str, str]]
    sources: list[Any]
    since: str
    changes: list[Change]


def review(event: BlockEvent) -> Review:
    base = _last_seen(event)
    return Review(
        sentences.headline(event),
        sentences.dated(event),
        sentences.not_known(event),
        [(label, value) for label, value in _facts(event, _order_words(event)) if value],
        list(event.sources.order_by("pk")),
        str(LATELY[base.publication]) if base is not None else "",
        list(_changes(base, event)) if base is not None else [],
    )


def _last_seen(event: BlockEvent) -> Any:
    """The version that a second person last saw: the last published, or the last in review before this draft."""
    rows = list(event.history.order_by("-history_id"))
    first = next((i for i, row in enumerate(rows) if row.publication != event.publication), len(rows))
    if event.publication in {"published", "withdrawn"}:
        return rows[first - 1] if first else None
    return next((row for row in rows[first:] if row.publication in LATELY), None)


def _changes(base: Any, event: BlockEvent) -> Iterator[Change]:
    before, after = dict(_facts(base, _order_words(base))), dict(_facts(event, _order_words(event)))
    before[_("Sources")], after[_("Sources")] = _sources_then(base), _sources_now(event)
    for label, now in after.items():
        if before[label] != now:
            yield Change(label, list(pieces(before[label], now)))


def told_apart(
    before: BlockEvent, after: BlockEvent, orders_before: list[int], orders_after: list[int]
) -> Iterator[Change]:
    """What readers would see otherwise; the orders by their keys."""
    old, new = (
        dict(_facts(row, _words_of(Order.objects.filter(pk__in=keys))))
        for row, keys in ((before, orders_before), (after, orders_after))
    )
    for label, now in new.items():
        if old[label] != now:
            yield Change(label, list(pieces(old[label], now)))


def pieces(before: str, after: str) -> Iterator[Piece]:
    """What went and what came, word by word."""
    old, new = (re.findall(r"\s*\S+", text) for text in (before, after))
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        for name, words in (("gone", old[a:b]), ("new", new[c:d])):
            if text := "".join(words):
                yield Piece(name, text)


def _facts(row: Any, orders: str) -> Iterator[tuple[str, str]]:
    """What readers see of an event or of an earlier version of it, each with its name; empty is not known."""
    parts = {f"{date}_{end}" for date in _DATES for end in _ENDS}
    for name in operations.public_facts():
        if name not in parts:
            column = BlockEvent._meta.get_field(name)
            yield str(getattr(column, "verbose_name", name)), _shown(row, column)
    yield _("Blocked on"), _date(row, "blocked")
    yield _("Restored on"), _date(row, "restored")
    yield _("Orders"), orders


def _shown(row: Any, column: Any) -> str:
    if isinstance(column, models.ForeignKey):
        pk = getattr(row, column.attname)
        found = column.related_model._default_manager.filter(pk=pk).first() if pk else None
        return str(found or "")
    display = getattr(row, f"get_{column.name}_display", None)
    value = display() if display else getattr(row, column.name)
    return "" if value is None else str(value)


def _date(row: Any, prefix: str) -> str:
    earliest, latest, precision = (getattr(row, f"{prefix}_{end}") for end in _ENDS)
    if not precision:
        return ""
    if earliest is None:
        return _("date not known")
    return ImpreciseDate(earliest, latest, Precision(precision)).iso or f"{earliest} – {latest}"


def _order_words(row: Any) -> str:
    """The orders of an event, or of a version of it, which links to them by rows of its own."""
    linked = row.orders.all()
    found = linked if isinstance(row, BlockEvent) else Order.objects.filter(pk__in=linked.values("order"))
    return _words_of(found)


def _words_of(orders: Iterable[Order]) -> str:
    return "\n".join(sorted(str(order) for order in orders))


def _sources_now(event: BlockEvent) -> str:
    return "\n".join(_source_words(source) for source in event.sources.order_by("pk"))


def _sources_then(base: Any) -> str:
    """The sources that stood under the event at the moment of that version."""
    rows = Source.history.filter(event_id=base.id, history_date__lte=base.history_date)
    newest: dict[int, Any] = {}
    for row in rows.order_by("history_date", "history_id"):
        newest[row.id] = row
    return "\n".join(_source_words(row) for _pk, row in sorted(newest.items()) if row.history_type != "-")


def _source_words(row: Any) -> str:
    said = (row.publisher, row.title, row.url, row.quote, row.get_stance_display())
    return " · ".join(text for text in said if text)
