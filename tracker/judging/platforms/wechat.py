"""WeChat's public articles (mp.weixin.qq.com). Every answer has status 200, and what it means stands in the text.

WeChat says "violation" (违规) of what breaks the law and of what breaks its own rules alike. So a violation is a
removal under the platform's rules here, and its reason says that a law may be behind it.
Source: public code that reads the messages (facts collected 2026-08-21). A page that surely stays is not known, so
there are no canaries.
"""

from __future__ import annotations

import re

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter
from tracker.judging.message import in_place, on, opened
from tracker.judging.sight import Rule, Sight

_ARTICLE = "#js_content, #img-content, .rich_media_content"
_VIOLATION = re.compile(r"此内容因违规无法查看|此内容发送失败无法查看|该内容被投诉且经审核涉嫌违规")
_FOR_NOW = re.compile(r"该内容暂时无法查看")
_DELETED = re.compile(r"该内容已被(?:发布者|发送人|作者)删除")
_PRIVATE = re.compile(r"根据作者隐私设置，无法查看该内容")
_BAD_LINK = re.compile(r"(?:链接)?参数错误|(?:该|此)?链接已过期")
_OUTAGE = re.compile(r"系统出错")


def _says(sight: Sight, pattern: re.Pattern[str]) -> bool:
    return on(sight, "wechat", "weixin.qq.com") and in_place(sight, _ARTICLE, pattern) is not None


def _own_content(sight: Sight) -> bool:
    """The article's own words or pictures, under its own title."""
    if not opened(sight, "wechat", "weixin.qq.com"):
        return False
    filled = any(sight.page.texts("#js_content")) or sight.page.has("#js_content img")
    return filled and (any(sight.page.texts("#activity-name")) or bool(sight.page.meta("og:title")))


RULES: tuple[Rule, ...] = (
    Rule(
        "wechat_bad_link", State.INSUFFICIENT, None, lambda sight: _says(sight, _BAD_LINK),
        "WeChat says that the link is wrong or too old, which says nothing about the article.",
    ),
    Rule(
        "wechat_system_error", State.INSUFFICIENT, None, lambda sight: _says(sight, _OUTAGE),
        "WeChat reports an error of its own, which says nothing about a block.", "server_error",
    ),
    Rule(
        "wechat_violation", State.REMOVED, Mechanism.PLATFORM_RULES, lambda sight: _says(sight, _VIOLATION),
        "WeChat says that the article is in violation, a word that it uses for its own rules and for the law alike, so "
        "a legal ground is possible.", "platform_block_notice",
    ),
    Rule(
        "wechat_withheld_for_now", State.REMOVED, Mechanism.PLATFORM_RULES, lambda sight: _says(sight, _FOR_NOW),
        "WeChat says that the article cannot be seen for the time being and does not say why; a legal ground is "
        "possible.", "platform_block_notice",
    ),
    Rule(
        "wechat_deleted", State.GONE, None, lambda sight: _says(sight, _DELETED),
        "WeChat says that whoever published the article deleted it.", "soft_not_found",
    ),
    Rule(
        "wechat_private", State.RESTRICTED, Mechanism.LOGIN_WALL, lambda sight: _says(sight, _PRIVATE),
        "WeChat says that the author's settings do not let this visitor see the article.", "login_wall",
    ),
    Rule(
        "wechat_own_content", State.REACHABLE, None, _own_content,
        "The article's own text or pictures were there, under its title.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "wechat",
    RULES,
    marked_on="2026-08-21",
    sources=("public code (WeChat's messages)",),
    accept_language="zh-CN",
)
