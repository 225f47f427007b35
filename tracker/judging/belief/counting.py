"""The looks in a row that decide how soon the next one is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.facts import State
from tracker.judging.belief.state import Belief

MOST_UNEASY = 3
"""Failures without an artefact are followed up to about once a day; they are too many for a burst of looks."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Looks in a row: that changed nothing (``stable``), that agree on another state than the status
    (``confirming``), and that told nothing (``failed``).
    """

    stable: int = 0
    confirming: int = 0
    failed: int = 0

    def after(self, said: State, before: Belief, after: Belief) -> Counts:
        """The counts after a look that said this and made one belief of the other."""
        if said is State.INSUFFICIENT:
            return Counts(self.stable, self.confirming, self.failed + 1)
        if after.status is not before.status:
            return Counts()
        if said is after.status:
            return Counts(stable=self.stable + 1)
        if after.candidate is State.LIKELY_BLOCKED:
            return Counts(stable=min(after.agreeing - 1, MOST_UNEASY))
        return Counts(confirming=after.agreeing)


def in_turn(able: Sequence[int], looked_from: Sequence[int]) -> list[int]:
    """The vantage points in the order in which they look next: the one whose last look is longest ago first.

    So they take turns, and what one of them raised is confirmed by another. ``looked_from`` is in the order of last
    looks; who never looked comes before all who did.
    """
    order = {vantage: number for number, vantage in enumerate(looked_from)}
    return sorted(able, key=lambda vantage: order.get(vantage, -1))
