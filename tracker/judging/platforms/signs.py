"""Signs that the rules of several platforms look for: an answer of its own, a name, a value deep in JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from tracker.judging.page import json_object
from tracker.judging.sight import Sight, broken, path_of, same_page

MESSAGE_TEXT = 1_500
"""Characters of visible text. A message in a page's place is shorter; a longer page may quote one."""


def at(value: object, *path: str | int) -> Any:
    """The value under these keys and positions, or None: the platform's data may have any shape."""
    for key in path:
        if isinstance(value, dict) and isinstance(key, str):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            return None
    return value


def segments(url: str) -> tuple[str, ...]:
    """The parts of an address's path."""
    return tuple(unquote(part) for part in path_of(url).split("/") if part)


def segment(url: str, position: int) -> str:
    """One part of an address's path, or an empty string."""
    parts = segments(url)
    return parts[position] if position < len(parts) else ""


def spoken_by(sight: Sight, platform: str) -> bool:
    """Whether a page of this platform was answered at all, so that its second address may speak for it."""
    return sight.platform == platform and sight.status is not None and not broken(sight.failure)


def shown_by(sight: Sight, platform: str) -> bool:
    """The same, and the page itself was not refused: only then can other data show that it is there to be read."""
    return spoken_by(sight, platform) and sight.status == 200


def same_name(one: object, other: str) -> bool:
    """Whether a platform's data gives the name that was asked for; case and a leading ``@`` aside."""
    return isinstance(one, str) and other != "" and one.lstrip("@").lower() == other.lstrip("@").lower()


def gives_its_address(sight: Sight) -> bool:
    """Whether the page names the address that was asked for as its own, which no wall and no template does."""
    page = sight.page
    return any(same_page(own or "", sight.asked) for own in (page.meta("og:url"), page.canonical_url))


def short(sight: Sight) -> bool:
    """Whether the page has no more text than a message in its place has."""
    return len(sight.page.text) < MESSAGE_TEXT


def page_json(sight: Sight) -> dict[str, Any]:
    """The page itself as a JSON object, or an empty one."""
    return json_object(sight.page.html.lstrip("\ufeff \r\n\t"))
