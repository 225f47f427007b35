"""In which charset a browser would read a page: mark, header, meta element, and only then a guess.

With one difference: a declaration that the bytes themselves contradict is passed over.

Source: WHATWG HTML, "Determining the character encoding", and the label table of the Encoding Standard.
Only charsets that browsers know are ever used: Python knows some (punycode, unicode-escape) whose decoding
is slow or strange, and the page chooses the name.
"""

from __future__ import annotations

import codecs
import re
from email.message import Message
from functools import lru_cache

from charset_normalizer import from_bytes

_PRESCAN = 1024
_SAMPLE = 16 * 1024

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_BE, "utf-16be"), (codecs.BOM_UTF16_LE, "utf-16le"))

_OTHER_MARKS = tuple(mark for mark, name in _MARKS if name != "utf-8")

_CODECS = {
    "utf-8": "utf-8",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "ibm866": "cp866",
    "iso-8859-2": "iso8859-2",
    "iso-8859-3": "iso8859-3",
    "iso-8859-4": "iso8859-4",
    "iso-8859-5": "iso8859-5",
    "iso-8859-6": "iso8859-6",
    "iso-8859-7": "iso8859-7",
    "iso-8859-8": "iso8859-8",
    "iso-8859-10": "iso8859-10",
    "iso-8859-13": "iso8859-13",
    "iso-8859-14": "iso8859-14",
    "iso-8859-15": "iso8859-15",
    "iso-8859-16": "iso8859-16",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "macintosh": "mac-roman",
    "windows-874": "cp874",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1252": "cp1252",
    "windows-1253": "cp1253",
    "windows-1254": "cp1254",
    "windows-1255": "cp1255",
    "windows-1256": "cp1256",
    "windows-1257": "cp1257",
    "windows-1258": "cp1258",
    "x-mac-cyrillic": "mac-cyrillic",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "euc-jp": "euc-jp",
    "iso-2022-jp": "iso-2022-jp",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
}
"""The browser's name -> Python's codec."""

_LABELS = {
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "iso-8859-1": "windows-1252",
    "iso8859-1": "windows-1252",
    "latin1": "windows-1252",
    "l1": "windows-1252",
    "iso-8859-9": "windows-1254",
    "latin5": "windows-1254",
    "iso-8859-11": "windows-874",
    "tis-620": "windows-874",
    "iso-8859-8-i": "iso-8859-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "utf-16": "utf-16le",
    "cp866": "ibm866",
    "866": "ibm866",
    "x-cp1251": "windows-1251",
    "x-cp1252": "windows-1252",
    "koi8": "koi8-r",
    "koi": "koi8-r",
    "koi8-ru": "koi8-u",
    "mac": "macintosh",
    "x-mac-ukrainian": "x-mac-cyrillic",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "x-gbk": "gb18030",
    "big5-hkscs": "big5",
    "x-sjis": "shift_jis",
    "sjis": "shift_jis",
    "shift-jis": "shift_jis",
    "windows-31j": "shift_jis",
    "x-euc-jp": "euc-jp",
    "ks_c_5601-1987": "euc-kr",
    "ksc5601": "euc-kr",
    "windows-949": "euc-kr",
    **{f"cp125{digit}": f"windows-125{digit}" for digit in range(9)},
}

_BEYOND_ASCII = ("utf-16le", "utf-16be", "iso-2022-jp")
"""Charsets whose text may look like ASCII or UTF-8 and is neither."""

_GUESSED = {
    "cp1251": "windows-1251",
    "koi8_r": "koi8-r",
    "cp1250": "windows-1250",
    "cp1252": "windows-1252",
    "cp1254": "windows-1254",
    "cp1256": "windows-1256",
    "gb18030": "gb18030",
    "big5": "big5",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
}

_META = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,512}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_TEXTUAL = re.compile(r"text/|.*(?:html|xml|json|javascript)")


def find_charset(body: bytes, content_type: str | None) -> str | None:
    """The charset of a body, by its browser name; None for what is not text."""
    media_type, declared = _declared(content_type)
    if media_type and not _TEXTUAL.match(media_type):
        return None
    for mark, name in _MARKS:
        if body.startswith(mark):
            return name
    if declared and not _contradicts(declared, body):
        return declared
    named = _in_document(body)
    return named if named and not _contradicts(named, body) else _guess(body)


def read_text(body: bytes, content_type: str | None) -> tuple[str | None, str]:
    """The charset of a body and the body in it. Most pages are UTF-8 and say so: those are decoded once."""
    media_type, declared = _declared(content_type)
    if declared == "utf-8" and not body.startswith(_OTHER_MARKS) and _TEXTUAL.match(media_type):
        try:
            return declared, body.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError:
            pass
    charset = find_charset(body, content_type)
    return charset, as_text(body, charset)


def _contradicts(charset: str, body: bytes) -> bool:
    """Whether the bytes cannot be what they are declared to be: a browser would show a notice as rubbish, and a
    notice that nobody could read would be missed. UTF-8 is the one charset that wrong bytes betray both ways."""
    sample = body[:_SAMPLE]
    if charset == "utf-8":
        return sample.decode("utf-8", "replace").count("\ufffd") > len(sample) // 50 + 3
    return charset not in _BEYOND_ASCII and _is_utf8(sample)


def _is_utf8(sample: bytes) -> bool:
    """Whether the bytes are UTF-8 with letters that other charsets write otherwise."""
    try:
        return not codecs.getincrementaldecoder("utf-8")().decode(sample).isascii()
    except UnicodeDecodeError:
        return False


def as_text(body: bytes, charset: str | None) -> str:
    """The body in a charset that ``find_charset`` named; bytes that do not belong to it are replaced."""
    if charset is None:
        return ""
    return body.decode(_CODECS[charset], errors="replace").removeprefix("\ufeff")


def _known(label: str) -> str | None:
    label = label.strip().lower()
    label = _LABELS.get(label, label)
    return label if label in _CODECS else None


@lru_cache(maxsize=128)
def _declared(content_type: str | None) -> tuple[str, str | None]:
    if not content_type:
        return "", None
    header = Message()
    header["content-type"] = content_type.replace("\r", " ").replace("\n", " ")
    label = header.get_param("charset")
    return content_type.partition(";")[0].strip().lower(), _known(label) if isinstance(label, str) else None


def _in_document(body: bytes) -> str | None:
    found = _META.search(_COMMENT.sub(b"", body[:_PRESCAN]))
    name = _known(found[1].decode("ascii", "ignore")) if found else None
    # Whoever could read this element was not reading UTF-16.
    return "utf-8" if name in ("utf-16le", "utf-16be") else name


def _guess(body: bytes) -> str:
    sample = body[:_SAMPLE]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        best = from_bytes(sample, cp_isolation=list(_GUESSED)).best()
        return _GUESSED.get(best.encoding, "windows-1252") if best else "windows-1252"
    return "utf-8"
