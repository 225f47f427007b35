"""YouTube: the player's own word for a video (``playabilityStatus``), the alert of a channel.

"Not available in your country" without a legal reason is the rights holder's choice, not an authority's; so is a
country that its list (``availableCountries``) lacks, which therefore declares no withholding by law.
Sources: yt-dlp 81ecd58 (_video.py, _tab.py), NewPipe's tests, WhatsMyName e62338e.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

from tracker.facts import Mechanism, State
from tracker.judging import phrases
from tracker.judging.adapter import Adapter, Canaries
from tracker.judging.platforms.signs import at
from tracker.judging.sight import Rule, Sight, host_of

_GOVERNMENT = re.compile(
    r"(?:complaint|request|order|demand)s? (?:from|by|of) (?:the |a )?government|government(?:al)? (?:request|order)"
    r"|(?:жалоб|требовани|запрос)\w* (?:от )?(?:правительств|государственн|органов власти|властей)"
    r"|(?:beschwerde|anordnung|aufforderung) (?:der|einer) (?:regierung|behörde)"
    r"|(?:plainte|demande|réclamation)(?: légale| juridique)? (?:du gouvernement|des autorités)"
    r"|(?:reclamación|demanda|solicitud)(?: legal)? del gobierno|hükümet\w* (?:yasal |hukuki )?(?:şik|taleb|başvuru)",
    re.I,
)
_LEGAL_HERE = re.compile(
    r"\b(?:country|region|location)\b.{0,60}(?:due to|because of) a (?:legal (?:complaint|request|order)|court order)",
    re.I,
)
_RIGHTS = re.compile(
    r"copyright|авторск\w+ прав|правообладател|urheberrecht|droits? d.auteur|derechos de autor|telif", re.I
)
_REMOVED = (
    "violating youtube's terms of service", "violated youtube's terms of service",
    "violated our community guidelines", "violating our community guidelines",
    "account has been terminated", "account associated with this video has been terminated",
    "copyright claim", "copyright infringement",
)  # fmt: skip
_GONE = (
    "removed by the uploader", "removed by the user", "this video is no longer available",
    "this channel does not exist", "this video isn't available any more", "this video isn't available anymore",
    "this video does not exist",
    "video doesn't exist",
)  # fmt: skip
_PRIVATE = ("this video is private", "private video", "members-only", "join this channel to get access")
_AGE = ("confirm your age", "age-restricted", "inappropriate for some users")
_OWNERS_CHOICE = ("has not made this video available in your country", "has blocked it in your country")
_NOT_HERE = (
    "not available in your country",
    "isn't available in your country",
    "not available on this country domain",
)
_SLOW_DOWN = ("this content isn't available, try again later",)
_BOT = ("sign in to confirm you're not a bot",)


def _words(value: object) -> str:
    """The text of YouTube's ``simpleText`` or ``runs``."""
    runs = at(value, "runs")
    parts = [
        at(value, "simpleText"),
        *(at(run, "text") for run in (runs if isinstance(runs, list) else ())),
    ]
    return " ".join(part for part in parts if isinstance(part, str))


def _player(sight: Sight) -> dict[str, Any]:
    return sight.page.assigned("ytInitialPlayerResponse") if sight.platform == "youtube" else {}


def reason(sight: Sight) -> str:
    """Why YouTube does not show the video or channel, in its own words; empty when it gives no reason."""
    playability = at(_player(sight), "playabilityStatus")
    said = at(playability, "reason")
    more = _words(at(playability, "errorScreen", "playerErrorMessageRenderer", "subreason"))
    return " ".join(part for part in (said, more, _alert(sight)) if isinstance(part, str) and part)


def _alert(sight: Sight) -> str:
    alerts = at(sight.page.assigned("ytInitialData"), "alerts") if sight.platform == "youtube" else None
    texts = (
        [_words(at(alert, "alertRenderer", "text")) for alert in alerts] if isinstance(alerts, list) else []
    )
    return " ".join(text for text in texts if text)


def _gives(sight: Sight, words: tuple[str, ...]) -> bool:
    said = reason(sight).lower().replace("’", "'")
    return any(word in said for word in words)


def _removed(sight: Sight) -> bool:
    return _gives(sight, _REMOVED) or bool(phrases.RULES_BROKEN.search(reason(sight)))


def _reason_like(sight: Sight, pattern: re.Pattern[str]) -> str | None:
    """The reason if it is of that kind and no rights holder's: theirs are worded alike and are no law's."""
    said = reason(sight)
    return said if pattern.search(said) and not _RIGHTS.search(said) else None


def government_reason(sight: Sight) -> str | None:
    return _reason_like(sight, _GOVERNMENT)


def legal_reason(sight: Sight) -> str | None:
    return _reason_like(sight, _LEGAL_HERE)


