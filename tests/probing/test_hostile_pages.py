"""Whatever a page does to hold or to fill its reader, the look ends in time, stays small and has a name."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import json
import sys
import zlib
from typing import Any

import pytest

from tracker.facts import Failure, Stage
from tracker.probing import Limits

from .conftest import Authority
from .servers import Handler, addresses, deaf_port, page, redirect, reply, resolving, serving, silent

MEGABYTES = 64
SECONDS = 30
STALL = {
    "total_seconds": 6.0,
    "dns_seconds": 2.0,
    "tcp_seconds": 2.0,
    "tls_seconds": 2.0,
    "http_seconds": 2.0,
}
"""For pages that hold their reader: a tenth of the usual patience."""
OK = b"HTTP/1.1 200 OK\r\n"
GZIP = b"Content-Encoding: gzip\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
BOMB = gzip.compress(bytes(200_000_000), 1)


async def measured(url: str, *, resolver: int = 0, **limits: float) -> dict[str, Any]:
    """What a look from a process of its own brought and took."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.probing.hostile",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    asked = json.dumps({"url": url, "resolver": resolver, "limits": limits}).encode() + b"\n"
    out, _ = await asyncio.wait_for(child.communicate(asked), 60)
    taken: dict[str, Any] = json.loads(out)
    return taken


def sends(head: bytes, *parts: bytes, forever: bool = True, pause: float = 0.0) -> Handler:
    """Answers with the head and then with the parts, over and over."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head)
        for part in itertools.cycle(parts) if forever else parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)

    return handle


async def numbered_headers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(OK)
    for number in itertools.count():
        writer.write(f"X-{number}: {number}\r\n".encode())
        await writer.drain()


async def another_page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Each page is full and sends its reader to the next one."""
    request = await reader.readuntil(b"\r\n\r\n")
    number = int(request.split(b" ")[1].strip(b"/") or 0)
    refresh = f'<meta http-equiv="refresh" content="0;url=/{number + 1}">'.encode()
    writer.write(page(refresh + "😀".encode() * 240_000, "Content-Type: text/html; charset=utf-8"))
    await writer.drain()


async def another_redirect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    request = await reader.readuntil(b"\r\n\r\n")
    number = int(request.split(b" ")[1].strip(b"/") or 0)
    writer.write(redirect(f"/{number + 1}"))
    await writer.drain()


def nested(times: int) -> bytes:
    packed = bytes(10_000_000)
    for _ in range(times):
        packed = gzip.compress(packed, 9)
    return packed


TOO_MUCH: dict[str, tuple[Handler, Failure | None]] = {
    "endless body": (sends(OK + b"\r\n", b"x" * 65536), None),
    "endless body of a known length": (sends(OK + b"Content-Length: 99999999999\r\n\r\n", b"x" * 65536), None),
    "endless error": (sends(b"HTTP/1.1 500 No\r\n\r\n", b"x" * 65536), None),
    "bomb": (reply(page(BOMB, "Content-Encoding: gzip")), None),
    "bomb in chunks": (sends(OK + GZIP + CHUNKED, *(b"%x\r\n%s\r\n" % (len(BOMB), BOMB),)), None),
    "deflate bomb": (reply(page(zlib.compress(bytes(200_000_000), 1), "Content-Encoding: deflate")), None),
    "bomb in a coding that was not asked for": (reply(page(BOMB[:900_000] * 20, "Content-Encoding: br")), None),
    "packed twice": (reply(page(nested(2), "Content-Encoding: gzip, gzip")), None),
    "endless packed nothing": (sends(OK + GZIP + b"\r\n", gzip.compress(b"") * 3000), None),
    "chunk of a giant length": (sends(OK + CHUNKED + b"fffffffffffffff\r\n", b"x" * 65536), None),
    "chunk of an impossible length": (reply(OK + CHUNKED + b"f" * 40 + b"\r\n"), Failure.HTTP_REQUEST_FAILED),
    "chunks with endless extensions": (sends(OK + CHUNKED + b"1;", b"e" * 65536), Failure.HTTP_REQUEST_FAILED),
    "trailers without end": (
        sends(OK + CHUNKED + b"1\r\nx\r\n0\r\n", b"X-More: y\r\n" * 500),
        Failure.HTTP_REQUEST_FAILED,
    ),
    "header flood": (numbered_headers, Failure.HTTP_REQUEST_FAILED),
    "one endless header": (sends(OK + b"X-Long: ", b"y" * 65536), Failure.HTTP_REQUEST_FAILED),
    "endless status line": (sends(b"HTTP/1.1 200 ", b"y" * 65536), Failure.HTTP_REQUEST_FAILED),
    "provisional answers": (sends(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), Failure.HTTP_REQUEST_FAILED),
    "redirect loop": (another_redirect, Failure.REDIRECT_LOOP),
    "redirect to itself": (reply(redirect("/")), Failure.REDIRECT_LOOP),
    "full pages that lead on": (another_page, Failure.REDIRECT_LOOP),
    "redirect of endless length": (sends(b"HTTP/1.1 302 Go\r\nLocation: /", b"y" * 65536), Failure.HTTP_REQUEST_FAILED),
}  # fmt: skip


