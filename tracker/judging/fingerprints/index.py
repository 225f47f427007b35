"""Many patterns over one page at once, in time that grows with the page and not with the patterns.

Only RE2 ever runs a pattern: it has no back-tracking, so neither a pattern nor a page can make it slow. What a
regular expression may cost is bounded before it is taken in (``reading``).
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import re2

from tracker.judging.fingerprints.built_in import BUILT_IN
from tracker.judging.fingerprints.fingerprint import BODY, BUILT_IN_SET, DNS, Fingerprint, Kind

SEARCHED_CHARS = 256 * 1024
"""How much of a page is searched. A block page is short; what surrounds it on a provider's portal is not."""
HEADER_CHARS = 8 * 1024

PATTERN_CHARS = 2_000
REGEXP_STEPS = 250
"""Instructions that RE2 may need for one expression: each byte of a page costs at most so many steps."""
ALL_REGEXP_STEPS = 2_500
_SET_MEMORY = 48 * 1024 * 1024
_ONE_MEMORY = 1024 * 1024


def _options(memory: int, *, literal: bool = False) -> Any:
    options = re2.Options()
    options.max_mem = memory
    options.log_errors = False
    options.never_capture = True
    options.case_sensitive = (
        literal  # patterns and texts are in lower case; only an expression may name a capital
    )
    options.dot_nl = True
    return options


def steps(expression: str) -> int | None:
    """What an expression costs a byte, at worst; None when RE2 refuses it."""
    try:
        return int(re2.compile(expression, _options(_ONE_MEMORY)).programsize)
    except (re2.error, UnicodeEncodeError):
        return None


class _Net:
    """The patterns for one place, compiled."""

    def __init__(self, patterns: Sequence[Fingerprint]) -> None:
        self._nets = [
            (found, _compiled(found))
            for found in (
                [one for one in patterns if one.kind is not Kind.REGEXP],
                [one for one in patterns if one.kind is Kind.REGEXP],
            )
            if found
        ]

    def caught(self, text: str) -> tuple[Fingerprint, ...]:
        """Every pattern that is in the text, in the order in which they were given. ``text`` is in lower case."""
        encoded = text.encode("utf-8", "replace")
        return tuple(
            found[number] for found, net in self._nets for number in sorted(net.Match(encoded) or ())
        )


class Uncompiled(ValueError):
    """The patterns are too much for the memory that a matcher may use; the message says so."""


def compiles(found: Iterable[Fingerprint]) -> None:
    """Raises ``Uncompiled`` when these cannot be looked for together."""
    FingerprintIndex(found)


def _compiled(found: Sequence[Fingerprint]) -> Any:
    net = re2.Set.SearchSet(_options(_SET_MEMORY, literal=found[0].kind is not Kind.REGEXP))
    try:
        for one in found:
            net.Add(_expression(one))
        net.Compile()
    except re2.error as error:
        raise Uncompiled("The patterns together need more memory than a matcher may use.") from error
    return net


def _expression(one: Fingerprint) -> str:
    if one.kind is Kind.REGEXP:
        return one.pattern
    literal = str(re2.escape(one.pattern.lower()))
    whole = rf"\A\s*{literal}\s*\z"
    return {Kind.PREFIX: rf"\A\s*{literal}", Kind.FULL: whole}.get(one.kind, literal)


class FingerprintIndex:
    """A frozen set of fingerprints, ready to be looked up. ``version`` is eight hexadecimal digits, or empty for the
    built-in ones alone."""

    def __init__(self, fingerprints: Iterable[Fingerprint], version: str = "") -> None:
        self.version = version
        by_place: dict[str, list[Fingerprint]] = {}
        for one in fingerprints:
            by_place.setdefault(one.place, []).append(one)
        answers = by_place.pop(DNS, [])
        self._nets = {place: _Net(found) for place, found in by_place.items()}
        self._answers: dict[str, list[Fingerprint]] = {}
        for one in answers:
            self._answers.setdefault(plain_answer(one.pattern), []).append(one)

    def __repr__(self) -> str:
        return f"FingerprintIndex({self.version or BUILT_IN_SET})"

    def in_page(self, text: str, place: str = BODY) -> tuple[Fingerprint, ...]:
        """Those in a page's markup (``BODY``) or visible text (``TEXT``), which is given in lower case."""
        net = self._nets.get(place)
        return net.caught(text[:SEARCHED_CHARS]) if net and text else ()

    def in_header(self, name: str, value: str) -> tuple[Fingerprint, ...]:
        net = self._nets.get(f"header.{name.lower()}")
        return net.caught(value[:HEADER_CHARS].lower()) if net else ()

    def in_answer(self, answer: str) -> tuple[Fingerprint, ...]:
        """Those that name an address or a host name that a resolver gave."""
        return tuple(self._answers.get(plain_answer(answer), ()))

    @classmethod
    def of(cls, loaded: dict[str, Sequence[Fingerprint]]) -> FingerprintIndex:
        """The built-in fingerprints and those of loaded sets, by the SHA-256 of each set."""
        if not loaded:
            return BUILT_IN_INDEX
        version = hashlib.sha256("\n".join(sorted(loaded)).encode()).hexdigest()[:8]
        others = (one.of_set(sha256[:8]) for sha256, found in loaded.items() for one in found)
        return cls([*BUILT_IN, *others], version)


@lru_cache(maxsize=4096)
def plain_answer(answer: str) -> str:
    """An address or host name as it is compared."""
    try:
        return str(ipaddress.ip_address(answer))
    except ValueError:
        return answer.rstrip(".").lower()


BUILT_IN_INDEX = FingerprintIndex(BUILT_IN)
