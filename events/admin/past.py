"""What became of an event, as people read it: who changed what, when and why, in the words of the form."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.admin.event_form import EventForm
from events.models import Appeal, BlockEvent, Episode, Erratum, EventDate, Source
from events.templatetags.known_dates import known_date
from events.together import read_together

LAST_ENTRIES = 8
MOST_WORDS = 1500
"""Longer texts are shown whole, old and new, instead of compared word by word."""
_MACHINERY = frozenset(
    "id public_id watch updated_at created_at created_by batch published_at withdrawn_at event by name_key".split()
)
_PIECES = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a compared text; ``kind`` is same, old or new."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One field. ``pieces`` compares two texts word by word; without it ``old`` and ``new`` stand as they are."""

    label: str
    old: str
    new: str
    pieces: tuple[Piece, ...] = ()


@dataclass(slots=True)
class Entry:
    """What one person did at one moment, with all rows that it touched."""

    at: datetime
    who: str
    because: str
    parts: list[tuple[str, list[Changed]]] = field(default_factory=list)
    """What was touched in words, and what changed in it."""


def past(event: BlockEvent, *, limit: int = LAST_ENTRIES) -> list[Entry]:
    """The last entries of the event and of what stands under it, the newest first, in two queries."""
    tables = (BlockEvent, Source, EventDate, Episode, Appeal, Erratum)
    read = read_together(*(_records(model, event, limit) for model in tables))
    names = _Names([record for records in read for record in records])
    found = [
        (record, _what(record), changes)
        for records in read
        for record, changes in _changes_of(records, names)
    ]
    found.sort(key=lambda each: (each[0].history_date, each[0].history_id), reverse=True)
    entries: dict[tuple[Any, ...], Entry] = {}
    for record, what, changes in found:
        key = (record.history_date, record.history_user_id, record.history_change_reason)
        because = record.history_change_reason or ""
        entry = entries.setdefault(key, Entry(record.history_date, _who(record), because))
        if changes or record.history_type != "~":
            entry.parts.append((what, changes))
    return list(entries.values())[:limit]


def changes_of(records: Sequence[Any]) -> list[tuple[Any, list[Changed]]]:
    """Each record with what it changed of the one before; the records are of one table, in any order."""
    return _changes_of(records, _Names(records))


def _changes_of(records: Sequence[Any], names: _Names) -> list[tuple[Any, list[Changed]]]:
    by_row: dict[Any, list[Any]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record.history_id):
        by_row[record.id].append(record)
    pairs = [
        (record, earlier)
        for row in by_row.values()
        for earlier, record in zip([None, *row], row, strict=False)
    ]
    return [(record, _changes(record, earlier, names)) for record, earlier in pairs]


def _records(model: Any, event: BlockEvent, limit: int) -> QuerySet[Any]:
    """One more than is shown, so that the last one has something to be compared with."""
    whose = {"id": event.pk} if model is BlockEvent else {"event_id": event.pk}
    rows = model.history.filter(**whose).select_related("history_user")
    return rows.order_by("-history_id")[: 4 * limit + 1]


def _changes(record: Any, earlier: Any, names: _Names) -> list[Changed]:
    if earlier is None or record.history_type != "~":
        return []
    return [_changed(label, old, new) for label, old, new in names.told(earlier, record) if old != new]


def _changed(label: str, old: str, new: str) -> Changed:
    parts = [_PIECES.findall(text) for text in (old, new)]
    is_long = all(len(words) > 12 for words in parts)
    if not is_long or max(map(len, parts)) > MOST_WORDS:
        return Changed(label, old, new)
    return Changed(label, old, new, tuple(_compared(*parts)))


def _compared(old: list[str], new: list[str]) -> Iterable[Piece]:
    for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[i:j]))
            continue
        if i < j:
            yield Piece("old", "".join(old[i:j]))
        if k < m:
            yield Piece("new", "".join(new[k:m]))


