"""Bluesky. It withholds by country with labels: its app hides what the country's own labeler marks, from the app's
readers there; the labels are public, so they can be read from anywhere.

The page that a server sends is the same everywhere, so it does not show what the app would hide.
Sources: bluesky-social/social-app (the labelers of each country; bskyweb's templates), WhatsMyName e62338e (the answers
of ``getProfile``), the atproto specification (labels ``!hide`` and ``!takedown``).
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.platforms.signs import at, same_name, segments, shown_by, spoken_by
from tracker.judging.sight import Rule, Sight

_EU = (
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT",
    "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
)  # fmt: skip
LABELERS: dict[str, tuple[str, ...]] = {
    "did:plc:ekitcvx7uwnauoqy5oest3hm": ("BR",),
    "did:plc:r55ow3tocux5kafs5dq445fy": ("DE",),
    "did:plc:crm2agcxvvlj6hilnjdc4hox": ("RU",),
    "did:plc:gvkp7euswjjrctjmqwhhfzif": ("GB",),
    "did:plc:dsynw7isrf2eqlhcjx3ffnmt": ("AU",),
    "did:plc:cquoj7aozvmkud2gifeinkda": ("TR",),
    "did:plc:vhgppeyjwgrr37vm4v6ggd5a": ("JP",),
    "did:plc:zlbbuj5nov4ixhvgl3bj47em": ("ES",),
    "did:plc:zrp6a3tvprrsgawsbswbxu7m": ("PK",),
    "did:plc:srr4rdvgzkbx6t7fxqtt6j5t": ("IN",),
    "did:plc:z57lz5dhgz2dkjogoysm3vut": _EU,
}
"""Bluesky's labelers for a country or for the European Union, and where its app obeys them."""
_API = "https://public.api.bsky.app/xrpc"
_HIDING = ("!hide", "!takedown")
_TITLE = re.compile(r"@?\S{3,253} on bluesky", re.I)
_LOGGED_IN_ONLY = "This author has chosen to make their posts visible only to people who are signed in."


def _endpoint(url: str) -> Ask | None:
    asked = segments(url)
    if (
        asked[:1] != ("profile",)
        or len(asked) not in (2, 4)
        or not re.fullmatch(r"[A-Za-z0-9.:_-]+", asked[1])
    ):
        return None
    # Without ";redact" the labels come with what they mark, instead of nothing at all.
    headers = (("atproto-accept-labelers", ", ".join(LABELERS)),)
    if len(asked) == 2:
        return Ask(f"{_API}/app.bsky.actor.getProfile?actor={asked[1]}", headers)
    post = quote(f"at://{asked[1]}/app.bsky.feed.post/{asked[3]}", safe="")
    return Ask(f"{_API}/app.bsky.feed.getPostThread?uri={post}&depth=0&parentHeight=0", headers)


def _answer(sight: Sight) -> dict[str, Any]:
    return sight.endpoint_json if spoken_by(sight, "bluesky") else {}


def _post(sight: Sight) -> dict[str, Any]:
    """The post of the answer, if it is the one that was asked for."""
    asked, post = segments(sight.asked), at(_answer(sight), "thread", "post")
    ours = len(asked) == 4 and isinstance(post, dict) and str(post.get("uri")).endswith(f"/{asked[3]}")
    return post if ours else {}


def _author(sight: Sight) -> dict[str, Any]:
    """The account of the answer, if it is the one that was asked for or that wrote the post."""
    asked, account = segments(sight.asked), at(_post(sight), "author") or _answer(sight)
    named = [at(account, "handle"), at(account, "did")]
    return account if len(asked) > 1 and any(same_name(name, asked[1]) for name in named) else {}


def _labels(thing: dict[str, Any], key: str) -> list[Any]:
    """The labels of the thing itself; a label of its picture or its description has another address."""
    labels = thing.get("labels")
    return (
        [label for label in labels if at(label, "uri") == thing.get(key)] if isinstance(labels, list) else []
    )


def withheld(sight: Sight) -> tuple[str, ...]:
    """Where Bluesky's own labeler for the country hides the account or the post."""
    labels = [*_labels(_author(sight), "did"), *_labels(_post(sight), "uri")]
    hiding = [label for label in labels if at(label, "val") in _HIDING and at(label, "neg") is not True]
    return tuple(sorted({code for label in hiding for code in LABELERS.get(str(at(label, "src")), ())}))


def _withheld_here(sight: Sight) -> bool:
    return spoken_by(sight, "bluesky") and sight.territory in withheld(sight)


def _refusal(sight: Sight, *words: str) -> bool:
    said = _answer(sight) if sight.endpoint_status == 400 else {}
    return any(word in (said.get("error"), said.get("message")) for word in words)


def _own_content(sight: Sight) -> bool:
    """The head of the page names the account; that of a missing one is called Bluesky and no more."""
    if sight.platform != "bluesky" or sight.status != 200 or not _TITLE.fullmatch(sight.page.title or ""):
        return False
    asked = segments(sight.asked)
    said = (sight.page.title or "").split(" ")[0]
    account = sight.page.meta("twitter:value1") if len(asked) == 2 else None
    return len(asked) > 1 and (same_name(said, asked[1]) or same_name(account, asked[1]))


def _closed(sight: Sight) -> bool:
    return sight.platform == "bluesky" and sight.page.meta("og:description") == _LOGGED_IN_ONLY


def _gives(sight: Sight) -> bool:
    given = _post(sight) if len(segments(sight.asked)) == 4 else _author(sight)
    return shown_by(sight, "bluesky") and bool(given)


RULES: tuple[Rule, ...] = (
    Rule(
        "bluesky_logged_in_only", State.RESTRICTED, Mechanism.LOGIN_WALL, _closed,
        "Bluesky says that the author shows posts to people who are logged in only.", "login_wall",
    ),
    Rule(
        "bluesky_own_content", State.REACHABLE, None, _own_content,
        "The page named the account that was asked for.", alone=True,
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "bluesky_country_label", State.BLOCKED, Mechanism.GEO_WITHHELD, _withheld_here,
        "Bluesky's own moderation for this country marks the account or post as hidden there.",
        "platform_block_notice", alone=True,
    ),
    Rule(
        "bluesky_takedown", State.REMOVED, Mechanism.PLATFORM_RULES,
        lambda sight: _refusal(sight, "AccountTakedown"),
        "Bluesky's own data says that it took the account down.", "platform_block_notice",
    ),
    Rule(
        "bluesky_gone", State.GONE, None,
        lambda sight: _refusal(sight, "AccountDeactivated", "Profile not found", "NotFound"),
        "Bluesky's own data says that there is no such account or post, or that its owner closed it.", "soft_not_found",
    ),
    Rule(
        "bluesky_api_own_content", State.REACHABLE, None, _gives,
        "The page is a shell that a script fills; Bluesky's own data, not the page, gave the account or post.",
        alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "bluesky",
    RULES,
    marked_on="2026-08-16",
    sources=("bluesky-social/social-app", "WhatsMyName e62338e", "atproto specification: labels"),
    endpoint=_endpoint,
    endpoint_rules=ENDPOINT_RULES,
    withheld=withheld,
    canaries=Canaries(
        alive="https://bsky.app/profile/bsky.app",
        missing="https://bsky.app/profile/no-such-name-7f3q9z.bsky.social",
    ),
)
