"""VK. A block shows only inside the country: a redirect to ``blank.php?rkn=`` or a notice in the page's place.

The legal notice stays Russian whatever language is asked for; the other messages follow it.
Sources: ooni/blocking-fingerprints 171641e (``cl.prov_vkontakte_rkn_geoblock``), citizenlab/not-ok-on-vk-data
c4844b5, snscrape 614d4c2 (vkontakte.py), yt-dlp 81ecd58 (vk.py), gallery-dl 86047cf (vk.py), WhatsMyName e62338e.
"""

from __future__ import annotations

import re

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter
from tracker.judging.notices import parse_notice
from tracker.judging.sight import Rule, Sight, host_of

OWN_CONTENT = (
    ".wall_module", ".wall_post_text", ".wall_item", ".post", "._post", ".wi_body", "article", "aside",
    ".page_info_wrap", ".group_info", ".pi_body", ".reply_text",
)  # fmt: skip
"""Where people's words stand: a notice quoted there is no notice."""

_BLOCKED_HERE = re.compile(
    r"(?:этот|данный) материал заблокирован на территории (?:рф|российской федерации)"
    r"|(?:видео(?:запись)?|запись|сообщество|страница|публикация|материал|аудиозапись|фотография|контент)"
    r" (?:был[ао]? )?(?:заблокирован[ао]?|ограничен[ао]?)[^.]{0,60}?"
    r" (?:на основании|согласно|по|в соответствии с) (?:требовани|решени)\w+"
    r"|доступ к \w+ (?:ограничен|заблокирован)[^.]{0,60}?"
    r" (?:на основании|согласно|по|в соответствии с) (?:требовани|решени)\w+",
    re.IGNORECASE,
)
_RULES_BROKEN = re.compile(
    r"(?:сообщество|страница)[^.]{0,20} заблокирован[ао]? (?:в связи с|за|из-за)[^.]{0,60}(?:нарушени|правил)"
    r"|has been (?:suspended|blocked) for violating the vk terms"
    r"|this video is unavailable because its creator has been blocked"
    r"|видеозапись недоступна, так как е[её] автор был заблокирован"
    r"|изъята из публичного доступа в связи с обращением правообладателя"
    r"|страница пользователя заблокирована",
    re.IGNORECASE,
)
_DELETED = re.compile(
    r"страница удалена либо ещ[её] не создана|this page has either been deleted or not been created yet"
    r"|страница пользователя удалена|запись (?:удалена|не найдена)|сообщество удалено|видеозапись была удалена",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"это закрытый профиль|this profile is (?:private|closed)|закрытая группа|это частное сообщество"
    r"|мне исполнилось 18 лет|страница доступна только авторизованным пользователям"
    r"|access to this video has been restricted by its creator"
    r"|please sign in to view this video|sign in to vk to view",
    re.IGNORECASE,
)  # fmt: skip
_GEOBLOCK_ANSWER = re.compile(r"^\W*blank\.php\?block=\d+\W*$")
_MESSAGE = ".message_page_body, .placeholder_description, [data-testid=placeholder_description]"
_NAMES = ".page_name, .OwnerPageName, h1"
_POSTS = ".wall_module, .wall_post_text, .post, ._post, .wall_item, .wi_body, [id^='post-']"


def _here(sight: Sight) -> bool:
    return sight.platform == "vk"


def notice_text(sight: Sight) -> str | None:
    """The notice that stands in the page's place, from its first word to the end of its element."""
    if not _here(sight):
        return None
    for text in (*sight.page.texts(_MESSAGE), sight.page.text_without(*OWN_CONTENT)):
        if match := _BLOCKED_HERE.search(text):
            return _first_sentence(text[match.start() :])
    return None


def _first_sentence(text: str) -> str:
    """At most 700 characters, without the button that follows the notice on the page."""
    return re.split(r"\s+(?:Назад|Back|Комментарии|Скачать)\b", text, maxsplit=1)[0][:700].strip()


def _message(sight: Sight, pattern: re.Pattern[str]) -> bool:
    return _here(sight) and bool(pattern.search(sight.page.text_without(*OWN_CONTENT)))


def _rkn_redirect(sight: Sight) -> bool:
    return _here(sight) and any("/blank.php?rkn=" in url for url in sight.locations)


def _geoblock_answer(sight: Sight) -> bool:
    return _here(sight) and bool(_GEOBLOCK_ANSWER.match(sight.page.html[:200].replace("\\", "")))


def _rules_in_legal_words(sight: Sight) -> bool:
    text = notice_text(sight)
    return text is not None and parse_notice(text).platform_rules


def _legal_notice(sight: Sight) -> bool:
    text = notice_text(sight)
    return text is not None and not parse_notice(text).platform_rules


def _own_content(sight: Sight) -> bool:
    on_vk = f".{host_of(sight.final_url)}".endswith((".vk.com", ".vk.ru"))
    if not on_vk or sight.path.startswith(("/blank.php", "/login")):
        return False
    named = any(sight.page.texts(_NAMES)) or sight.page.meta("og:title")
    profile = sight.page.meta("og:type") == "profile" and sight.page.meta("og:title")
    if not _here(sight) or sight.status != 200 or sight.led_to_front_page:
        return False
    return bool(profile or (named and sight.page.has(_POSTS)))


HOP_RULES: tuple[Rule, ...] = (
    Rule(
        "vk_rkn_redirect", State.BLOCKED, Mechanism.NOTICE, _rkn_redirect,
        "VK sent the visitor to the page that it shows for material blocked by order of the Russian authorities.",
        "platform_block_notice", notice=notice_text, alone=True,
    ),
)  # fmt: skip

RULES: tuple[Rule, ...] = (
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
        "vk_removed", State.REMOVED, Mechanism.PLATFORM_RULES, lambda sight: _message(sight, _RULES_BROKEN),
        "VK says that it blocked the page or its author under its own rules.", "platform_block_notice",
    ),
    Rule(
        "vk_deleted", State.GONE, None, lambda sight: _message(sight, _DELETED),
        "VK says that the page was deleted or never existed.", "soft_not_found",
    ),
    Rule(
        "vk_closed", State.RESTRICTED, Mechanism.LOGIN_WALL, lambda sight: _message(sight, _CLOSED),
        "VK shows the page to its members, friends or adults only.", "login_wall",
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
        "ooni/blocking-fingerprints 171641e",
        "citizenlab/not-ok-on-vk-data c4844b5",
        "yt-dlp 81ecd58",
        "WhatsMyName e62338e",
    ),
)
