"""When a page is looked at next: seldom while nothing happens, often while something might have.

Pure: the clock (``now``) and the dice (``jitter``) are the caller's. Distances follow the design notes:
they grow by a factor with every look that changes nothing, and a suspected change gets a burst of looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

JITTER_SHARE = 0.1
"""How far ``jitter`` of 1 or -1 moves a wait; what keeps many pages from being looked at in one second."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast time goes for a page.

    ``base`` is the wait after a change, ``floor`` and ``ceiling`` bound every ordinary wait. ``confirm_gaps``
    are the waits after the first, second … look that agree on a change not yet believed; after the last of
    them the floor is the wait. A look that told nothing is made up for after ``retry``, doubled each time: up to the
    floor where a change is being confirmed, up to ``patience`` where nothing is known yet. Of a page that is known
    nothing is made up for; it is looked at at the ordinary time, but within ``patience``, doubled each time.
    ``host_spacing`` is the least time between two requests to one host. ``span_scale`` multiplies the spans over which
    a change must be seen before it is believed.
    """

    name: str
    base: timedelta
    floor: timedelta
    ceiling: timedelta
    growth: float = 1.6
    confirm_gaps: tuple[timedelta, ...] = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))
    retry: timedelta = timedelta(minutes=30)
    patience: timedelta = timedelta(days=1)
    host_spacing: timedelta = timedelta(seconds=5)
    span_scale: float = 1.0


NORMAL = Pace(name="normal", base=timedelta(hours=6), floor=timedelta(hours=6), ceiling=timedelta(days=14))

REHEARSAL = Pace(
    name="rehearsal",
    base=timedelta(seconds=15),
    floor=timedelta(seconds=15),
    ceiling=timedelta(seconds=15),
    confirm_gaps=(timedelta(seconds=3),) * 4,
    retry=timedelta(seconds=5),
    patience=timedelta(seconds=15),
    host_spacing=timedelta(seconds=0.2),
    span_scale=1 / 17_280,  # 48 hours, the longest span there is, become 10 seconds
)
"""Time lapse for pages that we serve ourselves: a change is believed about 15 seconds after it is seen."""

PACES = {pace.name: pace for pace in (NORMAL, REHEARSAL)}


def next_probe_at(
    *,
    now: datetime,
    pace: Pace,
    stable_looks: int,
    confirming: int,
    failures: int,
    jitter: float,
    is_known: bool = False,
) -> datetime:
    """When to look again.

    ``stable_looks`` counts conclusive looks in a row that agreed with the status, ``confirming`` those that
    agreed on another state not yet believed (0 when there is none), ``failures`` the looks in a row that told
    nothing. ``is_known`` is whether there is a status. ``jitter`` lies in [-1, 1] and moves the wait by at most a
    tenth. Raises ValueError outside of these.
    """
    if min(stable_looks, confirming, failures) < 0 or not -1 <= jitter <= 1:
        raise ValueError("Counts start at 0 and jitter lies between -1 and 1.")
    ordinary = _ordinary(pace, stable_looks)
    if failures:
        wait = _after_nothing(pace, ordinary, confirming, failures, is_known)
    elif confirming:
        wait = _gap(pace, confirming)
    else:
        wait = ordinary
    return now + wait * (1 + JITTER_SHARE * jitter)


def _ordinary(pace: Pace, stable_looks: int) -> timedelta:
    grown = pace.base * float(pace.growth ** min(stable_looks, 32))
    return max(pace.floor, min(grown, pace.ceiling))


def _gap(pace: Pace, confirming: int) -> timedelta:
    return pace.confirm_gaps[confirming - 1] if confirming <= len(pace.confirm_gaps) else pace.floor


def _after_nothing(
    pace: Pace, ordinary: timedelta, confirming: int, failures: int, is_known: bool
) -> timedelta:
    doubled = 1 << min(failures - 1, 16)
    if confirming:
        return min(_gap(pace, confirming) * doubled, max(pace.floor, pace.retry))
    if is_known:
        return min(ordinary, max(pace.floor, pace.patience * doubled))
    return min(pace.retry * doubled, max(pace.floor, pace.patience))
