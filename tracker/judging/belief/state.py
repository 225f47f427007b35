"""What is believed about a page in one territory, and on what grounds; it is stored between looks as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tracker.facts import State
from tracker.judging.belief.weights import CLAMP, HYPOTHESES, Hypothesis

Support = Mapping[Hypothesis, float]
"""How much speaks for each hypothesis, 0 to ``CLAMP``; what is absent is 0. Differences are log-odds."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who looked, and how: a vantage point and a family of rules (the page, or the platform's second address).

    ``sound`` is false where no canary vouches for the vantage point.
    """

    vantage: int = 0
    family: str = "page"
    sound: bool = True

    @property
    def key(self) -> str:
        return f"{self.vantage}/{self.family}"


@dataclass(frozen=True, slots=True)
class Run:
    """Looks that agree on a state that is not the status, with no look between that denies it.

    ``alike`` and ``other`` count those after the first, within a day of it, by the first one's source and by
    another one.
    """

    looks: int
    first_at: datetime
    last_at: datetime
    source: str
    vantages: tuple[int, ...] = ()
    alike: int = 0
    other: int = 0


@dataclass(frozen=True, slots=True)
class Stand:
    """What one vantage point by itself speaks for, what it said last, and whether it ever saw the block."""

    support: Support
    said: State
    at: datetime
    saw_block: bool = False


@dataclass(frozen=True, slots=True)
class Spent:
    """What a source has said for a hypothesis since the beginning of a day."""

    since: datetime
    amount: float


@dataclass(frozen=True, slots=True)
class Flip:
    """The last change: how many looks of its first day agreed, should it turn out to have been wrong.

    A change that undid another teaches nothing when it is undone in turn (``is_back``): one page that goes to and fro
    says nothing of how its platform is read.
    """

    old: State
    at: datetime
    alike: int = 0
    other: int = 0
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class Belief:
    """The status of a page in one territory, and all that the next look is weighed against.

    ``last_at`` is when the last conclusive look was, ``artefact_at`` the last that saw a block's artefact,
    ``split_at`` since when vantage points contradict each other, each sure by itself.
    """

    status: State = State.INSUFFICIENT
    support: Support = field(default_factory=dict)
    runs: Mapping[State, Run] = field(default_factory=dict)
    stands: Mapping[int, Stand] = field(default_factory=dict)
    spent: Mapping[str, Spent] = field(default_factory=dict)
    last_at: datetime | None = None
    artefact_at: datetime | None = None
    split_at: datetime | None = None
    mixed: bool = False
    flip: Flip | None = None

    @property
    def candidate(self) -> State | None:
        """The state that is being confirmed, if any: one that settles something before a mere failure."""
        strong = [state for state in self.runs if state is not State.LIKELY_BLOCKED]
        return max(strong or self.runs, key=lambda state: self.runs[state].last_at, default=None)

    @property
    def run(self) -> Run | None:
        return self.runs[self.candidate] if self.candidate else None

    @property
    def agreeing(self) -> int:
        """How many looks agree on the candidate."""
        return self.run.looks if self.run else 0

    @property
    def weighed(self) -> Support:
        """What speaks for what. A status of which nothing else is known is taken to be firm."""
        if self.support or self.status is State.INSUFFICIENT:
            return self.support
        return {HYPOTHESES[self.status]: CLAMP}

    def odds(self, hypothesis: Hypothesis) -> float:
        """The log-odds of a hypothesis against the best of the others."""
        return odds(self.weighed, hypothesis)

    def to_json(self) -> dict[str, Any]:
        """Without what is empty, since each watch has one."""
        whole = {
            "status": self.status.value,
            "support": _support_json(self.support),
            "runs": {state.value: _run_json(run) for state, run in self.runs.items()},
            "stands": {str(vantage): _stand_json(stand) for vantage, stand in self.stands.items()},
            "spent": {key: [one.since.isoformat(), one.amount] for key, one in self.spent.items()},
            "last_at": _text(self.last_at),
            "artefact_at": _text(self.artefact_at),
            "split_at": _text(self.split_at),
            "mixed": self.mixed,
            "flip": _flip_json(self.flip) if self.flip else None,
        }
        return {key: value for key, value in whole.items() if value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Belief:
        """The belief that ``to_json`` wrote, now or when it was a count of looks in a row.

        An empty mapping is the belief about a page never looked at. Raises ValueError for a state or a date that does
        not exist.
        """
        belief = cls(
            status=State(data.get("status") or State.INSUFFICIENT),
            support=_support(data.get("support") or {}),
            runs={State(state): _run(row) for state, row in (data.get("runs") or {}).items()},
            stands={int(vantage): _stand(row) for vantage, row in (data.get("stands") or {}).items()},
            spent={
                key: Spent(_at(since), amount) for key, (since, amount) in (data.get("spent") or {}).items()
            },
            last_at=_moment(data.get("last_at")),
            artefact_at=_moment(data.get("artefact_at")),
            split_at=_moment(data.get("split_at")),
            mixed=bool(data.get("mixed")),
            flip=_flip(data["flip"]) if data.get("flip") else None,
        )
        return _from_counts(belief, data) if data.get("candidate") else belief


def odds(support: Support, hypothesis: Hypothesis) -> float:
    others = (amount for one, amount in support.items() if one is not hypothesis)
    return support.get(hypothesis, 0.0) - max(others, default=0.0)


def added(support: Support, hypothesis: Hypothesis, amount: float) -> dict[Hypothesis, float]:
    """One more look for a hypothesis. What would pass the clamp is taken from all the others instead."""
    total = support.get(hypothesis, 0.0) + amount
    over = max(0.0, total - CLAMP)
    others = {one: held - over for one, held in support.items() if one is not hypothesis}
    # Rounded as it is stored: what is read back decides as what was in memory.
    rounded = {one: round(held, 3) for one, held in (others | {hypothesis: total - over}).items()}
    return {one: held for one, held in rounded.items() if held > 0}


def _from_counts(belief: Belief, data: Mapping[str, Any]) -> Belief:
    first, state = _moment(data.get("first_at")), State(data["candidate"])
    if first is None or belief.runs:
        return belief
    run = Run(int(data.get("agreeing") or 1), first, belief.last_at or first, source="")
    return replace(belief, runs={state: run})


def _support_json(support: Support) -> dict[str, float]:
    return {one.value: amount for one, amount in support.items()}


def _support(data: Mapping[str, float]) -> dict[Hypothesis, float]:
    return {Hypothesis(one): float(amount) for one, amount in data.items()}


def _run_json(run: Run) -> list[Any]:
    first, last = run.first_at.isoformat(), run.last_at.isoformat()
    return [run.looks, first, last, run.source, list(run.vantages), run.alike, run.other]


def _run(row: list[Any]) -> Run:
    looks, first, last, source, vantages, alike, other = row
    return Run(looks, _at(first), _at(last), source, tuple(vantages), alike, other)


def _stand_json(stand: Stand) -> list[Any]:
    return [_support_json(stand.support), stand.said.value, stand.at.isoformat(), stand.saw_block]


def _stand(row: list[Any]) -> Stand:
    support, said, at, saw_block = row
    return Stand(_support(support), State(said), _at(at), saw_block)


def _flip_json(flip: Flip) -> list[Any]:
    return [flip.old.value, flip.at.isoformat(), flip.alike, flip.other, flip.is_back]


def _flip(row: list[Any]) -> Flip:
    old, at, alike, other, *rest = row  # is_back came later
    return Flip(State(old), _at(at), alike, other, bool(rest and rest[0]))


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(value: object) -> datetime | None:
    return _at(str(value)) if value else None


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
