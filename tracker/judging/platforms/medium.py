"""Medium. A person's feed answers more plainly than the page, which is 200 for names that nobody has.

A page of a country's block would be a 451, which the general rules know.
Sources: WhatsMyName e62338e (the feed), maigret 149acb17, Medium's own script as quoted in public code (its words about
the Medium Rules, ``profile:username``).
"""

from __future__ import annotations

import re

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.message import in_place, on, opened
from tracker.judging.sight import Rule, Sight, host_of, path_of

_CONTENT = "article, .pw-post-title, .postArticle, .streamItem, [data-post-id]"
_RULES_BROKEN = re.compile(
    r"this [\w-]{3,30} is under investigation or was found in violation of the medium rules", re.I
)
_NOT_FOUND = re.compile(r"(?:page not found\W+)?(?:404\W+)?out of nothing, something", re.I)
_HANDLE = re.compile(r"/(@[\w.-]{1,60})/?")


def handle_of(url: str) -> str | None:
    """``@name`` of a person's page, or the whole host of a site; None for single texts."""
    path, host = path_of(url), host_of(url)
    if host == "medium.com":
        found = _HANDLE.fullmatch(path)
        return found[1].lower() if found else None
    return host if path == "/" and host.endswith(".medium.com") else None


def endpoint(url: str) -> Ask | None:
    handle = handle_of(url)
    if handle is None:
        return None
    return Ask(f"https://medium.com/feed/{handle}" if handle.startswith("@") else f"https://{handle}/feed")


def _instead(sight: Sight, pattern: re.Pattern[str]) -> bool:
    return on(sight, "medium", "medium.com") and in_place(sight, _CONTENT, pattern) is not None


def _own_content(sight: Sight) -> bool:
    """A profile gives its own name in a meta value; a text by somebody names its author there as well."""
    if not opened(sight, "medium", "medium.com") or sight.led_to_front_page:
        return False
    name, handle = sight.page.meta("profile:username"), handle_of(sight.asked)
    return bool(name) and handle == f"@{(name or '').lower().lstrip('@')}"


def _feed_gone(sight: Sight) -> bool:
    return sight.platform == "medium" and sight.endpoint_status == 404


def _feed(sight: Sight) -> bool:
    if sight.platform != "medium" or sight.endpoint_status != 200:
        return False
    feed, handle = sight.endpoint_page.markup, handle_of(sight.asked)
    return "<rss" in feed[:500] and handle is not None and _links_to(feed, handle)


def _links_to(feed: str, handle: str) -> bool:
    links = re.findall(r"<link>\s*(https://[^<\s]{1,300})", feed[:20_000])
    paths = {f"{host_of(link)}{path_of(link)}".rstrip("/") for link in links}
    return (f"medium.com/{handle}" if handle.startswith("@") else handle) in paths


RULES: tuple[Rule, ...] = (
    Rule(
        "medium_rules_broken", State.REMOVED, Mechanism.PLATFORM_RULES,
        lambda sight: _instead(sight, _RULES_BROKEN),
        "Medium says that this is under investigation or was found to break its own rules.", "platform_block_notice",
    ),
    Rule(
        "medium_not_found", State.GONE, None, lambda sight: _instead(sight, _NOT_FOUND),
        "Medium shows what it shows for a page that does not exist.", "soft_not_found",
    ),
    Rule(
        "medium_own_content", State.REACHABLE, None, _own_content,
        "The profile gives the name that was asked for as its own.", alone=True,
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "medium_no_feed", State.GONE, None, _feed_gone,
        "Medium has no feed for this name, as for any name that nobody has.", "not_found",
    ),
    Rule(
        "medium_feed", State.REACHABLE, None, _feed,
        "Medium serves the feed of the person or site, under the name that was asked for.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "medium",
    RULES,
    marked_on="2026-08-20",
    sources=("WhatsMyName e62338e", "maigret 149acb17", "public code (Medium's script)"),
    endpoint=endpoint,
    endpoint_rules=ENDPOINT_RULES,
    canaries=Canaries("https://medium.com/@medium", "https://medium.com/@nobody-of-this-name-4417"),
)
