"""How a request presents itself: the usual headers, those that a platform wants, and nothing that breaks out."""

from __future__ import annotations

import asyncio

import pytest

from tracker.probing import Manner

from .servers import Site, SocksProxy, look, page, redirect, serving


def request_with(manner: Manner) -> bytes:
    site = Site({"/": page(b"hello")})

    async def scene() -> None:
        async with serving(site) as port:
            seen = await look(f"http://127.0.0.1:{port}/", manner=manner)
        assert (seen.failure, seen.accept_language) == (None, manner.accept_language)

    asyncio.run(scene())
    return site.requests[0].lower()


def test_a_platforms_headers_are_sent_beside_the_usual_ones() -> None:
    request = request_with(Manner(accept_language="ru,en;q=0.5", headers=(("Cookie", "SOCS=CAI"),)))
    assert b"\r\ncookie: socs=cai\r\n" in request
    assert b"\r\naccept-language: ru,en;q=0.5\r\n" in request
    assert b"\r\naccept: text/html" in request


def test_a_header_that_is_given_stands_in_place_of_the_usual_one() -> None:
    request = request_with(Manner(headers=(("Accept", "application/json"),)))
    assert request.count(b"\r\naccept:") == 1
    assert b"\r\naccept: application/json\r\n" in request


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-One", "a\r\nX-Two: b"),
        ("X-One", "a\nb"),
        ("X-One", "a\0b"),
        ("X-One", "ä"),
        ("X-One", ""),
        ("X-One", " a"),
        ("X One", "a"),
        ("X-One\r\nX-Two", "a"),
        ("", "a"),
        ("Host", "other.example"),
        ("content-length", "5"),
        ("Transfer-Encoding", "chunked"),
        ("Connection", "keep-alive"),
    ],
)
def test_a_header_that_breaks_out_or_frames_the_request_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match="is no header that a look may send"):
        Manner(headers=((name, value),))


def test_a_language_that_breaks_out_is_refused() -> None:
    with pytest.raises(ValueError, match="is no header"):
        Manner(accept_language="en\r\nX-Two: b")


def test_a_platforms_headers_go_to_its_own_host_and_to_no_other() -> None:
    site, manner = Site({}), Manner(headers=(("Cookie", "SOCS=CAI"),))

    async def scene() -> None:
        async with serving(site) as port, serving(SocksProxy()) as proxy:
            pages = {"/": redirect("/again"), "/again": redirect(f"http://two.test:{port}/end")}
            site.pages |= pages | {"/end": page(b"hello")}
            via = f"socks5h://127.0.0.1:{proxy}"
            seen = await look(f"http://one.test:{port}/", via=via, manner=manner)
        assert seen.body == b"hello"

    asyncio.run(scene())
    assert [b"SOCS=CAI" in request for request in site.requests] == [True, True, False]
