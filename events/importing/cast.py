"""Who and what a row names, found or recorded: authorities, orders, groups, pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from events import operations
from events.importing.told import Act, Body, Told
from events.models import Authority, Group, Order, Page
from events.operations import Actor
from events.text import comparison_key
from tracker.operations import canonical_address


@dataclass
class Cast:
    """Finds and records for one import; remembers what it found, for files name the same few again and again."""

    by: Actor
    now: datetime
    because: str
    _bodies: dict[Body, Authority] = field(default_factory=dict)
    _orders: dict[tuple[Act, int | None], Order] = field(default_factory=dict)

    def authority(self, body: Body | None) -> Authority | None:
        if body is None:
            return None
        if body not in self._bodies:
            self._bodies[body] = self._find_or_record(body)
        return self._bodies[body]

    def order(self, act: Act, authority: Authority | None) -> Order:
        """An order without a number is a new one: see ``find_order``."""
        key = (act, authority.pk if authority else None)
        if key in self._orders:
            return self._orders[key]
        order = operations.record_order(
            authority=authority,
            number=act.number,
            dated=act.dated,
            law=act.law,
            suspect=act.suspect,
            by=self.by,
            now=self.now,
            because=self.because,
        )
        if act.number:
            self._orders[key] = order
        return order

    def group(self, told: Told, page: Page | None) -> Group:
        """The page's group; else the one group of that name, unless it has another page there; else a new one."""
        if page:
            return page.group
        found = None if told.is_page_its_own_group else _only_group_named(told)
        return found or operations.record_group(
            name=told.group or _name_of_address(told),
            kind=told.group_kind or "unknown",
            by=self.by,
            now=self.now,
            because=self.because,
        )

    def page(self, told: Told, group: Group) -> Page | None:
        if told.url is None:
            return None
        return operations.record_page(
            group=group,
            url=told.url,
            title=(told.group or "") if told.is_page_its_own_group else "",
            kind=told.page_kind or "other",
            by=self.by,
            now=self.now,
            because=self.because,
        )

    def learn_of_group(self, group: Group, told: Told) -> bool:
        """Note another name, or a kind that was not known. Whether there was anything new."""
        is_new = self._learn_kind(group, told)
        key = comparison_key(told.group or "")
        if not key or key == group.name_key or group.names.filter(name_key=key).exists():
            return is_new
        operations.name_group(
            group=group, name=told.group or "", by=self.by, now=self.now, because=self.because
        )
        return True

    def _learn_kind(self, group: Group, told: Told) -> bool:
        if group.kind != "unknown" or told.group_kind in (None, "unknown"):
            return False
        group.kind = told.group_kind or group.kind
        operations.keep(group, by=self.by, now=self.now, because=self.because)
        return True

    def _find_or_record(self, body: Body) -> Authority:
        found = _only_authority_named(body.name) if body.country is None else None
        authority = found or operations.record_authority(
            name=body.name,
            country=body.country,
            region=body.region,
            kind=body.kind,
            by=self.by,
            now=self.now,
            because=self.because,
        )
        if authority.kind == "unknown" and body.kind != "unknown":
            authority.kind = body.kind
            operations.keep(authority, by=self.by, now=self.now, because=self.because)
        return authority


def _only_authority_named(name: str) -> Authority | None:
    key = comparison_key(name)
    found = Authority.objects.filter(Q(name_key=key) | Q(names__name_key=key)).distinct()[:2]
    return found[0] if len(found) == 1 else None


def _only_group_named(told: Told) -> Group | None:
    key = comparison_key(told.group or "")
    if not key:
        return None
    found = Group.objects.filter(Q(name_key=key) | Q(names__name_key=key)).distinct()[:2]
    if len(found) != 1:
        return None
    has_page_there = told.url and found[0].pages.filter(platform__key=told.platform).exists()
    return None if has_page_there else found[0]


def _name_of_address(told: Told) -> str:
    """A group whose name no row gives is called by its address."""
    return canonical_address(told.url or "").url.partition("://")[2][:300]
