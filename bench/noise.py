"""The noise that looks are assumed to have, and pages that are looked at under it by the real belief and schedule.

Chances of what one look says: of a blocked page an artefact 0.82, a failure 0.05, the page's own content 0.004; of a
living page 0.0005, 0.03, 0.85; the rest tells nothing. Failures come in bursts besides, about three a year, of three
days on average. A wrong marker may stay for the day: another look by the same vantage point then repeats it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tracker.facts import State, Verdict
from tracker.judging.belief import (
    Belief,
    Counts,
    Lessons,
    Source,
    Weight,
    adopted,
    in_turn,
    step,
    undone,
    weight_of,
)
from tracker.schedule import Pace, next_probe_at

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
DAILY = Pace(name="daily", base=DAY, floor=timedelta(hours=6), ceiling=DAY)

CHANCES: dict[State, dict[State, float]] = {
    State.BLOCKED: {State.BLOCKED: 0.82, State.LIKELY_BLOCKED: 0.05, State.REACHABLE: 0.004},
    State.REACHABLE: {State.BLOCKED: 0.0005, State.LIKELY_BLOCKED: 0.03, State.REACHABLE: 0.85},
}
VERDICTS = {state: Verdict(state, "noise", "noise", "For a simulation.") for state in State}


@dataclass(frozen=True, slots=True)
class Noise:
    """What may be varied. ``sticky`` is the chance that a wrong marker is repeated within the day;
    a day is 24 hours from the first of them.
    ``shared`` is whether all vantage points meet the same wrong marker.
    """

    sticky: float = 0.0
    shared: bool = False
    bursts_a_day: float = 0.01
    burst_days: float = 3.0


@dataclass(slots=True)
class Page:
    """A page as it is (``truth``), what is believed of it, and when it is looked at next."""

    truth: State
    due: datetime
    belief: Belief = field(default_factory=Belief)
    counts: Counts = field(default_factory=Counts)
    looked_from: list[int] = field(default_factory=list)
    wrong: dict[int, tuple[State, datetime]] = field(default_factory=dict)
    failing_until: datetime = START
    looks: int = 0
    flips: list[tuple[datetime, State, State]] = field(default_factory=list)


@dataclass(slots=True)
class World:
    """Pages of one platform that share what is learned of its looks."""

    noise: Noise
    dice: random.Random
    vantages: int = 1
    lessons: Lessons = field(default_factory=Lessons)
    weight: Callable[[Verdict], Weight] = weight_of

    def page(self, truth: State) -> Page:
        return Page(truth, START + self.dice.random() * DAY)

    def run(self, pages: Iterable[Page], *, since: int, days: int) -> None:
        """Let days pass, all pages side by side."""
        pages = list(pages)
        for day in range(since, since + days):
            end = START + (day + 1) * DAY
            for page in pages:
                self._new_day(page, end - DAY)
                while page.due < end:
                    self._look(page)

    def _new_day(self, page: Page, now: datetime) -> None:
        if now >= page.failing_until and self.dice.random() < self.noise.bursts_a_day:
            days = 1
            while self.dice.random() > 1 / self.noise.burst_days:
                days += 1
            page.failing_until = now + days * DAY

    def _look(self, page: Page) -> None:
        at = page.due
        vantage = in_turn(range(self.vantages), page.looked_from)[0]
        page.looked_from = [*(one for one in page.looked_from if one != vantage), vantage]
        page.looks += 1
        said = self.said(page, vantage, at)
        before = page.belief
        page.belief = self._believed(page, said, vantage, at)
        page.counts = page.counts.after(said, before, page.belief)
        page.due = next_probe_at(
            now=at,
            pace=DAILY,
            stable_looks=page.counts.stable,
            confirming=page.counts.confirming,
            failures=page.counts.failed,
            jitter=self.dice.uniform(-1, 1),
            is_known=page.belief.status is not State.INSUFFICIENT,
        )

    def _believed(self, page: Page, said: State, vantage: int, at: datetime) -> Belief:
        done = step(
            page.belief,
            VERDICTS[said],
            at=at,
            source=Source(vantage),
            trust=self.lessons.trust,
            weight=self.weight,
        )
        lesson = done.lesson
        if done.proposal:
            page.flips.append((at, page.belief.status, done.proposal.state))
            lesson = lesson or undone(done.belief, done.proposal, at=at)
        if lesson:
            self.lessons = self.lessons.after(lesson, at)
        return adopted(done.belief, done.proposal, at=at) if done.proposal else done.belief

    def said(self, page: Page, vantage: int, at: datetime) -> State:
        """What one look says of a page. Bursts are for ``run`` to begin."""
        who = 0 if self.noise.shared else vantage
        state, since = page.wrong.get(who, (None, at))
        if state is not None and at - since < DAY and self.dice.random() < self.noise.sticky:
            return state
        if at < page.failing_until:
            return State.LIKELY_BLOCKED
        said = self._drawn(page.truth)
        if said in (State.BLOCKED, State.REACHABLE) and said is not page.truth:
            page.wrong[who] = (said, at)
        return said

    def _drawn(self, truth: State) -> State:
        number = self.dice.random()
        for state, chance in CHANCES[truth].items():
            if number < chance:
                return state
            number -= chance
        return State.INSUFFICIENT
