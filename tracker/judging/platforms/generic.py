"""A page of no platform that we know: it is alive when it is the page that others see, or says itself what it is.

That a server answered with status 200 proves nothing: so does a block page, an empty shell and a parked name.
"""

from __future__ import annotations

import re

from tracker.facts import Mechanism, State
from tracker.judging import phrases
from tracker.judging.page import likeness
from tracker.judging.sight import READABLE, Rule, Sight, same_page

ENOUGH_TEXT = 200
"""Characters of visible text below which an answer is no page of its own."""
ENOUGH_TO_COMPARE = 400
"""The same where another look is the only sign: two looks at one message in a page's place agree as well."""
DOCUMENT_TEXT = 40
"""Characters of a document that is no web page."""
VERY_SHORT_TEXT = 300
"""Characters of visible text of a page that is one message and nothing else."""
ARTICLE_TEXT = 1_000
"""Characters of text in one article, which no message, shell or list has."""
MESSAGE_TEXT = 1_500
"""Characters of visible text; what stands in a page's place has no more to say."""
ALIKE = 0.6
"""Share of elements in common from which two answers are built from one template."""

_REFUSALS = (phrases.UNAVAILABLE, phrases.ERROR, phrases.NOT_THERE)
_NOT_THERE_IS_A_WALL = ("facebook", "instagram", "linkedin", "x", "tiktok")
"""Platforms that tell an anonymous visitor the same whether a page is gone, closed or not for the anonymous."""

_FOR_SALE = re.compile(
    r"(?:this )?domain (?:name )?(?:is|may be) for sale|buy this domain"
    r"|домен (?:выставлен на продажу|продается|продаётся)",
    re.I,
)  # fmt: skip


def answered(sight: Sight) -> bool:
    """A readable answer of a platform without rules of its own."""
    return sight.platform in READABLE and sight.status == 200


def _same_text(sight: Sight) -> bool:
    return bool(sight.page.text) and sight.page.text == sight.control_page.text


def _same_title(sight: Sight) -> bool:
    return bool(sight.page.title) and sight.page.title == sight.control_page.title


def alike(sight: Sight) -> bool:
    """Whether the control saw a page of the same name or template, or of the very same words."""
    return _same_title(sight) or _same_text(sight) or likeness(sight.page, sight.control_page) >= ALIKE


def like_control(sight: Sight) -> bool:
    """The same, and the page has enough text to be no message in its place."""
    if not answered(sight) or not sight.control or sight.control.http_status != 200 or not sight.page.title:
        return False
    texts = (sight.page.text, sight.control_page.text)
    return min(map(len, texts)) >= ENOUGH_TO_COMPARE and alike(sight) and not is_refusal(sight)


def _document_like_control(sight: Sight) -> bool:
    """For what is no HTML and so has neither title nor template: the very same text, which says no refusal."""
    if sight.control is None or not answered(sight):
        return False
    media_type = sight.header("content-type").partition(";")[0].strip().lower()
    text = sight.seen.body_text if sight.seen else ""
    return (
        (media_type == "text/plain" or media_type.endswith(("json", "xml")))
        and media_type != "application/xhtml+xml"
        and sight.control.http_status == 200
        and len(text) >= DOCUMENT_TEXT
        and text == sight.control.body_text
        and not any(words.search(text[:MESSAGE_TEXT]) for words in _refusals_of(media_type))
    )


def _refusals_of(media_type: str) -> tuple[re.Pattern[str], ...]:
    """Data may have a field for what is blocked; only a text says so."""
    return _REFUSALS if media_type == "text/plain" else (phrases.ERROR, phrases.NOT_THERE)


def _names_itself(sight: Sight) -> bool:
    """No page put between can know the address that the real page gives for itself; a template can not either."""
    own = sight.page.canonical_url or sight.page.meta("og:url") or ""
    return (
        answered(sight)
        and same_page(own, sight.asked)
        and bool(sight.page.title)
        # A platform gives its messages the address of what they stand for, so there a page must be longer than one.
        and sight.page.has_text(ENOUGH_TO_COMPARE if sight.platform == "web" else MESSAGE_TEXT)
        and not _may_be_a_refusal(sight)
    )


def is_headed_as_refusal(sight: Sight) -> bool:
    """Whether the title or the first heading says that something cannot be had."""
    return any(map(sight.page.is_headed, _REFUSALS))


def is_refusal(sight: Sight) -> bool:
    """The same, and there is no more than a message, whatever stands in columns beside it."""
    return (
        not sight.page.has_main_text(MESSAGE_TEXT)
        and is_headed_as_refusal(sight)
        and max(map(len, sight.page.texts("article")), default=0) < ENOUGH_TO_COMPARE
    )


def _may_be_a_refusal(sight: Sight) -> bool:
    """A site's own message in a page's place has the page's address too; then another look has to tell."""
    short = not sight.page.has_text(MESSAGE_TEXT)
    return is_refusal(sight) or (short and phrases.says_withheld_by_law(sight.page.text))


