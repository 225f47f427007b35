"""VK. A block shows only inside the country: a redirect to ``blank.php?rkn=`` or a notice in the page's place.

Sources: ooni/blocking-fingerprints 171641e (``cl.prov_vkontakte_rkn_geoblock``), citizenlab/not-ok-on-vk-data
c4844b5, snscrape 614d4c2 (vkontakte.py), yt-dlp 81ecd58 (vk.py), gallery-dl 86047cf (vk.py), WhatsMyName e62338e,
public code (``HiddenPostBlank``, ``placeholder_description``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from tracker.facts import Mechanism, State
from tracker.judging import phrases
from tracker.judging.adapter import Adapter, Canaries
from tracker.judging.message import in_place, on, opened
from tracker.judging.notices import parse_notice
from tracker.judging.page import json_object
from tracker.judging.platforms import vk_words as words
from tracker.judging.sight import Rule, Sight, host_of, path_of

OWN_CONTENT = (
    ".wall_module", ".wall_post_text", ".wall_item", ".post", "._post", ".wi_body", "article", "aside",
    ".page_info_wrap", ".group_info", ".pi_body", ".reply_text", ".replies", "[class*=vkitPost]", "[class*=PostText]",
    "[class*=vkitComment]", ".mv_description", ".page_name", ".OwnerPageName",
)  # fmt: skip
"""Where people's words stand: a notice quoted there is no notice."""

_MESSAGE = (
    ".message_page_body, .placeholder_description, [data-testid=placeholder_description], .service_msg, "
    ".groups_blocked, .profile_deleted_text, .profile_closed_wall_dummy, #video_ext_msg, .video_layer_message"
)
"""Elements that hold nothing but VK's own messages."""
LONGEST_MESSAGE = 1_200

_HIDDEN_POST = "[class*=HiddenPostBlank]"
_NAMES = ".page_name, .OwnerPageName, h1"
_POSTS = (
    ".wall_module, .wall_post_text, .post, ._post, .wall_item, .wi_body, [id^='post-'], [class*=vkitPost], "
    "[class*=PostText]"
)
_HOSTS = ("vk.com", "vk.ru", "vkontakte.ru", "vkvideo.ru")
_POST_ID = re.compile(r"post-?\d+_\d+")
_LEADS_ON = re.compile(
    r"(?:url\s*=|location(?:\.href)?\s*=|location\.(?:replace|assign)\()\s*[\"']?([^\"'\s>)]{1,200})", re.I
)
_WITHHELD_AT = re.compile(r"/?blank\.php\?(?:block|rkn)=\d+")


def _here(sight: Sight) -> bool:
    return on(sight, "vk", *_HOSTS)


def _messages(sight: Sight) -> tuple[str, ...]:
    return tuple(text for text in sight.page.texts(_MESSAGE) if 0 < len(text) <= LONGEST_MESSAGE)


def notice_text(sight: Sight) -> str | None:
    """The notice that stands in the page's place, from its first word to the end of its element."""
    if not _here(sight):
        return None
    for text in (*_messages(sight), *_unnamed_text(sight)):
        match = words.BLOCKED_HERE.search(text)
        if match and not text[: match.start()].rstrip().endswith(("«", '"', "“", "„", "(", ":")):
            return _first_sentence(text[match.start() :])
    return next((text for text in _messages(sight) if _names_a_law(text)), None)


def _names_a_law(text: str) -> bool:
    """Whether one of VK's own messages says in words not known yet that something is withheld by law."""
    others = (words.RULES_BROKEN, words.RULES_IN_LEGAL_WORDS, words.CLOSED, words.DELETED, words.NO_AUTHORITY)
    return phrases.says_withheld_by_law(text) and not any(other.search(text) for other in others)


def _unnamed_text(sight: Sight) -> tuple[str, ...]:
    """What a page without a name of its own says outside of people's words; a page with a name is that page."""
    title = sight.page.title or "VK"
    own_name = sight.page.meta("og:title") or sight.page.has(".page_name, .OwnerPageName")
    if own_name or not words.TITLE_OF_A_MESSAGE.fullmatch(title):
        return ()
    return (sight.page.text_without(*OWN_CONTENT),)


def _first_sentence(text: str) -> str:
    """At most 700 characters, without the button that follows the notice on the page."""
    return re.split(r"\s+(?:Назад|Back|Комментарии|Скачать)\b", text, maxsplit=1)[0][:700].strip()


def _says(sight: Sight, pattern: re.Pattern[str]) -> bool:
    if not _here(sight):
        return False
    hidden = () if sight.page.has(_POSTS) else sight.page.texts(_HIDDEN_POST)
    told = any(pattern.match(_plain(text)) for text in (*_messages(sight), *hidden))
    return told or in_place(sight, _POSTS, pattern) is not None


def _plain(text: str) -> str:
    """Without the ``<!>`` and ``Error`` that VK puts in front of some messages."""
    return re.sub(r"^(?:<!>|Ошибка\W|Error\W|\W)+", "", text)


def _leads_to(sight: Sight, parameter: str) -> bool:
    """Whether a redirect, or a page that only leads on, named VK's address for what it withholds."""
    addresses = [url for url in sight.locations if url != sight.asked]
    if len(sight.page.text) < 200:
        addresses += _LEADS_ON.findall(sight.page.html[:5_000].replace("\\/", "/"))
    return any(_is_withheld_address(url, parameter) for url in addresses)


def _is_withheld_address(url: str, parameter: str) -> bool:
    host = f".{host_of(url)}"
    ours = host == "." or host.endswith(tuple(f".{name}" for name in _HOSTS))
    try:
        return ours and path_of(url).lstrip("/") == "blank.php" and parameter in parse_qs(urlsplit(url).query)
    except ValueError:
        return False


