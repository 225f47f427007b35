"""What reading a text gives: a draft of an event, each value with the words that say it and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

KINDS = ("block", "restoration", "threat", "none")
"""What a text tells of: a page that was blocked or is ordered to be, one that is back, one that is only threatened,
or nothing of these."""

VALUES = (
    "platform", "group", "group_kind", "page_url", "authority", "authority_country", "blocked_on", "date_precision",
    "cited_reason", "cited_reason_status", "order_number", "order_date", "territory",
)  # fmt: skip
"""The values that ``draft_event`` always prints, in its order."""

MORE_VALUES = (
    "page_kind", "handle", "authority_kind", "transmitted_by", "restored_on", "partial_date", "law", "language",
)  # fmt: skip
"""What is printed besides. ``partial_date`` is a day and a month whose year nobody says: ``--03-26``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One value. ``words`` is ``text[start:end]`` of the source (``text`` or ``title``) that says it; ``confidence``
    is from 0 to 1. Dates are ISO 8601 in as many digits as are known."""

    value: str
    confidence: float
    start: int
    end: int
    words: str
    source: str = "text"

    def as_json(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "confidence": self.confidence,
            "start": self.start,
            "end": self.end,
            "words": self.words,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Draft:
    """What a text says of one event. A value that it does not state is not among ``fields``.

    ``platform_key`` is the key of the platform in ``tracker.addresses`` where that knows it; ``others`` are further
    groups that the same text names as blocked: each is an event of its own.
    """

    kind: str
    kind_confidence: float
    fields: Mapping[str, Reading] = field(default_factory=lambda: MappingProxyType({}))
    others: tuple[Reading, ...] = ()
    platform_key: str | None = None
    language: str = ""

    def value(self, name: str) -> str | None:
        reading = self.fields.get(name)
        return reading.value if reading else None

    def as_json(self, identity: Any = None) -> dict[str, Any]:
        """The shape that ``draft_event`` prints. ``group_kind`` is there what the text calls it: who it is (one of the
        kinds of groups), or else what kind of page it is."""
        values: dict[str, Any] = {name: self.value(name) for name in (*VALUES, *MORE_VALUES)}
        values["language"] = self.language or None
        values["group_kind"] = values["group_kind"] or values["page_kind"]
        return {
            "id": identity,
            "kind": self.kind,
            **values,
            "others": [reading.as_json() for reading in self.others],
            "kind_confidence": self.kind_confidence,
            "fields": {name: reading.as_json() for name, reading in self.fields.items()},
        }
