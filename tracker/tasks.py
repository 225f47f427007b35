"""What happens by itself. Tasks only wake: which watch is due, and who holds it, stands in the database."""

from __future__ import annotations

import random
import time
from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from tracker import drifting, operations, vantage
from tracker.canaries import freshened
from tracker.models import VantagePoint, Watch
from tracker.places import ensure_places, place_of

_ROUND_SECONDS = 60
"""How long one wake-up goes on while there is work; another one follows by the timetable."""


@shared_task(name="tracker.tasks.dispatch_due")
def dispatch_due(**_newer: Any) -> int:
    """Send as many wake-ups as there is due work for. They carry nothing: a worker claims when it starts."""
    due = Watch.objects.due(timezone.now()).count()
    wakeups = min(settings.WORKER_THREADS, -(-due // settings.LOOKS_AT_ONCE))
    for _ in range(wakeups):
        probe_due.apply_async(expires=5 * settings.DISPATCH_SECONDS)
    return wakeups


@shared_task(name="tracker.tasks.probe_due")
def probe_due(**_newer: Any) -> int:
    """Look at what is due until nothing is."""
    until, handled = time.monotonic() + _ROUND_SECONDS, 0
    while time.monotonic() < until:
        taken = vantage.probe_due(clock=timezone.now, dice=lambda: random.uniform(-1, 1))  # noqa: S311 jitter
        if not taken:
            break
        handled += taken
    return handled


@shared_task(name="tracker.tasks.look_at_canaries")
def look_at_canaries(**_newer: Any) -> None:
    """Keep every vantage point's health known, also while nothing is due."""
    ensure_places()
    places = [place_of(row) for row in VantagePoint.objects.filter(is_active=True)]
    freshened(places, clock=timezone.now)


@shared_task(name="tracker.tasks.look_at_known_pages")
def look_at_known_pages(**_newer: Any) -> int:
    """Find out whether the rules still fit the platforms that are watched."""
    return drifting.look_at_known_pages(clock=timezone.now)


@shared_task(name="tracker.tasks.decay_statuses")
def decay_statuses(**_newer: Any) -> int:
    """Say of old statuses that they are not known any more."""
    return operations.decay_statuses(now=timezone.now())
