"""Reading a file of fingerprints: what is kept, what can never match and why, and what makes the file no such file.

The format is that of ooni/blocking-fingerprints 171641e. A file is taken in whole or not at all, but a row that
could never match anything, as some of that collection cannot, is named and left out.
"""

from __future__ import annotations

import csv
import io
import ipaddress
import re
from dataclasses import dataclass

from tracker.judging.fingerprints.fingerprint import BODY, DNS, LOCATION, Fingerprint, Kind, Scope
from tracker.judging.fingerprints.index import (
    ALL_REGEXP_STEPS,
    PATTERN_CHARS,
    REGEXP_STEPS,
    Uncompiled,
    compiles,
    steps,
)

ROWS = 20_000
ALL_CHARS = 400_000
"""Characters of all patterns of a file together."""
LEAST_BYTES = 4
"""A shorter pattern is in every page."""
COLUMNS = ("name", "scope", "location_found", "pattern_type", "pattern")
_NAME_CHARS = 80

_HEADER_PLACE = re.compile(r"header\.[A-Za-z0-9!#$%&'*+.^_`|~-]{1,60}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_NOWHERE = "ZZ"
_HOST_NAME = re.compile(
    r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)+\.?", re.I
)
_CONTROLS = re.compile("[\x80-\x9f]")


@dataclass(frozen=True, slots=True)
class NeverMatches:
    """A row that is left out. ``row`` counts as a spreadsheet does: the header is 1."""

    row: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """What makes the whole file unusable."""

    row: int | None
    field: str | None
    message: str


@dataclass(frozen=True, slots=True)
class FingerprintFile:
    """What a file holds, ``http`` or ``dns`` by ``kind``; ``kept`` with row numbers. With ``errors`` nothing counts."""

    kind: str
    rows: int
    kept: tuple[tuple[int, Fingerprint], ...]
    never: tuple[NeverMatches, ...]
    errors: tuple[Wrong, ...]


def read_fingerprints(content: bytes) -> FingerprintFile:
    """Read a CSV file with a header. Never raises for what the file holds."""
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError:
        return _unusable("The file is not UTF-8.")
    except csv.Error as error:
        return _unusable(f"The file is no CSV: {error}.")
    missing = [name for name in COLUMNS if rows and name not in rows[0]]
    if not rows or missing:
        return _unusable(f"There is no column {', '.join(missing)}." if rows else "The file has no rows.")
    if len(rows) > ROWS:
        return _unusable(f"The file has {len(rows)} rows, which is more than {ROWS}.")
    return _read(rows)


def _unusable(message: str) -> FingerprintFile:
    return FingerprintFile("", 0, (), (), (Wrong(None, None, message),))


def _read(rows: list[dict[str, str]]) -> FingerprintFile:
    kept: list[tuple[int, Fingerprint]] = []
    never: list[NeverMatches] = []
    errors: list[Wrong] = []
    for number, row in enumerate(rows, start=2):
        found = _fingerprint(number, row)
        if isinstance(found, Wrong):
            errors.append(found)
        elif why := _why_never(found):
            never.append(NeverMatches(number, found.name, why))
        else:
            kept.append((number, found))
    kinds = {one.place == DNS for _, one in kept}
    if len(kinds) > 1:
        errors.append(
            Wrong(None, "location_found", "Fingerprints of DNS answers and of pages are two files.")
        )
    errors += _too_much([one for _, one in kept])
    return FingerprintFile(
        "dns" if kinds == {True} else "http", len(rows), tuple(kept), tuple(never), tuple(errors)
    )


