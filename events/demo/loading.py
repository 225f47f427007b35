"""Puts the demo workspace into an empty database, through the operations, as a researcher would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from events import operations
from events.demo.described import (
    AuthorityEntry,
    DateEntry,
    EventEntry,
    GroupEntry,
    NameEntry,
    OrderEntry,
    PageEntry,
    SourceEntry,
    dated,
    read,
)
from events.demo.rehearsing import record_rehearsal
from events.models import Authority, BlockEvent, Group, Order, Page, Platform, Source
from events.operations import set_interval

BECAUSE = "demo workspace"


class NotEmpty(Exception):
    """There are events already; the demo does not mix with anybody's work."""


@dataclass(frozen=True, slots=True)
class Loaded:
    documented: int
    rehearsed: int


@transaction.atomic
def load_demo(*, now: datetime, rehearsal_origin: str | None = None) -> Loaded:
    """Record and publish all events of the demo; those of the rehearsal only where its origin is given.

    Raises ``NotEmpty``, and ``AddressRefused`` when the origin is not the one that the settings let through.
    """
    if BlockEvent.objects.exists():
        raise NotEmpty
    operations.ensure_platforms(by=None, now=now)
    documented = _Workspace(now, read("events.yaml")).record()
    rehearsed = record_rehearsal(now=now, origin=rehearsal_origin) if rehearsal_origin else 0
    return Loaded(documented, rehearsed)


class _Workspace:
    """One reading of the file: names of entries become the rows that were recorded for them."""

    def __init__(self, now: datetime, content: dict[str, Any]) -> None:
        self._sign: dict[str, Any] = {"by": None, "now": now, "because": BECAUSE}
        self._content = content
        self._authorities: dict[str, Authority] = {}
        self._orders: dict[str, Order] = {}
        self._groups: dict[str, Group] = {}

    def record(self) -> int:
        for key, entry in self._content["authorities"].items():
            self._authorities[key] = self._authority(AuthorityEntry(**entry))
        for key, entry in self._content["orders"].items():
            self._orders[key] = self._order(OrderEntry(**entry))
        for key, entry in self._content["groups"].items():
            self._groups[key] = self._group(GroupEntry(**entry))
        for entry in self._content["events"]:
            self._event(EventEntry(**entry))
        return len(self._content["events"])

    def _authority(self, entry: AuthorityEntry) -> Authority:
        parent = self._authorities[entry.parent] if entry.parent else None
        authority = operations.record_authority(
            name=entry.name, kind=entry.kind, country=entry.country, parent=parent, **self._sign
        )
        for language, name in entry.names.items():
            operations.name_authority(authority=authority, name=name, language=language, **self._sign)
        return authority

    def _order(self, entry: OrderEntry) -> Order:
        return operations.record_order(
            authority=self._authorities[entry.authority],
            number=entry.number,
            dated=dated(entry.dated),
            law=entry.law,
            **self._sign,
        )

    def _group(self, entry: GroupEntry) -> Group:
        group = operations.record_group(name=entry.name, kind=entry.kind, country=entry.country, **self._sign)
        for told in entry.names:
            name = NameEntry(**told)
            operations.name_group(
                group=group, name=name.name, language=name.language, note=name.note, **self._sign
            )
        for page in entry.pages:
            self._page(group, PageEntry(**page))
        return group

    def _page(self, group: Group, entry: PageEntry) -> Page:
        return operations.record_page(group=group, url=entry.url, note=entry.note, **self._sign)

    def _event(self, entry: EventEntry) -> BlockEvent:
        group = self._groups[entry.group]
        page = self._page(group, PageEntry(**entry.page)) if entry.page else None
        sources = [(source := SourceEntry(**told), _source(source)) for told in entry.sources]
        event = operations.record_event(
            group=group,
            platform=Platform.objects.get(key=entry.platform),
            page=page,
            authority=self._authorities[entry.authority] if entry.authority else None,
            transmitted_by=self._authorities[entry.transmitted_by] if entry.transmitted_by else None,
            orders=[self._orders[key] for key in entry.orders],
            blocked=dated(entry.blocked),
            blocked_kind=entry.blocked_kind,
            restored=dated(entry.restored) if entry.restored else None,
            sources=[row for _, row in sources],
            publish=True,
            **_columns(entry),
            **self._sign,
        )
        for told, row in sources:
            self._dates(event, told, row)
        return event

    def _dates(self, event: BlockEvent, told: SourceEntry, source: Source) -> None:
        for entry in told.dates:
            date = DateEntry(**entry)
            operations.add_date(
                event=event,
                kind=date.kind,
                on=dated(date.day),
                note=date.note,
                source=source,
                by=None,
                now=self._sign["now"],
            )


def _columns(entry: EventEntry) -> dict[str, Any]:
    return {
        "territory": entry.territory,
        "restriction": entry.restriction,
        "cited_reason_status": entry.reason_status,
        "cited_reason": entry.reason,
        "cited_reason_language": entry.reason_language,
        "cited_reason_translation": entry.reason_translation,
        "reason_category": entry.reason_category,
        "summary": entry.summary,
    }


def _source(entry: SourceEntry) -> Source:
    source = Source(
        url=entry.url,
        title=entry.title,
        publisher=entry.publisher,
        kind=entry.kind,
        language=entry.language,
        note=entry.note,
    )
    set_interval(source, "published", dated(entry.published))
    return source
