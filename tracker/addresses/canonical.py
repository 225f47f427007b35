"""From whatever was pasted to the one URL that stands for the page, and what that URL says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote_plus

from tracker.addresses.parts import MAX_LENGTH, AddressRefused, Parts, is_loopback, require_public, take_apart
from tracker.addresses.platforms import platform_of
from tracker.addresses.shapes import FOLDS, SHAPES, Shape

_REHEARSAL_NAME = re.compile(r"/([A-Za-z0-9][A-Za-z0-9._-]{0,63})")


@dataclass(frozen=True, slots=True)
class Canonical:
    """A page's address: ASCII, and the same for every spelling of it.

    ``native_id`` is the platform's own number for it (a VK community's is negative, as in VK's interface),
    ``handle`` its name there in lower case, ``kind`` what it is (community, person, profile, channel, post, video …);
    each is None when the address does not tell. ``host`` is the host that a look has to reach.
    """

    url: str
    platform: str
    native_id: str | None
    handle: str | None
    kind: str | None
    host: str


def canonical(url: str, *, rehearsal_origin: str | None = None) -> Canonical:
    """The canonical address of a page. Raises AddressRefused, and nothing else, for what is not one.

    ``rehearsal_origin`` (``http://127.0.0.1:PORT``) lets exactly that loopback origin through.
    """
    parts = take_apart(url)
    if rehearsal_origin is not None and parts.origin == rehearsal_origin.rstrip("/") and is_loopback(parts):
        return _rehearsal(parts)
    require_public(parts.host)
    platform = "web" if parts.port else platform_of(parts.host, parts.path)
    found = _of_platform(platform, _folded(platform, parts))
    if len(found.url) > MAX_LENGTH:
        raise AddressRefused(f"Give an address of at most {MAX_LENGTH} characters once it is encoded.")
    return found


def _rehearsal(parts: Parts) -> Canonical:
    match = _REHEARSAL_NAME.fullmatch(parts.path)
    if not match or parts.query:
        raise AddressRefused(f"Give a rehearsal page as {parts.origin}/NAME.")
    return Canonical(parts.url, "rehearsal", None, match[1], "page", parts.host)


def _folded(platform: str, parts: Parts) -> Parts:
    """The same page on the host and scheme that the platform itself prefers, where the shapes know it."""
    host = _preferred_host(platform, parts.host)
    return parts if host is None else Parts("https", host, "", parts.path, parts.query)


@lru_cache(maxsize=1024)
def _preferred_host(platform: str, host: str) -> str | None:
    for pattern, preferred in FOLDS.get(platform, ()):
        if match := pattern.fullmatch(host):
            return match.expand(preferred)
    return None


def _of_platform(platform: str, parts: Parts) -> Canonical:
    target = parts.host + parts.path
    for shape in SHAPES.get(platform, ()) if parts.scheme == "https" else ():
        match = shape.target.fullmatch(target)
        if match is not None and (values := _values(shape, match, parts)):
            return _filled(shape, platform, values)
    return Canonical(parts.url, platform, None, None, None, parts.host)


def _values(shape: Shape, match: re.Match[str], parts: Parts) -> dict[str, str] | None:
    """The named values of a shape that host and path have, or None when the query has another one.

    What stood in the query is encoded again, so that a value cannot become another parameter.
    """
    values = {name: value or "" for name, value in match.groupdict().items()}
    for name, pattern in shape.parameters:
        found = pattern.fullmatch(parts.parameter(name) or "")
        if found is None:
            return None
        values |= {key: quote_plus(value or "") for key, value in found.groupdict().items()}
    return values


def _filled(shape: Shape, platform: str, values: dict[str, str]) -> Canonical:
    lowered = {name: value.lower() if name in shape.lower else value for name, value in values.items()}
    url = "https://" + shape.url.format_map(lowered)
    return Canonical(
        url=url,
        platform=platform,
        native_id=shape.native_id.format_map(lowered) or None,
        handle=shape.handle.format_map(lowered) or None,
        kind=shape.kind,
        host=url.split("/", 3)[2],
    )
