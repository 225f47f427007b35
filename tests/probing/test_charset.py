"""The charset of a page, in the order that browsers look for it."""

from __future__ import annotations

import pytest

from tracker.probing.charset import as_text, find_charset

RUSSIAN = "Доступ к информационному ресурсу ограничен на основании решения суда. " * 4


@pytest.mark.parametrize(
    ("body", "content_type", "charset"),
    [
        ("\ufeffпривет".encode(), "text/html; charset=windows-1251", "utf-8"),
        (b"\xff\xfe" + "привет".encode("utf-16-le"), None, "utf-16le"),
        (RUSSIAN.encode("cp1251"), "text/html; charset=windows-1251", "windows-1251"),
        (RUSSIAN.encode("cp1251"), 'text/html; charset="CP1251"', "windows-1251"),
        (b"<meta charset=koi8-r>" + RUSSIAN.encode("koi8-r"), "text/html", "koi8-r"),
        (
            b"<meta charset=windows-1251>" + RUSSIAN.encode("cp1251"),
            "text/html; charset=utf-8",
            "windows-1251",
        ),
        (RUSSIAN.encode("cp1251"), "text/html; charset=utf-8", "windows-1251"),
        (RUSSIAN.encode(), "text/html; charset=windows-1251", "utf-8"),
        (b"<meta charset=windows-1251>" + RUSSIAN.encode(), None, "utf-8"),
        (RUSSIAN.encode() + b"\xd0", "text/html; charset=utf-8", "utf-8"),
        (b"<p>one stray \xff byte" + RUSSIAN.encode(), "text/html; charset=utf-8", "utf-8"),
        (
            b"<meta charset=koi8-r>" + RUSSIAN.encode("cp1251"),
            "text/html;charset=windows-1251",
            "windows-1251",
        ),
        (
            b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
            + RUSSIAN.encode("cp1251"),
            "text/html",
            "windows-1251",
        ),
        (b"<!-- <meta charset=koi8-r> --><meta charset='utf-8'>", "text/html", "utf-8"),
        (b"<meta charset=utf-16>", "text/html", "utf-8"),
        (b'<?xml version="1.0" encoding="windows-1251"?>', "text/xml", "windows-1251"),
        (b" " * 2000 + b"<meta charset=koi8-r>", "text/html", "utf-8"),
        (RUSSIAN.encode("cp1251"), "text/html", "windows-1251"),
        (RUSSIAN.encode("koi8-r"), None, "koi8-r"),
        (RUSSIAN.encode(), "text/html", "utf-8"),
        (RUSSIAN.encode(), "text/html; charset=punycode", "utf-8"),
        (RUSSIAN.encode(), "text/html; charset=unicode_escape", "utf-8"),
        (b"caf\xe9", "text/html; charset=iso-8859-1", "windows-1252"),
        (b"{}", "application/json", "utf-8"),
        (b"\x89PNG\r\n", "image/png", None),
        (b"%PDF-1.7", "application/pdf", None),
        (b"", "text/html", "utf-8"),
    ],
)
def test_a_charset_is_found_as_a_browser_finds_it(
    body: bytes, content_type: str | None, charset: str | None
) -> None:
    assert find_charset(body, content_type) == charset


def test_text_is_read_in_its_charset_without_its_mark() -> None:
    assert as_text(RUSSIAN.encode("cp1251"), "windows-1251") == RUSSIAN
    assert as_text("\ufeffпривет".encode(), "utf-8") == "привет"


def test_bytes_that_do_not_belong_are_replaced_and_not_raised() -> None:
    assert as_text(b"a\xffb", "utf-8") == "a\ufffdb"


def test_what_is_not_text_has_no_text() -> None:
    assert as_text(b"\x89PNG", None) == ""


def test_every_charset_that_can_be_named_can_be_read() -> None:
    from tracker.probing.charset import _CODECS, _GUESSED, _LABELS

    for name in {*_CODECS, *_LABELS.values(), *_GUESSED.values()}:
        assert as_text(bytes(range(256)), name)
