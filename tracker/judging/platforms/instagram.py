"""Instagram. Anonymous visitors mostly meet a login; the data that its own page loads says more about a profile.

``geoblock_required`` misleads: with ``MIN_AGE_…`` beside it, it is an age gate.
Sources: WhatsMyName e62338e, maigret 149acb17, yt-dlp 81ecd58 (instagram.py), gallery-dl 86047cf (instagram.py), the
oEmbed answer as quoted in public code.
"""

from __future__ import annotations

import re
from typing import Any

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.platforms.signs import (
    at,
    page_json,
    same_name,
    segment,
    segments,
    short,
    shown_by,
    spoken_by,
)
from tracker.judging.sight import Rule, Sight

_APP = "936619743392459"
_ALIVE = re.compile(r"see instagram photos and videos from", re.I)
_HANDLE = re.compile(r"\(@([\w.]{1,30})\)")
_NOT_THERE = re.compile(r"sorry, this page isn.t available|profile isn.t available", re.I)
_NO_ROUTE = re.compile(r'"routepath"\s*:\s*null')
_AGE = re.compile(r"min_age", re.I)


def _said(sight: Sight) -> dict[str, Any]:
    """What Instagram's data says of the page: the page itself where that is data, or the second answer."""
    return sight.endpoint_json or page_json(sight) if spoken_by(sight, "instagram") else {}


def _geoblock(sight: Sight) -> bool:
    return _said(sight).get("message") == "geoblock_required"


def _age_gate(sight: Sight) -> bool:
    return _geoblock(sight) and bool(_AGE.search(str(_said(sight).get("blocks_logging_data"))))


def _own_content(sight: Sight) -> bool:
    """A profile that names the handle that was asked for, or a post that names its own address."""
    if sight.platform != "instagram" or sight.status != 200:
        return False
    described = f"{sight.page.meta('og:description') or ''} {sight.page.meta('description') or ''}"
    named = _HANDLE.findall(f"{described} {sight.page.meta('og:title') or ''}")
    handle = segment(sight.asked, 0)
    return bool(_ALIVE.search(described)) and any(same_name(name, handle) for name in named)


def _gone(sight: Sight) -> bool:
    if (
        sight.platform != "instagram"
        or sight.status not in (200, 404)
        or not short(sight)
        or _own_content(sight)
    ):
        return False
    return bool(_NOT_THERE.search(sight.page.text) or _NO_ROUTE.search(sight.page.markup))


def _endpoint(url: str) -> Ask | None:
    parts = segments(url)
    if len(parts) != 1:
        return None
    address = f"https://www.instagram.com/api/v1/users/web_profile_info/?username={parts[0]}"
    return (
        Ask(address, (("X-IG-App-ID", _APP), ("Accept", "application/json"))) if parts[0].isascii() else None
    )


def _profile(sight: Sight) -> dict[str, Any]:
    user = at(sight.endpoint_json, "data", "user") if shown_by(sight, "instagram") else None
    if not isinstance(user, dict) or "biography" not in user:
        return {}
    return user if same_name(user.get("username"), segment(sight.asked, 0)) else {}


RULES: tuple[Rule, ...] = (
    Rule(
        "instagram_gone", State.GONE, None, _gone,
        "Instagram shows what it shows where there is no such page.", "soft_not_found",
    ),
    Rule(
        "instagram_own_content", State.REACHABLE, None, _own_content,
        "The page described the profile that was asked for by its own name.", alone=True,
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "instagram_age_gate", State.RESTRICTED, Mechanism.AGE_GATE, _age_gate,
        "Instagram's own data says that this is for adults only; its word for that, geoblock, misleads.", "age_gate",
    ),
    Rule(
        "instagram_geoblock_unexplained", State.INSUFFICIENT, None,
        lambda sight: _geoblock(sight) and not _age_gate(sight),
        "Instagram's own data says that it withholds this here, and not whether by law, by its rules or by age.",
        "geo_fence",
    ),
    Rule(
        "instagram_private", State.RESTRICTED, Mechanism.LOGIN_WALL,
        lambda sight: _profile(sight).get("is_private") is True,
        "Instagram's own data says that this profile shows its posts to its followers only.", "login_wall",
    ),
    Rule(
        "instagram_profile_data", State.REACHABLE, None, lambda sight: _profile(sight).get("is_private") is False,
        "The page wants a login or a script; Instagram's own data, not the page, showed the profile's name and words.",
        alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "instagram",
    RULES,
    marked_on="2026-08-20",
    sources=("WhatsMyName e62338e", "maigret 149acb17", "yt-dlp 81ecd58", "gallery-dl 86047cf"),
    endpoint=_endpoint,
    endpoint_rules=ENDPOINT_RULES,
    canaries=Canaries(
        alive="https://www.instagram.com/instagram/", missing="https://www.instagram.com/no.such.name.7f3q9z/"
    ),
    accept_language="en-US,en;q=0.8",
)
