"""Platforms on loopback: sites of any name behind one TLS port, reached through a CONNECT proxy."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.probing.conftest import Authority, make_certificate, pem
from tests.probing.servers import Handler, join, page, serving
from tests.services.servers import answers, wait_until
from tracker.networks import network_of

CANARY = "https://canary.example/"
CITED = "a page of words " * 30


class FarAway:
    """Answers by URL, and remembers the requests. What it has no page for is not found."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {CANARY: page(b"works")}
        self.requests: list[tuple[str, bytes]] = []
        self.proxy = 0

    @property
    def via(self) -> str:
        return f"http://127.0.0.1:{self.proxy}"

    @property
    def asked(self) -> list[str]:
        """The URLs that were asked for, but for the canary's."""
        return [url for url, _ in self.requests if url != CANARY]

    def shows(self, url: str, body: str, *headers: str, status: str = "200 OK") -> None:
        self.pages[url] = page(body.encode(), *headers, status=status)

    def tells(self, url: str, data: object, status: str = "200 OK") -> None:
        """The same for an address that answers in JSON."""
        self.shows(url, json.dumps(data), "Content-Type: application/json", status=status)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        path, host = request.split(b" ", 2)[1].decode(), ""
        for line in request.decode("latin-1").split("\r\n"):
            if line.lower().startswith("host: "):
                host = line[6:]
        url = f"https://{host}{path}"
        self.requests.append((url, request))
        writer.write(self.pages.get(url, page(b"no such page", status="404 Not Found")))
        await writer.drain()


@contextmanager
def far_away(*names: str, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[FarAway]:
    """The sites of these names, with certificates that looks trust, served in a thread."""
    authority = _authority(folder)
    there, started, ended = FarAway(), threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        loops.append(asyncio.get_running_loop())
        context = authority.context("canary.example", *names)
        async with serving(there.answer, context=context) as port, serving(_leading_to(port)) as proxy:
            there.proxy = proxy
            started.set()
            await ended.wait()

    patch.setenv("SSL_CERT_FILE", authority.ca_file)
    network_of.cache_clear()
    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert started.wait(10)
    wait_until(lambda: answers(there.proxy), 10, what="the proxy answers")
    try:
        yield there
    finally:
        loops[0].call_soon_threadsafe(ended.set)
        thread.join(10)
        network_of.cache_clear()


def _authority(folder: Path) -> Authority:
    folder.mkdir(exist_ok=True)
    root = make_certificate("Test root", (), None, days=(-2, 60))
    (folder / "roots.pem").write_bytes(pem(root.certificate))
    return Authority(folder, root)


def _leading_to(port: int) -> Handler:
    """A proxy by which every name leads to one port."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await writer.drain()
        await join(reader, writer, port)

    return handle
