"""Twitch. Its page is a shell, whose head names the channel only when there is one; its data wants a POST.

Where a browser has filled the shell, the message in the channel's place tells removal from absence.
Sources: public code that reads ``UserDoesNotExist.reason`` and the message of a missing channel; the title of a missing
channel as noted in public code.
"""

from __future__ import annotations

import re

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter, Canaries
from tracker.judging.platforms.signs import gives_its_address, segment
from tracker.judging.sight import Rule, Sight

_MESSAGES = "[data-a-target=core-error-message], .core-error__message-container, .core-error"
_REMOVED = re.compile(r"violation of twitch.s (?:community guidelines|terms of service)", re.I)
_GONE = re.compile(r"unless you.ve got a time machine", re.I)


def _gives(sight: Sight, pattern: re.Pattern[str]) -> bool:
    texts = sight.page.texts(_MESSAGES) if sight.platform == "twitch" else ()
    return any(pattern.search(text) for text in texts)


def _own_content(sight: Sight) -> bool:
    """The head of a channel's page bears its name and address; a missing one's is called Twitch and no more."""
    title = sight.page.meta("og:title") or sight.page.title or ""
    name = segment(sight.asked, 0)
    here = sight.platform == "twitch" and sight.status == 200 and gives_its_address(sight)
    return here and title.endswith("- Twitch") and (name == "videos" or title.lower().startswith(name))


RULES: tuple[Rule, ...] = (
    Rule(
        "twitch_removed", State.REMOVED, Mechanism.PLATFORM_RULES, lambda sight: _gives(sight, _REMOVED),
        "Twitch says that the channel broke its guidelines or terms.", "platform_block_notice",
    ),
    Rule(
        "twitch_gone", State.GONE, None, lambda sight: _gives(sight, _GONE),
        "Twitch shows what it shows where there is no such channel or video.", "soft_not_found",
    ),
    Rule(
        "twitch_own_content", State.REACHABLE, None, _own_content,
        "The page bore the channel's name and its own address.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "twitch",
    RULES,
    marked_on="2026-08-21",
    sources=(
        "public code that reads Twitch's UserDoesNotExist.reason",
        "public code that quotes Twitch's messages",
    ),
    canaries=Canaries(
        alive="https://www.twitch.tv/twitch", missing="https://www.twitch.tv/no_such_channel_7f3q9z"
    ),
)
