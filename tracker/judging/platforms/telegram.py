"""Telegram's web pages (t.me): the preview of a channel, and the reasons that Telegram gives when there is none.

Sources: snscrape 614d4c2, WhatsMyName e62338e, sherlock 4e2a4f6b, and public code that reads
``tgme_widget_message_error``.
"""

from __future__ import annotations

import re

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter
from tracker.judging.sight import Rule, Sight

_REASONS = (
    ".tgme_widget_message_error, .tgme_page_description, .tgme_channel_info_description, .tgme_page_context"
)
_SUBJECT = r"^(?:this|unfortunately, this) (?:channel|group|bot|chat|user|post|message)\b.{0,40}?"
_LOCAL_LAW = re.compile(
    _SUBJECT + r"(?:can.t be displayed|unavailable|couldn.t be displayed).{0,60}?\blocal laws?\b", re.I
)
_REMOVED = re.compile(
    _SUBJECT + r"(?:copyright infringement|violated telegram.s terms|pornographic content|calls to violence)",
    re.I,
)
_UNKNOWN = re.compile(
    r"^channel with username .{0,70}not found|^if you have telegram ?, you can contact", re.I
)
_INVITED = re.compile(r"invited to (?:a|the) (?:private )?(?:group chat|channel)", re.I)
_ADDRESSED = re.compile(r"\b(?:send message|start bot)\b", re.I)
_COUNTED = re.compile(r"\b(?:subscribers?|members?|monthly users?|online)\b", re.I)


def _reasons(sight: Sight) -> tuple[str, ...]:
    return sight.page.texts(_REASONS) if sight.platform == "telegram" else ()


def _gives(sight: Sight, pattern: re.Pattern[str]) -> bool:
    """A reason is a whole element: a description that speaks of blocking does not begin with Telegram's words."""
    return any(len(text) < 300 and pattern.search(text) for text in _reasons(sight))


def legal_reason(sight: Sight) -> str | None:
    return next((text for text in _reasons(sight) if len(text) < 300 and _LOCAL_LAW.search(text)), None)


def _unknown_name(sight: Sight) -> bool:
    """The page that Telegram shows for any name: it has no title of its own."""
    return _gives(sight, _UNKNOWN) and not any(sight.page.texts(".tgme_page_title"))


def _own_content(sight: Sight) -> bool:
    if sight.platform != "telegram" or sight.status != 200:
        return False
    posts = sight.page.has(".tgme_channel_info, .tgme_widget_message_text, .tgme_widget_message_wrap")
    counted = any(_COUNTED.search(text) for text in sight.page.texts(".tgme_page_extra"))
    addressed = any(_ADDRESSED.search(text) for text in sight.page.texts(".tgme_page_action"))
    return posts or ((counted or addressed) and any(sight.page.texts(".tgme_page_title")))


RULES: tuple[Rule, ...] = (
    Rule(
        "telegram_local_law", State.BLOCKED, Mechanism.NOTICE, lambda sight: legal_reason(sight) is not None,
        "Telegram says that it does not show this here because it violated local laws.",
        "platform_block_notice", notice=legal_reason, alone=True,
    ),
    Rule(
        "telegram_removed", State.REMOVED, Mechanism.PLATFORM_RULES, lambda sight: _gives(sight, _REMOVED),
        "Telegram says that this broke its terms of service or a copyright.", "platform_block_notice",
    ),
    Rule(
        "telegram_unknown_name", State.GONE, None, _unknown_name,
        "Telegram shows what it shows for a name that nobody has.", "soft_not_found",
    ),
    Rule(
        "telegram_invitation", State.RESTRICTED, Mechanism.LOGIN_WALL,
        lambda sight: any(_INVITED.search(text) for text in _reasons(sight)),
        "Telegram shows this to those who accept an invitation only.", "login_wall",
    ),
    Rule(
        "telegram_own_content", State.REACHABLE, None, _own_content,
        "The channel's own posts, or its title with its number of subscribers, were there.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "telegram",
    RULES,
    marked_on="2026-08-16",
    sources=("snscrape 614d4c2", "WhatsMyName e62338e", "sherlock 4e2a4f6b"),
)
