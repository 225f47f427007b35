"""The part of a round that touches the network, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import structlog

from tracker.judging import needs_control
from tracker.networks import limits, observer_of
from tracker.operations import Look, Seen
from tracker.places import Place
from tracker.vantage.planning import Clock, Turn

log = structlog.get_logger(__name__)


async def look_at_all(turns: Iterable[Turn], clock: Clock) -> list[Look]:
    looks = await asyncio.gather(*(_looked(turn, clock) for turn in turns), return_exceptions=True)
    for failed in (look for look in looks if isinstance(look, BaseException)):
        # A bug of ours: the lease of this one runs out, and the others go on.
        log.error("look_failed", exc_info=failed)
    return [look for look in looks if isinstance(look, Look)]


async def _looked(turn: Turn, clock: Clock) -> Look:
    await asyncio.sleep(max(0.0, (turn.at - clock()).total_seconds()))
    plan = turn.plan
    seen = await seen_from(plan.experiment, plan.claim.url, clock)
    control = None
    if plan.control is not None and needs_control(
        seen.observation, plan.claim.platform, plan.claim.territory
    ):
        control = await seen_from(plan.control, plan.claim.url, clock)
    return Look(plan.claim, seen, control, plan.experiment.canary)


async def seen_from(place: Place, url: str, clock: Clock) -> Seen:
    observation = await observer_of(place.via)(url, now=clock(), limits=limits())
    return Seen(place.vantage_id, observation)
