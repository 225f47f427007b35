"""Addresses and handles that stand in a text, and which of them are a page on a platform."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.addresses import PLATFORMS, AddressRefused, Canonical, canonical

_WHOLE = re.compile(r"\bhttps?://[^\s<>\"'«»“”、,。)(\]\[]{3,2000}", re.I)
_HOSTS = sorted(
    {host for fact in PLATFORMS for host in fact.hosts if fact.key != "web"}, key=len, reverse=True
)
_BARE = re.compile(
    r"(?<![\w./@-])(?:www\.|m\.)?(?:"
    + "|".join(re.escape(host) for host in _HOSTS)
    + r")/[\w.@%/?=&+-]{2,300}",
    re.I,
)
_HANDLE = re.compile(r"(?<![\w.@/])[@＠]([A-Za-z0-9_][A-Za-z0-9_.]{1,39})(?![\w@])")
_MOST = 50


@dataclass(frozen=True, slots=True)
class Written:
    """An address as it is written, with its place; ``page`` is what it is on its platform."""

    words: str
    start: int
    end: int
    page: Canonical


@dataclass(frozen=True, slots=True)
class Handle:
    """``@name`` with its place."""

    name: str
    start: int
    end: int


def addresses_in(text: str) -> list[Written]:
    """The first addresses of a text that could be a page's."""
    found: list[Written] = []
    for match in [*_WHOLE.finditer(text), *_BARE.finditer(text)]:
        words = match[0].rstrip(".!?:;…*_-")
        page = page_at(words)
        if page and not any(each.start <= match.start() < each.end for each in found):
            found.append(Written(words, match.start(), match.start() + len(words), page))
        if len(found) >= _MOST:
            break
    return sorted(found, key=lambda each: each.start)


def page_at(words: str) -> Canonical | None:
    """What an address is, with or without its scheme; None for what is none."""
    try:
        return canonical(words if "://" in words else f"https://{words}")
    except AddressRefused:
        return None


def handles_in(text: str) -> list[Handle]:
    """The first handles of a text; a last full stop belongs to the sentence."""
    found = []
    for match in _HANDLE.finditer(text):
        name = match[1].rstrip(".")
        if len(name) > 1:
            found.append(Handle(name, match.start(), match.start() + 1 + len(name)))
        if len(found) >= _MOST:
            break
    return found
