"""Before publishing: the event as readers will see it, and what changed since somebody else last looked at it."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import operations, sentences
from events.dates import ImpreciseDate, Precision
from events.models import BlockEvent, Order, Source
from events.together import read_together

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
    named = _named([row for row in (event, base) if row is not None])
    return Review(
        sentences.headline(event),
        sentences.dated(event),
        sentences.not_known(event),
        [(label, value) for label, value in _facts(event, _order_words(event), named) if value],
        _in_order(event.sources.all()),
        str(LATELY[base.publication]) if base is not None else "",
        list(_changes(base, event, named)) if base is not None else [],
    )


def _last_seen(event: BlockEvent) -> Any:
    """The version that a second person last saw: the last published, or the last in review before this draft."""
    rows = list(event.history.order_by("-history_id"))
    first = next((i for i, row in enumerate(rows) if row.publication != event.publication), len(rows))
    if event.publication in {"published", "withdrawn"}:
        return rows[first - 1] if first else None
    return next((row for row in rows[first:] if row.publication in LATELY), None)


_Named = dict[tuple[Any, Any], str]
"""Model and key, and the words for that row."""
Version = tuple[BlockEvent, list[int]]
"""An event as it was or would be, and the keys of its orders."""


def _named(rows: list[Any], orders: Iterable[int] = ()) -> _Named:
    """What versions of an event point at, read at once as far as it is not known."""
    named: _Named = {}
    asked: dict[Any, set[Any]] = defaultdict(set)
    if wanted := set(orders):
        asked[Order] = wanted
    columns: list[Any] = [BlockEvent._meta.get_field(name) for name in operations.public_facts()]
    for row in rows:
        for column in columns:
            key = getattr(row, column.attname) if isinstance(column, models.ForeignKey) else None
            if key is None or (column.related_model, key) in named:
                continue
            if isinstance(row, BlockEvent) and column.is_cached(row):
                named[column.related_model, key] = str(getattr(row, column.name))
            else:
                asked[column.related_model].add(key)
    found = read_together(*(model._default_manager.filter(pk__in=keys) for model, keys in asked.items()))
    return named | {(type(one), one.pk): str(one) for some in found for one in some}


def _in_order(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row.pk)


def _changes(base: Any, event: BlockEvent, named: _Named) -> Iterator[Change]:
    before = dict(_facts(base, _order_words(base), named))
    after = dict(_facts(event, _order_words(event), named))
    before[_("Sources")], after[_("Sources")] = _sources_then(base), _sources_now(event)
    for label, now in after.items():
        if before[label] != now:
            yield Change(label, list(pieces(before[label], now)))


def told_apart(pairs: list[tuple[Version, Version]]) -> list[list[Change]]:
    """What readers would see otherwise, of each pair before and after; one query for all."""
    versions = [version for pair in pairs for version in pair]
    named = _named([row for row, _keys in versions], {key for _row, keys in versions for key in keys})
    return [list(_told(*pair, named)) for pair in pairs]


def _told(before: Version, after: Version, named: _Named) -> Iterator[Change]:
    old, new = (
        dict(
            _facts(row, "\n".join(sorted(named[Order, key] for key in keys if (Order, key) in named)), named)
        )
        for row, keys in (before, after)
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


def _facts(row: Any, orders: str, named: _Named) -> Iterator[tuple[str, str]]:
    """What readers see of an event or of an earlier version of it, each with its name; empty is not known."""
    parts = {f"{date}_{end}" for date in _DATES for end in _ENDS}
    for name in operations.public_facts():
        if name not in parts:
            column = BlockEvent._meta.get_field(name)
            yield str(getattr(column, "verbose_name", name)), _shown(row, column, named)
    yield _("Blocked on"), _date(row, "blocked")
    yield _("Restored on"), _date(row, "restored")
    yield _("Orders"), orders


def _shown(row: Any, column: Any, named: _Named) -> str:
    if isinstance(column, models.ForeignKey):
        return named.get((column.related_model, getattr(row, column.attname)), "")
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
    return "\n".join(_source_words(source) for source in _in_order(event.sources.all()))


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
