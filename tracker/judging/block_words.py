"""A page that speaks of blocking and of a law, an authority or a filter: a block page that nobody has recorded yet.

Words are no artefact, so they never make more than ``likely_blocked``, and only where the control sees the page.
One sentence must say that what was asked for is blocked, and the page must say who or what says so: an article about
blocking says it of somebody else's page, a shop forbids copying, a shield refuses an address and an age gate a child.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import re2

from tracker.judging.block_lexicon import FILTER_SAYS, FILTERS, NOT_A_BLOCK, OTHER_MATTERS, POINTING, TONGUES
from tracker.judging.page import Page

MAX_TEXT = 6_000
"""Characters of visible text. A longer page reports about blocking."""
ANNOUNCEMENT = 120
"""A page that is longer must address its reader where it says so: reports speak of blocks in the third person."""
TOP = 1_500
"""As much of a page that is too long is read: what stands in a page's place stands at its top."""
LONGEST = 12_000
BARE = 1_000
"""A page that says no more than that it is blocked need not say by whom."""
_WINDOW = 220

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|[。！？।؟၊။\n]")
_TITLE_PART = re.compile(r"\s+[|•:–—-]{1,2}\s+|\s*::\s*|\s*\|\s*")
_FOLDED = str.maketrans({
    "ё": "е", "ı": "i", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ی", "ي": "ی", "ك": "ک", "ة": "ه", "ـ": None,
    "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "\u0307": None, "\u00a0": " ",
    **dict.fromkeys(map(chr, (*range(0x200B, 0x2010), *range(0x064B, 0x0653), 0x00AD, 0xFEFF))),
})  # fmt: skip


class Speech(StrEnum):
    """What a page speaks of."""

    OF_A_BLOCK = "block"
    OF_A_FILTER = "filter"


def folded(text: str) -> str:
    """The text as the lexicon writes it: lower case, without marks that some write and some do not."""
    return text.lower().translate(_FOLDED)


def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.never_capture = True
    options.log_errors = False
    options.max_mem = 32 * 1024 * 1024
    return re2.compile(folded(pattern), options)


class _Classes:
    """For each text, which kinds of words of which languages are in it."""

    def __init__(self) -> None:
        options = re2.Options()
        options.never_capture = True
        options.log_errors = False
        options.max_mem = 64 * 1024 * 1024
        self._net = re2.Set.SearchSet(options)
        self._names: list[tuple[str, str]] = []
        for tongue in TONGUES:
            for kind in ("here", "access", "blocked", "closed", "who"):
                self._net.Add(folded(getattr(tongue, kind)))
                self._names.append((tongue.code, kind))
        self._net.Compile()

    def of(self, text: str) -> frozenset[tuple[str, str]]:
        found = self._net.Match(text.encode("utf-8", "replace")) or ()
        return frozenset(self._names[number] for number in found)


_CLASSES = _Classes()
_CODES = tuple(tongue.code for tongue in TONGUES)
_TITLES = _compiled("|".join(f"(?:{tongue.title})" for tongue in TONGUES))
_FILTERS = _compiled(FILTERS)
_FILTER_SAYS = _compiled(FILTER_SAYS)
_POINTING = _compiled(POINTING)
_OTHER_MATTERS = _compiled(OTHER_MATTERS)
_NOT_A_BLOCK = _compiled(NOT_A_BLOCK)


@lru_cache(maxsize=64)
def speech_of(title: str, text: str) -> Speech | None:
    """What a page with this title and visible text speaks of; None when of neither."""
    if len(text) >= LONGEST:
        return None
    title, text = folded(title), folded(text)
    if _FILTER_SAYS.search(f"{title}\n{text}"):
        return Speech.OF_A_FILTER
    text = text if len(text) < MAX_TEXT else text[:TOP]
    whole = f"{title}\n{text}"
    kinds = _CLASSES.of(whole)
    if not any(kind in ("blocked", "closed") for _, kind in kinds) or _NOT_A_BLOCK.search(whole):
        return None
    said = "blocked" if _is_said(title, text) else "closed" if _is_title(title) else None
    if said is None:
        return None
    if any(kind == "who" for _, kind in kinds):
        return Speech.OF_A_BLOCK
    if _FILTERS.search(whole):
        return Speech.OF_A_FILTER
    return Speech.OF_A_BLOCK if said == "blocked" and len(text) < BARE else None


