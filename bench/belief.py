"""How often a status is wrong, how late a real change is seen, and what that costs in looks, under assumed noise.

``python -m bench.belief --seed 7 --pages 3000`` runs it alone; nothing but the belief and the schedule takes part.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from bench.noise import DAY, Noise, Page, World
from tracker.facts import State, Verdict
from tracker.judging.belief import Weight, weight_of

PAGES = 3_000
WARM_UP, YEAR, AFTER = 40, 365, 30
"""Days: until all is known; in which nothing really changes; in which a change must be seen."""

RIGHT = {
    State.BLOCKED: {State.INSUFFICIENT, State.BLOCKED, State.LIKELY_BLOCKED},
    State.REACHABLE: {State.INSUFFICIENT, State.REACHABLE},
}
"""What may be said of a page that is so. Leaving a wrong status counts as one more false flip."""


@dataclass(frozen=True, slots=True)
class Case:
    """One run. ``weak`` weighs everything much less than it should be, as in the notes on the model."""

    noise: Noise
    vantages: int
    pages: int = PAGES
    days: int = YEAR
    seed: int = 1
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """False flips a page-year of blocked and of living pages; days late (mean, 95 %); looks beyond one a day."""

    blocked: float
    alive: float
    unblocked: tuple[float, float]
    withheld: tuple[float, float]
    more: float

    @property
    def false(self) -> float:
        return max(self.blocked, self.alive)


def found(case: Case) -> Found:
    """Pages that stay as they are for a year, then pages of the same platform that change."""
    world = World(
        case.noise, random.Random(case.seed), case.vantages, weight=_weak if case.weak else weight_of
    )
    blocked, alive = (
        [world.page(truth) for _ in range(case.pages // 2)] for truth in (State.BLOCKED, State.REACHABLE)
    )
    world.run([*blocked, *alive], since=0, days=WARM_UP)
    at_first = sum(page.looks for page in (*blocked, *alive))
    world.run([*blocked, *alive], since=WARM_UP, days=case.days)
    looks = sum(page.looks for page in (*blocked, *alive)) - at_first
    wrong = _false_flips(blocked, State.BLOCKED, case.days), _false_flips(alive, State.REACHABLE, case.days)
    since = WARM_UP + case.days
    return Found(
        blocked=wrong[0],
        alive=wrong[1],
        unblocked=_lateness(world, blocked, State.REACHABLE, since=since),
        withheld=_lateness(world, alive, State.BLOCKED, since=since),
        more=looks / (case.pages // 2 * 2 * case.days) - 1,
    )


def _false_flips(pages: list[Page], truth: State, days: int) -> float:
    flips = [{old, new} for page in pages for _, old, new in page.flips]
    return sum(not flip <= RIGHT[truth] for flip in flips) / len(pages) * 365 / (WARM_UP + days)


def _lateness(world: World, pages: list[Page], truth: State, *, since: int) -> tuple[float, float]:
    """Days from the first look that could see the change to the status that says so; mean and 95 %."""
    first = [page.due for page in pages]
    for page in pages:
        page.truth = truth
        page.wrong.clear()
        page.flips.clear()
    world.run(pages, since=since, days=AFTER)
    late = [_days_late(page, truth, seen) for page, seen in zip(pages, first, strict=True)]
    return statistics.fmean(late), statistics.quantiles(late, n=20)[-1]


def _days_late(page: Page, truth: State, first: datetime) -> float:
    seen = next((at for at, _, new in page.flips if new is truth), None)
    if seen is None:  # it may have been wrong before, and be right now
        return 0.0 if page.belief.status is truth else float(AFTER)
    return max(0.0, (seen - first) / DAY)


_WEAK = {State.BLOCKED: 2.5, State.LIKELY_BLOCKED: 0.3, State.REACHABLE: 2.0}


def _weak(verdict: Verdict) -> Weight:
    own = weight_of(verdict)
    look = _WEAK[verdict.state]
    return replace(own, look=look, day=look * own.day / own.look)


def _cases(pages: int, seed: int) -> dict[str, Case]:
    """The cases by name. The noise and the bars are those of the notes on the model."""
    kinds = {
        "as assumed": Noise(),
        "wrong markers repeated within the day with 0.5": Noise(sticky=0.5),
        "with 0.9": Noise(sticky=0.9),
    }
    cases = {
        f"{count} vantage point{'s' * (count > 1)}, {name}": Case(noise, count, pages=pages, seed=seed)
        for count in (1, 2)
        for name, noise in kinds.items()
    }
    shared = Case(Noise(sticky=0.9, shared=True), 2, pages=pages, seed=seed)
    weak = Case(Noise(), 1, pages=pages, seed=seed, weak=True)
    return cases | {
        "2 vantage points that repeat each other's with 0.9": shared,
        "1 vantage point, everything weighed too little": weak,
    }


def lines(pages: int = PAGES, seed: int = 1) -> Iterator[str]:
    cases = _cases(pages, seed)
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(cases))) as pool:
        for name, one in zip(cases, pool.map(found, cases.values()), strict=True):
            yield (
                f"belief, {name}: {one.blocked:.4f} and {one.alive:.4f} false flips a page-year of blocked and of "
                f"living pages; late by {one.unblocked[0]:.2f} days (95 %: {one.unblocked[1]:.2f}) when unblocked, "
                f"{one.withheld[0]:.2f} when blocked; {one.more:+.2%} looks"
            )
    yield f"belief: the bars are 0.01 false flips (0.05 where markers repeat), 0.6 days, +1 % looks; {pages} pages"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for line in lines(asked.pages, asked.seed):
        print(line, flush=True)


if __name__ == "__main__":
    main()
