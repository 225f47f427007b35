"""Markup that no parser has to think long about.

The rules of HTML make parsers quadratic in three things that a hostile page may have plenty of: elements inside each
other, formatting left open (which is repeated in every block that follows), and attributes of one element. Ordinary
pages pass as they are. Large and odd ones are written anew, with the same text and elements within bounds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_PLAIN_CHARS = 64 * 1024
_PLAIN_TAGS = 5_000
_PLAIN_COST = 300_000
"""Tags times formatting tags, which is as many nodes as a page can be made to have."""

TAGS = 20_000
DEPTH = 256
_OPEN_FORMATTING = 8
_ATTRIBUTES = 500
_FEW_ATTRIBUTES = 2_000
"""Characters that cannot hold more attributes than the bound."""

_FORMATTING = frozenset("b big code em font i nobr s small strike strong tt u".split())
_ROOTS = frozenset(("html", "body"))
_ROOT = re.compile(rb"<(?:html|body)")
_COSTLY = re.compile(rf"<(?:{'|'.join(sorted(_FORMATTING))})[\s/>]".encode())

_RAW = frozenset("script style title textarea iframe noembed noframes xmp".split())
"""Their content is text up to their own end."""
_REPLACED = {"svg": "template"}
"""Unseen both, and without the rules of its own that SVG has for what stands in it."""
_LEFT_OUT = frozenset("math select frameset frame plaintext option optgroup rt rp".split())
"""Inside the first five, other rules say what a tag is; of the others, it depends on those around whether they nest."""
_NEVER_HOLD = frozenset(
    "area base br col embed hr img input link meta param source track wbr"
    " p li dt dd tr td th tbody thead tfoot colgroup".split()
)
"""Elements without content, and those that the next of their kind ends."""
_NEVER_IN_ITSELF = frozenset(("a", "nobr", "form"))

_SPACE = r"[\t\n\f\r ]"
_MARK = re.compile(r"<(?=[a-zA-Z/!?])")
_ATTRIBUTE = (
    rf"(?:[\t\n\f\r /]*+(?:[^\t\n\f\r />=]++|=[^\t\n\f\r />=]*+)"
    rf"(?:{_SPACE}*+={_SPACE}*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\t\n\f\r >\"'][^\t\n\f\r >]*+)?)?)"
)
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_TAG = re.compile(rf"<(/?)([a-zA-Z][^\t\n\f\r />]*+)({_ATTRIBUTE}*+[\t\n\f\r /]*+)(>?)")


def plain(html: str, encoded: bytes, lowered: bytes) -> bytes:
    """The markup in UTF-8, or the same page written anew. ``encoded`` is ``html``, ``lowered`` that in lower case."""
    if is_plain(html, lowered):
        return encoded
    return "".join(_Writer(html.replace("\0", "")).parts()).encode("utf-8", "replace")


def is_plain(html: str, lowered: bytes) -> bool:
    """Whether the markup is too small and too ordinary to be costly, whatever it says."""
    tags = lowered.count(b">")
    if len(html) > _PLAIN_CHARS or tags > _PLAIN_TAGS:
        return False
    roots = _ROOT.findall(lowered)
    if len(roots) > len(set(roots)):
        return False
    return tags * tags <= _PLAIN_COST or tags * len(_COSTLY.findall(lowered)) <= _PLAIN_COST


class _Writer:
    """Writes a page anew, tag by tag."""

    def __init__(self, html: str) -> None:
        self._html, self._at = html, 0
        self._open: Counter[str] = Counter()
        self._depth = 0

    def parts(self) -> Iterator[str]:
        for _ in range(TAGS):
            mark = _MARK.search(self._html, self._at)
            text = self._html[self._at : mark.start() if mark else None]
            yield text.replace("<", "&lt;")
            if mark is None:
                return
            self._at = mark.start()
            yield from self._markup()

    def _markup(self) -> Iterator[str]:
        tag = _TAG.match(self._html, self._at)
        if tag is None:
            self._pass_over()
            return
        self._at = tag.end()
        if not tag[4]:  # the page ends inside it
            return
        name = tag[2].lower()
        if name in _LEFT_OUT:
            yield " "
        elif tag[1]:
            yield from self._end(name)
        elif self._begins(name):
            yield self._start(name, tag)
            if name in _RAW:
                yield self._raw(name)

    def _pass_over(self) -> None:
        """A comment, or what is read as one."""
        end = "-->" if self._html.startswith("<!--", self._at) else ">"
        found = self._html.find(end, self._at + 2)
        self._at = len(self._html) if found < 0 else found + len(end)

    def _begins(self, name: str) -> bool:
        """Whether there is room for one more of this element; it is counted if so."""
        if name in _NEVER_HOLD or name in _RAW:
            return True
        if name in _NEVER_IN_ITSELF and self._open[name]:
            return True
        if self._depth >= DEPTH or (name in _ROOTS and self._open[name]):
            return False
        if name in _FORMATTING and sum(self._open[one] for one in _FORMATTING) >= _OPEN_FORMATTING:
            return False
        self._open[name] += 1
        self._depth += 1
        return True

    def _end(self, name: str) -> Iterator[str]:
        if name in _ROOTS:
            return
        if name not in _NEVER_HOLD and name not in _RAW:
            if not self._open[name]:
                return
            self._open[name] -= 1
            self._depth -= 1
        yield f"</{_REPLACED.get(name, name)}>"

    def _start(self, name: str, tag: re.Match[str]) -> str:
        many = len(tag[3]) > _FEW_ATTRIBUTES and len(_ONE_ATTRIBUTE.findall(tag[3])) > _ATTRIBUTES
        if name in _REPLACED or many:
            return f"<{_REPLACED.get(name, name)}>"
        return tag[0]

    def _raw(self, name: str) -> str:
        """The content of an element that holds text only; its end tag comes next."""
        end = re.compile(rf"</{name}[\t\n\f\r />]", re.I).search(self._html, self._at)
        text = self._html[self._at : end.start() if end else None]
        self._at += len(text)
        return text
