"""What is done in a passage: every block, removal and restoration that it speaks of, and how it speaks of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from events.intake.passage import Sentence
from events.intake.phrases import Mark
from events.intake.scene import Scene


class Mood(StrEnum):
    """How a deed is told: it happened; somebody is made to do it; it may come; it did not happen."""

    DONE = "done"
    ASKED = "asked"
    MAY = "may"
    NOT = "not"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Deed:
    """One block or restoration that is told. ``is_earlier``: told as what happened before, or to others."""

    mark: Mark
    mood: Mood
    sentence: Sentence
    clause: tuple[int, int]
    is_earlier: bool
    is_passive: bool


MOST = 60
"""Deeds that are considered: the first of a text."""
_WEIGHTS = (3.0, 2.0, 1.5, 1.0, 0.6)


_YEAR_FIRST = re.compile(
    r"(?:(?:already|bereits|schon|déjà|ya|já|ещё|еще|уже|ще|вже) )?(?:back )?(?:in|im jahre?|im|en|em|в|у|pada|tahun|pada tahun)? ?(?:19|20)\d\d(?: году| році|年| yılında|'[dt][ea])?\b(?! ?[-–/.年])",
    re.I,
)


class Happening:
    """The deeds of a scene, and how much each sentence counts: the title and the first sentence most."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @cached_property
    def blocks(self) -> list[Deed]:
        return [
            self._deed(mark) for mark in _outside(self.scene.of("block")[:MOST], self.scene.of("restore"))
        ]

    @cached_property
    def restorations(self) -> list[Deed]:
        return [
            self._deed(mark) for mark in _outside(self.scene.of("restore")[:MOST], self.scene.of("block"))
        ]

    def weight(self, sentence: Sentence) -> float:
        if sentence.is_title:
            return 3.0
        number = self.scene.body_number(sentence)
        return _WEIGHTS[number] if number < len(_WEIGHTS) else 0.3

    def _deed(self, mark: Mark) -> Deed:
        scene = self.scene
        sentence, clause = scene.sentence_at(mark.first), scene.clause_at(mark.first)
        return Deed(
            mark, self._mood(mark, clause), sentence, clause, self.is_earlier(mark), self._is_passive(mark)
        )

    def _mood(self, mark: Mark, clause: tuple[int, int]) -> Mood:
        scene, start = self.scene, clause[0]
        before = max(start, mark.first - 3)
        if any(each.first < mark.first for each in scene.within(before, mark.first, "not")):
            return Mood.NOT
        may = [
            each
            for each in scene.within(max(start, mark.first - 6), mark.first, "may")
            if each.first < mark.first
        ]
        if any(
            each.first < mark.first for each in scene.within(max(start, mark.first - 12), mark.first, "if")
        ):
            return Mood.MAY
        if mark.value == "to":
            sentence = scene.sentence_at(mark.first)
            if any(
                mark.first - 12 <= each.last <= mark.last + 3
                for each in scene.within(sentence.first, sentence.last, "ask")
            ):
                return Mood.ASKED
            return Mood.MAY if may else Mood.NAMED
        if mark.value == "noun":
            near = scene.within(max(start, mark.first - 8), mark.first, "ask.did")
            return Mood.ASKED if near else Mood.NAMED
        if not may or may[-1].last < mark.first - 4:
            return Mood.DONE
        sentence = scene.sentence_at(mark.first)
        is_ordered = any(
            mark.last < each.first <= mark.last + 6
            for each in scene.within(mark.last, sentence.last, "ask.by")
        )
        return Mood.ASKED if is_ordered and mark.kind == "block" else Mood.MAY

    def is_earlier(self, mark: Mark) -> bool:
        """Whether its clause begins as one on what happened before, or to others."""
        first, last = self.scene.clause_at(mark.first)
        sentence = self.scene.sentence_at(mark.first)
        if sentence.is_title:
            return False
        if self.weight(sentence) <= 1.5 and (self._is_told_before(mark) or self.is_of_a_year(sentence)):
            return True
        return any(
            each.first - sentence.first <= 3 or each.first - first <= 2 or mark.first - each.last <= 2
            for each in self.scene.within(sentence.first, last, "earlier")
            if each.first < mark.first
        )

    def is_of_a_year(self, sentence: Sentence) -> bool:
        """``In 2017 another text was withheld``, behind the head of a text: a sentence that begins with a bare year."""
        return bool(_YEAR_FIRST.match(self.scene.passage.text[sentence.start : sentence.start + 24]))

    def _is_told_before(self, mark: Mark) -> bool:
        """``had been blocked``, ``había sido cerrada``, behind the head of a text: what was so before."""
        first = self.scene.clause_at(mark.first)[0]
        near = self.scene.within(
            max(first, mark.first - 4), min(mark.last + 3, len(self.scene.tokens) - 1), "had"
        )
        return any(each.first <= mark.last for each in near)

    def _is_passive(self, mark: Mark) -> bool:
        return any(
            each.first <= mark.last and mark.first <= each.last
            for each in self.scene.within(mark.first - 4, mark.last + 4, "passive")
        )


def _outside(marks: list[Mark], others: list[Mark]) -> list[Mark]:
    """The marks that are no part of a longer one: ``ne sont plus visibles`` is no ``sont visibles``."""
    spans = [(each.first, each.last) for each in others[: 2 * MOST]]
    return [
        mark
        for mark in marks
        if not any(
            first <= mark.first and mark.last <= last and last - first > mark.last - mark.first
            for first, last in spans
        )
    ]


# ruff: noqa: E501 -- words of one meaning a line
