"""What was pasted, recognised by itself: an address to fetch, the address of a page on a platform, or a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tracker.operations import AddressRefused, canonical_address

_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,1990}", re.I)
_DATED = re.compile(r"(?<!\d)(20\d\d|199\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class Pasted:
    """``given`` is one of ``INTAKE_FORMS``. ``url`` is where the text stands, as far as it was pasted with it."""

    given: str
    text: str = ""
    url: str = ""


def recognise(pasted: str) -> Pasted:
    """An address alone is fetched, unless it is a page on a platform; above or below a text it is the text's."""
    words = pasted.strip()
    if not any(char.isspace() for char in words) and len(words) <= 2_000:
        platform = _platform_of(words)
        if platform and platform != "web":
            return Pasted("page", text=words)
        if platform and "://" in words:
            return Pasted("address", url=words)
    first, _, below = words.partition("\n")
    if _ADDRESS.fullmatch(first.strip()) and below.strip():
        return Pasted("text", text=below.strip("\r\n"), url=first.strip())
    above, _, last = words.rpartition("\n")
    if _ADDRESS.fullmatch(last.strip()) and above.strip():
        return Pasted("text", text=above.rstrip(), url=last.strip())
    return Pasted("text", text=pasted)


def date_in(url: str) -> str:
    """The day that newspapers write into their addresses (``/2022/11/28/``); empty where there is none."""
    path = url.partition("://")[2].partition("/")[2]
    for year, month, day in _DATED.findall(path):
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
    return ""


def _platform_of(words: str) -> str | None:
    try:
        return canonical_address(words).platform
    except AddressRefused:
        return None
