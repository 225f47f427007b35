"""Whether the rules still fit a platform: two of its pages are known, one lives and one was never there.

A redesign turns every page into one that no rule knows, and then silence would look like a finding.
"""

from __future__ import annotations

from tracker.facts import State, Verdict
from tracker.judging import walls
from tracker.judging.platforms import ENDPOINT_RULES
from tracker.judging.platforms import RULES as PLATFORM_RULES
from tracker.judging.rules import FAILURES, OUR_SIDE

_ABOUT_THE_NETWORK = (State.BLOCKED, State.LIKELY_BLOCKED, State.DOWN)
_NOT_SEEN = frozenset(
    rule.rule_id
    for rule in (
        *OUR_SIDE,
        *walls.RULES,
        *walls.LOGINS,
        *FAILURES,
        *(rule for rule in (*PLATFORM_RULES, *ENDPOINT_RULES) if rule.state is State.INSUFFICIENT),
    )
) | {"server_error", "refused_by_server"}
"""Rules by which a page was not seen: a fault of ours, a wall, a refusal."""


def has_drifted(alive: Verdict, missing: Verdict, *, answered: bool = True) -> bool | None:
    """Whether the rules misread a platform, by the verdicts on its two known pages. None: nothing was learned.

    A page that was never there and passes for alive is the worse of the two: so would every page that is gone.
    ``answered`` is False when the platform's second address did not answer about the page that lives; without
    that the page alone may be too little.
    """
    if missing.state is State.REACHABLE:
        return True
    if alive.state is State.REACHABLE:
        return False
    if not answered or alive.state in _ABOUT_THE_NETWORK or alive.rule_id in _NOT_SEEN:
        return None
    return True
