"""A title and a text cut into sentences and clauses, with what is quoted in it: the ground that all readers stand on.

Both are one string here, the title first. ``Passage.placed`` gives the place of a span in the title or in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from events.intake.tokens import Token, tokens_of

READ_CHARS = 20_000
"""How much of a text is read: what happened stands at the head of an article."""
TITLE_CHARS = 500

_END = re.compile(
    r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。\uff01\uff1f!?]+[”」』\uff09]*(?=[\u3400-\u9fff]|\s|$)|\n+"
)
_CLAUSE = re.compile(
    r"[;:](?=\s|$|[\u3000-\u9fff])|[\uff1b\uff1a]|\s[–—-]\s|—|(?<=[\u3400-\u9fff”」』\uff09)\d])[,\uff0c](?=[\s\u3400-\u9fff「『“])"
)
_INITIAL = re.compile(r"(?:^|[\s(«\"“])(?:[A-ZА-ЯІЇЄ]|[A-Z]\.[A-Z])\.$")
_SHORT = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|prof|sen|rep|gov|gen|st|no|nos|art|arts|vs|inc|ltd|co|corp|jr|sr|jan|feb|mar|apr|jun|"
    r"jul|aug|sept?|oct|nov|dec|г|гг|ул|им|ст|п|пп|ч|т|тыс|млн|млрд|руб|см|рис|р|рр|м|зам|sr|sra|srta|núm|num|dra|"
    r"nr|abs|bzw|ca|z\.b|u\.a|d\.h|usw|mme|mlle|sn|yy|av|jl|tgl|dkk|kab|prov|u\.s|u\.k|e\.g|i\.e|d\.c)\.$",
    re.I,
)
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")
_PAIRS = {"«": "»", "“": "”", "„": '“”"', "「": "」", "『": "』", "《": "》", "‹": "›"}
_OPENS = re.compile(r"«[ \u00a0\u202f]?(?=[^\s»])|[“„「『《‹\"＂‘](?=\S)")
_LONGEST_QUOTE = 300
_MOST_LOOSE = 300
"""Marks that close nowhere, after which no more quotations are looked for."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Something between quotation marks; ``start`` and ``end`` without them."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words ``first`` … ``last`` (both included). ``number`` 0 is the title where there is one."""

    number: int
    first: int
    last: int
    start: int
    end: int
    is_title: bool


class Passage:
    """A title and a text. ``text`` is what is read: the title, a line break, the head of the text."""

    def __init__(self, text: str, title: str = "", language: str = "") -> None:
        head = title[:TITLE_CHARS]
        self.text = (head + "\n" if head else "") + text[:READ_CHARS]
        self.language = language
        self.body = len(head) + 1 if head else 0
        self.tokens: list[Token] = tokens_of(self.text)
        self._starts = [token.start for token in self.tokens]

    def placed(self, start: int, end: int) -> tuple[str, int, int]:
        """Where a span stands: ``title`` or ``text``, and its offsets there."""
        if end < self.body or start < self.body:
            return "title", start, min(end, self.body - 1)
        return "text", start - self.body, end - self.body

    def token_at(self, offset: int) -> int:
        """The word at this character, or the next one."""
        at = bisect_right(self._starts, offset) - 1
        if at >= 0 and self.tokens[at].end > offset:
            return at
        return at + 1

    @cached_property
    def quotes(self) -> list[Quote]:
        found, at, failed = [], 0, 0
        while opening := _OPENS.search(self.text, at):
            end = self._closing(opening.start())
            if end is None:
                at, failed = opening.end(), failed + 1
                if failed > _MOST_LOOSE:
                    break
                continue
            first, last = self.token_at(opening.end()), self.token_at(end) - 1
            if first <= last:
                stop = len(self.text[opening.end() : end].rstrip()) + opening.end()
                found.append(Quote(opening.end(), stop, first, last))
            at = end + 1
        return found

    def _closing(self, opening: int) -> int | None:
        """The mark that ends what this one begins. A straight mark opens where no letter stands before it."""
        mark = self.text[opening]
        before = self.text[opening - 1] if opening else " "
        if mark in '"＂‘' and before.isalnum():
            return None
        closers = _PAIRS.get(mark, mark if mark != "‘" else "’")
        depth = 0
        for at in range(opening + 1, min(len(self.text), opening + _LONGEST_QUOTE)):
            char = self.text[at]
            if char == "\n":
                return None
            if char in closers and not (mark == "‘" and self.text[at + 1 : at + 2].isalnum()):
                if depth == 0:
                    return at
                depth -= 1
            elif char == mark and mark in "«「『《":
                depth += 1
        return None

    @cached_property
    def sentences(self) -> list[Sentence]:
        ends = [end for end in self._sentence_ends() if end]
        found: list[Sentence] = []
        first = 0
        for end in [*ends, len(self.text)]:
            last = self.token_at(end) - 1
            if last >= first:
                start, stop = self.tokens[first].start, self.tokens[last].end
                found.append(Sentence(len(found), first, last, start, stop, stop < self.body))
                first = last + 1
        return found

    def _sentence_ends(self) -> list[int]:
        quoted = [(quote.start, quote.end) for quote in self.quotes]
        ends = []
        for match in _END.finditer(self.text):
            if "\n" in match[0] or not (
                self._is_abbreviation(match)
                or any(s <= match.start() and match.end() <= e for s, e in quoted)
            ):
                ends.append(match.end())
        return ends

    def _is_abbreviation(self, match: re.Match[str]) -> bool:
        if not match[0].startswith(".") or len(match[0]) > 1:
            return False
        before = self.text[max(0, match.start() - 12) : match.start() + 1]
        after = self.text[match.end() : match.end() + 2].strip()
        if _INITIAL.search(before) or _SHORT.search(before):
            return not (after[:1].isupper() and re.search(r"(?:г|гг|inc|ltd)\.$", before, re.I))
        if _ORDINAL.search(before):
            if self.language == "tr":
                return True
            following = self.tokens[self.token_at(match.end()) :][:1]
            return bool(following and (not following[0].is_capital or following[0].key[:3] in _MONTHS_DE))
        return False

    @cached_property
    def breaks(self) -> set[int]:
        """The words that begin a sentence."""
        return {sentence.first for sentence in self.sentences}

    @cached_property
    def clause_breaks(self) -> set[int]:
        """The words that begin a sentence or a part of one that could stand alone."""
        within = {self.token_at(match.end()) for match in _CLAUSE.finditer(self.text)}
        return within | self.breaks

    @cached_property
    def _sentence_of(self) -> list[int]:
        numbers = [0] * len(self.tokens)
        for sentence in self.sentences:
            for at in range(sentence.first, sentence.last + 1):
                numbers[at] = sentence.number
        return numbers

    def sentence_of(self, token: int) -> Sentence:
        return self.sentences[self._sentence_of[min(token, len(self.tokens) - 1)]]

    def between(self, left: int, right: int) -> str:
        """The characters between two words."""
        return self.text[self.tokens[left].end : self.tokens[right].start]


_MONTHS_DE = frozenset("jan feb mar apr mai jun jul aug sep okt nov dez".split())
