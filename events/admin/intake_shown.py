"""A draft in words for people: how sure each value is, and the source with the words that say it marked."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SURE, LIKELY = 0.85, 0.65
"""From where a reading is called so. What is less than likely is used only when a person says so."""

LABELS: dict[str, Any] = {
    "group": gettext_lazy("Group"),
    "group_kind": gettext_lazy("Kind of group"),
    "platform": gettext_lazy("Platform"),
    "page_url": gettext_lazy("Address of the page"),
    "territory": gettext_lazy("Territory"),
    "authority": gettext_lazy("Decided by"),
    "authority_kind": gettext_lazy("Kind of authority"),
    "authority_country": gettext_lazy("Its country"),
    "transmitted_by": gettext_lazy("Passed on by"),
    "order_number": gettext_lazy("Number of the order"),
    "order_date": gettext_lazy("Date of the order"),
    "law": gettext_lazy("Law cited"),
    "blocked_on": gettext_lazy("Blocked on"),
    "restored_on": gettext_lazy("Restored on"),
    "cited_reason_status": gettext_lazy("Cited reason"),
    "cited_reason": gettext_lazy("The reason, as written"),
}


def level_of(confidence: float) -> str:
    return "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "doubtful"


def how_sure(confidence: float) -> str:
    """In words and in figures."""
    words = {"sure": _("sure"), "likely": _("likely"), "doubtful": _("doubtful")}
    return f"{words[level_of(confidence)]}, {round(confidence * 100)} %"


@dataclass(frozen=True, slots=True)
class Said:
    """One reading. ``value`` is what the form shows, ``words`` are the source's."""

    name: str
    value: str
    confidence: float
    start: int
    end: int
    words: str
    source: str

    @property
    def is_doubtful(self) -> bool:
        return self.confidence < LIKELY

    @property
    def level(self) -> str:
        return level_of(self.confidence)

    @property
    def how_sure(self) -> str:
        return how_sure(self.confidence)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the source. ``says`` are the fields whose words it is part of; ``begins`` those it begins."""

    text: str
    says: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()

    @property
    def labels(self) -> str:
        return ", ".join(str(LABELS[name]) for name in self.says)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, for the page."""

    kind: str
    confidence: float
    said: Mapping[str, Said]
    others: tuple[str, ...] = ()
    partial_date: str = ""
    title: list[Piece] = field(default_factory=list)
    text: list[Piece] = field(default_factory=list)

    @property
    def how_sure(self) -> str:
        return how_sure(self.confidence)


def reading_of(draft: Mapping[str, Any], *, title: str, text: str) -> Reading:
    """A stored draft as the page shows it; offsets that lie outside the source are left out."""
    fields = draft.get("fields") or {}
    said = {
        name: Said(name, **{key: fields[name][key] for key in _KEYS}) for name in LABELS if name in fields
    }
    sources = {"text": text, "title": title}
    spans = [one for one in said.values() if 0 <= one.start < one.end <= len(sources.get(one.source, ""))]
    partial = fields.get("partial_date") or {}
    return Reading(
        kind=draft["kind"],
        confidence=draft.get("kind_confidence", 0.0),
        said=said,
        others=tuple(other["value"] for other in draft.get("others") or ()),
        partial_date=partial.get("words", "") if "blocked_on" not in said else "",
        title=list(pieces(title, [one for one in spans if one.source == "title"])),
        text=list(pieces(text, [one for one in spans if one.source == "text"])),
    )


_KEYS = ("value", "confidence", "start", "end", "words", "source")


def pieces(text: str, spans: Iterable[Said]) -> Iterable[Piece]:
    """The text cut at every edge of a span, so that spans which overlap are all marked."""
    spans = sorted(spans, key=lambda one: (one.start, -one.end))
    edges = sorted({0, len(text), *(edge for one in spans for edge in (one.start, one.end))})
    for start, end in itertools.pairwise(edges):
        over = [one for one in spans if one.start <= start and end <= one.end]
        begins = tuple(one.name for one in over if one.start == start)
        yield Piece(text[start:end], tuple(one.name for one in over), begins)


def quote_of(text: str, said: Mapping[str, Said]) -> str:
    """The sentence that says the most, verbatim, to be quoted; empty when it is too long to quote."""
    spans = [one for one in said.values() if one.source == "text" and one.end <= len(text)]
    if not spans:
        return ""
    sentences = {_sentence(text, one.start, one.end) for one in spans}
    start, end = max(
        sorted(sentences), key=lambda s: sum(s[0] <= one.start and one.end <= s[1] for one in spans)
    )
    quote = text[start:end].strip()
    return quote if len(quote) <= 500 else ""


_ENDS = (". ", "! ", "? ", ".\n", "\n", "。", "！", "？", "۔", "؟")


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    first = max((text.rfind(mark, 0, start) + len(mark) for mark in _ENDS if mark in text[:start]), default=0)
    ends = [at + len(mark) for mark in _ENDS if (at := text.find(mark, end)) >= 0]
    return first, min(ends, default=len(text))