def _rkn_redirect(sight: Sight) -> bool:
    return sight.platform == "vk" and _leads_to(sight, "rkn")


def _geoblock_answer(sight: Sight) -> bool:
    if sight.platform != "vk":
        return False
    body = sight.page.html[:2_000].replace("\\", "").strip().strip('"')
    return bool(_WITHHELD_AT.fullmatch(body)) or _leads_to(sight, "block") or any(_withheld_in_payload(sight))


def _withheld_in_payload(sight: Sight) -> Iterator[str]:
    """The same address as a whole value of the JSON with which VK answers its own scripts."""
    pending: list[object] = [json_object(sight.page.html[:20_000].lstrip("<!- ")).get("payload")]
    for _ in range(50):
        value = pending.pop() if pending else None
        pending += value if isinstance(value, list) else []
        if isinstance(value, str) and _WITHHELD_AT.fullmatch(value.replace("\\", "").strip('"')):
            yield value


def _platform_rules(text: str) -> bool:
    return parse_notice(text).platform_rules or words.RULES_IN_LEGAL_WORDS.search(text) is not None


def _rules_in_legal_words(sight: Sight) -> bool:
    text = notice_text(sight)
    return text is not None and _platform_rules(text)


def _legal_notice(sight: Sight) -> bool:
    text = notice_text(sight)
    return text is not None and not _platform_rules(text)


def _own_content(sight: Sight) -> bool:
    if not opened(sight, "vk", *_HOSTS) or sight.led_to_front_page or sight.page.has(".message_page"):
        return False
    if sight.path.startswith(("/blank.php", "/login", "/challenge")) or not _post_is_there(sight):
        return False
    card, kind = sight.page.meta("og:title"), sight.page.meta("og:type") or ""
    shown = kind == "profile" or (kind.startswith("video") and path_of(sight.asked).startswith("/video"))
    return bool(card and shown) or bool((_name(sight) or card) and sight.page.has(_POSTS))


def _name(sight: Sight) -> str | None:
    names = (name for name in sight.page.texts(_NAMES) if not words.TITLE_OF_A_MESSAGE.fullmatch(name))
    return next((name for name in names if name), None)


def _post_is_there(sight: Sight) -> bool:
    """Where the posts on a page have numbers, the one that was asked for has to be among them."""
    asked = path_of(sight.asked).strip("/")
    numbers = {node.attributes.get("id") or "" for node in sight.page.tree.css("[id^='post']")[:300]}
    numbers = {number for number in numbers if _POST_ID.fullmatch(number)}
    return not asked.startswith("wall-") or not numbers or f"post{asked.removeprefix('wall')}" in numbers


HOP_RULES: tuple[Rule, ...] = (
    Rule(
        "vk_rkn_redirect", State.BLOCKED, Mechanism.NOTICE, _rkn_redirect,
        "VK sent the visitor to the page that it shows for material blocked by order of the Russian authorities.",
        "platform_block_notice", notice=notice_text, alone=True,
    ),
)  # fmt: skip

RULES: tuple[Rule, ...] = (
    Rule(
        "vk_for_now", State.INSUFFICIENT, None, lambda sight: _says(sight, words.FOR_NOW),
        "VK says that the video is unavailable for the time being, which says nothing about a block.",
    ),
    Rule(
        "vk_rules_in_legal_words", State.REMOVED, Mechanism.PLATFORM_RULES, _rules_in_legal_words,
        "VK's notice begins like a legal block, but the reason that it gives is VK's own rules.",
        "platform_block_notice", notice=notice_text,
    ),
    Rule(
        "vk_legal_notice", State.BLOCKED, Mechanism.NOTICE, _legal_notice,
        "VK shows its notice of a legal block in place of the page.",
        "platform_block_notice", notice=notice_text, alone=True,
    ),
    Rule(
        "vk_geoblock_answer", State.BLOCKED, Mechanism.GEO_WITHHELD, _geoblock_answer,
        "VK answered with the address that it gives for material withheld in the visitor's country.",
        "platform_block_notice", alone=True,
    ),
    Rule(
        "vk_removed", State.REMOVED, Mechanism.PLATFORM_RULES, lambda sight: _says(sight, words.RULES_BROKEN),
        "VK says that it blocked the page or its author under its own rules.", "platform_block_notice",
    ),
    Rule(
        "vk_deleted", State.GONE, None, lambda sight: _says(sight, words.DELETED),
        "VK says that the page was deleted or never existed.", "soft_not_found",
    ),
    Rule(
        "vk_closed", State.RESTRICTED, Mechanism.LOGIN_WALL, lambda sight: _says(sight, words.CLOSED),
        "VK shows the page to its members, friends or adults only.", "login_wall",
    ),
    Rule(
        "vk_other_country", State.RESTRICTED, Mechanism.GEO_FENCE, lambda sight: _says(sight, words.OTHER_COUNTRY),
        "VK says that the video is unavailable in the visitor's country and names no legal ground: the owner's choice.",
        "geo_fence",
    ),
    Rule(
        "vk_own_content", State.REACHABLE, None, _own_content,
        "The page's name and its own posts or profile were there.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "vk",
    RULES,
    marked_on="2026-08-20",
    sources=(
        "ooni/blocking-fingerprints 171641e", "citizenlab/not-ok-on-vk-data c4844b5", "snscrape 614d4c2",
        "yt-dlp 81ecd58", "gallery-dl 86047cf", "WhatsMyName e62338e", "public code (HiddenPostBlank)",
        "general knowledge, not verified (m.vk.com's service_msg, Belarusian texts)",
    ),
    canaries=Canaries("https://vk.com/apiclub", "https://vk.com/nobody.of.this.name.4417"),
    accept_language="ru",
)  # fmt: skip