def _long_article_like_control(sight: Sight) -> bool:
    """For platforms whose own file knows no sign of life on this page."""
    if sight.platform in READABLE or not sight.written_by_site or sight.status != 200 or not sight.control:
        return False
    longest = max(map(len, sight.page.texts("article")), default=0)
    return (
        longest >= ARTICLE_TEXT
        and sight.control.http_status == 200
        and _same_title(sight)
        and likeness(sight.page, sight.control_page) >= ALIKE
        and not is_headed_as_refusal(sight)
    )


def _elsewhere_alike(sight: Sight) -> bool:
    return sight.control is None or _same_title(sight) or _same_text(sight)


def like_message(sight: Sight) -> bool:
    """Whether the control saw the same few words, or something as short."""
    return sight.control_answered and len(sight.control_page.text) < ENOUGH_TO_COMPARE


def says_not_there(sight: Sight) -> bool:
    """Whether a message in the page's place says that the page is not there, and names no law for it."""
    if sight.status != 200 or sight.platform in _NOT_THERE_IS_A_WALL:
        return False
    page = sight.page
    headed = not page.has_main_text(MESSAGE_TEXT) and page.is_headed(phrases.NOT_THERE)
    said = headed or page.says_shortly(phrases.NOT_THERE, VERY_SHORT_TEXT)
    return said and not phrases.says_withheld_by_law(page.main_text)


def _says_not_there(sight: Sight) -> bool:
    return says_not_there(sight) and _elsewhere_alike(sight)


def _says_rules_broken(sight: Sight) -> bool:
    """Whether a message in the page's place says that it broke the site's own rules, and names no law."""
    if sight.page.has_main_text(MESSAGE_TEXT):
        return False
    words = f"{sight.page.title or ''}. {sight.page.main_text}"
    return (
        sight.written_by_site
        and sight.status in (200, 403)
        and len(words) < MESSAGE_TEXT
        and not sight.page.has("input[type=password]")
        and bool(phrases.RULES_BROKEN.search(words))
        and not phrases.says_withheld_by_law(words)
        and _elsewhere_alike(sight)
    )


def _for_sale(sight: Sight) -> bool:
    short = answered(sight) and not sight.page.has_text(1_500)
    return short and bool(_FOR_SALE.search(sight.page.text)) and _elsewhere_alike(sight)


def _shell(sight: Sight) -> bool:
    return sight.status == 200 and not sight.page.has_text(ENOUGH_TEXT) and sight.page.has("script")


RULES: tuple[Rule, ...] = (
    Rule(
        "says_rules_broken", State.REMOVED, Mechanism.PLATFORM_RULES, _says_rules_broken,
        "The site says in place of the page that it broke the site's own rules.", "platform_block_notice",
    ),
    Rule(
        "domain_for_sale", State.GONE, None, _for_sale,
        "The name belongs to somebody who offers it for sale; the page is no longer there.", "parked_domain",
    ),
    Rule(
        "says_not_found", State.GONE, None, _says_not_there,
        "The site answers with status 200, but its title says that there is no such page.", "soft_not_found",
    ),
    Rule(
        "led_to_front_page", State.INSUFFICIENT, None,
        lambda sight: answered(sight) and sight.led_to_front_page,
        "The site sends visitors of this page to its front page, so the page itself was not seen.", "soft_not_found",
    ),
    Rule(
        "same_as_control", State.REACHABLE, None, like_control,
        "The page has text of its own and is the page that the control sees.",
    ),
    Rule(
        "same_document_as_control", State.REACHABLE, None, _document_like_control,
        "The answer is no web page but a document, and the control was sent the very same.",
    ),
    Rule(
        "names_itself", State.REACHABLE, None, _names_itself,
        "The page has text of its own and names the address that was asked for as its own.", alone=True,
    ),
    Rule(
        "long_article_like_control", State.REACHABLE, None, _long_article_like_control,
        "The page holds a long article of its own, and the control sees the same page.",
    ),
    Rule(
        "empty_answer", State.INSUFFICIENT, None, lambda sight: sight.status == 200 and not sight.page.html.strip(),
        "The server answered without any content.", "empty_body",
    ),
    Rule(
        "script_shell", State.INSUFFICIENT, None, _shell,
        "The answer is an empty shell that a script would fill, so the page itself was not seen.", "js_only",
    ),
    Rule(
        "too_short_to_tell", State.INSUFFICIENT, None,
        lambda sight: answered(sight) and not sight.page.has_text(ENOUGH_TO_COMPARE) and like_message(sight),
        "The page has too little text to be told from a message in its place.",
    ),
    Rule(
        "unlike_control", State.INSUFFICIENT, None,
        lambda sight: answered(sight) and sight.control_answered,
        "The page differs from what the control sees, and nothing says why.",
    ),
)  # fmt: skip
