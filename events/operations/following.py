"""What an event asks of the tracker: to watch its page from the territory of the block, and from home."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from events.models import BlockEvent, Order, Page
from events.operations.writing import Actor, moment, write
from tracker import operations as tracker
from tracker.facts import REHEARSAL_PLATFORM
from tracker.models import Watch


def follow(event: BlockEvent, *, by: Actor, now: datetime) -> None:
    """Point the event at the watch of its page in its territory, and leave the one that it no longer needs."""
    before, event.watch = event.watch, None
    if event.page is not None and event.territory and event.publication != "withdrawn":
        event.watch = tracker.watch(url=event.page.canonical_url, territory=event.territory, now=now)
        _aim(event.page, event.watch.target_id, by, now)
        if event.page.platform.key != REHEARSAL_PLATFORM:
            tracker.watch(url=event.page.canonical_url, territory=settings.HOME_COUNTRY, now=now)
    if before is not None and before != event.watch:
        _leave_unless_needed(before, event)


def follow_page(page: Page, *, by: Actor, now: datetime) -> None:
    """The page has another address: its events are about that one from now on."""
    for event in BlockEvent.objects.filter(page=page):
        event.page, event.platform, event.updated_at = page, page.platform, moment(event, now)
        follow(event, by=by, now=now)
        write(event, by=by, now=now, because="the page's address was corrected")


def leave(event: BlockEvent) -> None:
    """The event goes: nothing is watched on its account."""
    before, event.watch = event.watch, None
    if before is not None:
        _leave_unless_needed(before, event)


def leave_all(watch_ids: set[int]) -> None:
    """Stop these watches where no event has them any more, and those at home of pages that have none left.

    Ask when the events are gone already.
    """
    targets = set(Watch.objects.filter(pk__in=watch_ids).values_list("target_id", flat=True))
    needed = BlockEvent.objects.filter(watch__target__in=targets)
    kept = set(needed.values_list("watch_id", flat=True))
    watched = set(needed.values_list("watch__target_id", flat=True))
    at_home = Watch.objects.filter(target__in=targets - watched, territory=settings.HOME_COUNTRY)
    tracker.unwatch_all(watch_ids={*watch_ids - kept, *at_home.values_list("pk", flat=True)})


def follow_kin(event: BlockEvent, orders: Sequence[Order], *, now: datetime) -> None:
    """Another page fell under these orders: what becomes of those that did before is looked at more often."""
    kin = BlockEvent.objects.filter(orders__in=orders, watch__isnull=False).exclude(pk=event.pk)
    tracker.look_sooner(watch_ids=list(kin.values_list("watch_id", flat=True).distinct()), now=now)


def check_now(*, event: BlockEvent, now: datetime) -> int:
    """Look at the event's page as soon as a worker is free. How many watches became due."""
    if event.page is None or event.page.target_id is None:
        return 0
    watches = Watch.objects.filter(target_id=event.page.target_id, is_active=True)
    return tracker.check_now(watch_ids=list(watches.values_list("pk", flat=True)), now=now)


def _aim(page: Page, target_id: int, by: Actor, now: datetime) -> None:
    if page.target_id != target_id:
        page.target_id = target_id
        write(page, by=by, now=now, because="watched")


def _leave_unless_needed(watch: Watch, event: BlockEvent) -> None:
    """Stop a watch that no event has any more, and the one at home once the page has none left.

    ``event`` is not stored yet: what it will have is on it, and what is stored of it does not count.
    """
    others = BlockEvent.objects.filter(watch__target_id=watch.target_id).exclude(pk=event.pk)
    needed = set(others.values_list("watch_id", flat=True))
    if event.watch is not None and event.watch.target_id == watch.target_id:
        needed.add(event.watch.pk)
    candidates = Watch.objects.filter(target_id=watch.target_id).exclude(pk__in=needed)
    at_home = candidates.filter(territory=settings.HOME_COUNTRY)
    left = candidates.filter(pk=watch.pk)
    for row in left.exclude(pk__in=at_home) if needed else left | at_home:
        tracker.unwatch(watch_id=row.pk)
