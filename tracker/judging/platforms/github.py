"""GitHub: a repository that is withheld answers 451, for copyright, for its terms, or for a government alike.

Its data says which (``block.reason``); a government's notice is published in github/gov-takedowns, and the block is
limited to the country where that is possible.
Sources: github/rest-api-description#3314, PyGithub#1015, github/gov-takedowns 537fe0e, WhatsMyName e62338e.
"""

from __future__ import annotations

import re
from typing import Any

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.page import Page
from tracker.judging.platforms.signs import at, page_json, same_name, segments, short, shown_by, spoken_by
from tracker.judging.sight import Rule, Sight, host_of

_REFUSALS = (403, 451)
_BY_RULES = ("dmca", "tos", "copyright", "trademark")
_GOVERNMENT = "github.com/github/gov-takedowns"
_COPYRIGHT = "github.com/github/dmca"
_TAKEDOWN = re.compile(
    r"due to a dmca takedown|disabled by github staff due to a violation of github.s terms", re.I
)
_NO_OWNERS = ("about", "apps", "collections", "explore", "features", "marketplace", "orgs", "search", "settings",
              "sponsors", "topics", "trending")  # fmt: skip


def _refused(sight: Sight) -> bool:
    return sight.platform == "github" and sight.status in _REFUSALS


def _reason(said: dict[str, Any]) -> str:
    reason = at(said, "block", "reason")
    return reason.lower() if isinstance(reason, str) else ""


def _links(page: Page, address: str) -> bool:
    nodes = page.tree.css("a[href]")[:300]
    return any(address in (node.attributes.get("href") or "").lower() for node in nodes)


def _by_government(sight: Sight) -> bool:
    said = page_json(sight)
    return _refused(sight) and (_for_government(said) or (short(sight) and _links(sight.page, _GOVERNMENT)))


def _for_government(said: dict[str, Any]) -> bool:
    """GitHub names no country in ``reason`` in a fixed way, but it always points to the published notice."""
    address = at(said, "block", "html_url")
    return isinstance(address, str) and _GOVERNMENT in address.lower()


def _by_rules(sight: Sight) -> bool:
    if not _refused(sight) or _by_government(sight):
        return False
    told = short(sight) and bool(_TAKEDOWN.search(sight.page.text_without("footer, header")))
    return _reason(page_json(sight)) in _BY_RULES or told or (short(sight) and _links(sight.page, _COPYRIGHT))


def _unexplained(sight: Sight) -> bool:
    said = page_json(sight)
    return _refused(sight) and _reason(said) == "unavailable" and not _for_government(said)


def _own_content(sight: Sight) -> bool:
    """The page's head names the repository or person that was asked for."""
    if sight.platform != "github" or sight.status != 200 or host_of(sight.final_url) != "github.com":
        return False
    asked = segments(sight.asked)
    repository = sight.page.meta("octolytics-dimension-repository_nwo")
    person = sight.page.meta("profile:username")
    return same_name(repository, "/".join(asked[:2])) if len(asked) > 1 else same_name(person, "".join(asked))


def _endpoint(url: str) -> Ask | None:
    asked = segments(url)
    if host_of(url) != "github.com" or not asked or asked[0] in _NO_OWNERS:
        return None
    if not all(re.fullmatch(r"[A-Za-z0-9._-]+", part) for part in asked[:2]):
        return None
    address = f"repos/{asked[0]}/{asked[1]}" if len(asked) > 1 else f"users/{asked[0]}"
    return Ask(f"https://api.github.com/{address}", (("Accept", "application/vnd.github+json"),))


def _api(sight: Sight) -> dict[str, Any]:
    return sight.endpoint_json if spoken_by(sight, "github") else {}


def _api_refuses(sight: Sight) -> bool:
    return sight.endpoint_status in _REFUSALS and bool(_api(sight).get("block"))


def _api_gives(sight: Sight) -> bool:
    asked = segments(sight.asked)
    given = _api(sight) if shown_by(sight, "github") and len(asked) <= 2 else {}
    return same_name(given.get("full_name" if len(asked) > 1 else "login"), "/".join(asked))


RULES: tuple[Rule, ...] = (
    Rule(
        "github_unexplained_block", State.INSUFFICIENT, None, _unexplained,
        "GitHub says that it blocked access to the repository, and not whether by law or by its own rules.",
        "platform_block_notice",
    ),
    Rule(
        "github_government_notice", State.BLOCKED, Mechanism.HTTP_451, _by_government,
        "GitHub withholds this and points to the government's notice that it published.", "http_451", alone=True,
    ),
    Rule(
        "github_removed", State.REMOVED, Mechanism.PLATFORM_RULES, _by_rules,
        "GitHub says that it disabled this for a copyright claim or under its own terms.", "platform_block_notice",
    ),
    Rule(
        "github_own_content", State.REACHABLE, None, _own_content,
        "The page's head named the repository or person that was asked for.", alone=True,
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "github_api_government_notice", State.BLOCKED, Mechanism.HTTP_451,
        lambda sight: _api_refuses(sight) and _for_government(_api(sight)),
        "GitHub's own data says that it withholds this and points to the government's notice that it published.",
        "platform_block_notice", alone=True,
    ),
    Rule(
        "github_api_removed", State.REMOVED, Mechanism.PLATFORM_RULES,
        lambda sight: _api_refuses(sight) and _reason(_api(sight)) in _BY_RULES and not _for_government(_api(sight)),
        "GitHub's own data says that it disabled this for a copyright claim or under its own terms.",
        "platform_block_notice",
    ),
    Rule(
        "github_api_own_content", State.REACHABLE, None, _api_gives,
        "The page does not tell; GitHub's own data, not the page, gave the repository or person that was asked for.",
        alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "github",
    RULES,
    marked_on="2026-08-16",
    sources=(
        "github/rest-api-description#3314",
        "PyGithub#1015",
        "github/gov-takedowns 537fe0e",
        "WhatsMyName e62338e",
    ),
    endpoint=_endpoint,
    endpoint_rules=ENDPOINT_RULES,
    canaries=Canaries(
        alive="https://github.com/github/gov-takedowns",
        missing="https://github.com/github/no-such-repository-7f3q9z",
    ),
)
