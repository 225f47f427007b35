"""Apple's App Store, one shop a country. An app that a shop does not have is missing for a reason that nobody gives.

The seller may not sell there, Apple may have removed it, or an authority may have asked for it; Apple tells the
developer and nobody else. So absence from one shop is no block and settles nothing.
Sources: Apple's lookup by id and country (public documentation of its clients); the words of the shop's page and its
structured data are from general knowledge, not verified.
"""

from __future__ import annotations

import re

from tracker.facts import State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.message import in_place, on, opened
from tracker.judging.sight import Rule, Sight, path_of

_APP = re.compile(r"/(?:([a-z]{2})/)?app/(?:[^/]+/)?id(\d{1,20})/?")
_PRODUCT = ".product-header, .product-hero, [class*=app-header]"
_NOT_HERE = re.compile(
    r"(?:this )?app (?:is |isn.t )?(?:currently )?(?:not )?available in your country or region"
    r"|the page you.re looking for can.t be found",
    re.I,
)


def app_of(url: str) -> tuple[str, str] | None:
    """The shop's country, ``us`` where the address names none, and the app's number."""
    found = _APP.fullmatch(path_of(url))
    return (found[1] or "us", found[2]) if found else None


def endpoint(url: str) -> Ask | None:
    app = app_of(url)
    return Ask(f"https://itunes.apple.com/lookup?id={app[1]}&country={app[0]}") if app else None


def _here(sight: Sight) -> bool:
    return on(sight, "app-store", "apps.apple.com", "itunes.apple.com")


def _own_content(sight: Sight) -> bool:
    """The page of this very app in this very shop, with Apple's own description of the product."""
    app, own = app_of(sight.asked), app_of(sight.page.canonical_url or "")
    opens = opened(sight, "app-store", "apps.apple.com", "itunes.apple.com")
    return opens and app is not None and app == own and _is_product(sight)


def _is_product(sight: Sight) -> bool:
    described = sight.page.tree.css('script[type="application/ld+json"]')[:5]
    return any("SoftwareApplication" in node.text() for node in described) or sight.page.has(_PRODUCT)


def _not_in_shop(sight: Sight) -> bool:
    if not _here(sight) or app_of(sight.asked) is None:
        return False
    there = sight.control is not None and sight.control.http_status == 200
    return (sight.status == 404 and not there) or in_place(sight, _PRODUCT, _NOT_HERE) is not None


def _count(sight: Sight) -> int | None:
    if sight.platform != "app-store" or sight.endpoint_status != 200:
        return None
    count = sight.endpoint_json.get("resultCount")
    return count if isinstance(count, int) else None


def _listed(sight: Sight) -> bool:
    app, results = app_of(sight.asked), sight.endpoint_json.get("results")
    if not _count(sight) or app is None or not isinstance(results, list):
        return False
    first = results[0] if results and isinstance(results[0], dict) else {}
    return str(first.get("trackId")) == app[1] and bool(first.get("trackName"))


RULES: tuple[Rule, ...] = (
    Rule(
        "app_store_not_in_shop", State.INSUFFICIENT, None, _not_in_shop,
        "This country's shop does not have the app, and Apple does not say whether its seller, Apple or an authority "
        "wants it so.", "not_found",
    ),
    Rule(
        "app_store_own_content", State.REACHABLE, None, _own_content,
        "The shop's page of the app that was asked for was there, with its description.", alone=True,
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "app_store_not_listed", State.INSUFFICIENT, None, lambda sight: _count(sight) == 0,
        "Apple's lookup does not find the app in this country's shop, and does not say whether its seller, Apple or an "
        "authority wants it so.", "not_found",
    ),
    Rule(
        "app_store_listed", State.REACHABLE, None, _listed,
        "Apple's lookup gives the app's name and number in this country's shop.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "app-store",
    RULES,
    marked_on="2026-08-20",
    sources=(
        "public documentation of the lookup",
        "general knowledge, not verified (words and structured data)",
    ),
    endpoint=endpoint,
    endpoint_rules=ENDPOINT_RULES,
    canaries=Canaries(
        "https://apps.apple.com/us/app/id375380948", "https://apps.apple.com/us/app/id999999999999"
    ),
)
