"""Discord: whether an invitation still leads to a server. Its data says no more than that.

Sources: WhatsMyName e62338e (``Unknown Invite``, ``channel``), maigret 149acb17.
"""

from __future__ import annotations

import re

from tracker.facts import State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.platforms.signs import at, same_name, segments, shown_by, spoken_by
from tracker.judging.sight import Rule, Sight

_INVITED = re.compile(r"join the .{1,120} discord server!?", re.I)


def _code(url: str) -> str:
    asked = segments(url)
    return asked[-1] if asked and asked[:-1] in (("invite",), ()) else ""


def _own_content(sight: Sight) -> bool:
    """The head of an invitation's page names the server; that of an invitation to nothing names Discord."""
    here = sight.platform == "discord" and sight.status == 200 and bool(_code(sight.asked))
    return here and bool(_INVITED.fullmatch(sight.page.meta("og:title") or ""))


def _endpoint(url: str) -> Ask | None:
    code = _code(url)
    return (
        Ask(f"https://discord.com/api/v9/invites/{code}")
        if re.fullmatch(r"[A-Za-z0-9-]{2,60}", code)
        else None
    )


def _unknown(sight: Sight) -> bool:
    said = sight.endpoint_json if spoken_by(sight, "discord") else {}
    return sight.endpoint_status == 404 and said.get("message") == "Unknown Invite"


def _leads_somewhere(sight: Sight) -> bool:
    given = sight.endpoint_json if shown_by(sight, "discord") else {}
    named = at(given, "guild", "name") or at(given, "channel", "name")
    return same_name(given.get("code"), _code(sight.asked)) and isinstance(named, str) and bool(named)


RULES: tuple[Rule, ...] = (
    Rule(
        "discord_own_content", State.REACHABLE, None, _own_content,
        "The page of the invitation named the server that it leads to.", alone=True,
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "discord_unknown_invite", State.GONE, None, _unknown,
        "Discord's own data says that there is no such invitation: it ran out, was withdrawn, or its server is gone.",
        "soft_not_found",
    ),
    Rule(
        "discord_invite_data", State.REACHABLE, None, _leads_somewhere,
        "The page is a shell that a script fills; Discord's own data, not the page, named the server that it leads to.",
        alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "discord",
    RULES,
    marked_on="2026-08-20",
    sources=("WhatsMyName e62338e", "maigret 149acb17"),
    endpoint=_endpoint,
    endpoint_rules=ENDPOINT_RULES,
    canaries=Canaries(
        alive="https://discord.com/invite/discord-developers",
        missing="https://discord.com/invite/no-such-invite-7f3q9z",
    ),
)
