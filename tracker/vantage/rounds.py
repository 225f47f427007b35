"""One round of looks, from claim to record."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache

import structlog
from django.conf import settings

from tracker import operations
from tracker.canaries import freshened
from tracker.models import VantagePoint
from tracker.operations import Claim, Look, Outcome, Recorded
from tracker.places import Places, ensure_places, place_of
from tracker.vantage.declared import Dice, record_declared
from tracker.vantage.pauses import mind_rate_limit
from tracker.vantage.planning import Clock, planned, take_turns, through_working_places
from tracker.vantage.underway import UnderWay

log = structlog.get_logger(__name__)


ROUND = timedelta(seconds=60)
"""How long a round takes on new watches; then it ends with those that are under way."""

_STORED_TOGETHER = 0.5
"""The share of all looks under way that is waited for, a moment long, to be stored together."""


def probe_due(*, clock: Clock, dice: Dice) -> int:
    """Claim what is due, look, record; ``LOOKS_AT_ONCE`` at a time, until nothing is due. How many were taken.

    A slow look keeps one place of many, and nobody waits for it.
    """
    _spare_the_collector()
    if not VantagePoint.objects.exists():
        ensure_places()  # a new database; otherwise the first looks would be held for want of a place
    taken, goes_on, until = 0, True, clock() + ROUND
    ended: Sequence[Look] = ()
    with UnderWay(clock) as under_way:
        while goes_on or under_way or ended:
            free = settings.LOOKS_AT_ONCE - len(under_way)
            if goes_on and free > 0:
                alone = not under_way and not ended
                claims = operations.claim_due(now=clock(), limit=free, alone=alone)
                taken += len(claims)
                goes_on = len(claims) == free and not claims[0].is_suspect and clock() < until
                _begin(claims, under_way, clock)
            _record(ended, under_way, clock, dice)  # while others look in their places
            ended = under_way.finished(max(1, int(settings.LOOKS_AT_ONCE * _STORED_TOGETHER)))
    return taken


@cache
def _spare_the_collector() -> None:
    """Once a process: what is loaded by now stays, and need not be gone through for every few looks.

    Looking for garbage among rules, fingerprints and Django took a tenth of a look.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def _begin(claims: Sequence[Claim], under_way: UnderWay, clock: Clock) -> None:
    """Start the looks that can be made; the other claims are given back."""
    if not claims:
        return
    operations.refresh_fingerprints()
    places = Places()
    plans = [plan for claim in claims if (plan := planned(claim, places, clock)) is not None]
    # Turns last: canaries take their time, and turns that waited for them would all be used at once.
    working = through_working_places(plans, clock, under_way.run)
    if working:
        under_way.begin(take_turns(working, clock))


def _record(looks: Sequence[Look], under_way: UnderWay, clock: Clock, dice: Dice) -> None:
    if not looks:
        return
    looks = _doubted(looks, under_way, clock)
    jitters = [dice() for _ in looks]
    for look, outcome in zip(
        looks, operations.record_looks(looks=looks, now=clock(), jitters=jitters), strict=True
    ):
        _tell(look, outcome, clock)
        if isinstance(outcome, Recorded):
            record_declared(look, clock, dice)


def _tell(look: Look, outcome: Outcome, clock: Clock) -> None:
    watch_id = look.claim.watch_id
    if isinstance(outcome, Exception):  # its lease runs out and it comes back alone
        log.error("record_failed", watch_id=watch_id, exc_info=outcome)
    elif outcome is None:
        log.warning("lease_lost", watch_id=watch_id)
    else:
        mind_rate_limit(look, clock())
        log.info("looked", watch_id=watch_id, rule_id=outcome.verdict.rule_id, status=outcome.status.value)


def _doubted(looks: Sequence[Look], under_way: UnderWay, clock: Clock) -> list[Look]:
    """A look that failed asks first whether the vantage point still works, since a canary may be minutes old.

    One answer is enough for all the looks that began before it.
    """
    began: dict[int, list[Look]] = {}
    for look in looks:
        if look.experiment.observation.failure is not None:
            began.setdefault(look.experiment.vantage_id, []).append(look)
    canaries = {}
    for row in VantagePoint.objects.filter(pk__in=began) if began else ():
        last = max(look.experiment.observation.started_at for look in began[row.pk])
        place = place_of(row)
        if place.canary.checked_at is None or place.canary.checked_at < last:
            place = freshened([place], clock=clock, age=timedelta(0), run=under_way.run)[0]
        canaries[row.pk] = place.canary
    return [
        replace(
            look,
            canary=replace(canaries[look.experiment.vantage_id], drifted=look.canary.drifted),
            verdict=None,
        )
        if look.experiment.observation.failure is not None
        else look
        for look in looks
    ]
