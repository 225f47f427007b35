"""What is recorded already and may be what a text tells of: by page, by order, by name in any script, by source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from events.access import reach
from events.models import Authority, AuthorityText, BlockEvent, Group, GroupText, Order, Page
from events.models.searching import SearchText
from events.operations import find_page
from events.searching import MOST_WORDS, finding
from events.text import comparison_key, name_skeleton, order_number_key
from tracker.operations import AddressRefused

MOST = 8
"""Events and groups that are shown. With more, the search of the lists tells."""


@dataclass(slots=True)
class AlikeEvent:
    """``is_strong``: likely the same block, so a person says what it is before another one is recorded."""

    event: BlockEvent
    whys: list[str] = field(default_factory=list)
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """A group or an authority of that name, or of nearly that name."""

    row: Any
    is_same_name: bool


@dataclass(slots=True)
class Alike:
    events: list[AlikeEvent] = field(default_factory=list)
    groups: list[AlikeRow] = field(default_factory=list)
    authorities: list[AlikeRow] = field(default_factory=list)
    page: Page | None = None

    @property
    def must_ask(self) -> bool:
        return any(one.is_strong for one in self.events)

    @property
    def keys(self) -> set[str]:
        """What was shown, so that what turned up since is noticed."""
        named = {f"g{one.row.pk}" for one in self.groups} | {f"a{one.row.pk}" for one in self.authorities}
        return {f"e{one.event.pk}" for one in self.events} | named


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look for. Empty values look for nothing."""

    group: str = ""
    authority: str = ""
    country: str = ""
    platform: str = ""
    page_url: str = ""
    order_number: str = ""
    source_url: str = ""


def alike(asked: Asked, viewer: Any) -> Alike:
    """What is recorded, as far as the account reaches it."""
    groups = reach.within_reach(Group.objects.all(), viewer)
    theirs = Authority.objects.filter(Q(country=asked.country or None) | Q(country=None))
    found = Alike(
        page=_page(asked.page_url, viewer),
        groups=_named(asked.group, groups, GroupText),
        authorities=_named(
            asked.authority, theirs if asked.country else Authority.objects.all(), AuthorityText
        ),
    )
    if found.page is not None and found.page.group_id not in {one.row.pk for one in found.groups}:
        found.groups.insert(0, AlikeRow(found.page.group, False))
    events: dict[int, AlikeEvent] = {}
    reached = reach.within_reach(BlockEvent.objects.exclude(publication="withdrawn"), viewer)
    reached = reached.select_related("group", "platform", "authority")
    by_pk = {one.row.pk: one for one in found.groups}
    for event, why, is_strong in (
        *_by_page(found.page, reached),
        *_by_source(asked.source_url, reached),
        *_by_group(by_pk, asked.platform, reached),
        *_by_order(asked.order_number, asked.platform, reached),
    ):
        one = events.setdefault(event.pk, AlikeEvent(event))
        one.whys.append(why)
        one.is_strong |= is_strong
    ordered = sorted(events.values(), key=lambda one: (not one.is_strong, -len(one.whys), -one.event.pk))
    found.events = ordered[:MOST]
    return found


def _page(url: str, viewer: Any) -> Page | None:
    try:
        page = find_page(url=url) if url else None
    except AddressRefused:
        return None
    return page if page is not None and reach.is_within_reach(page, viewer) else None


def _named(name: str, rows: QuerySet[Any], texts: type[SearchText]) -> list[AlikeRow]:
    """Rows of that name, and those whose names hold all its words, in any script and spelling."""
    skeleton = name_skeleton(name)
    if not skeleton:
        return []
    near = finding(name.split()[:MOST_WORDS], texts)
    if len(skeleton) > 3:
        near |= Q(pk__in=texts._default_manager.filter(text__contains=f" {skeleton} ").values("pk"))
    key = comparison_key(name)
    same = list(rows.filter(Q(name_key=key) | Q(names__name_key=key)).distinct().order_by("pk")[:MOST])
    known = [row.pk for row in same]
    others = list(rows.filter(near).exclude(pk__in=known).order_by("pk")[: MOST - len(same)])
    return [AlikeRow(row, True) for row in same] + [AlikeRow(row, False) for row in others]


def _by_page(page: Page | None, events: Any) -> Any:
    if page is not None:
        yield from ((event, _("the same page"), True) for event in events.filter(page=page)[:MOST])


def _by_source(url: str, events: Any) -> Any:
    if url:
        found = events.filter(sources__url=url).distinct()[:MOST]
        yield from ((event, _("this text is a source of it"), True) for event in found)


def _by_group(groups: dict[int, AlikeRow], platform: str, events: Any) -> Any:
    for event in events.filter(group__in=groups).order_by("-pk")[:MOST]:
        is_here = event.platform.key == platform
        same = groups[event.group_id].is_same_name
        why = _("the same name") if same else _("a name that is nearly the same")
        yield event, why if is_here else _("%(why)s, on another platform") % {"why": why}, is_here


def _by_order(number: str, platform: str, events: Any) -> Any:
    key = order_number_key(number)
    if key:
        orders = Order.objects.filter(number_key=key)
        found = events.filter(orders__in=orders).distinct().order_by("-pk")[:MOST]
        yield from ((event, _("the same number of an order"), False) for event in found)