def _fingerprint(number: int, row: dict[str, str]) -> Fingerprint | Wrong:
    if None in row or None in row.values():
        return Wrong(number, None, "The row has more or fewer fields than the header.")
    name = row["name"].strip()
    if not 0 < len(name) <= _NAME_CHARS:
        return Wrong(number, "name", f"A name has 1 to {_NAME_CHARS} characters.")
    scope, kind = row["scope"].strip(), row["pattern_type"].strip()
    if scope not in list(Scope):
        return Wrong(number, "scope", f"{scope!r} is none of {', '.join(Scope)}.")
    if kind not in list(Kind):
        return Wrong(number, "pattern_type", f"{kind!r} is none of {', '.join(Kind)}.")
    place = row["location_found"].strip().lower()
    if place not in (BODY, DNS) and not _HEADER_PLACE.fullmatch(place):
        return Wrong(number, "location_found", f"{place!r} is none of {BODY}, {DNS}, header.NAME.")
    countries = [one.strip() for one in row.get("expected_countries", "").split(",") if one.strip()]
    if wrong := next((one for one in countries if not _COUNTRY.fullmatch(one)), None):
        return Wrong(number, "expected_countries", f"{wrong!r} is no country code.")
    known = tuple(sorted({one for one in countries if one != _NOWHERE}))
    return Fingerprint(
        name, Scope(scope), place, Kind(kind), row["pattern"], known, row.get("source", "")[:200]
    )


def _why_never(one: Fingerprint) -> str | None:
    """Why a fingerprint can match nothing that ever comes, or may not be tried."""
    pattern = one.pattern
    if not pattern.strip():
        return "The pattern is empty."
    if len(pattern) > PATTERN_CHARS:
        return f"The pattern has more than {PATTERN_CHARS} characters."
    if "\0" in pattern:
        return "The pattern holds a NUL character, which no text has."
    if one.place == DNS:
        return _why_no_answer(one)
    if one.kind is Kind.REGEXP:
        return _why_not_run(pattern)
    if len(pattern.encode("utf-8", "replace")) < LEAST_BYTES:
        return "The pattern is too short to tell one page from another."
    if _CONTROLS.search(pattern):
        return "The pattern holds control characters, as text does that was read in a wrong charset."
    return _why_no_header(one) if one.place != BODY else None


def _why_no_answer(one: Fingerprint) -> str | None:
    if one.kind is not Kind.FULL:
        return "An answer of a resolver is compared as a whole, so the type must be full."
    try:
        ipaddress.ip_address(one.pattern)
    except ValueError:
        return None if _HOST_NAME.fullmatch(one.pattern) else "This is neither an address nor a host name."
    return None


def _why_not_run(expression: str) -> str | None:
    cost = steps(expression)
    if cost is None:
        return "RE2 refuses the expression: it has look-around, back-references or an error, or is too large."
    return (
        f"The expression is too costly: {cost} steps a byte, {REGEXP_STEPS} at most."
        if cost > REGEXP_STEPS
        else None
    )


def _why_no_header(one: Fingerprint) -> str | None:
    if "\n" in one.pattern or "\r" in one.pattern:
        return "No header holds a line break."
    if one.place != LOCATION:
        return None
    if " " in one.pattern.strip():
        return (
            "No URL holds a space: this is text of a page or of another header, filed under header.location."
        )
    if one.kind is not Kind.CONTAINS and not _may_begin_url(one.pattern):
        return "No URL begins so: this is the value of another header, such as Server, filed under header.location."
    return None


def _may_begin_url(pattern: str) -> bool:
    """Whether a Location can begin so: with a scheme, a slash, a question mark, or a host name."""
    if re.match(r"[a-z][a-z0-9+.-]*:|[/?#.]", pattern, re.I):
        return True
    return "." in re.split(r"[/?#:]", pattern, maxsplit=1)[0]


def _too_much(kept: list[Fingerprint]) -> list[Wrong]:
    if sum(len(one.pattern) for one in kept) > ALL_CHARS:
        return [Wrong(None, "pattern", f"All patterns together have more than {ALL_CHARS} characters.")]
    regexps = sum(steps(one.pattern) or 0 for one in kept if one.kind is Kind.REGEXP)
    if regexps > ALL_REGEXP_STEPS:
        return [Wrong(None, "pattern", f"All expressions together are too costly: {regexps} steps a byte, "
                      f"{ALL_REGEXP_STEPS} at most.")]  # fmt: skip
    try:
        compiles(kept)
    except Uncompiled as error:
        return [Wrong(None, "pattern", str(error))]
    return []
