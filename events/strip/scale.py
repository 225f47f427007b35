"""From moments to places: which stretch of time is shown, where a moment stands, where the axis has words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.formats import date_format

SHORTEST = timedelta(hours=6)
MOST_TICKS = 4
CLOSEST = 0.2
"""Words at the edge are written inwards, so two need this share of a phone's width."""
_HOURS = (1, 3, 6, 12)
_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 600)


@dataclass(frozen=True, slots=True)
class Tick:
    share: float
    words: str


def span(
    first: datetime | None, last: datetime | None, dates: list[date], now: datetime
) -> tuple[datetime, datetime]:
    """The looks up to now; dates before the first look only as far as they leave the looks two thirds of the room."""
    ends = max(now, last or now)
    if first is None:
        begins = min([start_of(day) for day in dates], default=ends)
    else:
        reach = first - (ends - first) / 2
        begins = min([at for at in map(start_of, dates) if at >= reach] + [first])
    return min(begins, ends - SHORTEST), ends


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), UTC)


def share(at: datetime, begins: datetime, ends: datetime) -> float:
    """Where a moment stands, from 0 at the left to 1 at the right; what lies outside stands at the edge."""
    return min(1.0, max(0.0, (at - begins) / (ends - begins)))


def ticks(begins: datetime, ends: datetime) -> list[Tick]:
    """At most four moments that a reader would name, with their words."""
    for words, moments in _scales(begins, ends):
        inside = [at for at in moments if begins <= at <= ends]
        if len(inside) <= MOST_TICKS:
            return _apart([Tick(share(at, begins, ends), date_format(at, words)) for at in inside])
    return []


def _apart(found: list[Tick]) -> list[Tick]:
    """Without those whose words would run into the words before."""
    kept: list[Tick] = []
    for tick in found:
        if not kept or tick.share - kept[-1].share >= CLOSEST * (1.5 if kept[-1].share < 0.1 else 1):
            kept.append(tick)
    return kept


def _scales(begins: datetime, ends: datetime) -> Iterator[tuple[str, list[datetime]]]:
    """Ever coarser rows of moments, each with the format of its words; a row that is far too long is not made."""
    midnight, seconds = start_of(begins.date()), (ends - begins).total_seconds()
    for hours in _HOURS + tuple(24 * days for days in _DAYS):
        if seconds / 3600 / hours <= MOST_TICKS + 1:
            step = timedelta(hours=hours)
            count = int(seconds // step.total_seconds()) + 26
            yield "H:i" if hours < 24 else "j M", [midnight + i * step for i in range(count)]
    for months in _MONTHS:
        yield "M Y" if months < 12 else "Y", list(_months(begins, ends, months))


def _months(begins: datetime, ends: datetime, step: int) -> Iterator[datetime]:
    month = (begins.year * 12 + begins.month - 1) // step * step
    while month <= ends.year * 12 + ends.month - 1:
        yield datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)
        month += step
