"""WordPress.com: 451 where a country had a site withheld; deleted, suspended and private sites say so.

Its data refuses deleted and suspended sites in the same words, so those words settle nothing.
Sources: WhatsMyName e62338e (the answers of ``rest/v1.1/sites``), Automattic's practice of 2016, the sites' messages as
quoted in public code.
"""

from __future__ import annotations

import re

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.platforms.signs import segments, short, shown_by, spoken_by
from tracker.judging.sight import Rule, Sight, host_of

_DELETED = re.compile(r"the authors have deleted this site", re.I)
_SUSPENDED = re.compile(r"this (?:site|blog) has been archived or suspended", re.I)
_PRIVATE = re.compile(r"this site is (?:currently )?private|(?:is )?marked private by its owner", re.I)
_UNUSED = ("https://wordpress.com/typo/?subdomain=", "https://en.wordpress.com/typo/?subdomain=")


def _says(sight: Sight, pattern: re.Pattern[str]) -> bool:
    return sight.platform == "wordpress" and short(sight) and bool(pattern.search(sight.page.text))


def _unused_name(sight: Sight) -> bool:
    return sight.platform == "wordpress" and any(url.startswith(_UNUSED) for url in sight.locations)


def _endpoint(url: str) -> Ask | None:
    host = host_of(url)
    if not re.fullmatch(r"[a-z0-9-]+\.wordpress\.com", host) or host.startswith(
        ("public-api.", "www.", "en.")
    ):
        return None
    return Ask(f"https://public-api.wordpress.com/rest/v1.1/sites/{host}")


def _api_says(sight: Sight, status: int, **words: str) -> bool:
    given = sight.endpoint_json if spoken_by(sight, "wordpress") else {}
    return sight.endpoint_status == status and all(given.get(key) == word for key, word in words.items())


def _api_gives(sight: Sight) -> bool:
    """Only a site's front page: that the site is there says nothing about one of its posts."""
    given = sight.endpoint_json if shown_by(sight, "wordpress") and not segments(sight.asked) else {}
    return bool(given.get("ID")) and host_of(str(given.get("URL"))) == host_of(sight.asked)


RULES: tuple[Rule, ...] = (
    Rule(
        "wordpress_suspended", State.REMOVED, Mechanism.PLATFORM_RULES, lambda sight: _says(sight, _SUSPENDED),
        "WordPress.com says that it archived or suspended the site under its terms.", "platform_block_notice",
    ),
    Rule(
        "wordpress_deleted", State.GONE, None, lambda sight: _says(sight, _DELETED),
        "WordPress.com says that the site's authors deleted it.", "soft_not_found",
    ),
    Rule(
        "wordpress_unused_name", State.GONE, None, _unused_name,
        "WordPress.com sends visitors to its page for names that no site has.", "soft_not_found",
    ),
    Rule(
        "wordpress_private", State.RESTRICTED, Mechanism.LOGIN_WALL, lambda sight: _says(sight, _PRIVATE),
        "WordPress.com says that the site is private.", "login_wall",
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "wordpress_api_unknown", State.GONE, None, lambda sight: _api_says(sight, 404, error="unknown_blog"),
        "WordPress.com's own data says that there is no such site.", "soft_not_found",
    ),
    Rule(
        "wordpress_api_private", State.RESTRICTED, Mechanism.LOGIN_WALL,
        lambda sight: _api_says(sight, 403, message="User cannot access this private blog."),
        "WordPress.com's own data says that the site is private.", "login_wall",
    ),
    Rule(
        "wordpress_api_own_content", State.REACHABLE, None, _api_gives,
        "The page answered and does not tell; WordPress.com's own data, not the page, gave the site.",
        alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "wordpress",
    RULES,
    marked_on="2026-08-16",
    sources=("WhatsMyName e62338e", "Automattic's transparency report of 2016"),
    endpoint=_endpoint,
    endpoint_rules=ENDPOINT_RULES,
    canaries=Canaries(
        alive="https://developer.wordpress.com/", missing="https://no-such-site-7f3q9z.wordpress.com/"
    ),
)
