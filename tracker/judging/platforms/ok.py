"""Odnoklassniki. No notice of a legal block of a page is known: one that appears stays unclassified.

A video that is "blocked" is so without a word on whose demand, and an author that "was not found or is blocked" is
either. Neither says enough. A page is alive when it names itself, under a title like OK's, and shows posts or a player.
Sources: WhatsMyName e62338e (``p404_t``, the title), yt-dlp 81ecd58 (odnoklassniki.py: the video's stub), public
code that reads ``copyrightsRestricted``, ``page-not-found`` and ``media-text_cnt``.
"""

from __future__ import annotations

import re

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter, Canaries
from tracker.judging.message import in_element, on, opened
from tracker.judging.sight import Rule, Sight, same_page

_STUB = ".vp_video_stub_txt"
_POSTS = ".media-text_cnt, .media-text_cnt_tx"
_COPYRIGHT = re.compile(r".{0,80}(?:правообладател|copyright|rights ?holder)", re.I)
_BLOCKED = re.compile(
    r"видео заблокировано|the author of this video has not been found or is blocked"
    r"|автор (?:этого )?видео не найден или заблокирован",
    re.I,
)
_LOGIN_ONLY = re.compile(r"access to this video is restricted|доступ к (?:этому )?видео ограничен", re.I)
_TITLE = re.compile(r"(?!вход\b|log ?in\b|регистрация\b|ошибка\b|error\b)\S.* \| OK$", re.I)


def _here(sight: Sight) -> bool:
    return on(sight, "ok", "ok.ru", "odnoklassniki.ru")


def _stub(sight: Sight, pattern: re.Pattern[str]) -> bool:
    return _here(sight) and in_element(sight, _STUB, pattern) is not None


def _asked_to_log_in(sight: Sight) -> bool:
    """``anonymMain`` is the form for everybody who has no session."""
    asks_all = "st.cmd=anonymMain" in sight.final_url.partition("?")[2]
    return _here(sight) and sight.moved and (sight.led_to_front_page or asks_all)


def _not_found(sight: Sight) -> bool:
    return _here(sight) and sight.page.has(".p404_t, .page-not-found")


def _copyright(sight: Sight) -> bool:
    player = _here(sight) and any("copyrightsRestricted" in value for value in _player_options(sight))
    return player or _stub(sight, _COPYRIGHT)


def _player_options(sight: Sight) -> tuple[str, ...]:
    """What the page tells its video player, an attribute that nobody but the platform writes."""
    found = sight.page.tree.css("[data-module=OKVideo][data-options]")[:5]
    return tuple(node.attributes.get("data-options") or "" for node in found)


def _own_content(sight: Sight) -> bool:
    if not opened(sight, "ok", "ok.ru", "odnoklassniki.ru") or sight.led_to_front_page:
        return False
    own = sight.page.canonical_url or sight.page.meta("og:url") or ""
    named = same_page(own, sight.asked) and bool(_TITLE.match(sight.page.title or ""))
    return (
        named and not sight.page.has(_STUB) and (any(sight.page.texts(_POSTS)) or any(_player_options(sight)))
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "ok_login_page", State.INSUFFICIENT, None, _asked_to_log_in,
        "Odnoklassniki sent the visitor to its page for people without an account, so the page itself was not seen.",
        "login_wall", alone=True,
    ),
    Rule(
        "ok_video_unexplained", State.INSUFFICIENT, None, lambda sight: _stub(sight, _BLOCKED),
        "Odnoklassniki says that the video or its author is blocked or was not found, and not on whose word.",
    ),
    Rule(
        "ok_copyright", State.REMOVED, Mechanism.PLATFORM_RULES, _copyright,
        "Odnoklassniki says that it withholds the video because of a copyright holder.", "platform_block_notice",
    ),
    Rule(
        "ok_not_found", State.GONE, None, _not_found,
        "Odnoklassniki shows what it shows for a page that does not exist.", "soft_not_found",
    ),
    Rule(
        "ok_video_for_members", State.RESTRICTED, Mechanism.LOGIN_WALL, lambda sight: _stub(sight, _LOGIN_ONLY),
        "Odnoklassniki shows this video to those whom its owner admits only.", "login_wall",
    ),
    Rule(
        "ok_own_content", State.REACHABLE, None, _own_content,
        "The page names the address that was asked for as its own, and shows its posts or its player.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "ok",
    RULES,
    marked_on="2026-08-20",
    sources=(
        "WhatsMyName e62338e",
        "yt-dlp 81ecd58",
        "public code (copyrightsRestricted, page-not-found, media-text_cnt)",
    ),
    canaries=Canaries("https://ok.ru/ok", "https://ok.ru/group/99999999999999"),
    accept_language="ru",
)
