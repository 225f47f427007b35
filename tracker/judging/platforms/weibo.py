"""Weibo. Nearly every new visitor is sent to register first, which says nothing about the page.

Of an account or post that is no longer shown, the sentence tells why: the law and the Community Convention, the
Convention alone, or its own author. Both of the first are removals by the platform; the first names the law as well.
Source: public code that reads the messages, ``ajax/profile/info`` and ``$render_data`` (facts collected 2026-08-21).
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.message import in_element, in_place, on, opened
from tracker.judging.sight import Rule, Sight, host_of, path_of

_POST = ".weibo-text, .WB_text, [node-type=feed_list_content], [class*=detail_wbtext]"
_MESSAGE = ".h5-4con"
_LAW = re.compile(r".{0,10}因被投诉违反法律法规和《微博社区公约》")
_CONVENTION = re.compile(r".{0,20}(?:违反|根据)《微博社区公约》")
_DELETED = re.compile(r"抱歉，此微博已被作者删除|该账号因用户自行申请关闭")
_UNKNOWN = re.compile(r"(?:抱歉，)?(?:该昵称(?:当前|目前)没有人使用|(?:该)?用户不存在)")
_PRIVATE = re.compile(r"(?:抱歉，)?(?:由于作者设置，你暂时没有这条微博的查看权限|作者已设置仅展示半年内微博)")
_RISK = re.compile(r"该账号(?:行为异常，存在安全风险|内容存在风险)，用户验证之前暂时不能查看")
_PROFILE = re.compile(r"/u/(\d{1,20})")
_NAMED = re.compile(r"/([A-Za-z][\w-]{1,39})")
_CODE = re.compile(r"/(?:detail|\d{1,20})/([A-Za-z0-9]{5,20})")
_VISITOR_HOSTS = ("passport.weibo.cn", "visitor.passport.weibo.cn", "login.sina.com.cn")


def endpoint(url: str) -> Ask | None:
    path = path_of(url)
    if host_of(url) != "weibo.com":
        return None
    if found := _PROFILE.fullmatch(path):
        return Ask(f"https://weibo.com/ajax/profile/info?uid={found[1]}")
    if found := _CODE.fullmatch(path):
        return Ask(f"https://weibo.com/ajax/statuses/show?id={found[1]}")
    found = _NAMED.fullmatch(path)
    return Ask(f"https://weibo.com/ajax/profile/info?custom={quote(found[1])}") if found else None


def _visitor_system(sight: Sight) -> bool:
    if sight.platform != "weibo":
        return False
    title = sight.page.title or ""
    return host_of(sight.final_url) in _VISITOR_HOSTS or title.startswith(
        ("Sina Visitor System", "新浪访客系统")
    )


def _says(sight: Sight, pattern: re.Pattern[str]) -> bool:
    if not on(sight, "weibo", "weibo.com", "weibo.cn"):
        return False
    return bool(in_element(sight, _MESSAGE, pattern) or in_place(sight, _POST, pattern))


def _own_content(sight: Sight) -> bool:
    """The data that Weibo's page for phones is made of, for the post that was asked for."""
    found = _CODE.fullmatch(path_of(sight.asked))
    if found is None or not opened(sight, "weibo", "weibo.com", "weibo.cn"):
        return False
    data = sight.page.html.partition("$render_data")[2][:200_000]
    numbered = re.search(rf'"bid"\s*:\s*"{found[1]}"', data)
    return numbered is not None and re.search(r'"text"\s*:\s*"[^"]', data) is not None


def _answer(sight: Sight) -> dict[str, Any]:
    return sight.endpoint_json if sight.platform == "weibo" and sight.endpoint_status == 200 else {}


def _answered(sight: Sight, pattern: re.Pattern[str]) -> bool:
    said = _answer(sight)
    message = said.get("message") or said.get("msg")
    return said.get("ok") != 1 and isinstance(message, str) and bool(pattern.match(message))


def _profile_data(sight: Sight) -> bool:
    data = _answer(sight).get("data")
    user = data.get("user") if isinstance(data, dict) else None
    asked = _PROFILE.fullmatch(path_of(sight.asked))
    if not asked or not isinstance(user, dict) or _answer(sight).get("ok") != 1:
        return False
    return str(user.get("idstr") or user.get("id")) == asked[1] and bool(user.get("screen_name"))


RULES: tuple[Rule, ...] = (
    Rule(
        "weibo_visitor_system", State.INSUFFICIENT, None, _visitor_system,
        "Weibo sends every new visitor to a registration step, so the page itself was not seen.",
        "login_wall", alone=True,
    ),
    Rule(
        "weibo_account_at_risk", State.INSUFFICIENT, None, lambda sight: _says(sight, _RISK),
        "Weibo hides the account until its owner has proved who they are, which says nothing about a block.",
    ),
    Rule(
        "weibo_law_and_rules", State.REMOVED, Mechanism.PLATFORM_RULES, lambda sight: _says(sight, _LAW),
        "Weibo says that after complaints this was found to break laws and its Community Convention, so the ground is "
        "legal as well; it names no authority.", "platform_block_notice",
    ),
    Rule(
        "weibo_rules", State.REMOVED, Mechanism.PLATFORM_RULES, lambda sight: _says(sight, _CONVENTION),
        "Weibo says that this broke its Community Convention, which has rules of law and of its own; a legal ground is "
        "possible.", "platform_block_notice",
    ),
    Rule(
        "weibo_deleted", State.GONE, None, lambda sight: _says(sight, _DELETED),
        "Weibo says that the author deleted the post or closed the account.", "soft_not_found",
    ),
    Rule(
        "weibo_unknown_name", State.GONE, None, lambda sight: _says(sight, _UNKNOWN),
        "Weibo says that nobody has this name.", "soft_not_found",
    ),
    Rule(
        "weibo_private", State.RESTRICTED, Mechanism.LOGIN_WALL, lambda sight: _says(sight, _PRIVATE),
        "Weibo says that the author's settings do not let this visitor see the post.", "login_wall",
    ),
    Rule(
        "weibo_own_content", State.REACHABLE, None, _own_content,
        "The post's own text and number were there.", alone=True,
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "weibo_data_law_and_rules", State.REMOVED, Mechanism.PLATFORM_RULES,
        lambda sight: _answered(sight, _LAW),
        "Weibo's data say that after complaints this was found to break laws and its Community Convention, so the "
        "ground is legal as well; they name no authority.", "platform_block_notice",
    ),
    Rule(
        "weibo_data_rules", State.REMOVED, Mechanism.PLATFORM_RULES,
        lambda sight: _answered(sight, _CONVENTION),
        "Weibo's data say that this broke its Community Convention; a legal ground is possible.",
        "platform_block_notice",
    ),
    Rule(
        "weibo_data_gone", State.GONE, None,
        lambda sight: _answered(sight, _DELETED) or _answered(sight, _UNKNOWN),
        "Weibo's data say that the author deleted this or that nobody has this name.", "soft_not_found",
    ),
    Rule(
        "weibo_profile_data", State.REACHABLE, None, _profile_data,
        "Weibo's data give the name of the account whose number was asked for.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "weibo",
    RULES,
    marked_on="2026-08-21",
    sources=("public code (Weibo's messages, ajax/profile/info)",),
    endpoint=endpoint,
    endpoint_rules=ENDPOINT_RULES,
    canaries=Canaries("https://weibo.com/u/2803301701", "https://weibo.com/u/9999999999"),
    accept_language="zh-CN",
)
