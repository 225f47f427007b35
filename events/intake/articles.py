"""A news page's markup taken apart: its title, its text, its language, and the day it came out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from selectolax.lexbor import LexborNode

from tracker.judging.page import Page, squeezed

TEXT_CHARS = 100_000
TITLE_CHARS = 500
_SCRIPT_CHARS = 300_000


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says of itself. ``published`` is ISO 8601, or empty where it does not say; so are the others."""

    url: str
    title: str
    text: str
    published: str
    language: str


_BESIDE = (
    "script, style, noscript, template, svg, nav, header, footer, aside, form, figure, button, iframe, "
    "[role=navigation], [role=complementary], .related, .recommended, .sidebar, .comments, .share, .tags, .ad"
)
_BODIES = (
    "[itemprop=articleBody]",
    "article",
    "main",
    "[role=main]",
    "#content",
    ".content",
    ".post",
    "body",
)
_LEAST = 200
"""Characters from which a part of a page is taken for its article."""


def article_of(html: str, url: str = "") -> Article:
    """Takes a page apart. Never raises; a page that is no article gives what it has."""
    page = Page(html)
    stated = list(_stated(page))
    return Article(
        url=url,
        title=_title(page, stated)[:TITLE_CHARS],
        text=_text(page, stated)[:TEXT_CHARS],
        published=_published(page, stated, url),
        language=_language(page),
    )


def _stated(page: Page) -> Iterator[dict[str, Any]]:
    """What the page states in JSON-LD, with the things inside of it."""
    for node in page.tree.css('script[type="application/ld+json"]')[:20]:
        try:
            told = json.loads(node.text(strip=True)[:_SCRIPT_CHARS])
        except (ValueError, RecursionError):
            continue
        yield from _things(told, 3)


def _things(told: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(told, list):
        for each in told[:50]:
            yield from _things(each, depth)
    elif isinstance(told, dict) and depth:
        yield told
        yield from _things(told.get("@graph"), depth - 1)


def _first(stated: list[dict[str, Any]], key: str) -> str:
    for thing in stated:
        value = thing.get(key)
        if isinstance(value, str) and value.strip():
            return squeezed(value)
    return ""


def _meta(page: Page, *names: str) -> str:
    for name in names:
        for attribute in ("property", "name", "itemprop"):
            node = page.tree.css_first(f'meta[{attribute}="{name}"]')
            content = (node.attributes.get("content") or "") if node else ""
            if content.strip():
                return squeezed(content)
    return ""


def _title(page: Page, stated: list[dict[str, Any]]) -> str:
    heading = page.tree.css_first("h1")
    written = squeezed(heading.text(separator=" ")) if heading else ""
    return (
        written or _meta(page, "og:title", "twitter:title") or _first(stated, "headline") or page.title or ""
    )


def _text(page: Page, stated: list[dict[str, Any]]) -> str:
    """The paragraphs of the part that has most of them; what the page states as its text where that is longer."""
    best = ""
    for selector in _BODIES:
        for node in page.tree.css(selector)[:5]:
            found = _paragraphs(node)
            if len(found) > len(best):
                best = found
        if len(best) >= _LEAST:
            break
    body = _first(stated, "articleBody")
    if len(body) > len(best):
        return body
    return best or page.main_text


def _paragraphs(node: LexborNode) -> str:
    beside = {each.mem_id for each in node.css(_BESIDE)}
    lines = []
    for paragraph in node.css("p, h2, h3, li, blockquote")[:2_000]:
        text = squeezed(paragraph.text(separator=" "))
        if len(text) > 20 and not _is_beside(paragraph, beside):
            lines.append(text)
    return "\n".join(dict.fromkeys(lines))


def _is_beside(node: LexborNode, beside: set[int]) -> bool:
    parent: LexborNode | None = node
    for _ in range(30):
        if parent is None:
            return False
        if parent.mem_id in beside:
            return True
        parent = parent.parent
    return False


_DATE = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")
_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")


def _published(page: Page, stated: list[dict[str, Any]], url: str) -> str:
    """By what the page states, its first time element, or its address."""
    node = page.tree.css_first("time[datetime]")
    for value in (
        _meta(
            page,
            "article:published_time",
            "datePublished",
            "date",
            "pubdate",
            "publish-date",
            "dc.date",
            "parsely-pub-date",
        ),
        _first(stated, "datePublished"),
        (node.attributes.get("datetime") or "") if node else "",
    ):
        if (match := _DATE.search(value)) and (day := _day(match)):
            return day
    match = _IN_PATH.search(url)
    return (_day(match) or "") if match else ""


def _day(match: re.Match[str]) -> str | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return None


def _language(page: Page) -> str:
    node = page.tree.css_first("html")
    said = (node.attributes.get("lang") or "") if node else ""
    return (said or _meta(page, "og:locale", "language"))[:2].lower()
