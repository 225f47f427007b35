"""X. Its JSON names the countries where a post or account is withheld, from any vantage; its HTML is mostly a shell.

The data for embedding a post says what the shell does not; for accounts there is none.
Sources: gallery-dl 86047cf and yt-dlp 81ecd58 (twitter.py), X's notices as quoted in public code and in
IBBoard/cawbird#428, the texts that stand in a post's place as listed in public code.
"""

from __future__ import annotations

import re

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.platforms.signs import at, same_name, segments, shown_by, spoken_by
from tracker.judging.platforms.x_data import named_for_embedding, named_on_page, token, withheld_countries
from tracker.judging.sight import Rule, Sight

_MESSAGES = (
    "[data-testid=empty_state_header_text], [data-testid=empty_state_body_text], [data-testid=error-detail]"
)
_LEGAL = re.compile(
    r"^(?:this (?:post|tweet) from )?@?\w{1,15}.{0,20} has been withheld in .{2,900}?"
    r" (?:in response to a legal demand|based on local law)",
    re.I,
)
_COPYRIGHT = re.compile(r"withheld .{0,60}in response to a report from the copyright holder", re.I)
_SUSPENDED = re.compile(
    r"^account suspended|suspends accounts which violate|violate[sd] the (?:x|twitter) (?:rules|media policy)"
    r"|from a suspended account",
    re.I,
)
_GONE = re.compile(
    r"this account doesn.t exist|this page doesn.t exist|this (?:post|tweet) was deleted|hmm\.\.\.this page"
    r"|from an account that no longer exists",
    re.I,
)
_PROTECTED = re.compile(
    r"these posts are protected|only approved followers|age-restricted adult content|from a private account"
    r"|account owner limits who can view",
    re.I,
)
_TWEET = "article[data-testid=tweet], [data-testid=tweetText]"


def _messages(sight: Sight) -> tuple[str, ...]:
    return sight.page.texts(_MESSAGES) if sight.platform == "x" else ()


def _gives(sight: Sight, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(text) for text in _messages(sight))


def legal_notice(sight: Sight) -> str | None:
    return next((text for text in reversed(_messages(sight)) if _LEGAL.search(text)), None)


def _own_content(sight: Sight) -> bool:
    return sight.platform == "x" and sight.status == 200 and any(sight.page.texts(_TWEET))


def _endpoint(url: str) -> Ask | None:
    parts = segments(url)
    number = parts[2] if len(parts) == 3 and parts[1] == "status" else ""
    if not number.isdecimal():
        return None
    return Ask(
        f"https://cdn.syndication.twimg.com/tweet-result?id={number}&token={token(int(number))}&lang=en",
        (("Accept", "application/json"),),
    )


def _instead(sight: Sight) -> str:
    """What the data for embedding puts in the post's place; empty when it gives the post."""
    text = at(sight.endpoint_json, "tombstone", "text", "text") if spoken_by(sight, "x") else None
    return text if isinstance(text, str) else ""


def embedded_notice(sight: Sight) -> str | None:
    return _instead(sight) if _LEGAL.search(_instead(sight)) else None


def _embedded_content(sight: Sight) -> bool:
    """The post that was asked for, with words of its own: X writes its notice into the same place."""
    post = sight.endpoint_json if shown_by(sight, "x") else {}
    words, number = post.get("text"), (segments(sight.asked) or ("",))[-1]
    return isinstance(words, str) and same_name(post.get("id_str"), number) and not _LEGAL.search(words)


RULES: tuple[Rule, ...] = (
    Rule(
        "x_withheld_field", State.BLOCKED, Mechanism.GEO_WITHHELD,
        lambda sight: sight.territory in named_on_page(sight),
        "X's own data names this country among those where it withholds the post or account.",
        "platform_block_notice", alone=True,
    ),
    Rule(
        "x_legal_notice", State.BLOCKED, Mechanism.NOTICE, lambda sight: legal_notice(sight) is not None,
        "X says that it withholds this in response to a legal demand or under local law.",
        "platform_block_notice", notice=legal_notice, alone=True,
    ),
    Rule(
        "x_copyright", State.REMOVED, Mechanism.PLATFORM_RULES, lambda sight: _gives(sight, _COPYRIGHT),
        "X says that it withholds this because of a copyright holder's report.", "platform_block_notice",
    ),
    Rule(
        "x_suspended", State.REMOVED, Mechanism.PLATFORM_RULES, lambda sight: _gives(sight, _SUSPENDED),
        "X says that it suspended the account under its own rules.", "platform_block_notice",
    ),
    Rule(
        "x_gone", State.GONE, None, lambda sight: _gives(sight, _GONE),
        "X says that the account or post does not exist.", "soft_not_found",
    ),
    Rule(
        "x_protected", State.RESTRICTED, Mechanism.LOGIN_WALL, lambda sight: _gives(sight, _PROTECTED),
        "X shows these posts to approved or adult followers only.", "login_wall",
    ),
    Rule(
        "x_own_content", State.REACHABLE, None, _own_content,
        "The post's own text was there.", alone=True,
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "x_embed_withheld_field", State.BLOCKED, Mechanism.GEO_WITHHELD,
        lambda sight: spoken_by(sight, "x") and sight.territory in named_for_embedding(sight),
        "X's own data for embedding the post names this country among those where it withholds the post or account.",
        "platform_block_notice", alone=True,
    ),
    Rule(
        "x_embed_legal_notice", State.BLOCKED, Mechanism.NOTICE, lambda sight: embedded_notice(sight) is not None,
        "X's own data for embedding the post says that it is withheld after a legal demand or under local law.",
        "platform_block_notice", notice=embedded_notice, alone=True,
    ),
    Rule(
        "x_embed_removed", State.REMOVED, Mechanism.PLATFORM_RULES,
        lambda sight: bool(_COPYRIGHT.search(_instead(sight)) or _SUSPENDED.search(_instead(sight))),
        "X's own data for embedding the post says that it was removed under X's rules or a copyright holder's report.",
        "platform_block_notice",
    ),
    Rule(
        "x_embed_gone", State.GONE, None, lambda sight: bool(_GONE.search(_instead(sight))),
        "X's own data for embedding the post says that its author deleted it or left X.", "soft_not_found",
    ),
    Rule(
        "x_embed_protected", State.RESTRICTED, Mechanism.LOGIN_WALL,
        lambda sight: bool(_PROTECTED.search(_instead(sight))),
        "X's own data for embedding the post says that only approved or adult followers may see it.", "login_wall",
    ),
    Rule(
        "x_embed_own_content", State.REACHABLE, None, _embedded_content,
        "X's page is a shell that a script fills; X's own data for embedding the post, not the page, showed its text.",
        alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "x",
    RULES,
    marked_on="2026-08-20",
    sources=("gallery-dl 86047cf", "yt-dlp 81ecd58", "IBBoard/cawbird#428"),
    endpoint=_endpoint,
    endpoint_rules=ENDPOINT_RULES,
    withheld=withheld_countries,
    canaries=Canaries(
        alive="https://x.com/jack/status/20", missing="https://x.com/i/status/1999999999999999990"
    ),
)
