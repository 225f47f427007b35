"""Telegram's web pages (t.me): the preview of a channel, and the reasons that Telegram gives when there is none.

A channel's landing page looks alike whether or not Telegram withholds its posts here; the reason stands where the
posts would be embedded (``?embed=1&mode=tme``).
Sources: snscrape 614d4c2, WhatsMyName e62338e, sherlock 4e2a4f6b, and public code that reads
``tgme_widget_message_error``.
"""

from __future__ import annotations

import re

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.page import Page
from tracker.judging.platforms.signs import same_name, segments, shown_by, spoken_by
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
_POST_UNKNOWN = re.compile(r"^post not found", re.I)
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


def _own_posts(sight: Sight) -> bool:
    return (
        sight.platform == "telegram"
        and sight.status == 200
        and sight.page.has(".tgme_channel_info, .tgme_widget_message_text, .tgme_widget_message_wrap")
    )


def _landing_page(sight: Sight) -> bool:
    """Telegram keeps search engines from the landing pages of those whom it has banned."""
    if sight.platform != "telegram" or sight.status != 200 or "noindex" in (sight.page.meta("robots") or ""):
        return False
    counted = any(_COUNTED.search(text) for text in sight.page.texts(".tgme_page_extra"))
    addressed = any(_ADDRESSED.search(text) for text in sight.page.texts(".tgme_page_action"))
    return (counted or addressed) and any(sight.page.texts(".tgme_page_title"))


def _post(url: str) -> str:
    """The post to ask for: the one that the address names, or a channel's first. Empty where there is none."""
    parts = segments(url)
    if not parts or parts[0].startswith("+") or parts[0] in ("c", "s", "joinchat", "addstickers", "proxy"):
        return ""
    return f"{parts[0]}/{parts[1] if len(parts) > 1 and parts[1].isdecimal() else 1}"


def _endpoint(url: str) -> Ask | None:
    return Ask(f"https://t.me/{_post(url)}?embed=1&mode=tme") if _post(url) else None


def _embed(sight: Sight) -> Page:
    return sight.endpoint_page if spoken_by(sight, "telegram") else Page("")


def _embed_gives(sight: Sight, pattern: re.Pattern[str]) -> str | None:
    texts = _embed(sight).texts(".tgme_widget_message_error")
    return next((text for text in texts if pattern.search(text)), None)


def embedded_reason(sight: Sight) -> str | None:
    return _embed_gives(sight, _LOCAL_LAW)


def _embed_unknown(sight: Sight) -> bool:
    """That a channel has no first post says nothing; that a post which was asked for is not there does."""
    asked_for_post = len(segments(sight.asked)) > 1
    return bool(_embed_gives(sight, _UNKNOWN) or (asked_for_post and _embed_gives(sight, _POST_UNKNOWN)))


def _embed_shows(sight: Sight) -> bool:
    posts = _embed(sight).tree.css("[data-post]") if shown_by(sight, "telegram") else []
    asked = _post(sight.asked)
    return any(same_name(post.attributes.get("data-post"), asked) for post in posts)


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
        "telegram_own_content", State.REACHABLE, None, _own_posts,
        "The channel's own posts were there.", alone=True,
    ),
    Rule(
        "telegram_landing_page", State.REACHABLE, None, _landing_page,
        "Telegram's landing page names the channel, group or person, and gives no reason against showing it.",
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "telegram_embed_local_law", State.BLOCKED, Mechanism.NOTICE,
        lambda sight: embedded_reason(sight) is not None,
        "In place of an embedded post, Telegram says that it does not show this here because it violated local laws.",
        "platform_block_notice", notice=embedded_reason, alone=True,
    ),
    Rule(
        "telegram_embed_removed", State.REMOVED, Mechanism.PLATFORM_RULES,
        lambda sight: _embed_gives(sight, _REMOVED) is not None,
        "In place of an embedded post, Telegram says that this broke its terms of service or a copyright.",
        "platform_block_notice",
    ),
    Rule(
        "telegram_embed_unknown", State.GONE, None, _embed_unknown,
        "In place of the embedded post, Telegram says that there is no such channel or post.", "soft_not_found",
    ),
    Rule(
        "telegram_embed_shows", State.REACHABLE, None, _embed_shows,
        "The page does not tell, but Telegram's own data for embedding showed the post or the channel's first one.",
        alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "telegram",
    RULES,
    marked_on="2026-08-16",
    sources=("snscrape 614d4c2", "WhatsMyName e62338e", "sherlock 4e2a4f6b"),
    endpoint=_endpoint,
    endpoint_rules=ENDPOINT_RULES,
    canaries=Canaries(alive="https://t.me/telegram", missing="https://t.me/no_such_channel_7f3q9z"),
)
