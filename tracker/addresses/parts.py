"""A URL taken apart as a browser would, once everything that no page's address may contain is refused."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, unquote_plus

import can_ada

MAX_LENGTH = 2000
"""Characters, before and after percent-encoding."""

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# RFC 6761, RFC 6762, RFC 7686, RFC 8375, RFC 9476, ICANN's internal, and names that home routers use.
# ``example`` is reserved too, but it is what manuals and test networks name their sites: nothing private there.
_NOT_PUBLIC = frozenset({
    "localhost", "local", "localdomain", "internal", "intranet", "private", "corp", "home", "lan", "arpa", "onion",
    "alt", "invalid", "test",
})  # fmt: skip
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp", "Zs", "Cn"})
_TRACKING = frozenset({
    "fbclid", "gclid", "yclid", "igshid", "igsh", "dclid", "msclkid", "twclid", "ttclid", "wbraid", "gbraid", "ysclid",
    "mc_cid", "mc_eid", "_openstat",
})  # fmt: skip


class AddressRefused(ValueError):
    """This is not the address of a page. ``str()`` is one sentence that says what would be accepted."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a URL in canonical spelling: ASCII, lower-case host without a last dot or the default
    port, no fragment, no tracking parameters. ``query`` is without its question mark, in the order written."""

    scheme: str
    host: str
    port: str
    path: str
    query: str

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.host}{':' + self.port if self.port else ''}"

    @property
    def url(self) -> str:
        return f"{self.origin}{self.path}{'?' + self.query if self.query else ''}"

    def parameter(self, name: str) -> str | None:
        """The first value of a query parameter, decoded as of a form; None when it is absent."""
        for pair in self.query.split("&"):
            key, _, value = pair.partition("=")
            if unquote(key) == name:
                return unquote_plus(value)
        return None


def take_apart(text: str) -> Parts:
    """Parses as WHATWG says, or raises AddressRefused. The host is not judged yet: see ``require_public``."""
    url = _parse(_without_surprises(text))
    if url.protocol not in ("http:", "https:"):
        raise AddressRefused("Give an address that begins with http:// or https://.")
    if url.username or url.password or "@" in text.partition("://")[2].partition("/")[0]:
        raise AddressRefused("Give the address without a user name or password in front of the host.")
    host = url.hostname.removesuffix(".")
    if not host:
        raise AddressRefused("Give an address with a host name, for example https://vk.com/NAME.")
    query = without_tracking(url.search.removeprefix("?"))
    return Parts(url.protocol[:-1], host, url.port, url.pathname, query)


def _without_surprises(text: str) -> str:
    """The text without spaces around it; refuses what no reader sees and a parser drops in silence."""
    trimmed = text.strip(" ")
    if not trimmed:
        raise AddressRefused("Give the whole address of a page, for example https://vk.com/NAME.")
    if len(trimmed) > MAX_LENGTH:
        raise AddressRefused(f"Give an address of at most {MAX_LENGTH} characters.")
    if _has_unseen(trimmed):
        raise AddressRefused("Give the address without spaces, line breaks or invisible characters in it.")
    return trimmed


def _has_unseen(text: str) -> bool:
    if text.isascii():
        return " " in text or not text.isprintable()
    return any(unicodedata.category(char) in _UNSEEN or char in _BIDI for char in text)


def _parse(text: str) -> can_ada.URL:
    try:
        return can_ada.parse(text)
    except ValueError:
        raise AddressRefused(
            "Give a whole address that a browser can open, for example https://vk.com/NAME."
        ) from None


def without_tracking(query: str) -> str:
    """A query without the parameters that only say where the reader came from; the rest as it was written."""
    return "&".join(pair for pair in query.split("&") if pair and not _tracks(pair.partition("=")[0]))


def _tracks(name: str) -> bool:
    key = unquote(name).lower()
    return key.startswith("utm_") or key in _TRACKING


@lru_cache(maxsize=1024)
def require_public(host: str) -> None:
    """Raises AddressRefused unless the host could be a public name, or an address in public space."""
    if address := _address(host):
        if not address.is_global or address.is_multicast:
            raise AddressRefused("Give an address on the public internet, not one inside a private network.")
        return
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressRefused("Give an address whose host is a valid name, for example example.org.")
    if len(labels) < 2 or labels[-1] in _NOT_PUBLIC or labels[-1].isdigit():
        raise AddressRefused("Give an address with a public host name, for example example.org.")


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    if ":" not in host and not host[-1:].isdigit():
        return None  # a name, which is not worth an exception
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def is_loopback(parts: Parts) -> bool:
    """Whether this is a loopback address with a port, the only kind of place where a rehearsal may live."""
    address = _address(parts.host)
    return address is not None and address.is_loopback and bool(parts.port)
