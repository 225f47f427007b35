"""One look outside the queue."""

from __future__ import annotations

import asyncio

from tracker.canaries import CANARY_AGE, freshened
from tracker.facts import Canary
from tracker.operations import refresh_fingerprints
from tracker.places import Place
from tracker.vantage.looking import Sighting, Subject, look_from
from tracker.vantage.planning import Clock


def look_once(
    subject: Subject, *, experiment: Place, control: Place | None, clock: Clock
) -> tuple[Sighting, Canary]:
    """One look outside the queue, by the same code: what was seen, and whether the vantage point works."""
    refresh_fingerprints()
    place = freshened([experiment], clock=clock, age=CANARY_AGE)[0]
    found = asyncio.run(look_from(place, control, subject, clock, second_at=clock()))
    return found, place.canary
