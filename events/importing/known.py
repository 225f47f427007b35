"""What is recorded already of the things that some hundred rows name: looked up in a dozen queries, not in thousands.

What the rows add is put in here as well, so that a later row finds what an earlier one brought.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Min, Q, QuerySet

from events.importing.told import Told
from events.models import BlockEvent, Episode, Group, GroupName, Order, Page, Platform, Source
from events.text import comparison_key, order_number_key

OrderKey = tuple[int | None, str, Any]
"""Authority, number in comparison form, first day: what makes an order that one (see ``find_order``)."""

_LAST = 2**63
"""Events that wait to be stored come after all that are."""


@dataclass(eq=False)
class KnownEvent:
    """An event, stored or waiting to be, with what it rests upon."""

    event: BlockEvent
    orders: list[Order]
    sources: list[Source]
    episodes: int = 1


@dataclass(eq=False)
class KnownGroup:
    """``names`` are in comparison form, its own among them; ``platforms`` are those where it has a page."""

    group: Group
    names: set[str] = field(default_factory=set)
    platforms: set[str] = field(default_factory=set)
    events: list[KnownEvent] = field(default_factory=list)


@dataclass
class Known:
    """The objects are shared: the group of two pages is one object."""

    pages: dict[str, Page] = field(default_factory=dict)
    """By canonical address, which tells the platform as well."""
    events_by_id: dict[str, KnownEvent] = field(default_factory=dict)
    crowded: set[str] = field(default_factory=set)
    """Names that several recorded groups bear."""
    _orders: dict[OrderKey, Order] = field(default_factory=dict)
    _events_of_page: dict[str, list[KnownEvent]] = field(default_factory=lambda: defaultdict(list))
    _groups: dict[int, KnownGroup] = field(default_factory=dict)
    """By the identity of the object: a group that waits to be stored has no key."""
    _groups_of_name: dict[str, list[KnownGroup]] = field(default_factory=lambda: defaultdict(list))

    def events(self, told: Told) -> list[KnownEvent]:
        """Events of the row's page; by the group's name, those whose page is not known, and any when the row
        gives no page. The oldest first."""
        found = list(self._events_of_page[told.address.url]) if told.address else []
        for group in self._groups_of_name[comparison_key(told.group)] if told.group else []:
            found += [known for known in group.events if not told.address or known.event.page is None]
        unique = {id(known): known for known in found if known.event.platform.key == told.platform}
        return sorted(unique.values(), key=lambda known: known.event.pk or _LAST)

    def only_group_named(self, name: str) -> KnownGroup | None:
        key = comparison_key(name)
        found = self._groups_of_name[key] if key and key not in self.crowded else []
        return found[0] if len(found) == 1 else None

    def group(self, group: Group) -> KnownGroup:
        return self._groups[id(group)]

    def add_group(self, group: Group, names: Iterable[str] = ()) -> KnownGroup:
        known = self._groups[id(group)] = KnownGroup(group)
        for key in {comparison_key(group.name), *names}:
            self.name_group(known, key)
        return known

    def name_group(self, known: KnownGroup, key: str) -> None:
        if key not in known.names:
            known.names.add(key)
            self._groups_of_name[key].append(known)

    def add_page(self, page: Page) -> None:
        self.pages[page.canonical_url] = page
        self.group(page.group).platforms.add(page.platform.key)

    def add_event(self, known: KnownEvent) -> None:
        self.group(known.event.group).events.append(known)
        if known.event.external_id:
            self.events_by_id[known.event.external_id] = known
        if known.event.page:
            self._events_of_page[known.event.page.canonical_url].append(known)

    def order(self, authority_pk: int | None, number: str, first_day: Any) -> Order | None:
        """An order without a number is never one that is known: see ``find_order``."""
        key = order_number_key(number)
        return self._orders.get((authority_pk, key, first_day)) if key else None

    def add_order(self, order: Order) -> None:
        if key := order_number_key(order.number):
            self._orders[order.authority_id, key, order.dated_earliest] = order


def look_up(rows: Sequence[Told], platforms: dict[int, Platform]) -> Known:
    """What is recorded of the pages, names, orders and external ids of these rows. ``platforms`` by primary key."""
    known = Known()
    pages = list(Page.objects.filter(canonical_url__in={told.address.url for told in rows if told.address}))
    events = _events(rows, pages)
    pages += _missing_pages(events, pages)
    _add_groups(known, rows, {page.group_id for page in pages} | {event.group_id for event in events})
    by_pk = {known_group.group.pk: known_group for known_group in known._groups.values()}
    _add_platforms(by_pk, platforms)
    for page in pages:
        page.group, page.platform = by_pk[page.group_id].group, platforms[page.platform_id]
        known.add_page(page)
    page_by_pk = {page.pk: page for page in pages}
    for event in events:
        event.group, event.platform = by_pk[event.group_id].group, platforms[event.platform_id]
        event.page = page_by_pk[event.page_id] if event.page_id else None
    for known_event in _with_what_they_rest_on(events):
        known.add_event(known_event)
    for order in _orders(rows):
        known.add_order(order)
    return known


def _with_what_they_rest_on(events: list[BlockEvent]) -> Iterator[KnownEvent]:
    """Looked up by hand: ``prefetch_related`` makes a queryset for every event and relation."""
    through = BlockEvent.orders.through.objects.filter(blockevent__in=events)
    links = list(through.order_by("pk").values_list("blockevent_id", "order_id"))
    orders = Order.objects.in_bulk({order for _event, order in links})
    orders_of: dict[int, list[Order]] = defaultdict(list)
    for event_pk, order_pk in links:
        orders_of[event_pk].append(orders[order_pk])
    sources_of: dict[int, list[Source]] = defaultdict(list)
    for source in Source.objects.filter(event__in=events).order_by("pk"):
        sources_of[source.event_id].append(source)
    episodes = Counter(Episode.objects.filter(event__in=events).values_list("event_id", flat=True))
    for event in events:
        yield KnownEvent(event, orders_of[event.pk], sources_of[event.pk], episodes[event.pk])


def _events(rows: Sequence[Told], pages: list[Page]) -> list[BlockEvent]:
    of_pages = {comparison_key(told.group) for told in rows if told.group and told.address}
    alone = {comparison_key(told.group) for told in rows if told.group and not told.address}
    ids = {told.external_id for told in rows if told.external_id}
    wanted = {
        *_keys(BlockEvent.objects.filter(page__in=pages)),
        *_keys(BlockEvent.objects.filter(external_id__in=ids)),
        *_keys(BlockEvent.objects.filter(_named(of_pages), page=None)),
        *_keys(BlockEvent.objects.filter(_named(alone))),
    }
    events = BlockEvent.objects.filter(pk__in=wanted).select_related("authority", "transmitted_by")
    return list(events.order_by("pk"))


def _named(keys: set[str]) -> Q:
    groups = Group.objects.filter(name_key__in=keys).values("pk")
    named = GroupName.objects.filter(name_key__in=keys).values("group")
    return Q(group__in=groups) | Q(group__in=named)


def _keys(events: QuerySet[Any]) -> list[int]:
    return list(events.values_list("pk", flat=True))


def _missing_pages(events: list[BlockEvent], pages: list[Page]) -> list[Page]:
    missing = {event.page_id for event in events if event.page_id} - {page.pk for page in pages}
    return list(Page.objects.filter(pk__in=missing)) if missing else []


def _add_groups(known: Known, rows: Sequence[Told], wanted: set[int]) -> None:
    """The groups of the pages and events, and those that bear one of the names alone."""
    bearers = _bearers({comparison_key(told.group) for told in rows if told.group})
    known.crowded = {key for key, found in bearers.items() if len(found) > 1}
    alone = {pk for found in bearers.values() if len(found) == 1 for pk in found}
    groups = Group.objects.in_bulk(list(wanted | alone))
    names: dict[int, list[str]] = defaultdict(list)
    for pk, key in GroupName.objects.filter(group__in=groups).values_list("group_id", "name_key"):
        names[pk].append(key)
    for group in groups.values():
        known.add_group(group, names[group.pk])


def _bearers(keys: set[str]) -> dict[str, set[int]]:
    """The groups of each name: all of them where there is one, and two where there are more."""
    bearers: dict[str, set[int]] = defaultdict(set)
    owners = Group.objects.filter(name_key__in=keys).values_list("name_key")
    others = GroupName.objects.filter(name_key__in=keys).values_list("name_key")
    for key, first, last in owners.annotate(Min("pk"), Max("pk")):
        bearers[key] |= {first, last}
    for key, first, last in others.annotate(Min("group"), Max("group")):
        bearers[key] |= {first, last}
    return bearers


def _add_platforms(groups: dict[int, KnownGroup], platforms: dict[int, Platform]) -> None:
    there = Page.objects.filter(group__in=groups).values_list("group_id", "platform_id").distinct()
    for group_pk, platform_pk in there:
        groups[group_pk].platforms.add(platforms[platform_pk].key)


def _orders(rows: Sequence[Told]) -> list[Order]:
    keys = {order_number_key(told.order.number) for told in rows if told.order}
    return list(Order.objects.filter(number_key__in=keys - {""}))
