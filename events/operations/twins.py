"""Events that may be one: found when one of them is written, kept as pairs until a person says that they are two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from events.models import BlockEvent, EventText, Twin

MOST_OTHERS = 10
"""Twins of one event that are looked for. With more, one look at the list tells."""


@dataclass(frozen=True, slots=True)
class Face:
    """What two events are compared by."""

    pk: int
    group: int
    page: int | None
    territory: str | None
    likeness: str


def find(ids: list[int]) -> None:
    """Compare these events with all others; pairs of theirs that are true no more go, but for dismissed ones."""
    Twin.objects.filter(Q(event__in=ids) | Q(other__in=ids), dismissed_at__isnull=True).delete()
    mine = _faces(BlockEvent.objects.filter(pk__in=ids))
    pairs: dict[tuple[int, int], str] = {}
    for one, others in _candidates(mine):
        found = [other for other in others if _may_be_one(one, other)][:MOST_OTHERS]
        for other in found:
            pairs.setdefault((min(one.pk, other.pk), max(one.pk, other.pk)), _why(one, other))
    _keep(pairs)


def _faces(events: QuerySet[BlockEvent]) -> list[Face]:
    rows = events.exclude(publication="withdrawn").order_by("pk")
    columns = list(rows.values_list("pk", "group", "page", "territory"))
    texts = EventText.objects.filter(of__in=[pk for pk, *_rest in columns])
    likenesses = dict(texts.values_list("of", "likeness"))
    return [Face(*row, likenesses.get(row[0], "")) for row in columns]


def _candidates(mine: list[Face]) -> Iterator[tuple[Face, list[Face]]]:
    """To each event those that share its page, or its platform and name where one of the two has no page.

    Two events with two known pages are two blocks, whatever their names. That also bounds the search: of the many
    events that one group may have, only those without a page are compared.
    """
    pages = {face.page for face in mine if face.page is not None}
    names = {face.likeness for face in mine if face.likeness}
    pageless = {face.likeness for face in mine if face.likeness and face.page is None}
    alike = EventText.objects.filter(Q(likeness__in=names, has_page=False) | Q(likeness__in=pageless))
    ids = list(alike.order_by("of").values_list("of", flat=True)[: 20 * len(mine) + 20])
    others = _faces(BlockEvent.objects.filter(pk__in=ids)) + _faces(BlockEvent.objects.filter(page__in=pages))
    by_page: dict[int | None, list[Face]] = {}
    by_name: dict[str, list[Face]] = {}
    for other in {face.pk: face for face in others}.values():
        by_page.setdefault(other.page, []).append(other)
        by_name.setdefault(other.likeness, []).append(other)
    for one in mine:
        same_page = by_page.get(one.page, []) if one.page is not None else []
        yield one, [*same_page, *(by_name.get(one.likeness, []) if one.likeness else [])]


def _may_be_one(one: Face, other: Face) -> bool:
    is_there = one.territory is None or other.territory is None or one.territory == other.territory
    is_page = one.page is None or other.page is None or one.page == other.page
    return one.pk != other.pk and is_there and is_page


def _why(one: Face, other: Face) -> str:
    if one.page is not None and one.page == other.page:
        return "page"
    return "order" if one.group == other.group else "name"


def _keep(pairs: dict[tuple[int, int], str]) -> None:
    """``order`` is said only of events that share one."""
    through = BlockEvent.orders.through.objects
    same_group = [pair for pair, why in pairs.items() if why == "order"]
    orders: dict[int, set[int]] = {}
    links = through.filter(blockevent__in={pk for pair in same_group for pk in pair})
    for event, order in links.values_list("blockevent", "order"):
        orders.setdefault(event, set()).add(order)
    for first, second in same_group:
        if not orders.get(first, set()) & orders.get(second, set()):
            pairs[first, second] = "name"
    rows = [Twin(event_id=first, other_id=second, why=why) for (first, second), why in pairs.items()]
    Twin.objects.bulk_create(rows, ignore_conflicts=True)
