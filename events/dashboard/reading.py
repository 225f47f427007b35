"""What the public pages read: published events with their status, counted and paged in few queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from events.models import BlockEvent, Source
from tracker.facts import REHEARSAL_PLATFORM, State
from tracker.models import StatusChange, Watch

PAGE_SIZE = 50
HOLDS = {State.BLOCKED.value, State.LIKELY_BLOCKED.value}
OPEN_AGAIN = {State.REACHABLE.value}
BEGAN = Coalesce(F("blocked_earliest"), Value(date.min))


@dataclass(frozen=True, slots=True)
class Counts:
    """Published events by what is known of them by now. The four below ``known`` add up to it."""

    known: int
    holding: int
    reachable: int
    otherwise: int
    """Removed, gone, behind a wall, or down for everyone."""
    unsettled: int
    """Watched without enough evidence, or not watched."""
    without_page: int
    """Part of ``unsettled``: no source gives the page's address."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list, and the id after which the next one begins."""

    events: Sequence[Any]
    next_after: str | None


def counts(*, rehearsed: bool = False) -> Counts:
    """Counts of real events, or of those that are played on this machine. They are never added up."""
    events = BlockEvent.objects.published()
    of_rehearsal = Q(platform__key=REHEARSAL_PLATFORM)
    events = events.filter(of_rehearsal) if rehearsed else events.exclude(of_rehearsal)
    rows = events.values_list("watch__status").annotate(n=Count("pk")).order_by()
    by_status = dict(rows)
    holding = sum(by_status.get(status, 0) for status in HOLDS)
    reachable = sum(by_status.get(status, 0) for status in OPEN_AGAIN)
    unsettled = by_status.get(None, 0) + by_status.get(State.INSUFFICIENT.value, 0)
    known = sum(by_status.values())
    without_page = events.filter(page__isnull=True).count()
    return Counts(known, holding, reachable, known - holding - reachable - unsettled, unsettled, without_page)


def listed(*, after: str | None) -> Listed | None:
    """Fifty events, the newest block first, those of no known date last. None when ``after`` names no event."""
    events = BlockEvent.objects.published().alias(began=BEGAN).order_by("-began", "-pk")
    if after:
        last = BlockEvent.objects.published().filter(public_id=after).first()
        if last is None:
            return None
        began = last.blocked_earliest or date.min
        events = events.filter(Q(began__lt=began) | Q(began=began, pk__lt=last.pk))
    related = events.select_related("group", "platform", "authority", "watch", "page")
    rows = list(related.prefetch_related("authority__names")[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    return Listed(shown, shown[-1].public_id if len(rows) > PAGE_SIZE else None)


@dataclass(frozen=True, slots=True)
class Change:
    """A status change, with the event that it is about."""

    change: StatusChange
    event: Any


def newest_changes(limit: int = 5) -> list[Change]:
    """The last changes of pages that published events are about."""
    about = BlockEvent.objects.published().filter(watch=OuterRef("watch"))
    changes = (
        StatusChange.objects.filter(Exists(about)).select_related("watch").order_by("-recorded_at", "-pk")
    )
    rows = list(changes[:limit])
    watches = {row.watch_id for row in rows}
    events = BlockEvent.objects.published().filter(watch__in=watches).select_related("group", "platform")
    by_watch = {event.watch_id: event for event in events.order_by("pk")}
    return [Change(row, by_watch[row.watch_id]) for row in rows]


def whole_event(public_id: str) -> Any:
    """An event that is or was published, with all that its page shows; None for every other id."""
    sources = Prefetch("sources", Source.objects.order_by("published_earliest", "pk"))
    seen = BlockEvent.objects.ever_shown().filter(public_id=public_id)
    related = seen.select_related("group", "platform", "authority", "transmitted_by", "page", "watch")
    return related.prefetch_related(
        sources,
        "orders__authority",
        "dates__source",
        "episodes",
        "errata",
        "group__names",
        "authority__names",
        "transmitted_by__names",
    ).first()


def watches_of(event: BlockEvent) -> QuerySet[Watch]:
    """The watches of an event's page, one a territory."""
    if event.page is None or event.page.target_id is None:
        return Watch.objects.none()
    return Watch.objects.filter(target_id=event.page.target_id).order_by("territory")
