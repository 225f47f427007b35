"""One look outside the queue."""

from __future__ import annotations

import asyncio

from tracker.canaries import CANARY_AGE, freshened
from tracker.facts import Canary, Observation
from tracker.judging import needs_control
from tracker.places import Place
from tracker.vantage.looking import seen_from
from tracker.vantage.planning import Clock


def look_once(
    url: str, *, experiment: Place, control: Place | None, platform: str, territory: str, clock: Clock
) -> tuple[Observation, Observation | None, Canary]:
    """One look outside the queue, by the same code: what was seen, by the control too, and the canary."""
    place = freshened([experiment], clock=clock, age=CANARY_AGE)[0]

    async def run() -> tuple[Observation, Observation | None]:
        seen = (await seen_from(place, url, clock)).observation
        if control is None or not needs_control(seen, platform, territory):
            return seen, None
        return seen, (await seen_from(control, url, clock)).observation

    seen, beside = asyncio.run(run())
    return seen, beside, place.canary
