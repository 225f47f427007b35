"""Names that stand in a passage: between quotation marks, in capitals, as a handle. Not yet whose they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from events.intake.scene import Scene


@dataclass(frozen=True, slots=True)
class Name:
    """The words ``first`` … ``last``; ``start`` and ``end`` in characters, without quotation marks."""

    first: int
    last: int
    start: int
    end: int
    is_quoted: bool


_INNER = frozenset(
    "of the and de da do dos das del la las le les el von van der den zu al bin ibn abu y e et i’m ben ul ud di du des für in's d l".split()
)
_NOT_FIRST = frozenset(
    "the a an in on at it its he she they this that these those his her their we but and as after before when while since for "
    "from with by to of if not no one two three four five six seven eight nine ten many most some all both each several according last earlier now then there here what who why how over more "
    "mr mrs ms dr also another such under during "
    "в во на по за из с со у о об это эта этот эти как так что кто где когда для от до он она они его ее их после теперь ранее раньше прежде причем также однако сам сама "
    "і й та у з що як це цей ця ці він вона вони його її їх про після раніше кілька майже "
    "der die das den dem ein eine im in am bei nach mit von auch es er sie wie für auf zu zum zur des und oder "
    "le la les un une des du de au aux ce cette ces il elle ils elles en dans sur pour par selon après l d "
    "el la los las un una en de del al por para con según tras se su este esta "
    "o a os as um uma em no na do da de por para com segundo após se seu sua este esta "
    "bir bu şu o ve ile için "
    "di dan yang ini itu pada dari untuk oleh sejak "
    "i my we our".split()
)
_BREAK = re.compile(r"[,.;:!?()«»\"“”„\[\]/|—–…、。\n@]|\s[-]\s")
_LATIN_INITIAL = re.compile(r"^[A-Z]\.?$")


class Names:
    """The names of a scene, in their order."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @cached_property
    def all(self) -> list[Name]:
        quoted = self.quoted
        taken = [(name.first, name.last) for name in quoted]
        capital = [
            name for name in self.capital if not any(a <= name.last and name.first <= b for a, b in taken)
        ]
        return sorted([*quoted, *capital], key=lambda each: each.first)

    @cached_property
    def quoted(self) -> list[Name]:
        """Short quotations that begin as a name does: a capital, a number, a Chinese character."""
        found = []
        for quote in self.scene.passage.quotes:
            first = self.scene.tokens[quote.first]
            if quote.last - quote.first < (30 if first.is_han else 14) and (
                first.is_capital or first.is_number or first.is_han or first.raw[0].isdigit()
            ):
                found.append(Name(quote.first, quote.last, quote.start, quote.end, True))
        return found

    @cached_property
    def _taken(self) -> set[int]:
        """Words that are the name of a platform, a country or its people, a month: no group's by themselves."""
        return {
            at
            for mark in self.scene.of("platform", "country", "body")
            for at in range(mark.first, mark.last + 1)
        }

    @cached_property
    def capital(self) -> list[Name]:
        """Runs of words in capitals, with the small words between them that names have."""
        scene, found, at = self.scene, [], 0
        tokens = scene.tokens
        while at < len(tokens):
            if not self._begins(at):
                at += 1
                continue
            last = self._run(at)
            first = at
            name = Name(first, last, tokens[first].start, tokens[last].end, False)
            if not self._is_only_taken(first, last):
                found.append(name)
            at = last + 1
        return found

    def _begins(self, at: int) -> bool:
        token = self.scene.tokens[at]
        if token.is_han or self.scene.is_quoted(at):
            return False
        if token.is_number or token.raw[0].isdigit():
            return self._digit_begins(at)
        if not token.is_capital:
            return (
                token.raw[:1].islower()
                and any(char.isupper() for char in token.raw[1:])
                and len(token.raw) > 2
            )
        return not (token.key in _NOT_FIRST and not token.raw.isupper()) or (
            token.raw.isupper() and len(token.raw) > 1
        )

    def _digit_begins(self, at: int) -> bool:
        """``4 PM News``, ``112 Ukraine``: a number right before a capital, and not a quantity or a date."""
        tokens = self.scene.tokens
        if at + 1 >= len(tokens) or len(tokens[at].raw) > 4:
            return False
        after = tokens[at + 1]
        return (
            after.is_capital
            and not after.is_han
            and self.scene.passage.between(at, at + 1) in (" ", "")
            and not self._is_taken_or_date(at + 1)
        )

    def _is_taken_or_date(self, at: int) -> bool:
        return at in self._taken or self.scene.tokens[at].key[:3] in _MONTHS

    def _run(self, first: int) -> int:
        scene, tokens = self.scene, self.scene.tokens
        last, at = first, first + 1
        while at < len(tokens) and at - last <= 2 and at - first < 9:
            gap = scene.passage.between(at - 1, at)
            if at in scene.passage.breaks or (_BREAK.search(gap) and not self._is_initial(at - 1, gap)):
                break
            token = tokens[at]
            if token.is_han or scene.is_quoted(at):
                break
            if gap in ("'", "’") and token.key in ("s",):
                break
            if scene.language == "tr" and gap in ("'", "’"):
                break
            if (
                token.is_capital
                or (token.raw[0].isdigit() and len(token.raw) <= 4 and at == last + 1)
                or any(c.isupper() for c in token.raw)
            ):
                if token.key in _NOT_FIRST and not token.raw.isupper() and token.key not in _INNER:
                    break
                last = at
            elif (
                token.key not in _INNER
                or (token.key in ("in", "and", "e", "y", "et") and scene.language != "en")
                or token.key in ("and", "in")
            ):
                break
            at += 1
        return last

    def _is_initial(self, at: int, gap: str) -> bool:
        return gap.strip() == "." and bool(_LATIN_INITIAL.match(self.scene.tokens[at].raw)) and len(gap) <= 2

    def _is_only_taken(self, first: int, last: int) -> bool:
        return all(at in self._taken or self.scene.tokens[at].key in _INNER for at in range(first, last + 1))


_MONTHS = frozenset(
    "jan feb mar apr may jun jul aug sep oct nov dec янв фев мар апр мая июн июл авг сен окт ноя дек".split()
)

# ruff: noqa: E501 -- words of one meaning a line
