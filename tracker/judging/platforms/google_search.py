"""Google Search. What is watched is a query's results on one of Google's domains, and whether some are withheld there.

Google says at the foot of the page why it took results away. A copyright complaint is no authority's doing; a "legal
request" is. Any other words settle nothing, and "some results may have been removed" says that nothing is known.
Source: public code (the notice of a complaint under the DMCA, with its link to Lumen). The words of a legal request are
from general knowledge, not verified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs

from selectolax.lexbor import LexborNode

from tracker.facts import Mechanism, State
from tracker.judging.adapter import Adapter, Canaries
from tracker.judging.page import squeezed
from tracker.judging.sight import Rule, Sight, broken, host_of

_HOST = re.compile(r"(?:www\.)?google\.(?:com|[a-z]{2}|com?\.[a-z]{2})")
_RESULTS = "#search a h3, #rso a h3, #main a h3"
_PEOPLES_WORDS = ("#search", "#rso", "#main .g", "#searchform", "form", "title")
"""Where the words of found pages and of the query stand."""

_LEVELS = 3
"""How far around a link its own sentence reaches."""
_REMOVED = r"[^.]{0,120}we (?:have|’ve|'ve) removed \d{1,4} results?(?:\(s\))? from this page"
_COPYRIGHT = re.compile(
    rf"in response to (?:a complaint|multiple complaints|complaints) [^.]{{0,60}}under the us digital millennium"
    rf" copyright act{_REMOVED}",
    re.I,
)
_LEGAL = re.compile(rf"in response to (?:a |multiple )?legal requests? submitted to google{_REMOVED}", re.I)
_ANY_REMOVAL = re.compile(r"removed \d{1,4} results?(?:\(s\))? from this page|lumendatabase\.org", re.I)
_NOTHING = re.compile(r"your search .{1,600}? did not match any documents", re.I)


def _results_page(sight: Sight) -> bool:
    google = sight.platform == "google-search" and _HOST.fullmatch(host_of(sight.final_url)) is not None
    return google and sight.path == "/search" and sight.status == 200 and not broken(sight.failure)


def _googles_words(sight: Sight) -> str:
    return sight.page.text_without(*_PEOPLES_WORDS) if _results_page(sight) else ""


def _said(sight: Sight, pattern: re.Pattern[str]) -> str | None:
    """A sentence of Google's, which leads to the complaint at Lumen; a sentence that a page quotes leads nowhere."""
    if not _results_page(sight) or not pattern.search(_googles_words(sight)):
        return None
    found = (pattern.match(text) for text in _around_links_to_lumen(sight))
    return next((match[0] for match in found if match), None)


def _around_links_to_lumen(sight: Sight) -> Iterator[str]:
    """The texts of the elements around each such link, unless it is a result or within one."""
    for link in sight.page.tree.css("a[href*='lumendatabase.org']")[:20]:
        around: list[LexborNode] = []
        node = link.parent
        while node is not None:
            around.append(node)
            node = node.parent
        if not any(node.attributes.get("id") in ("search", "rso") for node in around):
            yield from (squeezed(node.text(separator=" ")) for node in around[:_LEVELS])


def _says_otherwise(sight: Sight) -> bool:
    known = _said(sight, _COPYRIGHT) or _said(sight, _LEGAL)
    return known is None and _ANY_REMOVAL.search(_googles_words(sight)) is not None


def _nothing_found(sight: Sight) -> bool:
    return _NOTHING.search(_googles_words(sight)) is not None


def legal_notice(sight: Sight) -> str | None:
    return _said(sight, _LEGAL)


def _own_content(sight: Sight) -> bool:
    """Results, on a page whose own box holds the query that was asked."""
    if not _results_page(sight):
        return False
    asked = _query(sight.asked)
    return asked != "" and asked in _written_in_box(sight) and any(sight.page.texts(_RESULTS))


def _query(url: str) -> str:
    asked = parse_qs(url.partition("#")[0].partition("?")[2])
    return " ".join(asked.get("q", [""])[0].split())


def _written_in_box(sight: Sight) -> tuple[str, ...]:
    boxes = sight.page.tree.css("input[name=q], textarea[name=q]")[:10]
    return tuple(" ".join((box.attributes.get("value") or box.text()).split()) for box in boxes)


RULES: tuple[Rule, ...] = (
    Rule(
        "google_search_removal_unknown", State.INSUFFICIENT, None, _says_otherwise,
        "Google says that it took results from this page, in words that no rule knows, so the ground is not known.",
    ),
    Rule(
        "google_search_legal_removal", State.BLOCKED, Mechanism.NOTICE,
        lambda sight: legal_notice(sight) is not None,
        "Google says that it took results of this query away in response to a legal request; others are still there.",
        "platform_block_notice", notice=legal_notice, alone=True,
    ),
    Rule(
        "google_search_copyright", State.REMOVED, Mechanism.PLATFORM_RULES,
        lambda sight: _said(sight, _COPYRIGHT) is not None,
        "Google says that it took results of this query away because of a copyright complaint.",
        "platform_block_notice",
    ),
    Rule(
        "google_search_nothing_found", State.GONE, None, _nothing_found,
        "Google found nothing for this query and does not say that it withholds anything.", "soft_not_found",
    ),
    Rule(
        "google_search_own_content", State.REACHABLE, None, _own_content,
        "Google's results for the query were there, without a word that any were taken away.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "google-search",
    RULES,
    marked_on="2026-08-20",
    sources=(
        "public code (the DMCA notice)",
        "general knowledge, not verified (the words of a legal request)",
    ),
    canaries=Canaries(
        "https://www.google.com/search?q=wikipedia", "https://www.google.com/search?q=zzqxjvkw+4417+qqxzvjkw"
    ),
    headers=(("Cookie", "SOCS=CAI"),),
)
