"""Names in any script: stored as typed, compared in normal form, searched in Latin letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]+"
)
_APOSTROPHES = re.compile(r"['’‘‛`´ʼʻ′]+")
_SPACES_AND_QUOTES = re.compile(r"[\s\"«»‹›„“”‟‚″〝〞「」『』]+")
_NUMBER_SIGNS = re.compile(r"[\s№#]+")
_RUSSIAN_YO = re.compile("е\u0308+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")


def comparison_key(text: str) -> str:
    """The form in which two names are the same name: compatibility-folded, case-folded, apostrophes and invisible
    characters dropped, runs of white space and quotes one space. ``ё`` counts as ``е``, as Russian writes it."""
    if text.isascii():  # nothing in it that folds, composes or cannot be seen
        return _SPACES_AND_QUOTES.sub(" ", text.replace("'", "").replace("`", "").casefold()).strip()
    visible = _APOSTROPHES.sub("", _INVISIBLE.sub("", text))
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", visible).casefold())
    plain = _APOSTROPHES.sub("", _RUSSIAN_YO.sub("е", folded))
    return _SPACES_AND_QUOTES.sub(" ", unicodedata.normalize("NFKC", plain)).strip()


def order_number_key(text: str) -> str:
    """The form in which two order numbers are the same number: no sign or word for "number", no spaces, one kind of
    dash, lower case, and Latin letters that look like Cyrillic ones as those."""
    bare = _NUMBER_SIGNS.sub("", _INVISIBLE.sub("", text))
    folded = unicodedata.normalize("NFKC", bare).casefold()
    dashed = _DASHES.sub("-", folded)
    return _NUMBER_WORD.sub("", dashed).translate(_LOOKALIKES)


_NUMBER_WORD = re.compile(r"^n[or°]?\.?(?=\d)")
_LOOKALIKES = str.maketrans("aceopxykmhtb", "асеорхукмнтв")


# --- Searching ----------------------------------------------------------------------------------------------------

MOST_SEARCHED = 4000
"""Characters of a search text; what is beyond is a summary's end."""
SHORT = 3
"""A word of fewer letters is found only where a word begins: elsewhere it is in almost everything."""

_ACCENTS = re.compile("[\u0300-\u036f]+")
_RUNS = re.compile(r"[a-z0-9]+")
_SAME_SOUND = str.maketrans("yjw", "iiv")
_LOOSE = tuple(
    (re.compile(found), written)
    for found, written in (
        (r"s(?:h?ch|h)", "s"),
        (r"t?ch", "c"),
        (r"zh", "z"),
        (r"[kg]h|g", "h"),
        (r"ph", "f"),
        (r"t[sz]", "c"),
        (r"ck|q", "k"),
        (r"x", "ks"),
        (r"ie|io", "e"),
        (r"([aou])e", r"\1"),
        (r"ei", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_REPEATED = _LOOSE[-1][0]
"""All that can be loose in a number."""
"""What the ways to write one sound in Latin letters have in common: shch and sch, kh and h, ue for ü, y, j, ij, ei."""


@dataclass(frozen=True, slots=True)
class Searched:
    """One word of a search: ``exact`` in Latin letters, ``loose``, the form that ways of transliterating share, and
    ``number``, what it is as the number of an order, whose letters may be typed in look-alikes of another script.

    A search text holds the word when it holds one of them.
    """

    exact: str
    loose: str
    number: str

    @property
    def pieces(self) -> tuple[str, ...]:
        """What to look for in a search text; a space in front stands for the beginning of a word."""
        found = dict.fromkeys((self.exact, self.loose, self.number))
        return tuple(piece if len(piece) >= SHORT else f" {piece}" for piece in found)


def search_text(*texts: str | None) -> str:
    """The words of some texts as a search looks into them, each once, a space before and behind every one."""
    words = dict.fromkeys(word for text in texts if text for word in _search_forms(text))
    kept = f" {' '.join(words)} "
    return kept if len(kept) <= MOST_SEARCHED else kept[:MOST_SEARCHED].rsplit(" ", 1)[0] + " "


def searched_words(text: str) -> list[Searched]:
    """The words of a search, in the order in which they were typed."""
    return [searched for word in dict.fromkeys(text.split()) if (searched := _searched(word)) is not None]


def _searched(word: str) -> Searched | None:
    exact = _bare(_latin(word))
    if not exact:
        return None
    is_number = any(character.isdigit() for character in exact)
    number = _bare(_latin(order_number_key(word))) if is_number else exact
    return Searched(exact, _loose(exact), number or exact)


def name_skeleton(text: str) -> str:
    """The form in which names are nearly equal: script, case, accents, spaces and ways to transliterate apart."""
    return _loose(_bare(_latin(text)))


@lru_cache(maxsize=4096)
def _search_forms(text: str) -> tuple[str, ...]:
    """The words by themselves, and all together: a handle has no spaces."""
    latin = _latin(text)
    forms = [*_RUNS.findall(latin), *(_bare(word) for word in latin.split()), _bare(latin)[:300]]
    both: Iterable[str] = (each for form in forms if form for each in (form, _loose(form)))
    return tuple(dict.fromkeys(both))


def _latin(text: str) -> str:
    visible = _APOSTROPHES.sub("", _INVISIBLE.sub("", text)).replace("№", " ")
    folded = _ACCENTS.sub("", unicodedata.normalize("NFKD", visible).casefold())
    spaced = _SPACES_AND_QUOTES.sub(" ", unicodedata.normalize("NFC", folded))
    return anyascii(spaced).casefold().translate(_SAME_SOUND).replace("'", "").replace("`", "")


def _bare(latin: str) -> str:
    return "".join(_RUNS.findall(latin))


@lru_cache(maxsize=4096)
def _loose(bare: str) -> str:
    if bare.isdigit():
        return _REPEATED.sub(r"\1", bare)
    for found, written in _LOOSE:
        bare = found.sub(written, bare)
    return bare
