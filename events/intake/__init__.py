"""From an address, an article or a block notice to a draft event. Nothing is stored, and nothing is guessed.

``draft`` is pure: text in, draft out; no network, no clock, no database.
"""

from events.intake.drafting import draft
from events.intake.drafts import KINDS, Draft, Reading

__all__ = ["KINDS", "Draft", "Reading", "draft"]
