"""What we believe about a page, and how slowly that changes: one look never changes a status.

A wrong status costs more than a late one. So a change needs several conclusive looks in a row that agree,
spread over a span of time that depends on what they say; a look that tells nothing neither confirms nor denies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tracker.facts import State, Verdict


@dataclass(frozen=True, slots=True)
class Belief:
    """The status of a page in one territory, and the change that is being confirmed, if any.

    ``candidate`` is a state that the last ``agreeing`` conclusive looks said, the first of them at ``first_at``;
    it is None while nothing contradicts ``status``. ``last_at`` is when the last conclusive look of any kind was.
    """

    status: State = State.INSUFFICIENT
    candidate: State | None = None
    agreeing: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None

    def to_json(self) -> dict[str, str | int | None]:
        return {
            "status": self.status.value,
            "candidate": self.candidate.value if self.candidate else None,
            "agreeing": self.agreeing,
            "first_at": self.first_at.isoformat() if self.first_at else None,
            "last_at": self.last_at.isoformat() if self.last_at else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Belief:
        """The belief that ``to_json`` wrote. An empty mapping is the belief about a page never looked at.

        Raises ValueError for a state or a date that does not exist.
        """
        candidate = data.get("candidate")
        return cls(
            status=State(str(data.get("status") or State.INSUFFICIENT)),
            candidate=State(str(candidate)) if candidate else None,
            agreeing=int(str(data.get("agreeing") or 0)),
            first_at=_moment(data.get("first_at")),
            last_at=_moment(data.get("last_at")),
        )


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(str(value)) if value else None


@dataclass(frozen=True, slots=True)
class Need:
    """What it takes to believe a state: ``looks`` in a row that agree, first and last at least ``span`` apart.

    ``first_span`` holds where nothing was known before: no status is lost by believing sooner.
    """

    looks: int
    span: timedelta
    first_span: timedelta


_SHORT = timedelta(minutes=5)
NEEDS: dict[State, Need] = {
    State.BLOCKED: Need(2, _SHORT, _SHORT),
    State.REACHABLE: Need(2, timedelta(hours=3), _SHORT),
    State.GONE: Need(2, timedelta(hours=3), _SHORT),
    State.REMOVED: Need(2, timedelta(hours=3), _SHORT),
    State.RESTRICTED: Need(2, timedelta(hours=3), _SHORT),
    # No artefact and no positive sign settles these two, so a first belief is no cheaper than a later one.
    State.DOWN: Need(3, timedelta(hours=1), timedelta(hours=1)),
    State.LIKELY_BLOCKED: Need(5, timedelta(hours=48), timedelta(hours=48)),
}


def next_belief(belief: Belief, verdict: Verdict, *, at: datetime, span_scale: float = 1.0) -> Belief:
    """The belief after one more look. ``span_scale`` multiplies the spans (the rehearsal's time lapse).

    A look that told nothing, or one older than the last conclusive one, changes nothing.
    """
    if verdict.state is State.INSUFFICIENT or (belief.last_at and at < belief.last_at):
        return belief
    if verdict.state is belief.status:
        return Belief(status=belief.status, last_at=at)
    proposed = _proposed(belief, verdict.state, at)
    return Belief(status=verdict.state, last_at=at) if _settled(proposed, span_scale) else proposed


def _proposed(belief: Belief, state: State, at: datetime) -> Belief:
    if state is belief.candidate:
        return replace(belief, agreeing=belief.agreeing + 1, last_at=at)
    return Belief(status=belief.status, candidate=state, agreeing=1, first_at=at, last_at=at)


def _settled(belief: Belief, span_scale: float) -> bool:
    if belief.candidate is None or belief.first_at is None or belief.last_at is None:
        return False
    need = NEEDS[belief.candidate]
    span = need.first_span if belief.status is State.INSUFFICIENT else need.span
    return belief.agreeing >= need.looks and belief.last_at - belief.first_at >= span * span_scale


def decayed(status: State, last_conclusive_at: datetime | None, now: datetime, horizon: timedelta) -> State:
    """The status that may still be shown: ``insufficient`` once a horizon passed without a conclusive look."""
    if last_conclusive_at is None or now - last_conclusive_at > horizon:
        return State.INSUFFICIENT
    return status
