"""A passage with every mark in it: who, what, when and why are looked for among these, sentence by sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from events.intake.book import book_of, is_name
from events.intake.passage import Passage, Quote, Sentence
from events.intake.phrases import Mark

_NAMES = ("platform", "body", "country")


class Scene:
    """``marks[kind]`` in their order. ``language`` is the one whose phrases were looked for."""

    def __init__(self, passage: Passage, language: str) -> None:
        self.passage, self.language = passage, language
        self.tokens = passage.tokens
        self.marks: dict[str, list[Mark]] = defaultdict(list)
        for mark in book_of(language).marks(self.tokens, passage.breaks):
            if mark.kind not in _NAMES or is_name(mark, self.tokens):
                self.marks[mark.kind].append(mark)
        self.marks["noun"] = [mark for mark in self.marks["noun"] if not self._is_in_outlet(mark)]

    def _is_in_outlet(self, noun: Mark) -> bool:
        """``a monitoring group``: who they are, not what is blocked."""
        return any(
            mark.first <= noun.first
            and noun.last <= mark.last
            and mark.last - mark.first > noun.last - noun.first
            for mark in self.marks["outlet"]
        )

    def of(self, *kinds: str) -> list[Mark]:
        """The marks of these kinds in their order; ``block.done`` is one form of a kind."""
        found = []
        for kind in kinds:
            name, _, form = kind.partition(".")
            found += [mark for mark in self.marks[name] if not form or mark.value == form]
        return sorted(found, key=lambda each: (each.first, each.last))

    def within(self, first: int, last: int, *kinds: str) -> list[Mark]:
        return [mark for mark in self.of(*kinds) if first <= mark.first and mark.last <= last]

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
        for first, last in self.clauses:
            if first <= token <= last:
                return first, last
        return 0, len(self.tokens) - 1

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
        return any(quote.first <= token <= quote.last for quote in self.passage.quotes)

    def words(self, first: int, last: int) -> str:
        return self.passage.text[self.tokens[first].start : self.tokens[last].end]

    def gap(self, left: Mark, right: Mark) -> int:
        """How many words lie between two marks; 0 when they touch or overlap."""
        return max(right.first - left.last - 1, left.first - right.last - 1, 0)

    def is_after_any(self, at: int, reach: int, marks: Iterable[Mark]) -> bool:
        """Whether one of these ends not more than so many words before this one, in its sentence."""
        start = self.sentence_at(at).first
        return any(start <= mark.first and 0 < at - mark.last <= reach for mark in marks)
