"""X. Its JSON names the countries where a post or account is withheld, from any vantage; its HTML is mostly a shell.

Sources: gallery-dl 86047cf (twitter.py: ``withheld_in_countries``), yt-dlp 81ecd58 (twitter.py), X's notices as quoted
in public code.
"""

from __future__ import annotations

import re

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter
from tracker.judging.sight import Rule, Sight

_FIELD = re.compile(r'"withheld_in_countries"\s*:\s*\[([^\]]{0,2000})\]')
_MESSAGES = (
    "[data-testid=empty_state_header_text], [data-testid=empty_state_body_text], [data-testid=error-detail]"
)
_LEGAL = re.compile(
    r"^@?\w{1,15}.{0,20} has been withheld in .{2,300}? (?:in response to a legal demand|based on local law)",
    re.I,
)
_COPYRIGHT = re.compile(r"withheld .{0,60}in response to a report from the copyright holder", re.I)
_SUSPENDED = re.compile(
    r"^account suspended|suspends accounts which violate|violates the (?:x|twitter) (?:rules|media policy)",
    re.I,
)
_GONE = re.compile(
    r"this account doesn.t exist|this page doesn.t exist|this post was deleted|hmm\.\.\.this page", re.I
)
_PROTECTED = re.compile(
    r"these posts are protected|only approved followers|age-restricted adult content", re.I
)
_TWEET = "article[data-testid=tweet], [data-testid=tweetText]"


def _withheld_countries(sight: Sight) -> tuple[str, ...]:
    if sight.platform != "x":
        return ()
    return tuple(
        code for found in _FIELD.findall(sight.page.html) for code in re.findall(r'"([A-Z]{2})"', found)
    )


def _withheld_here(sight: Sight) -> bool:
    """``XX`` and ``XY`` are X's codes for everywhere and for a copyright report; neither names this country."""
    return sight.territory in _withheld_countries(sight)


def _messages(sight: Sight) -> tuple[str, ...]:
    return sight.page.texts(_MESSAGES) if sight.platform == "x" else ()


def _gives(sight: Sight, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(text) for text in _messages(sight))


def legal_notice(sight: Sight) -> str | None:
    return next((text for text in reversed(_messages(sight)) if _LEGAL.search(text)), None)


def _own_content(sight: Sight) -> bool:
    return sight.platform == "x" and sight.status == 200 and any(sight.page.texts(_TWEET))


RULES: tuple[Rule, ...] = (
    Rule(
        "x_withheld_field", State.BLOCKED, Mechanism.GEO_WITHHELD, _withheld_here,
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

ADAPTER = Adapter(
    "x",
    RULES,
    marked_on="2026-08-20",
    sources=("gallery-dl 86047cf", "yt-dlp 81ecd58"),
    withheld=_withheld_countries,
)
