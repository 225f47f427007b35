"""How fast a page is looked at: time lapse for the rehearsal, which only our own server plays."""

from __future__ import annotations

from tracker.facts import REHEARSAL_PLATFORM
from tracker.schedule import NORMAL, REHEARSAL, Pace


def pace_of(platform: str) -> Pace:
    return REHEARSAL if platform == REHEARSAL_PLATFORM else NORMAL
