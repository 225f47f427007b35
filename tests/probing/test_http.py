"""HTTP: ordinary answers, redirects, and pages that mean to hold or exhaust their reader."""

from __future__ import annotations

import asyncio
import time
import tracemalloc
import zlib
from typing import Any

import pytest

from tracker.facts import Failure, Observation, Stage
from tracker.probing import Limits, Manner
from tracker.probing.limits import Allowance
from tracker.probing.streams import Stream

from .servers import Handler, Site, look, page, redirect, reply, reset_at_first_bytes, serving, silent

OK = b"HTTP/1.1 200 OK\r\n"


def read_from(handler: Handler, path: str = "/", **bounds: Any) -> Observation:
    async def scene() -> Observation:
        async with serving(handler) as port:
            return await look(f"http://127.0.0.1:{port}{path}", **bounds)

    return asyncio.run(scene())


def outcome(seen: Observation) -> tuple[Stage | None, str | None]:
    return seen.failed_stage, seen.failure


def endless(head: bytes, part: bytes, *, pause: float = 0.0) -> Handler:
    """Sends the head, and then the part until the reader has gone."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head)
        while not writer.is_closing():
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)

    return handle


def gzipped(body: bytes, window: int = 31, *, times: int = 1) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    return b"".join(packer.compress(body) for _ in range(times)) + packer.flush()


def test_a_page_is_read_with_its_status_headers_and_body() -> None:
    seen = read_from(Site({"/": page(b"<p>hello", "Content-Type: text/html", "X-Two: a", "X-Two: b")}))
    assert outcome(seen) == (None, None)
    assert (seen.http_status, seen.body_text, seen.body_charset) == (200, "<p>hello", "utf-8")
    assert seen.http is not None
    assert [value for name, value in seen.http.headers if name == "x-two"] == ["a", "b"]
    assert seen.http.bytes_received > len(b"<p>hello")
    assert not seen.body_truncated


def test_unavailable_for_legal_reasons_is_an_answer_and_no_failure() -> None:
    answer = page(
        b"blocked", 'Link: <https://x.test/>; rel="blocked-by"', status="451 Unavailable For Legal Reasons"
    )
    seen = read_from(Site({"/": answer}))
    assert outcome(seen) == (None, None)
    assert (seen.http_status, seen.body) == (451, b"blocked")
    assert seen.http is not None
    assert seen.http.header("Link") == '<https://x.test/>; rel="blocked-by"'


def test_an_unheard_of_status_is_an_answer_too() -> None:
    assert read_from(Site({"/": page(b"go away", status="999 Request denied")})).http_status == 999


def test_a_request_looks_like_a_browsers_and_carries_nothing_from_before() -> None:
    site = Site({"/": page(b"x", "Set-Cookie: a=b"), "/r": redirect("/")})

    async def scene() -> Observation:
        async with serving(site) as port:
            await look(f"http://127.0.0.1:{port}/")
            return await look(
                f"http://127.0.0.1:{port}/r?q=1#part", manner=Manner(accept_language="ru,en;q=0.5")
            )

    seen = asyncio.run(scene())
    assert seen.accept_language == "ru,en;q=0.5"
    assert site.requests[1].startswith(b"GET /r?q=1 HTTP/1.1\r\n")
    for request in site.requests[1:]:
        head = request.lower()
        assert b"accept-language: ru,en;q=0.5\r\n" in head
        assert b"user-agent: mozilla/5.0 " in head
        assert b"cookie" not in head
        assert b"referer" not in head


# --- Redirects ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["301 x", "302 x", "303 x", "307 x", "308 x"])
def test_a_redirect_is_followed_and_every_hop_is_kept(status: str) -> None:
    seen = read_from(Site({"/a": redirect("/b?x=1", status), "/b?x=1": page(b"end")}), "/a")
    assert outcome(seen) == (None, None)
    assert [hop.url.partition("/a")[1] or hop.url.partition("/b")[1] for hop in seen.hops] == ["/a", "/b"]
    assert [hop.http.status for hop in seen.hops if hop.http] == [int(status[:3]), 200]
    assert seen.body == b"end"
    assert seen.final_url.endswith("/b?x=1")


@pytest.mark.parametrize("status", ["300 Multiple Choices", "304 Not Modified", "200 OK"])
def test_a_location_without_a_redirect_is_not_followed(status: str) -> None:
    seen = read_from(Site({"/": redirect("/b", status)}))
    assert len(seen.hops) == 1
    assert seen.failure is None


def test_a_redirect_without_a_location_is_a_page() -> None:
    seen = read_from(Site({"/": page(b"moved, but where", status="302 Found")}))
    assert (seen.failure, seen.body) == (None, b"moved, but where")


def test_a_page_that_leads_to_itself_is_a_loop() -> None:
    seen = read_from(Site({"/": redirect("/")}))
    assert outcome(seen) == (Stage.HTTP, Failure.REDIRECT_LOOP)
    assert len(seen.hops) == 1


def test_pages_that_lead_to_each_other_are_a_loop() -> None:
    seen = read_from(Site({"/a": redirect("/b"), "/b": redirect("/a#again")}), "/a")
    assert outcome(seen) == (Stage.HTTP, Failure.REDIRECT_LOOP)
    assert len(seen.hops) == 2


def test_an_endless_chain_of_redirects_ends_at_the_limit() -> None:
    seen = read_from(Site({f"/{n}": redirect(f"/{n + 1}") for n in range(50)}), "/0", hops=4)
    assert outcome(seen) == (Stage.HTTP, Failure.REDIRECT_LOOP)
    assert len(seen.hops) == 4


def test_a_location_that_is_no_url_is_named_so() -> None:
    seen = read_from(Site({"/": redirect("http://exa mple.test/")}))
    assert outcome(seen) == (Stage.HTTP, Failure.HTTP_BAD_REDIRECT)
    assert seen.http is not None
    assert seen.http.location == "http://exa mple.test/"


def test_the_body_of_a_redirect_is_not_waited_for() -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        if b" /end " in request:
            writer.write(page(b"end"))
            await writer.drain()
            return
        head = b"HTTP/1.1 302 Found\r\nLocation: /end\r\nContent-Length: 999999999\r\n\r\n"
        writer.write(head)
        while not writer.is_closing():
            writer.write(b"x" * 65536)
            await writer.drain()

    seen = read_from(handle)
    assert (seen.failure, seen.body) == (None, b"end")


# --- Broken answers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("handler", "failure", "body"),
    [
        (reply(), Failure.EOF, b""),
        (silent, Failure.GENERIC_TIMEOUT, b""),
        (reset_at_first_bytes, Failure.CONNECTION_RESET, b""),
        (reply(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), Failure.HTTP_REQUEST_FAILED, b""),
        (reply(b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n"), Failure.HTTP_REQUEST_FAILED, b""),
        (reply(OK + b"Content-Length: 100\r\n\r\nabc"), Failure.EOF, b"abc"),
        (reply(OK + b"Content-Length: 100\r\n\r\nabc", hold=True), Failure.GENERIC_TIMEOUT, b"abc"),
        (reply(OK + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabc"), Failure.HTTP_REQUEST_FAILED, b""),
        (
            reply(OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n"),
            Failure.HTTP_REQUEST_FAILED,
            b"abc",
        ),
        (reply(OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"), Failure.EOF, b"abc"),
        (
            reply(OK + b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"),
            Failure.HTTP_REQUEST_FAILED,
            b"",
        ),
        (reply(b"HTTP/1.1 101 Switching Protocols\r\n\r\n"), Failure.HTTP_REQUEST_FAILED, b""),
    ],
    ids=[
        "hangs-up",
        "silent",
        "reset",
        "other-protocol",
        "bad-header",
        "short-body",
        "stalled-body",
        "two-lengths",
        "bad-chunk",
        "missing-chunk",
        "not-gzip",
        "switches",
    ],
)
def test_a_broken_answer_is_named_and_what_came_is_kept(
    handler: Handler, failure: Failure, body: bytes
) -> None:
    seen = read_from(handler, http_seconds=0.5)
    assert outcome(seen) == (Stage.HTTP, failure)
    assert seen.body == body
    assert seen.http is not None
    assert seen.http.failure == failure


def test_a_body_that_ends_with_the_connection_is_whole() -> None:
    seen = read_from(reply(b"HTTP/1.0 200 OK\r\n\r\nold style"))
    assert (seen.failure, seen.body) == (None, b"old style")


# --- Hostile answers ---------------------------------------------------------------------------------------------


def test_an_endless_body_is_cut_and_is_no_failure() -> None:
    seen = read_from(endless(OK + b"\r\n", b"x" * 65536), body_bytes=100_000, http_seconds=5)
    assert (seen.failure, len(seen.body), seen.body_truncated) == (None, 100_000, True)


def test_a_body_of_just_the_limit_is_whole() -> None:
    seen = read_from(Site({"/": page(b"x" * 1000)}), body_bytes=1000)
    assert (len(seen.body), seen.body_truncated) == (1000, False)


def test_a_gzip_bomb_is_unpacked_no_further_than_the_limit() -> None:
    bomb = gzipped(bytes(1024 * 1024), times=64)
    tracemalloc.start()
    seen = read_from(Site({"/": page(bomb, "Content-Encoding: gzip")}), http_seconds=5)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (seen.failure, len(seen.body), seen.body_truncated) == (None, 1_000_000, True)
    assert peak < 8_000_000


def test_too_much_on_the_wire_ends_the_reading() -> None:
    # Chunks of one byte are many bytes on the wire for a few of body.
    seen = read_from(
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"e" * 1000 + b"\r\nx\r\n"),
        wire_bytes=300_000,
        http_seconds=5,
    )
    assert (seen.failure, seen.body_truncated) == (None, True)
    assert len(seen.body) < 1000


@pytest.mark.parametrize(
    ("handler", "failure"),
    [
        (endless(OK, b"X-More: " + b"y" * 5000 + b"\r\n"), Failure.HTTP_REQUEST_FAILED),
        (endless(OK, b"a" * 5000), Failure.HTTP_REQUEST_FAILED),
        (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), Failure.HTTP_REQUEST_FAILED),
        (endless(OK, b"X: y\r\n", pause=0.05), Failure.GENERIC_TIMEOUT),
        (endless(OK + b"Content-Length: 99999\r\n\r\n", b"x", pause=0.05), Failure.GENERIC_TIMEOUT),
    ],
    ids=["header-flood", "endless-header", "continue-flood", "header-drip", "body-drip"],
)
def test_a_page_that_would_hold_its_reader_does_not(handler: Handler, failure: Failure) -> None:
    started = time.monotonic()
    seen = read_from(handler, http_seconds=0.8)
    assert outcome(seen) == (Stage.HTTP, failure)
    assert time.monotonic() - started < 3


def test_a_flood_that_outruns_its_reader_still_meets_the_deadline() -> None:
    started = time.monotonic()
    flood = endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 10_000)
    seen = read_from(flood, http_seconds=0.3)
    assert outcome(seen) == (Stage.HTTP, Failure.GENERIC_TIMEOUT)
    assert time.monotonic() - started < 2


def test_reading_what_has_already_arrived_gives_way_to_others() -> None:
    async def scene() -> None:
        async with serving(reply(b"x" * 100_000)) as port:
            stream = await Stream.opened("127.0.0.1", port, Allowance(Limits()))
            await stream.write(b"go\r\n\r\n")
            await asyncio.sleep(0.1)
            turns: list[str] = []
            asyncio.get_running_loop().call_soon(turns.append, "another")
            await stream.read()
            stream.abort()
            # A deadline is such another: were it never given a turn, it would never fall.
            assert turns == ["another"]

    asyncio.run(scene())


def test_the_whole_look_has_one_deadline_whatever_its_hops_take() -> None:
    async def slow_steps(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.2)
        step = int(request.split(b" ")[1].strip(b"/") or 0)
        writer.write(redirect(f"/{step + 1}"))
        await writer.drain()

    started = time.monotonic()
    seen = read_from(slow_steps, total_seconds=0.7, hops=50)
    assert outcome(seen)[1] == Failure.GENERIC_TIMEOUT
    assert 0.6 < time.monotonic() - started < 1.5
    assert len(seen.hops) == 4


# --- Encodings ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("coding", "window"), [("gzip", 31), ("x-gzip", 31), ("deflate", 15), ("deflate", -15), ("GZIP", 31)]
)
def test_a_packed_body_is_unpacked(coding: str, window: int) -> None:
    text = "Страница недоступна. ".encode() * 100
    seen = read_from(Site({"/": page(gzipped(text, window), f"Content-Encoding: {coding}")}))
    assert seen.failure is None
    assert seen.body == text


def test_a_packed_body_may_arrive_byte_by_byte() -> None:
    packed = gzipped(b"hello", 15)
    head = OK + f"Content-Encoding: deflate\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    seen = read_from(reply(head, *(bytes([byte]) for byte in packed)))
    assert seen.body == b"hello"


def test_a_coding_that_was_not_asked_for_is_kept_as_it_came() -> None:
    assert read_from(Site({"/": page(b"\x0b\x02", "Content-Encoding: br")})).body == b"\x0b\x02"


def test_many_looks_can_run_at_once() -> None:
    async def scene() -> list[Observation]:
        async with serving(Site({"/": page(b"x")})) as port:
            return await asyncio.gather(*(look(f"http://127.0.0.1:{port}/") for _ in range(50)))

    assert [seen.body for seen in asyncio.run(scene())] == [b"x"] * 50


def test_a_look_that_is_cancelled_ends_and_is_not_an_observation() -> None:
    async def scene() -> None:
        async with serving(silent) as port:
            running = asyncio.create_task(look(f"http://127.0.0.1:{port}/"))
            await asyncio.sleep(0.05)
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running

    asyncio.run(scene())
