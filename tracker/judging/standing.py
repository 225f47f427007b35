"""Reasons that hold without a look. Nobody judges by them; they are in the public table all the same."""

from __future__ import annotations

from tracker.facts import State
from tracker.judging.sight import Rule, Sight


def _never(_sight: Sight) -> bool:
    return False


STANDING: tuple[Rule, ...] = (
    Rule(
        "no_vantage_in_territory",
        State.INSUFFICIENT,
        None,
        _never,
        "No vantage point stands in this territory, so nobody can see what its readers see.",
    ),
    Rule(
        "stale",
        State.INSUFFICIENT,
        None,
        _never,
        "Nothing has confirmed the earlier status for so long that it is not known any more.",
    ),
    Rule(
        "platform_frozen",
        State.INSUFFICIENT,
        None,
        _never,
        "Many pages of this platform were changing at once, which is more likely a fault of ours: no status of it "
        "changes until fresh looks or a person have shown that it is real.",
    ),
)
