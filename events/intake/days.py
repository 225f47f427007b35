"""Which day a date means: seen from the day of publication, and never a day that the words leave open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from events.intake.dates import When

_ISO = re.compile(r"((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?(?!\d)", re.ASCII)
_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")


@dataclass(frozen=True, slots=True)
class Published:
    """When the text came out: the day, or only its month or year."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def read(cls, value: date | str | None) -> Published | None:
        """A date, or ISO 8601 in as many digits as are known. None for what is none."""
        if value is None:
            return None
        text = value.isoformat() if isinstance(value, date) else value.strip()
        if not (match := _ISO.match(text)):
            return None
        try:
            numbers = [int(part) for part in match.groups() if part]
            year, month, day = [*numbers, 1, 1][:3]
            date(year, month, day)
        except ValueError:
            return None
        return cls(*numbers[:3])

    @classmethod
    def in_address(cls, url: str) -> Published | None:
        """The day in an article's address: ``/2022/07/11/``."""
        match = _IN_PATH.search(url)
        return cls.read(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}") if match else None

    @property
    def on(self) -> date | None:
        return date(self.year, self.month, self.day) if self.month and self.day else None


@dataclass(frozen=True, slots=True)
class Resolved:
    """``iso`` in as many digits as are known; ``partial`` is ``--MM-DD`` where no year is."""

    iso: str | None
    precision: str | None
    partial: str | None
    confidence: float


NOTHING = Resolved(None, None, None, 0.0)


def resolved(when: When, published: Published | None, near: When | None = None) -> Resolved:
    """The day, month or year that a date means. ``near`` is a date with a year in the same sentence."""
    if when.is_range and when.year and when.month:
        return Resolved(f"{when.year:04}-{when.month:02}", "month", None, 0.7)
    if when.year and when.month and when.day:
        return _day(when.year, when.month, when.day, 0.95)
    if when.year and when.month:
        return Resolved(f"{when.year:04}-{when.month:02}", "month", None, 0.85)
    if when.year:
        return Resolved(f"{when.year:04}", "year", None, 0.6)
    if when.month:
        return _without_year(when, published)
    if when.day:
        return _day_alone(when, published)
    return _counted(when, published)


def _day(year: int, month: int, day: int, confidence: float) -> Resolved:
    try:
        return Resolved(date(year, month, day).isoformat(), "day", None, confidence)
    except ValueError:
        return NOTHING


def _without_year(when: When, published: Published | None) -> Resolved:
    """The last such day before the text came out."""
    month = when.month or 1
    if published is None:
        return Resolved(None, None, f"--{month:02}-{when.day:02}" if when.day else None, 0.6)
    known = published.on
    if known is None:
        if published.month is None:
            return Resolved(None, None, f"--{month:02}-{when.day:02}" if when.day else None, 0.6)
        year = published.year - (month > published.month)
    else:
        if when.day and _is_soon(month, when.day, known):
            return NOTHING
        later = (month, when.day or 1) > ((known + timedelta(days=1)).month, (known + timedelta(days=1)).day)
        year = known.year - (later and (month, when.day or 1) > (known.month, known.day))
    if when.day is None:
        return Resolved(f"{year:04}-{month:02}", "month", None, 0.75)
    return _day(year, month, when.day, 0.9)


_SOON = 60
"""Days after the text came out in which a day without a year is one to come, not one of the year before."""


def _is_soon(month: int, day: int, known: date) -> bool:
    for year in (known.year, known.year + 1):
        try:
            ahead = (date(year, month, day) - known).days
        except ValueError:
            continue
        if 1 < ahead <= _SOON:
            return True
    return False


def _day_alone(when: When, published: Published | None) -> Resolved:
    """``12日``: of the month of publication, or of the one before where that day was still to come."""
    known = published.on if published else None
    if known is None and published and published.month and when.day and when.weekday is not None:
        return _day(published.year, published.month, when.day, 0.75)
    if known is None or when.day is None:
        return NOTHING
    if when.day <= known.day:
        return _day(known.year, known.month, when.day, 0.8)
    before = known.replace(day=1) - timedelta(days=1)
    return _day(before.year, before.month, when.day, 0.6)


def _counted(when: When, published: Published | None) -> Resolved:
    """A weekday, yesterday, last month: counted back from the day of publication."""
    if published is None:
        return NOTHING
    known = published.on
    if known and when.weekday is not None:
        return Resolved(
            (known - timedelta(days=(known.weekday() - when.weekday) % 7)).isoformat(), "day", None, 0.85
        )
    if known and when.weeks_back is not None:
        monday = known - timedelta(days=known.weekday() + 7 * when.weeks_back)
        sunday = min(known, monday + timedelta(days=6))
        if monday.month == sunday.month:
            return Resolved(f"{monday.year:04}-{monday.month:02}", "month", None, 0.5)
        return NOTHING
    if known and when.back is not None:
        return Resolved((known - timedelta(days=when.back)).isoformat(), "day", None, 0.85)
    if published.month and when.months_back is not None:
        months = published.year * 12 + published.month - 1 - when.months_back
        return Resolved(f"{months // 12:04}-{months % 12 + 1:02}", "month", None, 0.75)
    if published.month and not known and (when.back is not None or when.weekday is not None):
        return Resolved(f"{published.year:04}-{published.month:02}", "month", None, 0.6)
    if when.years_back is not None:
        return Resolved(f"{published.year - when.years_back:04}", "year", None, 0.6)
    return NOTHING