class _Names:
    """The values of historical rows in words; whatever they point at is named with one query."""

    def __init__(self, records: Sequence[Any]) -> None:
        wanted: dict[Any, set[Any]] = defaultdict(set)
        for record in records:
            for a_field in _fields_of(record):
                if isinstance(a_field, models.ForeignKey):
                    wanted[a_field.related_model].add(getattr(record, a_field.attname))
        pointers = {model: ids - {None} for model, ids in wanted.items()}
        events = [record for record in records if record.instance_type is BlockEvent]
        read = [model._default_manager.filter(pk__in=ids) for model, ids in pointers.items()]
        *found, linked = read_together(*read, _linked_orders(events))
        self.named = {
            model: {row.pk: str(row) for row in rows} for model, rows in zip(pointers, found, strict=True)
        }
        self.orders: dict[int, list[str]] = defaultdict(list)
        for link in linked:
            self.orders[link.history_id].append(str(link.order))

    def told(self, *pair: Any) -> Iterator[tuple[str, str, str]]:
        """Label and both values of every field in which two versions differ, dates of three columns as one."""
        model = pair[0].instance_type
        for a_field in _fields_of(pair[0]):
            prefix = a_field.name.removesuffix("_earliest")
            if prefix != a_field.name:
                if _differ(pair, *(f"{prefix}_{end}" for end in ("earliest", "latest", "precision"))):
                    old, new = (self._date(record, prefix) for record in pair)
                    yield _label(model, prefix), old, new
            elif not a_field.name.endswith(("_latest", "_precision")) and _differ(pair, a_field.attname):
                old, new = (self._value(record, a_field) for record in pair)
                yield _label(model, a_field.name), old, new
        if model is BlockEvent:
            old, new = (", ".join(self.orders[record.history_id]) for record in pair)
            yield _label(model, "orders"), old, new

    def _value(self, record: Any, a_field: Any) -> str:
        value = getattr(record, a_field.attname)
        if isinstance(a_field, models.ForeignKey):
            return self.named[a_field.related_model].get(value, "" if value is None else f"#{value}")
        if a_field.choices:
            return str(dict(a_field.flatchoices).get(value, value if value is not None else ""))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return "" if value is None else str(value)

    def _date(self, record: Any, prefix: str) -> str:
        if getattr(record, f"{prefix}_earliest") is None:
            return ""
        return known_date(record, prefix)


def _differ(pair: tuple[Any, ...], *columns: str) -> bool:
    return any(getattr(pair[0], column, None) != getattr(pair[1], column, None) for column in columns)


def _fields_of(record: Any) -> list[Any]:
    return [f for f in record.instance_type._meta.fields if f.name not in _MACHINERY]


def _linked_orders(events: Sequence[Any]) -> QuerySet[Any]:
    """Which orders each version of an event had."""
    linked = BlockEvent.history.model._meta.get_field("historicalblockevent_orders").related_model
    rows = linked.objects.filter(history__in=[record.history_id for record in events])
    return rows.select_related("order").order_by("order_id")


def _label(model: Any, name: str) -> str:
    """As the form has it, or the column's name in the reader's language."""
    if model is BlockEvent:
        declared = EventForm.declared_fields.get(name)
        label = EventForm.Meta.labels.get(name) or (declared.label if declared else None)
        if label:
            return str(label)
    found = next((f for f in model._meta.get_fields() if f.name == name), None)
    label = _(str(found.verbose_name if found else name))
    return label[:1].upper() + label[1:]


def _what(record: Any) -> str:
    """``Source “A report”``, with what became of it when it came or went; of the event itself only that."""
    kind = _(str(record.instance_type._meta.verbose_name))
    named = "" if record.instance_type is BlockEvent else f"{kind[:1].upper()}{kind[1:]} “{record.instance}”"
    came_or_went = {"+": _("recorded"), "-": _("removed")}.get(record.history_type, "")
    return " ".join(part for part in (named, came_or_went) if part)


def _who(record: Any) -> str:
    user = record.history_user
    if user is None:
        return _("nobody signed in (import, command or demo)")
    return str(user.get_full_name() or user.get_username())
