"""What a platform declares about other territories than the one that was looked for.

X and others name the countries where they withhold a page to whoever asks. Where the page is watched for one of
those, the look that saw it is a look for that watch as well: stored with it, judged for it, and due sooner if at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from tracker import operations
from tracker.judging import declared_in
from tracker.operations import Look
from tracker.vantage.planning import Clock

log = structlog.get_logger(__name__)

Dice = Callable[[], float]


def record_declared(look: Look, clock: Clock, dice: Dice) -> int:
    """Store a look for the other watches of its page that it says something about. How many there were.

    A watch that a worker holds is left to that worker.
    """
    further = _further_looks(look, clock())
    jitters = [dice() for _ in further]
    outcomes = operations.record_looks(looks=further, now=clock(), jitters=jitters) if further else []
    for other, outcome in zip(further, outcomes, strict=True):
        if isinstance(outcome, Exception):  # its lease runs out and it comes back alone
            log.error("record_failed", watch_id=other.claim.watch_id, exc_info=outcome)
        operations.keep_due(watch_id=other.claim.watch_id, at=other.claim.due_at)
    return len(further)


def _further_looks(look: Look, now: datetime) -> list[Look]:
    if look.canary.ok is False or look.canary.drifted:
        return []
    endpoint = look.endpoint.observation if look.endpoint else None
    territories = declared_in(look.experiment.observation, endpoint, look.claim.platform)
    if not territories:
        return []
    claims = operations.claim_others(
        claim=look.claim, territories=territories, vantage_id=look.experiment.vantage_id, now=now
    )
    return [replace(look, claim=claim, control=None, outside=True, verdict=None) for claim in claims]
