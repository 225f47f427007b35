"""What an observation means. Pure: no network, no clock, no database, no dice.

``judge`` gives the verdict on one look, ``next_belief`` what a page's status becomes after it.
"""

from tracker.judging.belief import NEEDS, Belief, decayed, next_belief
from tracker.judging.drift import has_drifted
from tracker.judging.notices import normalise_number, parse_notice
from tracker.judging.rules import RULES, RULES_VERSION
from tracker.judging.rules_page import rules_markdown
from tracker.judging.sight import Rule, Sight
from tracker.judging.verdict import declared_in, judge, needs_control, second_question

__all__ = [
    "NEEDS",
    "RULES",
    "RULES_VERSION",
    "Belief",
    "Rule",
    "Sight",
    "decayed",
    "declared_in",
    "has_drifted",
    "judge",
    "needs_control",
    "next_belief",
    "normalise_number",
    "parse_notice",
    "rules_markdown",
    "second_question",
]
