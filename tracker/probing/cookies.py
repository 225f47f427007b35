"""The cookies of one look: kept from one hop to the next as a browser does, and forgotten with the look."""

from __future__ import annotations

import re

from tracker.probing.target import Target

_MOST = 30
_LONGEST = 2_000
_PAIR = re.compile(r"\s*([A-Za-z0-9!#$%&'*+.^_`|~-]{1,200})\s*=\s*([!-+\--:<-~]*)\s*")


class Cookies:
    """What sites have set so far, by the host that set it. No site is shown what another has set."""

    def __init__(self) -> None:
        self._by_host: dict[str, dict[str, str]] = {}

    def keep(self, target: Target, set_cookie: str) -> None:
        """Take one ``Set-Cookie`` header; what is no cookie, or too much of it, is passed over."""
        pair, *attributes = set_cookie[:_LONGEST].split(";")
        match = _PAIR.fullmatch(pair)
        kept = self._by_host.setdefault(_owner(target.host, attributes), {})
        if match is None or (len(kept) >= _MOST and match[1] not in kept):
            return
        if _ends(attributes):
            kept.pop(match[1], None)
        else:
            kept[match[1]] = match[2]

    def header_for(self, target: Target) -> str:
        """What the host has set, or its domain for all of its hosts, as one ``Cookie`` header; empty for nothing."""
        found: dict[str, str] = {}
        for owner, cookies in self._by_host.items():
            if owner == target.host or (owner.startswith(".") and f".{target.host}".endswith(owner)):
                found |= cookies
        return "; ".join(f"{name}={value}" for name, value in found.items())


def _owner(host: str, attributes: list[str]) -> str:
    """The host, or the domain of several labels above it that the cookie says it is for."""
    for attribute in attributes:
        name, _, value = attribute.partition("=")
        domain = value.strip().lstrip(".").lower()
        if name.strip().lower() == "domain" and "." in domain and f".{host}".endswith(f".{domain}"):
            return f".{domain}"
    return host


def _ends(attributes: list[str]) -> bool:
    return any(
        attribute.strip().lower().replace(" ", "") in ("max-age=0", "max-age=-1") for attribute in attributes
    )
