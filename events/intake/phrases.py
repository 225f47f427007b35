"""Set phrases found in a text, thousands at once and in linear time: a tree of words, walked from every word.

A phrase is written as its words. ``блокир*`` is a word with any ending, ``(the|a|)`` a choice, of which nothing may be
one, ``~3`` up to three words of any kind inside of one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from events.intake.tokens import Token, tokens_of

_INNERMOST = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A phrase that stands in the text: which kind of phrase, what it means, and its words ``first`` … ``last``
    (both included) and characters ``start`` … ``end``."""

    kind: str
    value: Any
    first: int
    last: int
    start: int
    end: int


@dataclass(slots=True)
class _Node:
    exact: dict[str, _Node] = field(default_factory=dict)
    begun: dict[str, _Node] = field(default_factory=dict)
    gap: dict[int, _Node] = field(default_factory=dict)
    ends: list[tuple[str, Any]] = field(default_factory=list)


class Phrasebook:
    """Phrases of many kinds. ``marks`` finds, of each kind, the longest at every place; those do not overlap."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, kind: str, value: Any, phrases: Iterable[str]) -> None:
        for phrase in phrases:
            for words in _written_out(phrase):
                self._plant(words, (kind, value))

    def marks(self, tokens: list[Token], breaks: set[int]) -> list[Mark]:
        """All that stand in these words. ``breaks`` are the words that begin a sentence: no phrase goes over them."""
        found: dict[tuple[str, int], Mark] = {}
        for at in range(len(tokens)):
            for (kind, value), after in self._from(self._root, tokens, at, breaks, True):
                held = found.get((kind, at))
                if held is None or held.last <= after - 1:
                    end = tokens[after - 1].end
                    found[kind, at] = Mark(kind, value, at, after - 1, tokens[at].start, end)
        return _apart(found.values())

    def _plant(self, words: list[str], what: tuple[str, Any]) -> None:
        node = self._root
        for word in words:
            if word.startswith("~"):
                node = node.gap.setdefault(int(word[1:]), _Node())
            elif word.endswith("*"):
                node = node.begun.setdefault(word[:-1], _Node())
            else:
                node = node.exact.setdefault(word, _Node())
        if what not in node.ends:
            node.ends.append(what)

    def _from(
        self, node: _Node, tokens: list[Token], at: int, breaks: set[int], is_first: bool
    ) -> Iterator[tuple[tuple[str, Any], int]]:
        for end in reversed(node.ends):
            yield end, at
        if at >= len(tokens) or (at in breaks and not is_first):
            return
        for gap, behind in node.gap.items():
            for skipped in range(gap + 1):
                if skipped and (at + skipped in breaks or at + skipped >= len(tokens)):
                    break
                yield from self._from(behind, tokens, at + skipped, breaks, False)
        key = tokens[at].key
        for length in range(1, len(key) + 1) if node.begun else ():
            if following := node.begun.get(key[:length]):
                yield from self._from(following, tokens, at + 1, breaks, False)
        if following := node.exact.get(key):
            yield from self._from(following, tokens, at + 1, breaks, False)


def _apart(marks: Iterable[Mark]) -> list[Mark]:
    """The marks in their order, of each kind only the longest of those that overlap."""
    kept: dict[str, Mark] = {}
    result = []
    for mark in sorted(marks, key=lambda each: (each.first, -each.last)):
        before = kept.get(mark.kind)
        if before is None or mark.first > before.last:
            kept[mark.kind] = mark
            result.append(mark)
    return result


def _written_out(phrase: str) -> Iterator[list[str]]:
    """Every way to say a phrase that has choices in it, as folded words."""
    for text in _choices(phrase):
        words = [word for piece in text.split() for word in _words(piece)]
        while words and words[-1].startswith("~"):
            words.pop()  # words of any kind at the end belong to no phrase
        if words:
            yield words


def _choices(phrase: str) -> list[str]:
    """``a (b|c d)`` -> ``a b`` and ``a c d``; choices may stand inside of choices."""
    if (match := _INNERMOST.search(phrase)) is None:
        return [phrase]
    before, after = phrase[: match.start()], phrase[match.end() :]
    return [text for choice in match[1].split("|") for text in _choices(f"{before} {choice} {after}")]


def _words(piece: str) -> list[str]:
    if piece.startswith("~"):
        return [piece]
    keys = [token.key for token in tokens_of(piece)]
    if piece.endswith("*") and keys:
        keys[-1] += "*"
    return keys
