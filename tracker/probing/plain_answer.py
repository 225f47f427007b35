"""The head of an HTTP answer, where it is as plain as most are.

h11 reads any answer, and takes a tenth of a look for it. What is read here is a strict part of what h11 accepts, with
the same outcome; whatever is odd about an answer (another line end, a folded header, two lengths, chunks, a
provisional answer) is left to h11 from its first byte on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TEXT = rb"[!-~\x80-\xff]"
_PLAIN = re.compile(
    rb"HTTP/1\.[01] ([2-5]\d\d)(?: [\t -~\x80-\xff]*+)?\r\n"
    rb"((?:[-!#$%&'*+.^_`|~0-9a-zA-Z]++:[ \t]*+(?:"
    + _TEXT
    + rb"++(?:[ \t]++"
    + _TEXT
    + rb"++)*+[ \t]*+)?+\r\n)*+)"
    rb"\r\n"
)
_END = re.compile(rb"\n\r?\n")
_LENGTH = re.compile(r"[0-9]{1,15}")
_BODILESS = (204, 304)


@dataclass(frozen=True, slots=True)
class PlainHead:
    """Status and headers, and where the body begins. ``length`` is None for a body that the end of the stream ends."""

    status: int
    headers: tuple[tuple[str, str], ...]
    length: int | None
    size: int


def plain_head(arrived: bytes | bytearray) -> PlainHead | None:
    """The head that these bytes begin with; None when it is not plain, or not all there."""
    match = _PLAIN.match(arrived)
    if match is None or int(match[1]) in _BODILESS:
        return None
    headers = tuple(map(_header, match[2].split(b"\r\n")[:-1]))
    lengths = [value for name, value in headers if name == "content-length"]
    if len(lengths) > 1 or (lengths and not _LENGTH.fullmatch(lengths[0])):
        return None
    if any(name == "transfer-encoding" for name, _ in headers):
        return None
    return PlainHead(int(match[1]), headers, int(lengths[0]) if lengths else None, match.end())


def may_become_plain(arrived: bytes | bytearray) -> bool:
    """Whether more bytes may make a plain head of these, as far as they can be told from one that h11 refuses."""
    return arrived[:1] > b" " and _END.search(arrived) is None


def _header(line: bytes) -> tuple[str, str]:
    name, _, value = line.partition(b":")
    return name.decode("ascii").lower(), text_of(value.strip(b" \t"))


def text_of(value: bytes) -> str:
    """A header as text: UTF-8 where it is, and otherwise one character a byte, as HTTP once said."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
