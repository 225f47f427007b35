"""Cookies live as long as a look, and go to the site that set them."""

from __future__ import annotations

import asyncio

from tests.probing.servers import look, serving
from tracker.facts import Failure, Observation
from tracker.probing.cookies import Cookies
from tracker.probing.target import read_url


def _seen(set_cookie: str) -> Observation:
    """A site that sends its visitor in a circle until a cookie comes back."""

    async def site(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        if b"\r\nCookie: seen=yes\r\n" in asked:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<p>the")
        else:
            head = (
                f"HTTP/1.1 302 Found\r\nLocation: /\r\nSet-Cookie: {set_cookie}\r\nContent-Length: 0\r\n\r\n"
            )
            writer.write(head.encode())
        await writer.drain()
        writer.close()

    async def scene() -> Observation:
        async with serving(site) as port:
            return await look(f"http://127.0.0.1:{port}/")

    return asyncio.run(scene())


def test_a_site_that_wants_its_cookie_back_gets_it() -> None:
    seen = _seen("seen=yes; Path=/")
    assert (seen.failure, seen.body_text, len(seen.hops)) == (None, "<p>the", 2)


def test_a_site_that_never_has_enough_is_a_loop_that_ends() -> None:
    assert _seen("other=1").failure == Failure.REDIRECT_LOOP


def test_the_next_look_knows_nothing_of_the_last() -> None:
    assert len(_seen("seen=yes").hops) == len(_seen("seen=yes").hops) == 2


def _kept(url: str, *headers: str) -> Cookies:
    cookies = Cookies()
    for header in headers:
        cookies.keep(read_url(url), header)
    return cookies


def test_a_cookie_stays_with_its_host_or_the_domain_that_it_names() -> None:
    cookies = _kept(
        "https://www.quay.test/",
        "a=1",
        "b=2; Domain=.quay.test",
        "c=3; domain=test",
        "d=4; Domain=ferry.test",
    )
    assert cookies.header_for(read_url("https://www.quay.test/x")) == "a=1; c=3; d=4; b=2"
    assert cookies.header_for(read_url("https://quay.test/")) == "b=2"
    assert cookies.header_for(read_url("https://ferry.test/")) == ""
    assert cookies.header_for(read_url("https://notquay.test/")) == ""


def test_what_is_no_cookie_is_passed_over() -> None:
    headers = (
        "",
        "=1",
        "a",
        'a="1 2"',
        "a=1\r\nX: y",
        "b=\u00e9",
        "k" * 300 + "=1",
        "ok=1",
        "gone=1",
        "gone=; Max-Age=0",
    )
    assert _kept("https://quay.test/", *headers).header_for(read_url("https://quay.test/")) == "ok=1"


def test_a_site_cannot_fill_the_memory_with_cookies() -> None:
    cookies = _kept("https://quay.test/", *(f"k{n}={'v' * 1900}" for n in range(500)))
    assert len(cookies.header_for(read_url("https://quay.test/"))) < 64_000
