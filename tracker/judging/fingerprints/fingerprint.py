"""One known block page: what it looks like, where, and what it means that it was met."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

BUILT_IN_SET = "built-in"

_HOST = re.compile(r"[\w-]\.[a-z]{2,}|\d\.\d|://|:\d{2,5}/")
_ELEMENT = re.compile(r"<[^>]*>")


class Scope(StrEnum):
    """Who puts the page there, in the words of ooni/blocking-fingerprints 171641e."""

    NATIONAL = "nat"
    PROVIDER = "isp"
    PRODUCT = "prod"
    """A filtering product, which anybody may own."""
    INSTITUTION = "inst"
    VAGUE = "vbw"
    """Vague words of blocking."""
    ORDINARY = "fp"
    """Looks like a block and is none."""
    SITE = "prov"
    """The platform itself."""
    HARMLESS = "injb"
    """Put in by a network, and no block."""


class Kind(StrEnum):
    """How a pattern is compared; always without regard to case."""

    CONTAINS = "contains"
    PREFIX = "prefix"
    FULL = "full"
    REGEXP = "regexp"
    """In the syntax of RE2, which has no look-around and no back-references."""


class Strength(StrEnum):
    """What a hit is worth."""

    BLOCK = "block"
    FILTER = "filter"
    """A filter of a household, school or company: it speaks for the vantage point and not for the country."""
    WEAK = "weak"
    ORDINARY = "ordinary"
    """Tells against a weak hit, and nothing else."""


BODY, TEXT, DNS = "body", "text", "dns"
"""Where a pattern is looked for: the markup, the visible text with its title, the answers of the resolver.
Anything else is ``header.`` and the name of a header; ``header.location`` is compared with every URL that a
redirect named."""

LOCATION = "header.location"

DISTINCTIVE = 20
"""Characters of text from which a pattern is a sentence rather than a word."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One known block page. ``countries`` are where it was seen (empty: anywhere); ``source`` says who saw it;
    ``set_name`` is where it comes from: the built-in ones, or a set that somebody loaded."""

    name: str
    scope: Scope
    place: str
    kind: Kind
    pattern: str
    countries: tuple[str, ...] = ()
    source: str = ""
    set_name: str = BUILT_IN_SET

    @property
    def label(self) -> str:
        """The name with the set that it belongs to; this is what a verdict quotes."""
        return f"{self.set_name}:{self.name}"

    def of_set(self, set_name: str) -> Fingerprint:
        return replace(self, set_name=set_name)

    def strength(self, territory: str) -> Strength:
        """What it means to meet this in a territory."""
        if self.scope in (Scope.ORDINARY, Scope.HARMLESS):
            return Strength.ORDINARY
        if self.scope is Scope.VAGUE:
            return Strength.WEAK
        if self.scope is Scope.INSTITUTION or (
            self.scope is Scope.PRODUCT and territory not in self.countries
        ):
            return Strength.FILTER
        if self._says_little:
            return Strength.WEAK
        return Strength.BLOCK if not self.countries or territory in self.countries else Strength.WEAK

    @property
    def is_distinctive(self) -> bool:
        """Whether it is more than a few words that any page may use: a sentence, an address, a header."""
        if self.place not in (BODY, TEXT) or _HOST.search(self.pattern.lower().replace("\\", "")):
            return True
        return "=" in self.pattern or len(_ELEMENT.sub("", self.pattern).strip()) >= DISTINCTIVE

    @property
    def _says_little(self) -> bool:
        """An empty page, or a word of a path that any site may use."""
        if self.place == LOCATION:
            return not _HOST.search(self.pattern.lower().replace("\\", ""))
        return self.place == BODY and not _ELEMENT.sub("", self.pattern).strip() and "=" not in self.pattern