@pytest.mark.parametrize("name", TOO_MUCH)
def test_a_page_that_sends_too_much_is_cut_or_named_and_fills_nothing(name: str) -> None:
    handler, failure = TOO_MUCH[name]

    async def scene() -> dict[str, Any]:
        async with serving(handler) as port:
            return await measured(f"http://127.0.0.1:{port}/")

    taken = asyncio.run(scene())
    assert taken["failure"] == failure
    assert taken["stage"] == (Stage.HTTP if failure else None)
    # What is cut is whole up to there, and says that it was cut.
    assert failure is not None or taken["truncated"] or name == "packed twice"
    assert taken["body"] <= Limits().body_bytes
    assert taken["seconds"] < SECONDS
    assert taken["grew"] < MEGABYTES


async def slow_hello(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers a handshake with a record that never ends, a byte at a time."""
    await reader.read(1000)
    writer.write(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc")
    while not writer.is_closing():
        writer.write(b"\x03")
        await writer.drain()
        await asyncio.sleep(0.1)


STALLS: dict[str, tuple[str, Handler, Stage]] = {
    "silence where the request is awaited": ("http", silent, Stage.HTTP),
    "silence after the status": ("http", sends(OK, b"", pause=60), Stage.HTTP),
    "silence in the headers": ("http", sends(OK + b"Content-Type: te", b"", pause=60), Stage.HTTP),
    "silence in the body": ("http", sends(OK + b"Content-Length: 9\r\n\r\nabc", b"", pause=60), Stage.HTTP),
    "silence in a chunk": ("http", sends(OK + CHUNKED + b"5\r\nab", b"", pause=60), Stage.HTTP),
    "headers that drip": ("http", sends(OK, b"X: y\r\n", pause=0.1), Stage.HTTP),
    "a body that drips": ("http", sends(OK + b"\r\n", b"x", pause=0.1), Stage.HTTP),
    "chunks that drip": ("http", sends(OK + CHUNKED, b"1\r\nx\r\n", pause=0.1), Stage.HTTP),
    "redirects that take their time": ("http", sends(b"HTTP/1.1 302 Go\r\n", b"", pause=60), Stage.HTTP),
    "silence in the handshake": ("https", silent, Stage.TLS),
    "a handshake that drips": ("https", slow_hello, Stage.TLS),
}  # fmt: skip


@pytest.mark.parametrize("name", STALLS)
def test_a_page_that_holds_its_reader_is_left_and_named(name: str) -> None:
    scheme, handler, stage = STALLS[name]

    async def scene() -> dict[str, Any]:
        async with serving(handler) as port:
            return await measured(f"{scheme}://127.0.0.1:{port}/", **STALL)

    held(asyncio.run(scene()), stage, Failure.GENERIC_TIMEOUT)


def held(taken: dict[str, Any], stage: Stage, failure: Failure) -> None:
    assert (taken["stage"], taken["failure"]) == (stage, failure)
    assert taken["seconds"] < STALL["total_seconds"] + 1
    assert taken["grew"] < MEGABYTES


def test_a_page_that_lets_nobody_in_is_left_and_named() -> None:
    with deaf_port() as port:
        held(asyncio.run(measured(f"http://127.0.0.1:{port}/", **STALL)), Stage.TCP, Failure.GENERIC_TIMEOUT)


def test_a_resolver_that_says_nothing_is_left_and_named() -> None:
    async def scene() -> dict[str, Any]:
        async with resolving(lambda *_: []) as resolver:
            return await measured("http://page.test:8080/", resolver=resolver, **STALL)

    held(asyncio.run(scene()), Stage.DNS, Failure.DNS_TIMEOUT)


def test_silence_under_an_encrypted_page_is_left_and_named(authority: Authority) -> None:
    async def scene() -> dict[str, Any]:
        context = authority.context("page.test")
        async with serving(silent, context=context) as port, resolving(addresses("127.0.0.1")) as resolver:
            return await measured(f"https://page.test:{port}/", resolver=resolver, **STALL)

    taken = asyncio.run(scene())
    # The certificate is of an authority that nobody knows, which was learned before the silence.
    assert (taken["stage"], taken["failure"]) == (Stage.TLS, Failure.SSL_AUTHORITY)
    assert taken["seconds"] < STALL["total_seconds"] + 1


def test_a_stall_at_every_hop_ends_with_the_whole_look() -> None:
    async def slow_steps(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(1.5)
        writer.write(redirect(f"/{int(request.split(b' ')[1].strip(b'/') or 0) + 1}"))
        await writer.drain()

    async def scene() -> dict[str, Any]:
        async with serving(slow_steps) as port:
            return await measured(f"http://127.0.0.1:{port}/", **STALL)

    held(asyncio.run(scene()), Stage.HTTP, Failure.GENERIC_TIMEOUT)


def test_the_usual_patience_ends_within_the_bound() -> None:
    usual = Limits()
    assert usual.total_seconds <= SECONDS
    assert usual.wire_bytes + 5 * usual.body_bytes < MEGABYTES * 1024 * 1024