def is_own_refusal(title: str, text: str) -> bool:
    """Whether a page refuses as a site's own shield, age gate, paywall or server does."""
    return bool(_NOT_A_BLOCK.search(folded(f"{title}\n{text[:MAX_TEXT]}")))


def _is_said(title: str, text: str) -> bool:
    """Whether one sentence says that what was asked for is blocked."""
    return any(_says(part, len(text) > ANNOUNCEMENT) for part in _sentences(f"{title}\n{text}"))


def _says(sentence: str, must_point: bool) -> bool:
    kinds = _CLASSES.of(sentence)
    if not any(_is_block(code, kinds) for code in _CODES) or _OTHER_MATTERS.search(sentence):
        return False
    return not must_point or bool(_POINTING.search(sentence))


def _is_block(code: str, kinds: frozenset[tuple[str, str]]) -> bool:
    access = (code, "access") in kinds
    if (code, "blocked") in kinds and (access or (code, "here") in kinds):
        return True
    return access and (code, "closed") in kinds


def _sentences(text: str) -> Iterator[str]:
    """The sentences, the long ones in pieces that overlap: what is no text runs on without a full stop."""
    for sentence in _SENTENCE.split(text):
        for start in range(0, max(1, len(sentence) - _WINDOW // 2), _WINDOW // 2):
            yield sentence[start : start + _WINDOW]


def _is_title(title: str) -> bool:
    return any(_TITLES.fullmatch(part.strip()) for part in _TITLE_PART.split(title))


_POINTER = _compiled(
    r"(^|[^a-z])(zapret|blackhole|(site|url|web|page|isp|net|dns|access)?-?block(ed|ing)?-?(page|site|list|url|info|msg)?"
    r"|den(y|ied)|access-?den(y|ied)|forbidden|prohibit(ed)?|restrict(ed|ion)?|censor(ed|ship)?|blacklist|stop-?page|rkn|mdes"
    r"|trust-?positif|negatif|internet-?(positif|sehat|baik)|internetsehat[a-z]*|sehat|dnswarning|warning|clean-?web|cleannet"
    r"|(surf|browse|net|web|safe)-?safe(ly|ty)?|safe-?(surf|net|web|browsing)|legal-?(text|notice)?|engelli?|bloque(o|ado|ada)"
    r"|bloqueio|blocage|gesperrt|sperr(e|seite)|filter(ing|ed)?|(web|url|content)-?filter|content-?lock|parental|illegal|notice"
    r"|pingfan|fengsuo|chadan)([^a-z]|$)"
)


def points_at_a_block(page: Page, asked: str) -> bool:
    """Whether a page with hardly any text is a picture or a frame, or sends its reader on, to what is named a block.

    ``asked`` is the host of the page that was asked for: what lies there is the site's own.
    """
    return any(_POINTER.search(folded(_last_parts(url, asked))) for url in _targets(page))


def _targets(page: Page) -> list[str]:
    """What such a page shows and where it sends its reader; of scripts the host, since any script has a name."""
    shown = page.tree.css("img, iframe, frame, embed")[:20]
    found = [node.attributes.get("src") or "" for node in shown]
    found += [node.attributes.get("href") or "" for node in page.tree.css("a")[:5]]
    found += [node.attributes.get("content") or "" for node in page.tree.css("meta[http-equiv]")[:20]]
    scripts = (node.attributes.get("src") or "" for node in page.tree.css("script")[:10])
    found += [f"//{url.split('/')[2]}/" for url in scripts if "//" in url[:8]]
    found += _SCRIPTED.findall(page.html[:20_000])
    return [url[:500] for url in found if url]


def unseen_words(page: Page) -> str:
    """What a page with hardly any text says to those who see no pictures and run no scripts."""
    alts = [node.attributes.get("alt") or "" for node in page.tree.css("img, area, input")[:20]]
    said = [page.meta("description") or "", *page.texts("noscript"), *alts]
    return "\n".join(part[:1_000] for part in said if part)


_SCRIPTED = re.compile(r"location(?:\.href)?\s*(?:=|\.replace\(|\.assign\()\s*[\"']([^\"']{1,300})[\"']")


def _last_parts(url: str, asked: str) -> str:
    """Host and path without what was asked for, which a block page's address often quotes."""
    url = url.partition("=")[2] if url[:8].lower().lstrip("0123456789; ").startswith("url=") else url
    try:
        parts = urlsplit(url.strip(" '\""))
    except ValueError:
        return ""
    return f"{parts.netloc} {parts.path}".replace(asked, "") if asked else f"{parts.netloc} {parts.path}"
