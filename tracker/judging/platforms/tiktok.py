"""TikTok. The page carries its data with a status code of its own; sources disagree about many of the codes.

10204 refuses the visitor's address, for its country or not; 10202, 10221, 10223 and 10225 stand for banned in one
source and for unknown in another. Neither settles anything.
Sources: yt-dlp 81ecd58 (tiktok.py), WhatsMyName e62338e (oEmbed), TikTok's notices as quoted in public code.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.page import Page, json_object
from tracker.judging.platforms.signs import at, same_name, segment, segments, short, shown_by
from tracker.judging.sight import Rule, Sight

_PARTS = ("webapp.video-detail", "webapp.user-detail")
_PRIVATE = (10216, 10222)
_REFUSED = (10204,)
_DISPUTED = (10202, 10221, 10223, 10225)
_INDIA = re.compile(
    r"govt\. of india decided to block 59 apps|government of india[^.]{0,60}block(?:ed)? 59 apps", re.I
)
_CLOSED = re.compile(r"/[a-z]{2}/notfound/?")


@lru_cache(maxsize=2)  # every rule below asks for it, and it is long
def _part(page: Page) -> dict[str, Any]:
    """The part of the page's data that is about the video or profile."""
    node = page.tree.css_first("script#__UNIVERSAL_DATA_FOR_REHYDRATION__")
    scope = at(json_object(node.text().strip()), "__DEFAULT_SCOPE__") if node else None
    found = (at(scope, part) for part in _PARTS)
    return next((part for part in found if isinstance(part, dict)), {})


def _data(sight: Sight) -> dict[str, Any]:
    return _part(sight.page) if sight.platform == "tiktok" else {}


def _code(sight: Sight, *codes: int) -> bool:
    return _data(sight).get("statusCode") in codes


def india_notice(sight: Sight) -> str | None:
    """The notice that stands in place of the whole platform in India."""
    if sight.platform != "tiktok" or sight.territory != "IN" or not short(sight) or _data(sight):
        return None
    if (
        "tiktok" not in (sight.page.meta("og:title") or "tiktok").lower()
    ):  # somebody's page, which may quote it
        return None
    match = _INDIA.search(sight.page.text)
    return sight.page.text[max(0, match.start() - 120) :][:500] if match else None


def _country_closed(sight: Sight) -> bool:
    return sight.platform == "tiktok" and sight.moved and bool(_CLOSED.fullmatch(sight.path))


def _names(sight: Sight, video: object, name: object) -> bool:
    """Whether the data is that of the video or, where none was asked for, of the profile that was asked for."""
    asked = segments(sight.asked)
    return str(video) == asked[2] if len(asked) > 2 else same_name(name, segment(sight.asked, 0))


def _own_content(sight: Sight) -> bool:
    data = _data(sight)
    video = at(data, "itemInfo", "itemStruct", "id")
    name = at(data, "userInfo", "user", "uniqueId")
    return sight.status == 200 and _code(sight, 0) and _names(sight, video, name)


def _endpoint(url: str) -> Ask | None:
    asked = segments(url)
    if not asked or not asked[0].startswith("@") or len(asked) not in (1, 3):
        return None
    return Ask(f"https://www.tiktok.com/oembed?url={quote(url, safe=':/@')}")


def _embeds(sight: Sight) -> bool:
    given = sight.endpoint_json if shown_by(sight, "tiktok") else {}
    return bool(given.get("title")) and _names(
        sight, given.get("embed_product_id"), given.get("author_unique_id")
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "tiktok_address_refused", State.INSUFFICIENT, None, lambda sight: _code(sight, *_REFUSED),
        "TikTok refuses this to the visitor's address and does not say whether that is for its country.", "geo_fence",
    ),
    Rule(
        "tiktok_unavailable", State.INSUFFICIENT, None, lambda sight: _code(sight, *_DISPUTED),
        "TikTok answers with a code that it gives for banned, deleted and unknown pages alike.", "soft_not_found",
    ),
    Rule(
        "tiktok_india_notice", State.BLOCKED, Mechanism.NOTICE, lambda sight: india_notice(sight) is not None,
        "TikTok shows its notice that the Government of India had it blocked.",
        "platform_block_notice", notice=india_notice, alone=True,
    ),
    Rule(
        "tiktok_country_closed", State.RESTRICTED, Mechanism.GEO_FENCE, _country_closed,
        "TikTok sends visitors to the page that it shows in countries which it left itself.", "geo_fence",
    ),
    Rule(
        "tiktok_private", State.RESTRICTED, Mechanism.LOGIN_WALL, lambda sight: _code(sight, *_PRIVATE),
        "TikTok says that the video or its account is private.", "login_wall",
    ),
    Rule(
        "tiktok_own_content", State.REACHABLE, None, _own_content,
        "The page's own data gave the video or profile that was asked for.", alone=True,
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "tiktok_embed", State.REACHABLE, None, _embeds,
        "The page is a shell that a script fills; TikTok's data for embedding, not the page, gave title and author.",
        alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "tiktok",
    RULES,
    marked_on="2026-08-20",
    sources=("yt-dlp 81ecd58", "WhatsMyName e62338e"),
    endpoint=_endpoint,
    endpoint_rules=ENDPOINT_RULES,
    canaries=Canaries(
        alive="https://www.tiktok.com/@tiktok", missing="https://www.tiktok.com/@no.such.name.7f3q9z"
    ),
)
