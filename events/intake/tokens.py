"""Words of any script with their places: what every reader here reads instead of characters.

A word is folded, so that one spelling in a table finds all: lower case, Latin letters without their accents, ``ё`` as
``е``, and a Latin letter inside of a Cyrillic word as the one it looks like. Each Chinese character is a word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3400-\u9fff\uf900-\ufaff]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LOOKALIKES = str.maketrans("aceopxykmhtbi", "асеорхукмнтві")
_SAME = str.maketrans({"ё": "е", "ı": "i", "ß": "ss", "ł": "l", "ø": "o", "đ": "d"})
_LONGEST = 40
"""Characters of a word that are compared; nothing in the tables is longer."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word: ``start`` and ``end`` in the text, ``key`` its folded form, ``raw`` as it is written."""

    start: int
    end: int
    raw: str
    key: str

    @property
    def is_capital(self) -> bool:
        return self.raw[0].isupper()

    @property
    def is_number(self) -> bool:
        return self.key.isdecimal()

    @property
    def is_han(self) -> bool:
        return "\u3400" <= self.raw[0] <= "\u9fff"


def fold(word: str) -> str:
    """The form in which two spellings of a word are the same word."""
    low = word[:_LONGEST].lower().translate(_SAME)
    if low.isascii():
        return low
    if _CYRILLIC.search(low):
        return low.translate(_LOOKALIKES) if _LATIN.search(low) else low
    if not _LATIN.search(low):
        return low
    plain = unicodedata.normalize("NFKD", low)
    return "".join(char for char in plain if not unicodedata.combining(char))


def tokens_of(text: str) -> list[Token]:
    """The words of a text in their order."""
    return [Token(m.start(), m.end(), m[0], fold(m[0])) for m in _WORD.finditer(text)]
