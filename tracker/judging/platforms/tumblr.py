"""Tumblr. Some blogs ask for an age or a login; that is their owners' choice or Tumblr's, and no authority's.

Sources: WhatsMyName e62338e (``"status":404``), public code (``/safe-mode``, ``/login_required``, ``/blog/view``). The
blog's name in the links for Tumblr's app is from general knowledge, not verified.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter, Canaries
from tracker.judging.message import SHORT_PAGE, on, opened
from tracker.judging.sight import Rule, Sight, host_of, path_of

_APP_LINKS = ("al:android:url", "al:ios:url", "twitter:app:url:iphone")
_MISSING = re.compile(r'"status"\s*:\s*404\b')
_POSTS = "article, .post, .posts, #posts, [data-post-id]"


def blog_of(url: str) -> str | None:
    """The blog's name, which is its host's first label or the path's first part."""
    host = host_of(url)
    name = (
        path_of(url).strip("/").split("/")[0] if host == "www.tumblr.com" else host.partition(".tumblr.")[0]
    )
    return name.lower() or None


def _sent_to(sight: Sight, path: str) -> bool:
    return (
        on(sight, "tumblr", "tumblr.com")
        and sight.moved
        and any(path_of(url).startswith(path) and url != sight.asked for url in sight.locations)
    )


def _not_found(sight: Sight) -> bool:
    """Tumblr's data for a name that nobody has, on a page with no post."""
    if not on(sight, "tumblr", "tumblr.com") or len(sight.page.text) > SHORT_PAGE or sight.page.has(_POSTS):
        return False
    return bool(_MISSING.search(sight.page.markup))


def _own_content(sight: Sight) -> bool:
    if not opened(sight, "tumblr", "tumblr.com"):
        return False
    links = (sight.page.meta(name) or "" for name in _APP_LINKS)
    names = {name.lower() for link in links for name in _parameter(link, "blogName")}
    return blog_of(sight.asked) in names and bool(sight.page.title)


def _parameter(link: str, name: str) -> list[str]:
    try:
        return parse_qs(urlsplit(link).query).get(name, [])
    except ValueError:
        return []


RULES: tuple[Rule, ...] = (
    Rule(
        "tumblr_not_found", State.GONE, None, _not_found,
        "Tumblr's own data say that there is no such blog or post.", "soft_not_found",
    ),
    Rule(
        "tumblr_safe_mode", State.RESTRICTED, Mechanism.AGE_GATE, lambda sight: _sent_to(sight, "/safe-mode"),
        "Tumblr shows this blog to adults who have asked for such blogs only.", "age_gate",
    ),
    Rule(
        "tumblr_login_required", State.RESTRICTED, Mechanism.LOGIN_WALL,
        lambda sight: _sent_to(sight, "/login_required") or _sent_to(sight, "/blog/view"),
        "Tumblr shows this blog to people with an account only.", "login_wall",
    ),
    Rule(
        "tumblr_own_content", State.REACHABLE, None, _own_content,
        "The page says itself which blog it is, and it is the one that was asked for.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "tumblr",
    RULES,
    marked_on="2026-08-16",
    sources=("WhatsMyName e62338e", "public code (redirects)", "general knowledge, not verified (app links)"),
    canaries=Canaries("https://staff.tumblr.com/", "https://nobody-of-this-name-4417.tumblr.com/"),
)
