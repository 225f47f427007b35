"""How much one look may say, and how much one source may say in a day: log likelihood ratios, capped.

A look is weighed by how much likelier it is when the page is what it says than when it is something else. The
figures come from the noise that looks were assumed to have (blocked page: a block's artefact 0.82, a bare failure
0.05, the page's own content 0.004; living page: 0.0005, 0.03, 0.85): artefact ln(0.82 / 0.0005) = 7.4, content
ln(0.85 / 0.004) = 5.36, failure ln(0.05 / 0.03) = 0.51. The first two are capped, since the noise is an assumption.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from tracker.facts import Failure, State, Verdict


class Hypothesis(StrEnum):
    """What a page may be. With and without an artefact is one and the same: somebody keeps readers from it."""

    INTERFERED = "interfered"
    REMOVED = "removed"
    GONE = "gone"
    RESTRICTED = "restricted"
    REACHABLE = "reachable"
    DOWN = "down"


HYPOTHESES: dict[State, Hypothesis] = {
    State.BLOCKED: Hypothesis.INTERFERED,
    State.LIKELY_BLOCKED: Hypothesis.INTERFERED,
    State.REMOVED: Hypothesis.REMOVED,
    State.GONE: Hypothesis.GONE,
    State.RESTRICTED: Hypothesis.RESTRICTED,
    State.REACHABLE: Hypothesis.REACHABLE,
    State.DOWN: Hypothesis.DOWN,
}

CLAMP = 5.0
"""The most that is ever held for one hypothesis against another: long agreement must not make deaf."""

THRESHOLD = math.log(19)
"""The odds, 19 to 1, from which a status is left for another."""

FIRST_THRESHOLD = math.log(12)
"""The same where nothing was known: no status is lost, and nobody is alarmed."""

DAY = timedelta(hours=25)
"""How long one source's looks count as one: what is wrong for a day must not count as two."""

WORKDAY = timedelta(hours=20)
"""The same for failures, shorter than any wait between two daily looks, so that each day of them counts."""


HORIZON = timedelta(days=45)
"""How long a look speaks for the present. Three times the longest wait between two looks."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What one look adds for its hypothesis, and what looks of one source may add within ``per``.

    Of ``trusted`` looks each counts in full, unless they have proven not to be independent (``lessons``).
    """

    look: float
    day: float
    per: timedelta = DAY
    trusted: bool = False


_SETTLES = Weight(look=3.2, day=4.8, trusted=True)
_OUTAGE = Weight(look=1.6, day=3.2)
_FAILURE = Weight(look=math.log(0.05 / 0.03), day=-math.log(0.7), per=WORKDAY)
"""Failures come in bursts: one that lasts goes on for another day with 0.7, and a day more says no more than that."""
_ODDITY = Weight(look=2.0, day=2.0, per=WORKDAY)
"""An answer that only readers here get, or a failure that somebody on the way makes."""

_INJECTED = frozenset(
    {
        Failure.CONNECTION_RESET,
        Failure.EOF,
        Failure.DNS_NXDOMAIN,
        Failure.DNS_REFUSED,
        Failure.DNS_BOGON,
        Failure.SSL_AUTHORITY,
        Failure.SSL_HOSTNAME,
    }
)
"""What somebody on the way makes happen more often than bad luck does."""


def weight_of(verdict: Verdict) -> Weight:
    """What a conclusive verdict weighs. A failure alone is weak; an answer that only readers here get is not."""
    match verdict.state:
        case State.DOWN:
            return _OUTAGE
        case State.LIKELY_BLOCKED:
            return _weight_of_failure(verdict.failure)
    return _SETTLES


def _weight_of_failure(failure: str | None) -> Weight:
    is_bare = failure is None or (failure in _FAILURES and failure not in _INJECTED)
    return _FAILURE if is_bare else _ODDITY


_FAILURES = frozenset(failure.value for failure in Failure)
