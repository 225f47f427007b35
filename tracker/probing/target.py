"""A URL as a browser would read it. What a browser cannot read is not a target."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urljoin

import can_ada

Origin = tuple[str, str, int]
"""Scheme, host and port, as a browser compares them."""

MAX_URL_LENGTH = 8192

_DEFAULT_PORTS = {"http": 80, "https": 443}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)


class UnreadableUrl(ValueError):
    """A browser would not open this. The message says why, in words."""


@dataclass(frozen=True, slots=True)
class Target:
    """One URL, normalised by the WHATWG rules, without its fragment. ``host`` has no brackets."""

    href: str
    scheme: str
    host: str
    port: int
    path: str
    """What the request line asks for: path and query."""
    credentials: bool
    literal: bool
    """The host is an IP address and needs no resolver."""

    @property
    def origin(self) -> Origin:
        return (self.scheme, self.host, self.port)

    @property
    def server_name(self) -> str:
        """The name that a certificate must carry: without the dot that ends an absolute name."""
        return self.host.removesuffix(".")

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS.get(self.scheme) else f"{host}:{self.port}"


def read_url(url: str) -> Target:
    """The target that a URL names. Raises UnreadableUrl; judges no policy."""
    if len(url) > MAX_URL_LENGTH:
        raise UnreadableUrl(f"longer than {MAX_URL_LENGTH} characters")
    if _CONTROL.search(url):
        raise UnreadableUrl("control characters in the URL")
    try:
        parsed = can_ada.parse(url)
    except (ValueError, TypeError) as error:
        raise UnreadableUrl("not a URL that a browser would open") from error
    scheme = parsed.protocol.removesuffix(":")
    host = parsed.hostname.removeprefix("[").removesuffix("]")
    return Target(
        href=parsed.href.partition("#")[0],
        scheme=scheme,
        host=host,
        port=int(parsed.port) if parsed.port else _DEFAULT_PORTS.get(scheme, 0),
        path=(parsed.pathname or "/") + parsed.search,
        credentials=bool(parsed.username or parsed.password),
        literal=is_literal(host),
    )


def read_location(location: str, base: Target) -> Target:
    """The target of a Location header found at ``base``. Raises UnreadableUrl."""
    if _CONTROL.search(location):
        raise UnreadableUrl("control characters in the URL")
    return read_url(_absolute(location.strip(" "), base))


def _absolute(location: str, base: Target) -> str:
    # can_ada resolves nothing against a base, and urljoin alone does not know that a browser reads
    # "\" as "/" nor that "http:///host" names a host.
    head, mark, tail = re.fullmatch(r"([^?#]*)([?#]?)(.*)", location, re.DOTALL).groups()  # type: ignore[union-attr]
    scheme = _SCHEME.fullmatch(head)
    if scheme is not None and scheme[1].lower() not in _DEFAULT_PORTS:
        return location
    head = head.replace("\\", "/")
    if scheme is not None and (
        head[len(scheme[1]) + 1 :].startswith("/") or scheme[1].lower() != base.scheme
    ):
        return head + mark + tail
    if scheme is not None:
        head = head[len(scheme[1]) + 1 :]
    if head.startswith("//"):
        return f"{base.scheme}:{head}{mark}{tail}"
    try:
        return str(urljoin(base.href, head + mark + tail))
    except ValueError as error:
        raise UnreadableUrl("not a place that can be redirected to") from error


@lru_cache(maxsize=1024)
def is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def printable(text: str) -> str:
    """The text with what no database stores as text (NUL, other controls, lone surrogates) made visible."""
    return _CONTROL.sub("\ufffd", text)
