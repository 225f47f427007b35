"""Mastodon. Each server decides for itself; it says that an account is suspended, and of a post that it has it or not.

Status 410 stands for deleted and for suspended accounts alike; the account's data tells them apart.
Sources: WhatsMyName e62338e, docs.joinmastodon.org (entities/Account: ``suspended``).
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.platforms.signs import gives_its_address, same_name, segments, shown_by, spoken_by
from tracker.judging.sight import Rule, Sight, host_of

_NOT_HERE = re.compile(r"the page you are looking for isn.t here", re.I)


def _own_content(sight: Sight) -> bool:
    """The head of an account's page names it; that of a post's names its own address."""
    if sight.platform != "mastodon" or sight.status != 200:
        return False
    asked = segments(sight.asked)
    if len(asked) == 1:
        named = sight.page.meta("profile:username") or ""
        return same_name(named, asked[0]) or same_name(named, f"{asked[0]}@{host_of(sight.asked)}")
    return gives_its_address(sight) and bool(sight.page.meta("og:title"))


def _not_here(sight: Sight) -> bool:
    said = f"{sight.page.title or ''} {sight.page.text[:600]}"
    return sight.platform == "mastodon" and sight.status == 404 and bool(_NOT_HERE.search(said))


def _endpoint(url: str) -> Ask | None:
    asked, host = segments(url), host_of(url)
    if not asked or not asked[0].startswith("@") or not host:
        return None
    if len(asked) == 2 and asked[1].isdecimal():
        return Ask(f"https://{host}/api/v1/statuses/{asked[1]}")
    return (
        Ask(f"https://{host}/api/v1/accounts/lookup?acct={quote(asked[0][1:])}") if len(asked) == 1 else None
    )


def _given(sight: Sight) -> dict[str, Any]:
    """The account or post of the server's data, if it is the one that was asked for."""
    given = sight.endpoint_json if spoken_by(sight, "mastodon") and sight.endpoint_status == 200 else {}
    asked = (*segments(sight.asked), "", "")
    ours = given.get("id") == asked[1] if asked[1] else same_name(given.get("acct"), asked[0])
    return given if ours else {}


def _unknown(sight: Sight) -> bool:
    said = sight.endpoint_json if spoken_by(sight, "mastodon") else {}
    return sight.endpoint_status == 404 and said.get("error") == "Record not found"


def _gives(sight: Sight) -> bool:
    given = _given(sight) if shown_by(sight, "mastodon") else {}
    return not given.get("suspended") and ("content" in given or "display_name" in given)


RULES: tuple[Rule, ...] = (
    Rule(
        "mastodon_not_here", State.GONE, None, _not_here,
        "The server says that the page is not here.", "not_found",
    ),
    Rule(
        "mastodon_own_content", State.REACHABLE, None, _own_content,
        "The page's head named the account that was asked for, or the post's own address.", alone=True,
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "mastodon_suspended", State.REMOVED, Mechanism.PLATFORM_RULES,
        lambda sight: _given(sight).get("suspended") is True,
        "The server's own data says that it suspended the account.", "platform_block_notice",
    ),
    Rule(
        "mastodon_unknown", State.GONE, None, _unknown,
        "The server's own data has no such account or post.", "not_found",
    ),
    Rule(
        "mastodon_api_own_content", State.REACHABLE, None, _gives,
        "The page is a shell that a script fills; the server's own data, not the page, gave the account or post.",
        alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "mastodon",
    RULES,
    marked_on="2026-08-16",
    sources=("WhatsMyName e62338e", "docs.joinmastodon.org entities/Account"),
    endpoint=_endpoint,
    endpoint_rules=ENDPOINT_RULES,
    canaries=Canaries(
        alive="https://mastodon.social/@mastodon", missing="https://mastodon.social/@no_such_name_7f3q9z"
    ),
)
