"""Serves the rehearsal platform on loopback: its origin, and a CONNECT proxy that stands inside territory XX.

Through the proxy only the origin can be reached, and it is reached without a second connection: after CONNECT
the platform answers on the very stream, knowing that the visitor came from inside.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from urllib.parse import urlsplit

import h11

from config.rehearsal import pages
from config.rehearsal.store import Store, inside_proxy

SECONDS = 10.0
"""How long a visitor may take to say what is wanted, and to take the answer."""

_HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
    ("Connection", "close"),
]


class Platform:
    """The platform at one origin. ``serve`` runs until it is cancelled."""

    def __init__(self, origin: str, store: Store) -> None:
        self._origin = origin
        self._authority = urlsplit(origin).netloc
        self._store = store

    async def serve(self) -> None:
        """Raises OSError when one of the two ports is taken."""
        parts = urlsplit(self._origin)
        host, port = inside_proxy(self._origin)
        async with (
            await asyncio.start_server(self._from_anywhere, parts.hostname, parts.port) as platform,
            await asyncio.start_server(self._from_inside, host, port) as proxy,
        ):
            await asyncio.gather(platform.serve_forever(), proxy.serve_forever())

    async def _from_anywhere(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with _visit(writer):
            async with asyncio.timeout(SECONDS):
                await self._answer_one(_Visitor(reader, writer), country=None)

    async def _from_inside(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with _visit(writer):
            async with asyncio.timeout(SECONDS):
                await self._proxy_one(_Visitor(reader, writer))

    async def _proxy_one(self, visitor: _Visitor) -> None:
        request = await visitor.request()
        if request.method != b"CONNECT" or request.target.decode("ascii", "replace") != self._authority:
            await visitor.send(pages.refused(403, f"This proxy leads to {self._authority} only."))
            return
        await self._answer_one(await visitor.connected(), country=pages.INSIDE)

    async def _answer_one(self, visitor: _Visitor, *, country: str | None) -> None:
        request = await visitor.request()
        await visitor.send(self._answer(request, country), with_body=request.method != b"HEAD")

    def _answer(self, request: h11.Request, country: str | None) -> pages.Answer:
        if request.method not in {b"GET", b"HEAD"}:
            return pages.refused(405, "Pages are read here, nothing else.")
        if dict(request.headers).get(b"host", b"").decode("ascii", "replace") != self._authority:
            return pages.refused(421, f"This is {self._authority}.")
        name = request.target.decode("ascii", "replace").partition("?")[0].removeprefix("/")
        if name == "canary":
            return pages.canary()
        known = self._store.pages()
        if not name:
            return pages.front(list(known))
        known |= {pages.KNOWN.name: pages.KNOWN}
        if name not in known:
            return pages.no_such_page()
        return pages.answer(known[name], address=f"{self._origin}/{name}", country=country)


class _Visitor:
    """One HTTP exchange over a stream; the stream ends with it, except after CONNECT."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, early: bytes = b""
    ) -> None:
        self._reader, self._writer = reader, writer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=16 * 1024)
        if early:
            self._http.receive_data(early)

    async def request(self) -> h11.Request:
        """Raises h11.RemoteProtocolError for anything that is no request."""
        while (event := self._http.next_event()) is h11.NEED_DATA:
            self._http.receive_data(await self._reader.read(4096))
        if not isinstance(event, h11.Request):
            raise h11.RemoteProtocolError("no request came")
        return event

    async def connected(self) -> _Visitor:
        """Grants a CONNECT: what follows on the stream is the visitor's talk with the origin."""
        while self._http.next_event() is not h11.PAUSED:
            pass
        self._writer.write(self._http.send(h11.Response(status_code=200, headers=[])) or b"")
        early, _ended = self._http.trailing_data
        return _Visitor(self._reader, self._writer, early)

    async def send(self, answer: pages.Answer, *, with_body: bool = True) -> None:
        body = answer.html.encode()
        headers = [*_HEADERS, ("Content-Length", str(len(body)))]
        reason = HTTPStatus(answer.status).phrase.encode()
        events: list[h11.Event] = [h11.Response(status_code=answer.status, headers=headers, reason=reason)]
        events += [h11.Data(data=body)] if with_body else []
        for event in [*events, h11.EndOfMessage()]:
            self._writer.write(self._http.send(event) or b"")
        await self._writer.drain()


@contextmanager
def _visit(writer: asyncio.StreamWriter) -> Iterator[None]:
    """Whatever a visitor does wrong ends this visit only."""
    try:
        with suppress(h11.ProtocolError, TimeoutError, OSError):
            yield
    finally:
        writer.close()
