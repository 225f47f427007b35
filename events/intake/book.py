"""All phrases that the readers know, as one phrasebook for each language; and what its marks in a passage are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale

from events.countries import country_codes
from events.intake.phrases import Mark, Phrasebook
from events.intake.platforms import platform_phrases, read_table
from events.intake.tokens import Token

_SHORT = frozenset(
    "uk us usa eu uae eua abd bae ab ue ri рф рб рк сша ес єс оаэ кнр юар rdc e.u u.s u.k can dot ice inc".split()
)
"""Names that are also common words, or parts of them, unless they are written in capitals."""


_COMMON = frozenset(
    "kick zoom line signal medium steam discord rumble twitch apple kakao koo stream amazon face vine gab threads "
    "insta matters ig fb wa yt х икс контакт parler tidal tencent".split()
)
"""Platforms with the names of common things: platforms only with a capital."""


@dataclass(frozen=True, slots=True)
class Body:
    """An authority that the gazetteer knows."""

    name: str
    kind: str
    country: str


@dataclass(frozen=True, slots=True)
class CountryName:
    """``form`` is n for the name, a for its adjective or people, city for a place in it."""

    code: str
    form: str


@cache
def book_of(language: str) -> Phrasebook:
    """The phrases of a language, and the names of platforms, bodies and countries in all of them."""
    book = Phrasebook()
    for platform, phrases in platform_phrases():
        known = [phrase for phrase in phrases if not (language == "de" and phrase == "Medium")]
        book.add("platform", platform, known)
    _add_bodies(book)
    _add_countries(book, language)
    for kind, forms in read_table(f"words_{language}").items():
        for form, phrases in forms.items() if isinstance(forms, dict) else [("", forms)]:
            book.add(kind, form, map(str, phrases))
    return book


def _add_bodies(book: Phrasebook) -> None:
    for country, rows in read_table("authorities").items():
        for row in rows:
            book.add("body", Body(row["name"], row["kind"], country), map(str, row["phrases"]))


def _add_countries(book: Phrasebook, language: str) -> None:
    table = read_table("countries")
    for code, forms in table.items():
        for form, phrases in forms.items():
            book.add("country", CountryName(code, form), map(str, phrases))
    names = Locale(language).territories
    for code in country_codes() - set(table):
        if name := names.get(code):
            book.add("country", CountryName(code, "n"), [name.replace("(", " ").replace(")", " ")])


def is_name(mark: Mark, tokens: list[Token]) -> bool:
    """Whether the words of a mark are written as a name is: what is one only in capitals, in capitals."""
    first = tokens[mark.first]
    if first.is_han:
        return True
    if mark.kind == "platform":
        return first.raw == "X" if first.key == "x" else first.key not in _COMMON or first.is_capital
    if first.raw.isupper():
        return True
    if mark.first == mark.last and (first.key in _SHORT or len(first.raw) <= 3):
        return first.is_capital and len(first.raw) == 3 and first.key not in _SHORT
    is_adjective = isinstance(mark.value, CountryName) and mark.value.form == "a"
    return (
        is_adjective
        or any(token.is_capital for token in tokens[mark.first : mark.last + 1])
        or _is_lower_cased(mark)
    )


def _is_lower_cased(mark: Mark) -> bool:
    """Bodies whose names are often written small: генпрокуратура, ministère de l'Intérieur."""
    return isinstance(mark.value, Body)


def marked(kinds: Iterable[str], marks: Iterable[Mark]) -> list[Mark]:
    wanted = set(kinds)
    return [mark for mark in marks if mark.kind in wanted]


Value = Any
