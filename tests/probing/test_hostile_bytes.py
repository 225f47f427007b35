"""Whatever bytes arrive, a look ends as an observation."""

from __future__ import annotations

import asyncio
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.facts import Failure
from tracker.probing import EgressPolicy, UnreadableUrl, from_json, read_url, to_json
from tracker.probing.charset import as_text, find_charset
from tracker.probing.target import read_location

from .conftest import Authority
from .servers import Handler, addresses, look, page, reply, resolving, serving

BASE = read_url("https://page.test/a/b")
PIECES = [
    b"HTTP/1.1 ",
    b"200 OK",
    b"302 Found",
    b"\r\n",
    b"\r\n\r\n",
    b"\n",
    b"Location: ",
    b"//[",
    b"http://\xff\xfe/",
    b"Content-Length: ",
    b"-1",
    b"99999999999999999999999",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: gzip\r\n",
    b"Content-Encoding: deflate\r\n",
    b"Content-Type: text/html; charset*=''%ff\r\n",
    b"Content-Type: \xff/\xfe;;;=\r\n",
    b"\x00",
    b"\x1f\x8b\x08",
    b"\x16\x03\x03\x00\x7a\x02",
    b"\x15\x03\x03\x00\x02\x02\x28",
    b"fffffffff\r\n",
]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_random_answers_are_observed_and_not_raised(scheme: str) -> None:
    dice = random.Random(20261124)

    async def scene() -> None:
        for _ in range(60):
            start = [b"HTTP/1.1 200 OK\r\n"] if scheme == "http" and dice.random() < 0.5 else []
            parts = start + dice.choices(PIECES, k=dice.randint(1, 12))
            handler = reply(b"".join(parts)) if scheme == "http" else blurt(b"".join(parts))
            async with serving(handler) as port:
                seen = await look(f"{scheme}://127.0.0.1:{port}/", http_seconds=0.2, tls_seconds=0.2, hops=2)
            assert (seen.failure is None) == (seen.failed_stage is None)
            assert from_json(to_json(seen), seen.body) == seen

    asyncio.run(scene())


def blurt(answer: bytes) -> Handler:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1000)
        writer.write(answer)
        await writer.drain()

    return handle


@settings(max_examples=120, deadline=None)
@given(st.text())
def test_any_text_is_a_target_or_unreadable(text: str) -> None:
    for url in (text, f"http://{text}/", f"http://page.test/{text}"):
        try:
            target = read_url(url)
        except UnreadableUrl:
            continue
        EgressPolicy().refuse_target(target)
        assert target.href.isascii()


@settings(max_examples=120, deadline=None)
@given(st.text())
def test_any_text_is_a_location_or_unreadable(location: str) -> None:
    try:
        target = read_location(location, BASE)
    except UnreadableUrl:
        return
    assert target.href


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.none() | st.text(max_size=60))
def test_any_body_of_any_kind_has_a_charset_or_none(body: bytes, content_type: str | None) -> None:
    charset = find_charset(body, content_type)
    assert isinstance(as_text(body, charset), str)


@pytest.mark.parametrize(
    ("host", "looked_at"),
    [
        ("a_b.test", True),
        ("a*b.test", True),
        ("-a.test", True),
        ("a$b.test", True),
        ("a!b.test", True),
        ("a'b.test", True),
        ("xn--a.test", False),
        ("xn--.test", False),
        ("a%2fb.test", False),
        (".test", False),
    ],
)
def test_odd_names_are_looked_at_as_a_browser_would_or_refused(
    host: str, looked_at: bool, authority: Authority
) -> None:
    async def scene() -> None:
        async with (
            serving(reply(page(b"x")), context=authority.context("page.test")) as port,
            resolving(addresses("127.0.0.1")) as resolver,
        ):
            seen = await look(f"https://{host}:{port}/", resolver=resolver, ca_file=authority.ca_file)
        assert seen.failure == (Failure.SSL_HOSTNAME if looked_at else Failure.EGRESS_REFUSED)

    asyncio.run(scene())
