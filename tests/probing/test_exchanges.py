"""The bytes of a look: what went over each connection, as it went, for evidence."""

from __future__ import annotations

import asyncio
import gzip
from typing import Any

from tracker.facts import Failure, Observation

from .servers import Handler, Site, look, page, redirect, reply, serving


def read_from(handler: Handler, path: str = "/", **bounds: Any) -> Observation:
    async def scene() -> Observation:
        async with serving(handler) as port:
            return await look(f"http://127.0.0.1:{port}{path}", **bounds)

    return asyncio.run(scene())


def test_each_hop_keeps_its_request_and_its_answer_as_they_went() -> None:
    seen = read_from(Site({"/": redirect("/p"), "/p": page(b"<p>hello", "X-Odd: \xff")}))
    first, second = seen.exchanges
    assert [hop.url for hop in seen.hops if hop.http] == [seen.url, seen.url + "p"]
    assert first.request.startswith(b"GET / HTTP/1.1\r\nHost: 127.0.0.1")
    assert second.request.startswith(b"GET /p HTTP/1.1\r\n")
    assert first.response_head.startswith(b"HTTP/1.1 30")
    assert second.response_head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"X-Odd: " in second.response_head
    assert second.response_head.endswith(b"\r\n\r\n")
    assert (second.body, second.truncated) == (b"<p>hello", False)


def test_codings_stay_as_they_came() -> None:
    packed = gzip.compress(b"<p>hello", mtime=0)
    framed = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    seen = read_from(reply(head + framed))
    assert seen.body == b"<p>hello"
    (kept,) = seen.exchanges
    assert (kept.response_head, kept.body) == (head, framed)


def test_a_provisional_answer_is_left_out() -> None:
    seen = read_from(reply(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 404 No\n\nnothing"))
    (kept,) = seen.exchanges
    assert (kept.response_head, kept.body) == (b"HTTP/1.1 404 No\n\n", b"nothing")


def test_what_is_no_answer_is_kept_whole() -> None:
    seen = read_from(reply(b"blocked by order\r\n\r\nof nobody"))
    assert seen.failure == Failure.HTTP_REQUEST_FAILED
    (kept,) = seen.exchanges
    assert (kept.response_head, kept.body) == (b"blocked by order\r\n\r\nof nobody", b"")


def test_what_came_before_an_early_end_is_kept() -> None:
    seen = read_from(reply(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"))
    assert seen.failure == Failure.EOF
    assert seen.exchanges[0].body == b"half"


def test_no_more_is_kept_than_is_decoded_and_a_little() -> None:
    body = b"x" * 3_000_000
    seen = read_from(Site({"/": page(body)}))
    assert seen.body_truncated
    (kept,) = seen.exchanges
    assert kept.body.startswith(seen.body)
    assert len(kept.body) < len(seen.body) + 256 * 1024


def test_a_coding_that_says_little_in_many_bytes_is_cut_and_says_so() -> None:
    nothing = gzip.compress(b"", mtime=0)
    packed = gzip.compress(b"", 0, mtime=0)[:10] + b"\x00\x00\x00\xff\xff" * 600_000  # empty stored blocks
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    seen = read_from(reply(head + packed))
    (kept,) = seen.exchanges
    assert seen.body == b""
    assert kept.truncated
    assert len(nothing) < len(kept.body) < 1_300_000
