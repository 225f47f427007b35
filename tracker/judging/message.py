"""What a platform says in place of a page: a short message of its own, never words that somebody quotes there.

Who writes on a platform chooses neither the elements that its messages stand in nor what else its pages hold. So a
message is the whole text of an element that the platform keeps for messages, or an element of a page that is short
as a whole and has nothing that a page of somebody's has.
"""

from __future__ import annotations

import re

from tracker.judging.sight import Sight, broken, host_of

LONGEST = 300
"""Characters of a message. A longer text tells a story, whatever words it begins with."""
SHORT_PAGE = 800
"""Characters of a page that is a message and the platform's own links around it."""

_ANY_ELEMENT = "body, main, section, div, p, h1, h2, h3, h4, span, strong, td, li"


def on(sight: Sight, platform: str, *domains: str) -> bool:
    """Whether this is a page of the platform, answered by one of the platform's own hosts."""
    host = f".{host_of(sight.final_url)}"
    return sight.platform == platform and host.endswith(tuple(f".{domain}" for domain in domains))


def opened(sight: Sight, platform: str, *domains: str) -> bool:
    """The same, and a whole answer with status 200 came."""
    return on(sight, platform, *domains) and sight.status == 200 and not broken(sight.failure)


def in_element(sight: Sight, selector: str, pattern: re.Pattern[str]) -> str | None:
    """The message in one of the platform's message elements that begins as the pattern says, or None."""
    return next((text for text in _short(sight, selector) if pattern.match(text)), None)


def in_place(sight: Sight, own_content: str, pattern: re.Pattern[str]) -> str | None:
    """The message that a page consists of, or None.

    ``own_content`` selects the elements that no page without its own content has. Where one of them stands, the page
    is itself, whatever it quotes.
    """
    if len(sight.page.text) > SHORT_PAGE or sight.page.has(own_content):
        return None
    return in_element(sight, _ANY_ELEMENT, pattern)


def _short(sight: Sight, selector: str) -> tuple[str, ...]:
    return tuple(text for text in sight.page.texts(selector) if 0 < len(text) <= LONGEST)
