"""What an event asks of the tracker: to watch its page from the territory of the block, and from home."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from events.models import BlockEvent, Page
from events.operations.writing import Actor, write
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


def leave(event: BlockEvent) -> None:
    """The event is withdrawn: nothing is watched on its account."""
    if event.watch is not None:
        _leave_unless_needed(event.watch, event)


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
    others = BlockEvent.objects.filter(watch__target_id=watch.target_id).exclude(publication="withdrawn")
    others = others.exclude(pk=event.pk)
    if others.filter(watch=watch).exists():
        return
    tracker.unwatch(watch_id=watch.pk)
    is_still_aimed_at = event.watch is not None and event.watch.target_id == watch.target_id
    if others.exists() or (is_still_aimed_at and event.publication != "withdrawn"):
        return
    for sibling in Watch.objects.filter(target_id=watch.target_id, territory=settings.HOME_COUNTRY):
        tracker.unwatch(watch_id=sibling.pk)