def _not_on_list(sight: Sight) -> bool:
    """The list of countries where YouTube shows the video, which it gives with every video, lacks this one."""
    player = _player(sight)
    listed = at(player, "microformat", "playerMicroformatRenderer", "availableCountries")
    shown = at(player, "playabilityStatus", "status")
    return (
        isinstance(listed, list) and bool(listed) and shown == "UNPLAYABLE" and sight.territory not in listed
    )


def _sent_home(sight: Sight) -> bool:
    return (
        sight.platform == "youtube"
        and sight.led_to_front_page
        and host_of(sight.final_url) == host_of(sight.asked)
    )


def _is_the_asked_video(sight: Sight, player: dict[str, Any]) -> bool:
    asked = parse_qs(sight.asked.partition("#")[0].partition("?")[2]).get("v")
    given = at(player, "videoDetails", "videoId")
    return not (asked and isinstance(given, str)) or given == asked[0]


def _own_content(sight: Sight) -> bool:
    if sight.platform != "youtube" or sight.status != 200:
        return False
    player = _player(sight)
    if at(player, "playabilityStatus", "status") == "OK" and at(player, "videoDetails", "title"):
        return _is_the_asked_video(sight, player)
    channel = at(sight.page.assigned("ytInitialData"), "metadata", "channelMetadataRenderer")
    return bool(at(channel, "title") and at(channel, "externalId")) and not _alert(sight)


RULES: tuple[Rule, ...] = (
    Rule(
        "youtube_bot_check", State.INSUFFICIENT, None, lambda sight: _gives(sight, _BOT),
        "YouTube asked the visitor to prove that they are no bot, so the video itself was not seen.",
        "bot_challenge", alone=True,
    ),
    Rule(
        "youtube_rate_limited", State.INSUFFICIENT, None, lambda sight: _gives(sight, _SLOW_DOWN),
        "YouTube asked to be visited less often, so the video itself was not seen.", "rate_limited", alone=True,
    ),
    Rule(
        "youtube_government_complaint", State.BLOCKED, Mechanism.NOTICE,
        lambda sight: government_reason(sight) is not None,
        "YouTube says that it withholds this here because of a legal complaint from the government.",
        "platform_block_notice", notice=government_reason, alone=True,
    ),
    Rule(
        "youtube_legal_complaint", State.BLOCKED, Mechanism.NOTICE, lambda sight: legal_reason(sight) is not None,
        "YouTube says that it withholds this in the country for a legal reason, and does not say that a government "
        "complained.", "platform_block_notice", notice=legal_reason, alone=True,
    ),
    Rule(
        "youtube_removed", State.REMOVED, Mechanism.PLATFORM_RULES, _removed,
        "YouTube says that it removed this under its own rules or a copyright claim.", "platform_block_notice",
    ),
    Rule(
        "youtube_gone", State.GONE, None, lambda sight: _gives(sight, _GONE),
        "YouTube says that the uploader removed this or that it does not exist.", "soft_not_found",
    ),
    Rule(
        "youtube_sent_home", State.GONE, None, _sent_home,
        "YouTube sends visitors of this page to its front page, as it does where there is no such channel.",
        "soft_not_found",
    ),
    Rule(
        "youtube_private", State.RESTRICTED, Mechanism.LOGIN_WALL, lambda sight: _gives(sight, _PRIVATE),
        "YouTube shows this to invited viewers or members only.", "login_wall",
    ),
    Rule(
        "youtube_age_gate", State.RESTRICTED, Mechanism.AGE_GATE, lambda sight: _gives(sight, _AGE),
        "YouTube shows this to viewers who log in and confirm their age only.", "age_gate",
    ),
    Rule(
        "youtube_country_choice", State.RESTRICTED, Mechanism.GEO_FENCE, lambda sight: _gives(sight, _OWNERS_CHOICE),
        "YouTube says that this is not available in the country and names no legal complaint: the owner's choice.",
        "geo_fence",
    ),
    Rule(
        "youtube_not_in_country", State.RESTRICTED, Mechanism.GEO_FENCE, lambda sight: _gives(sight, _NOT_HERE),
        "YouTube says that this is not available in the country, and does not say who wanted that.", "geo_fence",
    ),
    Rule(
        "youtube_country_list", State.RESTRICTED, Mechanism.GEO_FENCE, _not_on_list,
        "YouTube does not play this, and its list of countries for it lacks this one; it gives no legal reason.",
        "geo_fence",
    ),
    Rule(
        "youtube_own_content", State.REACHABLE, None, _own_content,
        "YouTube's player would play the video, or the channel's own data was there.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "youtube",
    RULES,
    marked_on="2026-08-20",
    sources=("yt-dlp 81ecd58", "WhatsMyName e62338e"),
    canaries=Canaries(
        alive="https://www.youtube.com/watch?v=jNQXAC9IVRw",
        missing="https://www.youtube.com/watch?v=zzzzzzzzzz0",
    ),
    headers=(("Cookie", "SOCS=CAI"),),
)
