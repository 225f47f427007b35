"""What a query string may say: each parameter declared once, for reading, for filtering and for the schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from babel import Locale
from django.db.models import Q, QuerySet
from django.http import QueryDict

from events.api.problems import BadParameters, Fault
from events.dates import ImpreciseDate
from tracker.facts import REHEARSAL_TERRITORY
from tracker.public_ids import ALPHABET, LENGTH

LONGEST = 200
"""Characters of one value. Names, numbers, ids and dates are shorter."""
MOST_REPEATS = 50
"""Values of one parameter."""
NOT_KNOWN = "null"
"""The value that keeps what is not known, as ``stats/`` says null for it."""

PUBLIC_ID = re.compile(f"[{ALPHABET}]{{{LENGTH}}}", re.ASCII)


class NotUnderstood(ValueError):
    """A value that cannot be read: why, and what would be accepted."""

    def __init__(self, detail: str, known: Iterable[str] = ()) -> None:
        super().__init__(detail)
        self.known = tuple(known)


@dataclass(frozen=True)
class Filter:
    """A parameter that narrows a list. Repeated, its values are alternatives.

    ``read`` turns the text into a value or raises ``NotUnderstood``; ``keeps`` says which rows the value keeps,
    without joining a table that would repeat a row. With ``null`` the word ``null`` keeps rows for which
    ``null`` holds.
    """

    name: str
    about: str
    read: Callable[[str], Any]
    keeps: Callable[[Any], Q]
    null: Q | None = None
    words: tuple[str, ...] = ()
    format: str = ""
    schema: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        item: dict[str, Any] = {"type": "string", "maxLength": LONGEST}
        if self.words:
            item["enum"] = [*self.words, NOT_KNOWN] if self.null else list(self.words)
            del item["maxLength"]
        if self.format:
            item["format"] = self.format
        object.__setattr__(self, "schema", {"type": "array", "items": item})

    def narrowing(self, text: str) -> Q:
        if self.null is not None and text == NOT_KNOWN:
            return self.null
        return self.keeps(self.read(text))


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which rows a query string keeps, and what it said, for the answer to repeat."""

    conditions: tuple[Q, ...]
    said: Mapping[str, list[str]]

    def apply(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        for condition in self.conditions:
            queryset = queryset.filter(condition)
        return queryset


def read_filters(filters: Sequence[Filter], query: QueryDict) -> Narrowed:
    """Raises ``BadParameters`` with every value that cannot be read."""
    conditions, said, faults = [], {}, []
    for each in filters:
        texts = query.getlist(each.name)
        if not texts:
            continue
        try:
            conditions.append(_any_of(each, texts))
            said[each.name] = texts
        except NotUnderstood as error:
            faults.append(Fault(each.name, str(error), error.known))
    if faults:
        raise BadParameters(faults)
    return Narrowed(tuple(conditions), said)


def _any_of(each: Filter, texts: Sequence[str]) -> Q:
    if len(texts) > MOST_REPEATS:
        raise NotUnderstood(f"“{each.name}” may be repeated {MOST_REPEATS} times at most.")
    condition = Q()
    for text in texts:
        condition |= each.narrowing(printable(each.name, text))
    return condition


def refuse_unknown(query: QueryDict, known: Sequence[str]) -> None:
    """Raises ``BadParameters`` that names every parameter which the address does not know, and those it knows."""
    known = sorted(known)
    accepted = f"Known here: {', '.join(known)}." if known else "None are known here."
    faults = [
        Fault(shown(name), f"“{shown(name)}” is not a parameter of this address. {accepted}", tuple(known))
        for name in query
        if name not in known
    ]
    if faults:
        raise BadParameters(faults[:MOST_REPEATS])


def single(query: QueryDict, name: str) -> str | None:
    """The value of a parameter that may be given once. Raises ``BadParameters`` when it is repeated."""
    values = query.getlist(name)
    if len(values) > 1:
        raise BadParameters([Fault(name, f"“{name}” may be given once.")])
    return values[0] if values else None


def printable(name: str, text: str) -> str:
    if not text.strip():
        raise NotUnderstood(f"“{name}” is empty; leave it out, or give a value.")
    if len(text) > LONGEST:
        raise NotUnderstood(f"“{name}” may be {LONGEST} characters long, not {len(text)}.")
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise NotUnderstood(f"“{name}” holds control characters.")
    return text


def shown(text: str) -> str:
    """A stranger's text, short and harmless enough to be repeated in an answer."""
    short = text if len(text) <= 60 else text[:60] + "…"
    return "".join(c if c.isprintable() else "\ufffd" for c in short)


# --- Readers: text to value -------------------------------------------------------------------------------------


def one_of(words: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise NotUnderstood(f"“{shown(text)}” is not known; known: {', '.join(words)}.", words)
        return text

    return read


def row_of(rows: Callable[[], QuerySet[Any]], noun: str) -> Callable[[str], int]:
    """Reads a public id into the key of a row that is visible."""

    def read(text: str) -> int:
        found = rows().filter(public_id=text) if PUBLIC_ID.fullmatch(text) else rows().none()
        key = found.values_list("pk", flat=True).first()
        if key is None:
            raise NotUnderstood(f"No published {noun} has the id “{shown(text)}”.")
        return key

    return read


_NO_COUNTRY = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())
"""Codes of the CLDR that are no country of ISO 3166-1: reserved ones, groups, pseudo-locales."""


@cache
def countries() -> frozenset[str]:
    """ISO 3166-1 alpha-2 with XK, and the rehearsal's XX."""
    codes = {str(code) for code in Locale("en").territories}
    codes = {code for code in codes if len(code) == 2 and code.isalpha()}
    return frozenset(codes - _NO_COUNTRY | {REHEARSAL_TERRITORY})


def country(text: str) -> str:
    code = text.upper()
    if code not in countries():
        raise NotUnderstood(
            f"“{shown(text)}” is not a country code; write two letters of ISO 3166, such as RU."
        )
    return code


def first_day(text: str) -> date:
    """The first day of ``2022``, ``2022-11`` or ``2022-11-27``."""
    return _imprecise(text).earliest or date.min


def last_day(text: str) -> date:
    return _imprecise(text).latest or date.max


def _imprecise(text: str) -> ImpreciseDate:
    try:
        return ImpreciseDate.parse(text)
    except ValueError as error:
        raise NotUnderstood(str(error)) from error


_LOST_PLUS = re.compile(r"(T[\d:.]+) (\d\d:?\d\d)\Z", re.ASCII)


def moment(text: str) -> datetime:
    """A time, or the midnight that begins a day; UTC where no offset is said. A plus sign that the address
    turned into a space is read as the plus sign that was meant."""
    try:
        read = datetime.fromisoformat(_LOST_PLUS.sub(r"\1+\2", text))
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise NotUnderstood(
            f"“{shown(text)}” is not a time; write 2022-11-27 or 2022-11-27T14:02:00Z."
        ) from error
