"""Bilibili. Its data give a number for what cannot be seen; the page itself is drawn by a script.

"Cannot be seen" (稿件不可见) is said of what its author hid, of what Bilibili took down and of what an authority wanted
away, so it settles nothing.
Source: public code and documentation that name the codes -404, -10403 and 62002 (facts collected 2026-08-21); the code
62012 is from general knowledge, not verified.
"""

from __future__ import annotations

import re
from typing import Any

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.message import in_place, on, opened
from tracker.judging.sight import Rule, Sight, host_of, path_of

_VIDEO = re.compile(r"/video/(BV[A-Za-z0-9]{8,14}|av\d{1,15})/?")
_PERSON = re.compile(r"/(\d{1,20})(?:/.*)?")
_OWN = "#viewbox_report, .video-title, #bilibili-player, .h-name"
_NOT_VISIBLE = re.compile(r"稿件不可见")
_NOTHING = re.compile(r"啥都木有")
_API = "https://api.bilibili.com/x/web-interface"


def endpoint(url: str) -> Ask | None:
    video, person = video_of(url), person_of(url)
    if video:
        return Ask(f"{_API}/view?{'bvid=' + video if video.startswith('BV') else 'aid=' + video[2:]}")
    return Ask(f"{_API}/card?mid={person}") if person else None


def video_of(url: str) -> str | None:
    found = _VIDEO.fullmatch(path_of(url)) if host_of(url) == "www.bilibili.com" else None
    return found[1] if found else None


def person_of(url: str) -> str | None:
    found = _PERSON.fullmatch(path_of(url)) if host_of(url) == "space.bilibili.com" else None
    return found[1] if found else None


def _answer(sight: Sight) -> dict[str, Any]:
    return sight.endpoint_json if sight.platform == "bilibili" else {}


def _answered(sight: Sight, *codes: int) -> bool:
    code = _answer(sight).get("code")
    return isinstance(code, int) and code in codes


def _data(sight: Sight) -> dict[str, Any]:
    data = _answer(sight).get("data")
    return data if isinstance(data, dict) and _answered(sight, 0) else {}


def _is_video(sight: Sight, data: dict[str, Any]) -> bool:
    asked = video_of(sight.asked)
    return (
        asked is not None and asked in (data.get("bvid"), f"av{data.get('aid')}") and bool(data.get("title"))
    )


def _person_data(sight: Sight) -> bool:
    card, asked = _data(sight).get("card"), person_of(sight.asked)
    return isinstance(card, dict) and asked == str(card.get("mid")) and bool(card.get("name"))


def _own_content(sight: Sight) -> bool:
    if not opened(sight, "bilibili", "bilibili.com"):
        return False
    video = sight.page.assigned("window.__INITIAL_STATE__").get("videoData")
    return isinstance(video, dict) and _is_video(sight, video)


def _says(sight: Sight, pattern: re.Pattern[str]) -> bool:
    """In the page's place, or as the error that the page's own data hold."""
    if not on(sight, "bilibili", "bilibili.com"):
        return False
    error = sight.page.assigned("window.__INITIAL_STATE__").get("error")
    message = error.get("message") if isinstance(error, dict) else None
    told = isinstance(message, str) and bool(pattern.match(message))
    return told or in_place(sight, _OWN, pattern) is not None


RULES: tuple[Rule, ...] = (
    Rule(
        "bilibili_not_visible", State.INSUFFICIENT, None, lambda sight: _says(sight, _NOT_VISIBLE),
        "Bilibili says that the video cannot be seen and not who hid it: its author, Bilibili or an authority.",
    ),
    Rule(
        "bilibili_nothing_here", State.GONE, None, lambda sight: _says(sight, _NOTHING),
        "Bilibili says that there is nothing at this address.", "soft_not_found",
    ),
    Rule(
        "bilibili_own_content", State.REACHABLE, None, _own_content,
        "The page's own data give the title of the video that was asked for.", alone=True,
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "bilibili_data_not_visible", State.INSUFFICIENT, None, lambda sight: _answered(sight, 62002),
        "Bilibili's data say that the video cannot be seen and not who hid it: its author, Bilibili or an authority.",
    ),
    Rule(
        "bilibili_data_nothing", State.GONE, None, lambda sight: _answered(sight, -404),
        "Bilibili's data say that there is no such video or person.", "not_found",
    ),
    Rule(
        "bilibili_other_region", State.RESTRICTED, Mechanism.GEO_FENCE,
        lambda sight: _answered(sight, -10403) and "地区" in str(_answer(sight).get("message")),
        "Bilibili says that this is not shown in the visitor's region and names no authority: the rights holder's "
        "choice.", "geo_fence",
    ),
    Rule(
        "bilibili_author_only", State.RESTRICTED, Mechanism.LOGIN_WALL, lambda sight: _answered(sight, 62012),
        "Bilibili says that the author alone can see the video.", "login_wall",
    ),
    Rule(
        "bilibili_video_data", State.REACHABLE, None, lambda sight: _is_video(sight, _data(sight)),
        "Bilibili's data give the title of the video that was asked for.", alone=True,
    ),
    Rule(
        "bilibili_person_data", State.REACHABLE, None, _person_data,
        "Bilibili's data give the name of the person whose number was asked for.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "bilibili",
    RULES,
    marked_on="2026-08-21",
    sources=("public code (-404, -10403, 62002)", "general knowledge, not verified (62012)"),
    endpoint=endpoint,
    endpoint_rules=ENDPOINT_RULES,
    canaries=Canaries(
        "https://www.bilibili.com/video/BV1xx411c7mD", "https://www.bilibili.com/video/BV1zz9999zzz"
    ),
    accept_language="zh-CN",
)
