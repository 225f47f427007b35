"""Host names that look like other ones: letters of two scripts in one label, or Cyrillic that reads as Latin.

After the rules by which browsers decide to show a name encoded. The encoded name is accepted: it looks like nothing.
"""

from __future__ import annotations

import unicodedata

_TOGETHER = frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"})
"""Scripts that are written together, and do not look like each other."""
_READS_AS_LATIN = frozenset("асԁеһіјӏорԛѕԝхуѵҽгьпкмтв")


def lookalike(url: str) -> str | None:
    """A sentence on the host of an address as it was typed, or None when it looks like what it is."""
    host = _host(url)
    if host.isascii():
        return None
    if unicodedata.normalize("NFKC", host).casefold() != unicodedata.normalize("NFC", host).casefold():
        return f"The host “{host}” is written in letters that stand for others; write it in plain letters."
    labels = host.casefold().split(".")
    if any(_is_mixed(label) for label in labels) or any(
        _reads_as_latin(label) for label in labels[:-1] if labels[-1].isascii()
    ):
        return f"The host “{host}” looks like another one; if you mean it, write it as {_encoded(host)}."
    return None


def _host(url: str) -> str:
    rest = url.partition("://")[2].replace("\\", "/")
    for mark in "/?#":
        rest = rest.partition(mark)[0]
    return rest.rpartition("@")[2].partition(":")[0]


def _is_mixed(label: str) -> bool:
    scripts = {unicodedata.name(char, "").split(" ")[0] for char in label if char.isalpha()}
    return len(scripts) > 1 and not scripts <= _TOGETHER


def _reads_as_latin(label: str) -> bool:
    letters = [char for char in label if char.isalpha()]
    return bool(letters) and all(char in _READS_AS_LATIN for char in letters)


def _encoded(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return "xn--…"
