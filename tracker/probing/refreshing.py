"""The redirect that stands in a page: ``<meta http-equiv=refresh>``, which browsers follow as they do a status."""

from __future__ import annotations

import re

import re2
from selectolax.lexbor import LexborHTMLParser, LexborNode

SOON = 10
"""Seconds. A page that sends its reader on later than this is meant to be read."""

_HEAD_BYTES = 64 * 1024
_CONTENT = re.compile(r"\s*(\d{1,6})(?:\.\d*)?\s*[;,]\s*(?:url\s*=)?(.*)$", re.I | re.S)
_LATIN = re2.Options()
_LATIN.encoding = re2.Options.Encoding.LATIN1
_REFRESH = re2.compile(b"(?i)refresh", _LATIN)
"""For most pages the only thing that is asked here, so it has to be quick."""
_UNSEEN = frozenset({"noscript", "template", "iframe", "textarea"})
_OF_OTHERS = re.compile(
    r"<(?!!--|/?(?:meta|noscript|template|iframe|textarea|script|style|title)[\s/>])", re.IGNORECASE
)
"""Where a tag begins that is of no interest here. A parser may be kept busy by those for minutes."""


def refresh_of(body: bytes, text: str) -> str | None:
    """Where a page sends its reader at once, as written there; None when it does not.

    What stands in ``<noscript>`` is for readers without scripts and is not followed.
    """
    if _REFRESH.search(body[:_HEAD_BYTES]) is None:
        return None
    markup = _OF_OTHERS.sub(" ", text[:_HEAD_BYTES])
    for node in LexborHTMLParser(markup).css("meta[http-equiv]")[:20]:
        location = _location(node)
        if location and not _is_unseen(node):
            return location
    return None


def _location(node: LexborNode) -> str | None:
    if (node.attributes.get("http-equiv") or "").strip().lower() != "refresh":
        return None
    match = _CONTENT.match((node.attributes.get("content") or "")[:4000])
    if match is None or int(match[1]) > SOON:
        return None
    return match[2].strip("'\" \t\r\n") or None


def _is_unseen(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in _UNSEEN:
            return True
        above = above.parent
    return False
