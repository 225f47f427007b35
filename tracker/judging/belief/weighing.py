"""What one more look adds to a belief. It moves no status: that is for ``settling``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tracker.facts import State, Verdict
from tracker.judging.belief.lessons import Lesson, Trust
from tracker.judging.belief.state import Belief, Run, Source, Spent, Stand, added
from tracker.judging.belief.weights import CLAMP, DAY, HORIZON, HYPOTHESES, Hypothesis, Weight, weight_of

INTERFERED = (State.BLOCKED, State.LIKELY_BLOCKED)
WEAK = (State.LIKELY_BLOCKED, State.DOWN)
"""A failure denies nothing that a marker of the page or of the platform has said."""


@dataclass(frozen=True, slots=True)
class _Look:
    state: State
    at: datetime
    source: Source
    span_scale: float

    @property
    def day(self) -> timedelta:
        return DAY * self.span_scale

    @property
    def hypothesis(self) -> Hypothesis:
        return HYPOTHESES[self.state]


def weigh(
    belief: Belief,
    verdict: Verdict,
    *,
    at: datetime,
    source: Source,
    trust: Trust,
    span_scale: float = 1.0,
    weight: Callable[[Verdict], Weight] = weight_of,
) -> tuple[Belief, Lesson]:
    """The belief with one more look in it, and what the look taught about the looks that it denies.

    A look that told nothing, that nobody vouches for, or that is older than the last conclusive one changes nothing.
    """
    if not _counts(belief, verdict, at, source):
        return belief, Lesson()
    look = _Look(verdict.state, at, source, span_scale)
    amount, spent = _credited(belief, look, weight(verdict), trust)
    runs = _runs(belief, look)
    heard = replace(
        belief,
        support=added(belief.weighed, look.hypothesis, amount),
        stands=_stands(belief, look, amount),
        spent=spent,
        runs=runs,
        last_at=at,
        artefact_at=at if look.state is State.BLOCKED else belief.artefact_at,
    )
    return heard, _lesson(belief, look, runs)


def _counts(belief: Belief, verdict: Verdict, at: datetime, source: Source) -> bool:
    if verdict.state is State.INSUFFICIENT or (belief.last_at and at < belief.last_at):
        return False
    if verdict.state is not State.REACHABLE or belief.status not in INTERFERED or source.sound:
        return True
    # From outside the territory a page opens that is withheld inside: only who saw the block can see its end.
    stand = belief.stands.get(source.vantage)
    return stand is not None and stand.saw_block


def _credited(belief: Belief, look: _Look, weight: Weight, trust: Trust) -> tuple[float, Mapping[str, Spent]]:
    """What the look may add, and the account of the day that it is taken from.

    Only what moves something is charged: agreeing for long must leave a source the right to deny.
    """
    who = look.source.key if trust.other else "all"
    key = f"{who}/{look.hypothesis}/{weight.day:.1f}"
    spent = {name: one for name, one in belief.spent.items() if look.at - one.since < look.day}
    so_far = spent.get(key, Spent(look.at, 0.0))
    if look.at - so_far.since >= weight.per * look.span_scale:
        so_far = Spent(look.at, 0.0)
    counts_in_full = weight.trusted and trust.alike and _is_alone(belief, look)
    left = weight.look if counts_in_full else weight.day - so_far.amount
    amount = max(0.0, min(weight.look, left))
    moved = min(amount, _room(belief, look.hypothesis))
    if moved > 0:
        spent[key] = Spent(so_far.since, round(so_far.amount + moved, 3))
    return amount, spent


def _is_alone(belief: Belief, look: _Look) -> bool:
    """Whether nobody else looks at the page. Where somebody does, it is for them to confirm."""
    others = (stand.at for vantage, stand in belief.stands.items() if vantage != look.source.vantage)
    return all(look.at - at > HORIZON for at in others)


def _room(belief: Belief, hypothesis: Hypothesis) -> float:
    """How far the odds of a hypothesis can still rise."""
    others = max((held for one, held in belief.weighed.items() if one is not hypothesis), default=0.0)
    return CLAMP - belief.weighed.get(hypothesis, 0.0) + others


def _stands(belief: Belief, look: _Look, amount: float) -> Mapping[int, Stand]:
    old = belief.stands.get(look.source.vantage)
    saw_block = look.state is State.BLOCKED or bool(old and old.saw_block)
    support = added(old.support if old else {}, look.hypothesis, amount)
    return {**belief.stands, look.source.vantage: Stand(support, look.state, look.at, saw_block)}


def _runs(belief: Belief, look: _Look) -> Mapping[State, Run]:
    """Which states are being confirmed after this look: it goes on with its own and ends those that it denies."""
    if look.state is belief.status:
        return {} if look.state is not State.LIKELY_BLOCKED else _not_denied(belief.runs, look.state)
    kept = belief.runs if look.state in WEAK else _not_denied(belief.runs, look.state)
    return {**kept, look.state: _longer(belief.runs.get(look.state), look)}


def _not_denied(runs: Mapping[State, Run], state: State) -> Mapping[State, Run]:
    """An artefact explains the failures before it; whatever else is seen for certain does not."""
    return {one: run for one, run in runs.items() if one in INTERFERED and state in INTERFERED}


def _longer(run: Run | None, look: _Look) -> Run:
    vantage, key = look.source.vantage, look.source.key
    if run is None:
        return Run(1, look.at, look.at, key, (vantage,))
    is_same_day = look.at - run.first_at < look.day
    return replace(
        run,
        looks=run.looks + 1,
        last_at=look.at,
        vantages=run.vantages if vantage in run.vantages else (*run.vantages, vantage),
        alike=run.alike + (is_same_day and key == run.source),
        other=run.other + (is_same_day and key != run.source),
    )


def _lesson(belief: Belief, look: _Look, runs: Mapping[State, Run]) -> Lesson:
    """What the contradictions that this look ends had been worth. While nothing is known, nothing was contradicted."""
    ended = [run for state, run in belief.runs.items() if state not in runs and state not in WEAK]
    if not ended or belief.status is State.INSUFFICIENT:
        return Lesson()
    run = max(ended, key=lambda one: one.looks)
    is_same_day = look.at - run.first_at < look.day
    is_alike = look.source.key == run.source
    return Lesson(
        alike_repeated=run.alike,
        alike_denied=float(is_same_day and is_alike),
        other_repeated=run.other,
        other_denied=float(is_same_day and not is_alike),
    )
