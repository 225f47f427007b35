"""Whether looks that repeat each other within a day are worth more than one: it is not assumed but counted.

A wrong marker may stay for a day (a cached answer, a trial of a new layout), and then a second look an hour later only
repeats the mistake. Each time that a contradiction turns out to have been a mistake, the looks that had repeated it and
the looks that had denied it are counted: those of the source that made it, and those of others. Looks are taken to be
independent until the count shows that they are not; from then on those of a day share one cap.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

HALF_LIFE = timedelta(days=180)
"""Platforms change; what was counted fades."""

FEW = 3.0
"""Fewer repetitions than this prove nothing: one mistake, or one page that was blocked for a day, brings two."""

MOST_ALIKE = 0.06
MOST_OTHER = 0.1
"""Three looks that repeat each other this seldom make about one wrong change in a thousand page-years."""

ENOUGH = 10.0
"""From so many looks on a platform is judged by its own, and no longer by those of all."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose looks within one day count in full: those of one source (``alike``), those of several (``other``)."""

    alike: bool = True
    other: bool = True


@dataclass(frozen=True, slots=True)
class Lesson:
    """From one mistake: looks of its source, and of others, that repeated it and that denied it."""

    alike_repeated: float = 0.0
    alike_denied: float = 0.0
    other_repeated: float = 0.0
    other_denied: float = 0.0

    def __bool__(self) -> bool:
        return self != Lesson()


@dataclass(frozen=True, slots=True)
class Lessons:
    """All mistakes of a platform's looks so far, older ones for less."""

    counted: Lesson = Lesson()
    at: datetime | None = None

    def after(self, lesson: Lesson, at: datetime) -> Lessons:
        fade = 0.5 ** (max(timedelta(0), at - self.at) / HALF_LIFE) if self.at else 1.0
        old, new = self.counted, lesson
        return Lessons(
            Lesson(
                old.alike_repeated * fade + new.alike_repeated,
                old.alike_denied * fade + new.alike_denied,
                old.other_repeated * fade + new.other_repeated,
                old.other_denied * fade + new.other_denied,
            ),
            max(at, self.at or at),
        )

    @property
    def trust(self) -> Trust:
        one = self.counted
        return Trust(
            alike=_independent(one.alike_repeated, one.alike_denied, MOST_ALIKE),
            other=_independent(one.other_repeated, one.other_denied, MOST_OTHER),
        )

    @property
    def is_enough(self) -> bool:
        """Whether these are enough to go by."""
        one = self.counted
        return one.alike_repeated + one.alike_denied + one.other_repeated + one.other_denied >= ENOUGH


def _independent(repeated: float, denied: float, most: float) -> bool:
    return repeated < FEW or repeated <= most * (repeated + denied)
