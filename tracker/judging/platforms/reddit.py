"""Reddit: why a community is not shown, in the words of its page or as ``reason`` in its JSON.

"You've been blocked by network security" is a wall for addresses and no block (``walls``). A quarantined community
opens to those who log in and ask for it.
Sources: yt-dlp 81ecd58 (reddit.py), gallery-dl 86047cf (reddit.py), WhatsMyName e62338e, the texts of Reddit's own
scripts (``SubredditBlockedForLegalReason`` and its like), ``shreddit-forbidden`` as read in public code.
"""

from __future__ import annotations

import re
from typing import Any

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.platforms.signs import at, same_name, segment, segments, shown_by, spoken_by
from tracker.judging.sight import Rule, Sight

_MESSAGES = (
    "#shreddit-forbidden, #shreddit-forbidden-title, shreddit-forbidden, [data-testid=content-gate],"
    " .interstitial, .interstitial-message"
)
_LEGAL = re.compile(r"restricted in your country in response to a legal request", re.I)
_BANNED = re.compile(
    r"has been banned from reddit|this (?:community|subreddit) (?:has been|was) banned|account has been suspended",
    re.I,
)
_UNKNOWN = re.compile(
    r"nobody on reddit goes by that name|aren.t any communities on reddit with that name|community not found",
    re.I,
)
_CLOSED = re.compile(
    r"is a private community|must be invited to visit|community is quarantined|quarantined community", re.I
)
_TAKEN_DOWN = (
    "moderator",
    "reddit",
    "copyright_takedown",
    "community_ops",
    "anti_evil_ops",
    "automod_filtered",
)


def _messages(sight: Sight) -> tuple[str, ...]:
    return sight.page.texts(_MESSAGES) if sight.platform == "reddit" else ()


def _gives(sight: Sight, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(text) for text in _messages(sight))


def legal_notice(sight: Sight) -> str | None:
    return next((text for text in _messages(sight) if _LEGAL.search(text)), None)


def _values(sight: Sight, *attributes: str) -> tuple[str, ...]:
    nodes = sight.page.tree.css(", ".join(f"[{name}]" for name in attributes))[:200]
    return tuple(node.attributes.get(name) or "" for node in nodes for name in attributes)


def _own_content(sight: Sight) -> bool:
    """A post, or posts of the community or person that was asked for."""
    if sight.platform != "reddit" or sight.status != 200:
        return False
    asked = segments(sight.asked)
    if "comments" in asked[:-1]:
        return f"t3_{segment(sight.asked, 3)}" in _values(sight, "post-id", "data-fullname", "id")
    named = _values(sight, "subreddit-name", "data-subreddit", "author", "data-author")
    return len(asked) == 2 and any(same_name(name, asked[1]) for name in named)


def _endpoint(url: str) -> Ask | None:
    asked = segments(url)
    if len(asked) >= 4 and asked[2] == "comments":
        return Ask(f"https://www.reddit.com/api/info.json?id=t3_{asked[3]}&raw_json=1")
    return Ask(f"https://www.reddit.com/{asked[0]}/{asked[1]}/about.json") if _two(asked) else None


def _two(asked: tuple[str, ...]) -> bool:
    return (
        len(asked) == 2
        and asked[0] in ("r", "user")
        and re.fullmatch(r"[\w-]+", asked[1], re.ASCII) is not None
    )


def _reason(sight: Sight, status: int, *reasons: str | None) -> bool:
    """The status and the reason of Reddit's JSON, which is an object of its own and no HTML page."""
    given = sight.endpoint_json if spoken_by(sight, "reddit") else {}
    return sight.endpoint_status == status and given.get("error") == status and given.get("reason") in reasons


def _thing(sight: Sight) -> dict[str, Any]:
    """What the JSON gives of the post, community or person that was asked for."""
    data = at(sight.endpoint_json, "data") if spoken_by(sight, "reddit") else None
    if "comments" in segments(sight.asked):
        data = at(data, "children", 0, "data")
        names, asked = [at(data, "id")], segment(sight.asked, 3)
    else:
        names, asked = [at(data, "display_name"), at(data, "name")], segment(sight.asked, 1)
    return data if isinstance(data, dict) and any(same_name(name, asked) for name in names) else {}


def _suspended(sight: Sight) -> bool:
    thing = _thing(sight)
    return thing.get("is_suspended") is True or thing.get("removed_by_category") in _TAKEN_DOWN


def _given(sight: Sight) -> bool:
    thing = _thing(sight) if shown_by(sight, "reddit") else {}
    silent = not thing.get("removed_by_category") and not thing.get("is_suspended")
    return bool(thing) and silent and "created_utc" in thing


RULES: tuple[Rule, ...] = (
    Rule(
        "reddit_legal_notice", State.BLOCKED, Mechanism.NOTICE, lambda sight: legal_notice(sight) is not None,
        "Reddit says that it restricts this in the visitor's country in response to a legal request.",
        "platform_block_notice", notice=legal_notice, alone=True,
    ),
    Rule(
        "reddit_banned", State.REMOVED, Mechanism.PLATFORM_RULES, lambda sight: _gives(sight, _BANNED),
        "Reddit says that it banned the community or suspended the account.", "platform_block_notice",
    ),
    Rule(
        "reddit_unknown_name", State.GONE, None, lambda sight: _gives(sight, _UNKNOWN),
        "Reddit says that it has no such community or person.", "soft_not_found",
    ),
    Rule(
        "reddit_closed", State.RESTRICTED, Mechanism.LOGIN_WALL, lambda sight: _gives(sight, _CLOSED),
        "Reddit shows this community to its members only, or to those who log in and ask for it.", "login_wall",
    ),
    Rule(
        "reddit_own_content", State.REACHABLE, None, _own_content,
        "The post that was asked for, or posts of the community or person, were there.", alone=True,
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "reddit_json_removed", State.REMOVED, Mechanism.PLATFORM_RULES,
        lambda sight: _reason(sight, 404, "banned") or _suspended(sight),
        "Reddit's own data says that the community was banned, the account suspended or the post taken down.",
        "platform_block_notice",
    ),
    Rule(
        "reddit_json_gone", State.GONE, None,
        lambda sight: _reason(sight, 404, None) or _thing(sight).get("removed_by_category") in ("deleted", "author"),
        "Reddit's own data says that there is no such community or person, or that the author deleted the post.",
        "soft_not_found",
    ),
    Rule(
        "reddit_json_quarantined", State.RESTRICTED, Mechanism.LOGIN_WALL,
        lambda sight: _reason(sight, 403, "quarantined"),
        "Reddit's own data says that the community is quarantined: it opens to those who log in and ask for it.",
        "login_wall",
    ),
    Rule(
        "reddit_json_private", State.RESTRICTED, Mechanism.LOGIN_WALL,
        lambda sight: _reason(sight, 403, "private", "gold_only"),
        "Reddit's own data says that the community is open to its members only.", "login_wall",
    ),
    Rule(
        "reddit_json_own_content", State.REACHABLE, None, _given,
        "The page does not tell; Reddit's own data, not the page, gave the post, community or person.",
        alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "reddit",
    RULES,
    marked_on="2026-08-20",
    sources=("yt-dlp 81ecd58", "gallery-dl 86047cf", "WhatsMyName e62338e"),
    endpoint=_endpoint,
    endpoint_rules=ENDPOINT_RULES,
    canaries=Canaries(
        alive="https://www.reddit.com/r/announcements/",
        missing="https://www.reddit.com/r/no_such_sub_7f3q9z/",
    ),
    headers=(("Cookie", "over18=1"),),
)
