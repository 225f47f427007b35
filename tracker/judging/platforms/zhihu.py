"""Zhihu. It asks most visitors for a login or a proof that they are human; neither says anything about the page.

The page carries its data as JSON: whoever is asked for stands in it by number, with a title or a name.
Sources: WhatsMyName e62338e and maigret 149acb17 (用户不存在), public code (``/account/unhuman``, ``/signin``,
``js-initialData``; facts collected 2026-08-21). The fields of the data are from general knowledge, not verified.
"""

from __future__ import annotations

import re
from typing import Any

from tracker.facts import State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.message import SHORT_PAGE, in_place, on, opened
from tracker.judging.page import json_object
from tracker.judging.sight import Rule, Sight, host_of, path_of

_OWN = ".QuestionHeader-title, .RichContent, .Post-Title, .ProfileHeader-name, article"
_NOBODY = re.compile(r"(?:该)?用户不存在")
_SHAPES = (
    (re.compile(r"/question/\d+/answer/(\d+)"), "answers"),
    (re.compile(r"/question/(\d+)"), "questions"),
    (re.compile(r"/p/(\d+)"), "articles"),
    (re.compile(r"/people/([\w-]{1,80})"), "users"),
)
_MEMBER = "https://www.zhihu.com/api/v4/members/"


def asked_for(url: str) -> tuple[str, str] | None:
    """Under which heading of Zhihu's data, and by which number or name, the page's subject stands."""
    for pattern, heading in _SHAPES:
        if found := pattern.fullmatch(path_of(url).rstrip("/")):
            return heading, found[1]
    return None


def endpoint(url: str) -> Ask | None:
    subject = asked_for(url) if host_of(url) == "www.zhihu.com" else None
    return Ask(_MEMBER + subject[1]) if subject and subject[0] == "users" else None


def _human_check(sight: Sight) -> bool:
    """The check without a redirect: a short page, or an error's JSON, that leads there."""
    short = len(sight.page.text) <= SHORT_PAGE and not sight.page.has(_OWN)
    return on(sight, "zhihu", "zhihu.com") and short and "/account/unhuman" in sight.page.markup


def _sign_in(sight: Sight) -> bool:
    return on(sight, "zhihu", "zhihu.com") and sight.moved and sight.path.startswith(("/signin", "/signup"))


def _nobody(sight: Sight) -> bool:
    return on(sight, "zhihu", "zhihu.com") and in_place(sight, _OWN, _NOBODY) is not None


def _within(data: object, *path: str) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _own_content(sight: Sight) -> bool:
    subject = asked_for(sight.asked)
    node = sight.page.tree.css_first("script#js-initialData") if sight.platform == "zhihu" else None
    if subject is None or node is None or not opened(sight, "zhihu", "zhihu.com"):
        return False
    found = _within(json_object(node.text().strip()), "initialState", "entities", *subject)
    return any(_within(found, name) for name in ("title", "name", "content"))


def _no_member(sight: Sight) -> bool:
    error = _within(sight.endpoint_json, "error") if sight.platform == "zhihu" else None
    said = _within(error, "message")
    return sight.endpoint_status == 404 and isinstance(said, str) and bool(_NOBODY.search(said))


def _member(sight: Sight) -> bool:
    subject = asked_for(sight.asked) if sight.platform == "zhihu" else None
    if subject is None or sight.endpoint_status != 200:
        return False
    said = sight.endpoint_json
    return said.get("url_token") == subject[1] and bool(said.get("name"))


RULES: tuple[Rule, ...] = (
    Rule(
        "zhihu_human_check", State.INSUFFICIENT, None, _human_check,
        "Zhihu asks the visitor to prove that they are human, so the page itself was not seen.",
        "bot_challenge", alone=True,
    ),
    Rule(
        "zhihu_sign_in", State.INSUFFICIENT, None, _sign_in,
        "Zhihu asks anonymous visitors to log in whatever the page is, so nothing was learned about it.",
        "login_wall", alone=True,
    ),
    Rule(
        "zhihu_unknown_user", State.GONE, None, _nobody,
        "Zhihu says that there is no such user.", "soft_not_found",
    ),
    Rule(
        "zhihu_own_content", State.REACHABLE, None, _own_content,
        "The page's own data give the title, text or name of what was asked for.", alone=True,
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "zhihu_no_member", State.GONE, None, _no_member,
        "Zhihu's data say that there is no such user.", "not_found",
    ),
    Rule(
        "zhihu_member", State.REACHABLE, None, _member,
        "Zhihu's data give the name of the user who was asked for.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "zhihu",
    RULES,
    marked_on="2026-08-21",
    sources=(
        "WhatsMyName e62338e", "maigret 149acb17", "public code (walls)", "general knowledge, not verified (fields)",
    ),
    endpoint=endpoint,
    endpoint_rules=ENDPOINT_RULES,
    canaries=Canaries("https://www.zhihu.com/question/19550225", "https://www.zhihu.com/question/9999999999"),
    accept_language="zh-CN",
)  # fmt: skip
