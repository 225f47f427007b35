"""A passage with every mark in it: who, what, when and why are looked for among these, sentence by sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from events.intake.book import book_of, is_name
from events.intake.passage import Passage, Quote, Sentence
from events.intake.phrases import Mark

MOST = 300
"""Marks of one kind that are kept: the head of a text has far fewer."""
_NAMES = ("platform", "body", "country")


class Scene:
    """``marks[kind]`` in their order. ``language`` is the one whose phrases were looked for."""

    def __init__(self, passage: Passage, language: str) -> None:
        self.passage, self.language = passage, language
        self.tokens = passage.tokens
        self.marks: dict[str, list[Mark]] = defaultdict(list)
        self._held: dict[tuple[str, ...], list[Mark]] = {}
        for mark in book_of(language).marks(self.tokens, passage.breaks):
            is_one = mark.kind not in _NAMES or is_name(mark, self.tokens)
            if is_one and len(self.marks[mark.kind]) < MOST:
                self.marks[mark.kind].append(self._short(mark))
        self.marks["noun"] = [mark for mark in self.marks["noun"] if not self._is_in_outlet(mark)]

    def _short(self, mark: Mark) -> Mark:
        """A deed of many words (``taken the app … off``) stands where its first word does."""
        if (
            mark.kind not in ("block", "restore")
            or mark.last - mark.first <= 4
            or self.tokens[mark.first].is_han
        ):
            return mark
        return Mark(mark.kind, mark.value, mark.first, mark.first, mark.start, self.tokens[mark.first].end)

    def _is_in_outlet(self, noun: Mark) -> bool:
        """``a monitoring group``, ``App Store``: a part of what somebody or some platform is called."""
        return any(
            mark.first <= noun.first
            and noun.last <= mark.last
            and mark.last - mark.first > noun.last - noun.first
            for mark in (*self.marks["outlet"], *self.marks["platform"])
        )

    def keep(self, kind: str, marks: list[Mark]) -> None:
        """Puts these in the place of all marks of a kind."""
        self.marks[kind] = marks
        self._held.clear()

    def of(self, *kinds: str) -> list[Mark]:
        """The marks of these kinds in their order; ``block.done`` is one form of a kind."""
        held = self._held.get(kinds)
        if held is None:
            found = []
            for kind in kinds:
                name, _, form = kind.partition(".")
                found += [mark for mark in self.marks[name] if not form or mark.value == form]
            held = self._held[kinds] = sorted(found, key=lambda each: (each.first, each.last))
        return held

    def within(self, first: int, last: int, *kinds: str) -> list[Mark]:
        """The marks that lie between two words, both included."""
        marks = self.of(*kinds)
        start = bisect_left(marks, first, key=lambda each: each.first)
        found = []
        for at in range(start, len(marks)):
            if marks[at].first > last:
                break
            if marks[at].last <= last:
                found.append(marks[at])
        return found

    def near(self, at: int, before: int, after: int, *kinds: str) -> list[Mark]:
        """The marks not more than so many words before or after a word, in its sentence."""
        sentence = self.sentence_at(at)
        return self.within(max(sentence.first, at - before), min(sentence.last, at + after), *kinds)

    def sentence_at(self, token: int) -> Sentence:
        return self.passage.sentence_of(token)

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """The first and last word of every clause."""
        starts = sorted(self.passage.clause_breaks)
        if not self.tokens:
            return []
        starts = sorted({0, *starts} - {len(self.tokens)})
        return [
            (first, after - 1) for first, after in zip(starts, [*starts[1:], len(self.tokens)], strict=True)
        ]

    def clause_at(self, token: int) -> tuple[int, int]:
        at = bisect_right(self.clauses, token, key=lambda each: each[0]) - 1
        return self.clauses[at] if self.clauses else (0, 0)

    @cached_property
    def lead(self) -> list[Sentence]:
        """The title, and the sentences of the text in their order."""
        return self.passage.sentences

    def body_number(self, sentence: Sentence) -> int:
        """0 for the first sentence of the text, -1 for the title."""
        titles = sum(each.is_title for each in self.lead)
        return -1 if sentence.is_title else sentence.number - titles

    def quotes_in(self, first: int, last: int) -> Iterator[Quote]:
        return (quote for quote in self.passage.quotes if first <= quote.first and quote.last <= last)

    def is_quoted(self, token: int) -> bool:
        """Whether a word stands between quotation marks."""
        return token in self._quoted

    @cached_property
    def _quoted(self) -> set[int]:
        return {at for quote in self.passage.quotes for at in range(quote.first, quote.last + 1)}

    def words(self, first: int, last: int) -> str:
        return self.passage.text[self.tokens[first].start : self.tokens[last].end]

    def gap(self, left: Mark, right: Mark) -> int:
        """How many words lie between two marks; 0 when they touch or overlap."""
        return max(right.first - left.last - 1, left.first - right.last - 1, 0)

    def is_after_any(self, at: int, reach: int, marks: Iterable[Mark]) -> bool:
        """Whether one of these ends not more than so many words before this one, in its sentence."""
        start = self.sentence_at(at).first
        return any(start <= mark.first and 0 < at - mark.last <= reach for mark in marks)
