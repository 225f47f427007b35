"""When a status is left for another: odds, looks, spans, and who has to agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tracker.facts import State, Verdict
from tracker.judging.belief.lessons import Lesson, Trust
from tracker.judging.belief.state import Belief, Flip, Source, Stand, odds
from tracker.judging.belief.weighing import WEAK, weigh
from tracker.judging.belief.weights import (
    CLAMP,
    FIRST_THRESHOLD,
    HORIZON,
    HYPOTHESES,
    THRESHOLD,
    Hypothesis,
    Weight,
    weight_of,
)

SPLIT = timedelta(hours=24)
"""How long vantage points must contradict each other before that is a finding."""

FLIP_BACK = timedelta(days=3)
"""A change that is undone this soon was a mistake."""


SOMEBODY = Source()
UNTAUGHT = Trust()


@dataclass(frozen=True, slots=True)
class Need:
    """What it takes to believe a state besides the odds: ``looks`` that agree, first and last ``span`` apart.

    ``first_span`` holds where nothing was known before: no status is lost by believing sooner. ``vantages`` is
    from how many places, where there are as many.
    """

    looks: int
    span: timedelta
    first_span: timedelta
    vantages: int = 1


_SHORT = timedelta(minutes=5)
_LONG = timedelta(hours=3)
NEEDS: dict[State, Need] = {
    State.BLOCKED: Need(2, _SHORT, _SHORT),
    State.REACHABLE: Need(2, _LONG, _SHORT),
    State.GONE: Need(2, _LONG, _SHORT),
    State.REMOVED: Need(2, _LONG, _SHORT),
    State.RESTRICTED: Need(2, _LONG, _SHORT),
    # No artefact and no positive sign settles these two, so a first belief is no cheaper than a later one.
    State.DOWN: Need(3, timedelta(hours=1), timedelta(hours=1)),
    State.LIKELY_BLOCKED: Need(5, timedelta(hours=48), timedelta(hours=48), vantages=2),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A status that is due, and since when it has been seen."""

    state: State
    since: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One look weighed: the belief with the old status, what it proposes, and what was learned of looks."""

    belief: Belief
    proposal: Proposal | None
    lesson: Lesson


def step(
    belief: Belief,
    verdict: Verdict,
    *,
    at: datetime,
    source: Source = SOMEBODY,
    trust: Trust = UNTAUGHT,
    span_scale: float = 1.0,
    weight: Callable[[Verdict], Weight] = weight_of,
) -> Step:
    """What one more look does.

    ``span_scale`` multiplies all spans (the rehearsal's time lapse); ``weight`` says what a verdict weighs.
    """
    heard, lesson = weigh(
        belief, verdict, at=at, source=source, trust=trust, span_scale=span_scale, weight=weight
    )
    if heard is belief:
        return Step(belief, None, lesson)
    heard = _noticing_split(heard, at, span_scale)
    return Step(heard, _proposal(heard, at, span_scale), lesson)


def adopted(belief: Belief, proposal: Proposal, *, at: datetime) -> Belief:
    """The belief once the proposed status is the status."""
    run = belief.runs.get(proposal.state)
    is_marked = proposal.state not in WEAK  # failures that repeat say nothing of markers
    alike, other = (run.alike, run.other) if run and is_marked else (0, 0)
    flip = Flip(belief.status, at, alike, other, is_back=_goes_back(belief.flip, proposal, at))
    return replace(belief, status=proposal.state, runs={}, flip=flip)


def undone(belief: Belief, proposal: Proposal, *, at: datetime) -> Lesson:
    """What is learned when a proposal undoes a change of late: the looks that led to that had repeated a mistake."""
    flip = belief.flip
    if flip is None or flip.is_back or not _goes_back(flip, proposal, at):
        return Lesson()
    return Lesson(alike_repeated=flip.alike, other_repeated=flip.other)


def _goes_back(flip: Flip | None, proposal: Proposal, at: datetime) -> bool:
    return flip is not None and flip.old is proposal.state and at - flip.at <= FLIP_BACK


def next_belief(
    belief: Belief,
    verdict: Verdict,
    *,
    at: datetime,
    source: Source = SOMEBODY,
    trust: Trust = UNTAUGHT,
    span_scale: float = 1.0,
) -> Belief:
    """The belief after one more look, with the status that it now has. Arguments as of ``step``."""
    done = step(belief, verdict, at=at, source=source, trust=trust, span_scale=span_scale)
    return adopted(done.belief, done.proposal, at=at) if done.proposal else done.belief


def decayed(status: State, last_conclusive_at: datetime | None, now: datetime, horizon: timedelta) -> State:
    """The status that may still be shown: ``insufficient`` once a horizon passed without a conclusive look."""
    if last_conclusive_at is None or now - last_conclusive_at > horizon:
        return State.INSUFFICIENT
    return status


def _proposal(belief: Belief, at: datetime, span_scale: float) -> Proposal | None:
    if belief.mixed and _some_side_is_blocked(belief, at):
        # Blocked from one place is blocked: to call the page reachable would be the bolder claim.
        split_at = belief.split_at or at
        return None if belief.status is State.BLOCKED else Proposal(State.BLOCKED, split_at)
    due = [state for state in belief.runs if _is_settled(belief, state, at, span_scale)]
    if not due:
        return None
    state = max(due, key=lambda one: (belief.odds(HYPOTHESES[one]), one is State.BLOCKED))
    return Proposal(state, belief.runs[state].first_at)


def _some_side_is_blocked(belief: Belief, at: datetime) -> bool:
    return any(_sure_of(stand, at) is Hypothesis.INTERFERED for stand in belief.stands.values())


def _is_settled(belief: Belief, state: State, at: datetime, span_scale: float) -> bool:
    run, need = belief.runs[state], NEEDS[state]
    is_first = belief.status is State.INSUFFICIENT
    span = need.first_span if is_first else need.span
    if run.looks < need.looks or run.last_at - run.first_at < span * span_scale:
        return False
    if len(run.vantages) < min(need.vantages, _vantages(belief, at)):
        return False
    if state is State.LIKELY_BLOCKED and belief.status is State.BLOCKED:
        return belief.artefact_at is None or at - belief.artefact_at > HORIZON
    return belief.odds(HYPOTHESES[state]) >= (FIRST_THRESHOLD if is_first else THRESHOLD)


def _vantages(belief: Belief, at: datetime) -> int:
    return sum(1 for stand in belief.stands.values() if at - stand.at <= HORIZON)


def _noticing_split(belief: Belief, at: datetime, span_scale: float) -> Belief:
    """Two sides that have both looked again since they first contradicted each other, a while ago."""
    sides = {one: stand.at for stand in belief.stands.values() if (one := _sure_of(stand, at)) is not None}
    if len(sides) < 2:
        return replace(belief, split_at=None, mixed=False)
    split_at = belief.split_at or at
    lasts = at - split_at >= SPLIT * span_scale and min(sides.values()) >= split_at
    return replace(belief, split_at=split_at, mixed=belief.mixed or lasts)


def _sure_of(stand: Stand, at: datetime) -> Hypothesis | None:
    """What a vantage point is sure of by itself and still says; it takes looks of two days. Failures make no side."""
    one = HYPOTHESES[stand.said]
    is_weak = stand.said in (State.LIKELY_BLOCKED, State.DOWN)
    if is_weak or at - stand.at > HORIZON or odds(stand.support, one) < CLAMP:
        return None
    return one
