"""New events written many at a time: the rows and the history that ``record_event`` makes, in a few statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import models, transaction

from events.dates import ImpreciseDate
from events.models import BlockEvent, Group, GroupName, Order, Page, Platform, Source
from events.operations.catalogue import address_page
from events.operations.episodes import first_episode
from events.operations.recording import amend, make_ready, new_event, require_not_frozen
from events.operations.searching import search_texts_together
from events.operations.writing import Actor, remember_links, write, write_new
from tracker import operations as tracker
from tracker.facts import REHEARSAL_PLATFORM
from tracker.models import Watch
from tracker.models.inserting import insert
from tracker.operations import Canonical, canonical_address


@dataclass
class Gathering:
    """Rows that wait to be written together. They have no key until ``flush``, and may be changed until then.

    ``by``, ``now`` and ``because`` stand in the history of each, as everywhere.
    """

    by: Actor
    now: datetime
    because: str
    _groups: list[Group] = field(default_factory=list)
    _names: list[GroupName] = field(default_factory=list)
    _pages: list[Page] = field(default_factory=list)
    _orders: list[Order] = field(default_factory=list)
    _events: list[BlockEvent] = field(default_factory=list)
    _sources: list[Source] = field(default_factory=list)
    _addresses: dict[str, Canonical] = field(default_factory=dict)
    """Of the pages that wait: to work out an address costs more than to keep it."""
    _orders_of: list[tuple[BlockEvent, list[Order]]] = field(default_factory=list)

    def group(self, *, name: str, kind: str) -> Group:
        return _kept(self._groups, Group(name=name, kind=kind))

    def name_group(self, *, group: Group, name: str) -> None:
        self._names.append(GroupName(group=group, name=name))

    def page(
        self, *, group: Group, url: str, address: Canonical, platform: Platform, title: str, kind: str
    ) -> Page:
        page = Page(group=group, url=url, title=title[:500], kind=kind)
        address_page(page, address, platform)
        self._addresses[address.url] = address
        return _kept(self._pages, page)

    def order(self, **values: Any) -> Order:
        return _kept(self._orders, Order(**values))

    def event(
        self,
        *,
        orders: Iterable[Order],
        sources: Iterable[Source],
        publish: bool,
        blocked: ImpreciseDate | None,
        restored: ImpreciseDate | None,
        **values: Any,
    ) -> BlockEvent:
        """As ``record_event``. Raises ``Inconsistent`` for an event that contradicts itself."""
        sources = list(sources)
        event = new_event(
            by=self.by,
            now=self.now,
            blocked=blocked,
            restored=restored,
            publish=publish,
            sourced=bool(sources),
            **values,
        )
        make_ready(event, by=self.by, now=self.now)
        for source in sources:
            self.source(event=event, source=source)
        self._orders_of.append((event, list(orders)))
        return _kept(self._events, event)

    def source(self, *, event: BlockEvent, source: Source) -> None:
        """A source of an event that waits, or of one that is stored. Raises as ``add_source``."""
        require_not_frozen(event)
        source.event = event
        self._sources.append(source)

    def amend(self, event: BlockEvent, *, orders: list[Order] | None, **changes: Any) -> None:
        """Change an event that waits. Raises ``Inconsistent``."""
        amend(event, **changes)
        make_ready(event, by=self.by, now=self.now)
        if orders is not None:
            self._orders_of = [
                (each, orders if each is event else before) for each, before in self._orders_of
            ]

    @transaction.atomic
    @search_texts_together()
    def flush(self) -> None:
        """Write everything that waits. Raises ``IntegrityError`` or ``DataError`` for what the database refuses."""
        self._write(self._groups)
        watches = self._watched()
        self._aim(watches)
        self._write(self._names, self._pages, self._orders)
        for event in self._events:
            event.watch = watches.get(_place(event)) if event.page else None
        self._write(self._events)
        self._write_orders()
        self._write([first_episode(event) for event in self._events], self._sources)
        self.drop()

    def drop(self) -> None:
        """Forget what waits."""
        for waiting in (self._groups, self._names, self._pages, self._orders, self._events, self._sources):
            waiting.clear()
        self._orders_of.clear()
        self._addresses.clear()

    def _write(self, *tables: Sequence[models.Model]) -> None:
        for rows in tables:
            write_new(rows, by=self.by, now=self.now, because=self.because)

    def _watched(self) -> dict[tuple[str, str], Watch]:
        """The watches of the events' pages, in the territory of each and at home, as ``follow`` asks for them."""
        places = []
        for event in self._events:
            if event.page is not None and event.territory:
                url = event.page.canonical_url
                address = self._addresses.get(url) or canonical_address(url)
                places.append((address, event.territory))
                if address.platform != REHEARSAL_PLATFORM:
                    places.append((address, settings.HOME_COUNTRY))
        return tracker.watch_all(places=places, now=self.now)

    def _aim(self, watches: dict[tuple[str, str], Watch]) -> None:
        for event in self._events:
            page = event.page
            watch = watches.get(_place(event)) if page else None
            if page is None or watch is None or page.target_id == watch.target_id:
                continue
            page.target_id = watch.target_id
            if page.pk is not None:
                write(page, by=self.by, now=self.now, because="watched")

    def _write_orders(self) -> None:
        """The links of events and orders, in the table and in the first version of each event."""
        through = BlockEvent.orders.through
        links = [
            through(blockevent_id=event.pk, order_id=order.pk)
            for event, orders in self._orders_of
            for order in orders
        ]
        insert(links)
        remember_links(BlockEvent, "orders", list({link.blockevent_id for link in links}))
        self._look_at_kin({link.order_id for link in links})

    def _look_at_kin(self, order_pks: set[int]) -> None:
        """As ``follow_kin``: what fell under the same orders before is looked at more often."""
        kin = BlockEvent.objects.filter(orders__in=order_pks, watch__isnull=False)
        kin = kin.exclude(pk__in=[event.pk for event in self._events])
        tracker.look_sooner(watch_ids=list(kin.values_list("watch_id", flat=True).distinct()), now=self.now)


def _place(event: BlockEvent) -> tuple[str, str]:
    return (event.page.canonical_url if event.page else "", event.territory or "")


_Row = TypeVar("_Row")


def _kept(rows: list[_Row], row: _Row) -> _Row:
    rows.append(row)
    return row
