"""Who and what a row names, found or gathered to be recorded: authorities, orders, groups, pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q

from events import operations
from events.importing.known import Known, KnownGroup
from events.importing.told import Act, Body, Told
from events.models import Authority, Group, Order, Page, Platform
from events.operations import Correction, Gathering, Inconsistent
from events.text import comparison_key

_LEARNED = Correction(erratum="Completed as an imported list has it: what kind of group this is.")


@dataclass
class Cast:
    """Finds, and gathers what is new. ``known`` is of the rows at hand."""

    gathering: Gathering
    platforms: dict[str, Platform]
    known: Known = field(default_factory=Known)
    _bodies: dict[Body, Authority] = field(default_factory=dict)
    _order_of_file: dict[Act, Order] = field(default_factory=dict)

    def authority(self, body: Body | None) -> Authority | None:
        """Authorities are few, and remembered for the whole file."""
        if body is None:
            return None
        if body not in self._bodies:
            self._bodies[body] = self._find_or_record(body)
        return self._bodies[body]

    def order(self, act: Act, authority: Authority | None) -> Order:
        """An order without a number is a new one: see ``find_order``."""
        found = self.known.order(authority.pk if authority else None, act.number, act.dated.earliest)
        found = found or self._order_of_file.get(act)
        if found is not None:
            return found
        order = self.gathering.order(
            authority=authority,
            number=act.number,
            dated_earliest=act.dated.earliest,
            dated_latest=act.dated.latest,
            dated_precision=act.dated.precision.value,
            law=act.law,
            suspect=act.suspect,
        )
        self.known.add_order(order)
        if act.is_of_file:
            self._order_of_file[act] = order
        return order

    def group(self, told: Told, page: Page | None) -> KnownGroup:
        """The page's group; else the one group of that name, unless it has another page there; else a new one."""
        if page:
            return self.known.group(page.group)
        found = None if told.is_page_its_own_group else self._only_group_named(told)
        return found or self.known.add_group(
            self.gathering.group(name=told.group or _name_of_address(told), kind=told.group_kind or "unknown")
        )

    def page(self, told: Told, group: Group) -> Page | None:
        if told.address is None:
            return None
        page = self.gathering.page(
            group=group,
            url=told.url or told.address.url,
            address=told.address,
            platform=self.platforms[told.address.platform],
            title=(told.group or "") if told.is_page_its_own_group else "",
            kind=told.page_kind or "other",
        )
        self.known.add_page(page)
        return page

    def learn_of_group(self, known: KnownGroup, told: Told) -> bool:
        """Note another name, or a kind that was not known. Whether there was anything new."""
        is_new = self._learn_kind(known.group, told)
        key = comparison_key(told.group or "")
        if not key or key in known.names:
            return is_new
        self.gathering.name_group(group=known.group, name=told.group or "")
        self.known.name_group(known, key)
        return True

    def _learn_kind(self, group: Group, told: Told) -> bool:
        if group.kind != "unknown" or told.group_kind in (None, "unknown"):
            return False
        before, group.kind = group.kind, told.group_kind or group.kind
        if group.pk is not None:
            try:
                self._keep(group)
            except Inconsistent:  # a sensitive published event shows it: one list does not change that
                group.kind = before
                return False
        return True

    def _find_or_record(self, body: Body) -> Authority:
        found = _only_authority_named(body.name) if body.country is None else None
        authority = found or operations.record_authority(
            name=body.name,
            country=body.country,
            region=body.region,
            kind=body.kind,
            by=self.gathering.by,
            now=self.gathering.now,
            because=self.gathering.because,
        )
        if authority.kind == "unknown" and body.kind != "unknown":
            authority.kind = body.kind
            self._keep(authority)
        return authority

    def _keep(self, row: Group | Authority) -> None:
        operations.keep(
            row,
            by=self.gathering.by,
            now=self.gathering.now,
            because=self.gathering.because,
            correction=_LEARNED,
        )

    def _only_group_named(self, told: Told) -> KnownGroup | None:
        found = self.known.only_group_named(told.group or "")
        if found is None or (told.address and told.platform in found.platforms):
            return None
        return found


def _only_authority_named(name: str) -> Authority | None:
    key = comparison_key(name)
    found = Authority.objects.filter(Q(name_key=key) | Q(names__name_key=key)).distinct()[:2]
    return found[0] if len(found) == 1 else None


def _name_of_address(told: Told) -> str:
    """A group whose name no row gives is called by its address."""
    assert told.address
    return told.address.url.partition("://")[2][:300]
