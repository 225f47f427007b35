"""Dates that are as precise as their source: an interval with the precision in which it was told."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ImpreciseDate:
    """Something happened on one of the days from ``earliest`` to ``latest``, both included.

    With ``UNKNOWN`` there is no interval: it happened, and no source says when.
    """

    earliest: date | None
    latest: date | None
    precision: Precision

    def __post_init__(self) -> None:
        if (self.precision is Precision.UNKNOWN) != (self.earliest is None) or (self.earliest is None) != (
            self.latest is None
        ):
            raise ValueError("A date has both ends, or its precision is “unknown”.")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError("A date cannot end before it begins.")

    @classmethod
    def on(cls, day: date) -> Self:
        return cls(day, day, Precision.DAY)

    @classmethod
    def unknown(cls) -> Self:
        return cls(None, None, Precision.UNKNOWN)

    @classmethod
    def of(cls, day: date | None, precision: Precision) -> Self:
        """The whole month or year around a day, or the day itself; unknown when there is no day."""
        if day is None or precision is Precision.UNKNOWN:
            return cls.unknown()
        if precision is Precision.DAY:
            return cls.on(day)
        if precision is Precision.YEAR:
            return cls(date(day.year, 1, 1), date(day.year, 12, 31), precision)
        last = calendar.monthrange(day.year, day.month)[1]
        return cls(day.replace(day=1), day.replace(day=last), precision)

    @classmethod
    def parse(cls, text: str) -> Self:
        """``2022``, ``2022-11`` or ``2022-11-27``. Raises ValueError with what would be accepted."""
        match = _ISO.fullmatch(text.strip())
        if not match:
            raise ValueError(f"“{text}” is not a date; write 2022-11-27, 2022-11 or 2022.")
        year, month, day = match.groups()
        precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
        try:
            return cls.of(date(int(year), int(month or 1), int(day or 1)), precision)
        except ValueError as error:
            raise ValueError(f"“{text}” is not a day of the calendar.") from error

    @property
    def iso(self) -> str | None:
        """The date in as many digits as are known: ``2022-11`` for a month; None when unknown."""
        if self.earliest is None:
            return None
        digits = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]
        return self.earliest.isoformat()[:digits]


_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
