"""What we believe about a page, and how slowly that changes: one look never changes a status.

A wrong status costs more than a late one. Looks are weighed (``weights``, ``weighing``), a status is left only for
odds of 19 to 1 and for looks that agree (``settling``), and whether looks repeat each other is counted (``lessons``).
"""

from tracker.judging.belief.counting import Counts, in_turn
from tracker.judging.belief.lessons import Lesson, Lessons, Trust
from tracker.judging.belief.settling import (
    NEEDS,
    Need,
    Proposal,
    Step,
    adopted,
    decayed,
    next_belief,
    step,
    undone,
)
from tracker.judging.belief.state import Belief, Run, Source, Stand
from tracker.judging.belief.weights import (
    CLAMP,
    DAY,
    HORIZON,
    HYPOTHESES,
    THRESHOLD,
    Hypothesis,
    Weight,
    weight_of,
)

__all__ = [
    "CLAMP",
    "DAY",
    "HORIZON",
    "HYPOTHESES",
    "NEEDS",
    "THRESHOLD",
    "Belief",
    "Counts",
    "Hypothesis",
    "Lesson",
    "Lessons",
    "Need",
    "Proposal",
    "Run",
    "Source",
    "Stand",
    "Step",
    "Trust",
    "Weight",
    "adopted",
    "decayed",
    "in_turn",
    "next_belief",
    "step",
    "undone",
    "weight_of",
]
