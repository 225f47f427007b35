"""A page as rules look at it: title, visible text, meta values and elements, whatever the markup is like.

The markup is hostile and may be large or broken; everything here is bounded and nothing raises for it.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from selectolax.lexbor import LexborHTMLParser

from tracker.facts import Observation
from tracker.judging.plain_markup import plain

T = TypeVar("T")

TITLE_CHARS = 300
MARKUP_CHARS = 1_000_000
"""How much of a page is read. Every marker that a rule knows stands far before this."""

TEXT_CHARS = 200_000
"""How much visible text is searched: what stands in a page's place stands at its top."""

_DIGITS = re.compile(r"\d+")
_BESIDE = (
    "aside", "nav", "header", "footer", "[role=navigation]", "[role=banner]", "[role=contentinfo]",
    "[role=complementary]", ".related", ".recommended", ".recommendations", ".suggestions", ".sidebar",
)  # fmt: skip
_UNSEEN_TAGS = frozenset(("script", "style", "noscript", "template", "svg"))
_UNSEEN = ", ".join(sorted(_UNSEEN_TAGS))
_NOT_COUNTED = ", ".join((_UNSEEN, *_BESIDE))


def squeezed(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Page:
    """The decoded body of one answer. ``html`` is empty when there was none; ``source`` is the same in UTF-8, where
    it came so."""

    html: str
    source: bytes | None = None

    @cached_property
    def markup(self) -> str:
        """The markup in lower case, for markers that stand in scripts and attributes."""
        return self.html[:MARKUP_CHARS].lower()

    def mentions(self, *markers: bytes) -> bool:
        """Whether one of these stands in the markup. For markers in ASCII and in lower case; a fraction of the cost."""
        return self._answer(markers, lambda: any(marker in self._lowered for marker in markers))

    @cached_property
    def _encoded(self) -> bytes:
        if self.source is not None and len(self.html) <= MARKUP_CHARS:
            return self.source
        return self.html[:MARKUP_CHARS].encode("utf-8", "replace")

    @cached_property
    def _lowered(self) -> bytes:
        return self._encoded.lower()

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(plain(self.html[:MARKUP_CHARS], self._encoded, self._lowered))

    @cached_property
    def title(self) -> str | None:
        node = self.tree.css_first("title")
        return (squeezed(node.text())[:TITLE_CHARS] or None) if node else None

    @cached_property
    def text(self) -> str:
        """What a reader sees, on one line."""
        return self.text_without()

    @cached_property
    def words(self) -> str:
        """The title and what a reader sees, in lower case, for set phrases."""
        return f"{self.title or ''} {self.text}".lower()

    @cached_property
    def main_text(self) -> str:
        """What a reader sees outside of menus and of columns beside the page, on one line."""
        return self.text_without(*_BESIDE)

    def has_text(self, least: int) -> bool:
        """Whether ``text`` has so many characters; for most pages that is known without reading all of them."""
        return self._has_text(least, ())

    def has_main_text(self, least: int) -> bool:
        """Whether ``main_text`` has so many characters."""
        return self._has_text(least, _BESIDE)

    def _has_text(self, least: int, without: tuple[str, ...]) -> bool:
        if self._known_chars.get(without, -1) < least and self._has_surely(least, without):
            self._known_chars[without] = least
        return self._known_chars.get(without, -1) >= least or self._answer(
            (least, without),
            lambda: (
                len(squeezed(self._raw_text(without)[: 2 * least])) >= least
                or len(self.text_without(*without)) >= least
            ),
        )

    @cached_property
    def _known_chars(self) -> dict[tuple[str, ...], int]:
        """How many characters there are at least, where that was found out."""
        return {}

    def _has_surely(self, least: int, without: tuple[str, ...]) -> bool:
        """Whether there is so much text even if all that does not count stood at its beginning.

        True for most pages, and then no tree is copied and cut; False tells nothing.
        """
        if without not in ((), _BESIDE):
            return False
        unseen, beside = self._chars_not_counted
        hidden = unseen + beside if without else unseen
        if len(self._whole_text) < least + hidden:
            return False
        return self._squeezed_chars(least + least // 4 + hidden) >= least + hidden

    def _squeezed_chars(self, end: int) -> int:
        """How many characters there are up to there, white space squeezed; of what was read before no less."""
        start, chars = self._answer("squeezed", lambda: (0, 0))
        if start < end:
            chars += len(squeezed(self._whole_text[start:end]))
            self._kept["squeezed"] = end, chars
        return chars

    @cached_property
    def _whole_text(self) -> str:
        """The text of the body with that of scripts and the like."""
        return self.tree.body.text(separator=" ") if self.tree.body else ""

    @cached_property
    def _chars_not_counted(self) -> tuple[int, int]:
        """How much of that text nobody sees, and how much stands beside the page; at most, since what stands in two
        such elements is counted twice."""
        nodes = self.tree.body.css(_NOT_COUNTED) if self.tree.body else []
        sizes = [(node.tag in _UNSEEN_TAGS, len(node.text(separator=" ")) + 1) for node in nodes]
        return sum(size for is_unseen, size in sizes if is_unseen), sum(
            size for is_unseen, size in sizes if not is_unseen
        )

    def says_shortly(self, meaning: re.Pattern[str], longest: int) -> bool:
        """Whether the page has no more than so many characters of text, and its title or text has the meaning."""
        if self.has_text(longest + 1):
            return False
        return bool(meaning.search(self.title or "") or meaning.search(self.text))

    def is_headed(self, meaning: re.Pattern[str]) -> bool:
        """Whether the title or the first heading has the meaning."""
        return self._answer(meaning, lambda: any(map(meaning.search, self._headings)))

    @cached_property
    def _headings(self) -> frozenset[str]:
        """The title and the first two headings; they are often the same words."""
        nodes = self.tree.css("h1, h2")[:2]
        texts = (squeezed(node.text(separator=" "))[:TITLE_CHARS] for node in nodes)
        return frozenset((self.title or "", *texts))

    @cached_property
    def _kept(self) -> dict[Hashable, Any]:
        """Answers that several rules ask for, so that a large page is read once."""
        return {}

    def _answer(self, question: Hashable, found: Callable[[], T]) -> T:
        if question not in self._kept:
            self._kept[question] = found()
        answer: T = self._kept[question]
        return answer

    def text_without(self, *selectors: str) -> str:
        """What a reader sees outside of the elements that the selectors name, on one line."""
        return self._answer(selectors, lambda: squeezed(self._raw_text(selectors))[:TEXT_CHARS])

    def _raw_text(self, selectors: tuple[str, ...]) -> str:
        return self._answer(("raw", selectors), lambda: self._read_without(selectors))

    def _read_without(self, selectors: tuple[str, ...]) -> str:
        tree = self._seen_tree
        if selectors == _BESIDE:
            self._raw_text(())  # first, since what is cut out here is not in that tree any more
        elif selectors:
            tree = _without(self.tree, _UNSEEN)
        if selectors:
            _cut_out(tree, ", ".join(selectors))
        return tree.body.text(separator=" ") if tree.body else ""

    @cached_property
    def _seen_tree(self) -> LexborHTMLParser:
        """Without the elements that no reader sees; those are in ``tree`` still."""
        return _without(self.tree, _UNSEEN)

    def assigned(self, name: str) -> dict[str, Any]:
        """The JSON object that a script assigns to a name, or an empty one. A page may hold anything there."""
        return self._answer(("=", name), lambda: self._assigned(name))

    def _assigned(self, name: str) -> dict[str, Any]:
        match = re.search(rf"{re.escape(name)}\s*=\s*(?=\{{)", self.html[:MARKUP_CHARS])
        return json_object(self.html, match.end()) if match else {}

    def has(self, selector: str) -> bool:
        return self.tree.css_matches(selector)

    def texts(self, selector: str) -> tuple[str, ...]:
        """The visible text of each element that the selector names."""
        return tuple(squeezed(node.text(separator=" ")) for node in self.tree.css(selector)[:200])

    def meta(self, name: str) -> str | None:
        """The content of ``<meta name|property=…>``, or None."""
        node = self.tree.css_first(f'meta[property="{name}"], meta[name="{name}"]')
        return (node.attributes.get("content") or "").strip() or None if node else None

    @cached_property
    def canonical_url(self) -> str | None:
        node = self.tree.css_first('link[rel="canonical"]')
        return (node.attributes.get("href") or "").strip() or None if node else None

    @cached_property
    def skeleton(self) -> frozenset[str]:
        """Which elements the page is built of, by tag and class: alike for two pages of one site's template.

        Numbers are left out, since they only count.
        """
        nodes = self.tree.css("body *, head > meta, head > link")[:5_000]
        return frozenset(
            _DIGITS.sub("", f"{node.tag}.{node.attributes.get('class') or node.attributes.get('id') or ''}")
            for node in nodes
        )

    @property
    def named_elements(self) -> frozenset[str]:
        """Those of the skeleton that a site gave names of its own."""
        return frozenset(element for element in self.skeleton if not element.endswith("."))


def _without(tree: LexborHTMLParser, selector: str) -> LexborHTMLParser:
    rest = tree.clone()
    _cut_out(rest, selector)
    return rest


def _cut_out(tree: LexborHTMLParser, selector: str) -> None:
    for node in reversed(tree.css(selector)):  # the inner ones first, while they exist
        node.decompose()


class _Recent:
    pages: tuple[Page, ...] = ()


def page_of(html: str, source: bytes | None = None) -> Page:
    """The page; the same one again for markup that was asked for just before.

    One look is judged a few times: before a second address is asked, before the control is, and at last.
    """
    found = next((page for page in _Recent.pages if page.html is html), None)
    if found is None:
        found = Page(html, source)
        _Recent.pages = (found, *_Recent.pages[:1])
    return found


def page_seen(seen: Observation | None) -> Page:
    """The page that was seen; an empty one where none was."""
    if seen is None:
        return page_of("")
    is_as_it_came = seen.body_charset == "utf-8" and "\ufffd" not in seen.body_text
    return page_of(seen.body_text, seen.body.removeprefix(BOM_UTF8) if is_as_it_came else None)


def json_object(text: str, start: int = 0) -> dict[str, Any]:
    """The JSON object that begins at ``start``, or an empty one."""
    try:
        value, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def likeness(one: Page, other: Page) -> float:
    """How much of two pages' skeletons is shared, from 0 to 1."""
    union = one.skeleton | other.skeleton
    return len(one.skeleton & other.skeleton) / len(union) if union else 0.0
