"""One round of looks, from claim to record."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import structlog
from django.conf import settings

from tracker import operations
from tracker.canaries import freshened
from tracker.models import VantagePoint
from tracker.operations import Look
from tracker.places import ensure_places, place_of
from tracker.vantage.looking import look_at_all
from tracker.vantage.pauses import mind_rate_limit
from tracker.vantage.planning import Clock, planned, through_working_places, turn

log = structlog.get_logger(__name__)

Dice = Callable[[], float]


def probe_due(*, clock: Clock, dice: Dice) -> int:
    """One round: claim what is due, look, record. How many watches were taken, looked at or not."""
    if not VantagePoint.objects.exists():
        ensure_places()  # a new database; otherwise the first looks would be held for want of a place
    claims = operations.claim_due(now=clock(), limit=settings.LOOKS_AT_ONCE)
    if claims:
        plans = [plan for claim in claims if (plan := planned(claim, clock)) is not None]
        # Turns last: canaries take their time, and turns that waited for them would all be used at once.
        working = through_working_places(plans, clock)
        turns = [found for plan in working if (found := turn(plan, clock)) is not None]
        for look in asyncio.run(look_at_all(turns, clock)):
            _record(look, clock, dice)
    return len(claims)


def _record(look: Look, clock: Clock, dice: Dice) -> None:
    """Store one look. What goes wrong with one row stays with that row."""
    try:
        recorded = operations.record_look(look=_doubted(look, clock), now=clock(), jitter=dice())
    except Exception:  # its lease runs out and it comes back alone
        log.exception("record_failed", watch_id=look.claim.watch_id)
        return
    if recorded is None:
        log.warning("lease_lost", watch_id=look.claim.watch_id)
        return
    mind_rate_limit(look, clock())
    log.info(
        "looked", watch_id=look.claim.watch_id, rule_id=recorded.verdict.rule_id, status=recorded.status.value
    )


def _doubted(look: Look, clock: Clock) -> Look:
    """A look that failed asks first whether the vantage point still works, since a canary may be minutes old.

    One answer is enough for all the looks that began before it.
    """
    seen = look.experiment.observation
    if seen.failure is None:
        return look
    place = place_of(VantagePoint.objects.get(pk=look.experiment.vantage_id))
    if place.canary.checked_at is None or place.canary.checked_at < seen.started_at:
        place = freshened([place], clock=clock, age=timedelta(0))[0]
    return replace(look, canary=place.canary)
