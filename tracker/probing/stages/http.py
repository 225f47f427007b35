"""The fourth stage: one request and its answer, over HTTP/1.1, read within bounds."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace

import h11

from tracker.facts import Exchange, Failure, HttpLook
from tracker.probing.decoding import Body
from tracker.probing.failures import NETWORK_FAULTS, BrokenAnswer, name_of, words_of
from tracker.probing.limits import Limits, Stopwatch, WireLimitReached
from tracker.probing.network import Connection
from tracker.probing.target import Target

REDIRECTS = frozenset({301, 302, 303, 307, 308})

_READ_AHEAD = 128 * 1024
"""Reading stops at the end of a piece, so that a little more may arrive than is decoded."""

_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE = re.compile(r"[!-~](?:[ -~]*[!-~])?")
_FRAMING = frozenset({"host", "connection", "content-length", "transfer-encoding", "te", "upgrade", "expect"})


@dataclass(frozen=True, slots=True)
class Manner:
    """How a request presents itself. Pinned, and the language stored, since pages answer by it."""

    accept_language: str = "en"
    user_agent: str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    headers: tuple[tuple[str, str], ...] = ()
    """Further headers, or others in place of the usual ones; sent to the host that was asked and to no other."""

    def __post_init__(self) -> None:
        """Raises ValueError for what would break out of its header or change how the request is framed."""
        for name, value in (("accept-language", self.accept_language), *self.headers):
            if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value) or name.lower() in _FRAMING:
                raise ValueError(f"{name!r} with that value is no header that a look may send.")


@dataclass(frozen=True, slots=True)
class Fetched:
    """The outcome of the stage. Bodies of redirects are not read."""

    look: HttpLook
    body: bytes = b""
    truncated: bool = False
    detail: str | None = None
    exchange: Exchange | None = None


async def fetch(
    connection: Connection, target: Target, manner: Manner, limits: Limits, seconds: float
) -> Fetched:
    """Ask for the target and read the answer. What came before a failure is kept."""
    return await exchange_over(connection, _request(target, manner), limits, seconds)


async def exchange_over(
    connection: Connection, request: h11.Request, limits: Limits, seconds: float, *, content: bytes = b""
) -> Fetched:
    """Any request, with its content, and its answer."""
    watch = Stopwatch()
    exchange = _Exchange(connection, limits)
    failure: Failure | None = None
    detail: str | None = None
    try:
        async with asyncio.timeout(seconds):
            await exchange.run(request, content)
    except WireLimitReached as error:
        failure, detail = exchange.name_of_excess(), words_of(error)
    except NETWORK_FAULTS as error:
        failure, detail = exchange.name_of(error), words_of(error)
    look = replace(exchange.look(), seconds=watch.seconds, failure=failure)
    body = exchange.body
    return Fetched(look, body.decoded, body.truncated, detail, exchange.wire())


def _request(target: Target, manner: Manner) -> h11.Request:
    headers = [
        ("Host", target.host_header),
        ("User-Agent", manner.user_agent),
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        ("Accept-Language", manner.accept_language),
        ("Accept-Encoding", "gzip, deflate"),
        ("Upgrade-Insecure-Requests", "1"),
        ("Connection", "close"),
    ]
    others = {name.lower() for name, _ in manner.headers}
    usual = [(name, value) for name, value in headers if name.lower() not in others]
    return h11.Request(method="GET", target=target.path, headers=[*usual, *manner.headers])


class _Exchange:
    """One request and answer in progress; what has arrived so far can be read at any time."""

    def __init__(self, connection: Connection, limits: Limits) -> None:
        self._connection, self._limits = connection, limits
        self._before = connection.received
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=limits.header_bytes)
        self._response: h11.Response | None = None
        self._headers: tuple[tuple[str, str], ...] = ()
        self._ended = False
        self._asked = b""
        self._arrived = bytearray()
        self._overflowed = False
        self.body = Body(limits.body_bytes)

    async def run(self, request: h11.Request, content: bytes) -> None:
        events = [request, *([h11.Data(data=content)] if content else []), h11.EndOfMessage()]
        wire = b"".join(self._http.send(event) or b"" for event in events)
        self._asked = wire
        await self._connection.write(wire)
        self._response = await self._final_response()
        self._headers = tuple((name.decode("ascii"), _text(value)) for name, value in self._response.headers)
        look = self.look()
        if look.status in REDIRECTS and look.location:
            return
        self.body = Body(self._limits.body_bytes, look.header("content-encoding") or "")
        await self._read_body()

    def look(self) -> HttpLook:
        received = self._connection.received - self._before
        if self._response is None:
            return HttpLook(seconds=0.0, bytes_received=received)
        return HttpLook(
            seconds=0.0,
            status=self._response.status_code,
            headers=self._headers,
            location=next((value for name, value in self._headers if name == "location"), None),
            bytes_received=received,
        )

    def wire(self) -> Exchange:
        """What went over the connection. Provisional answers are left out."""
        head, body = bytes(self._arrived), b""
        while self._response is not None:
            head, end, body = _cut_at_blank_line(head)
            if not (end and head.startswith(b"HTTP/1.") and head[8:10] == b" 1"):
                head += end
                break
            head = body
        return Exchange(self._asked, head, body, self._overflowed)

    def _keep(self, data: bytes) -> None:
        # Room for the headers, and for a body whose coding makes it no shorter.
        room = self._limits.header_bytes + self._limits.body_bytes + _READ_AHEAD - len(self._arrived)
        self._arrived += data[:room]
        self._overflowed = self._overflowed or len(data) > room

    def name_of(self, error: Exception) -> Failure:
        if self._ended and isinstance(error, h11.RemoteProtocolError):
            return Failure.EOF  # h11 calls an early end a violation, which it is; df-007 has a name for it.
        failure = name_of(error)
        return Failure.HTTP_REQUEST_FAILED if failure is Failure.SSL_HANDSHAKE else failure

    def name_of_excess(self) -> Failure | None:
        """Too many bytes after the headers only end the reading; before them they are a failure."""
        if self._response is None:
            return Failure.BODY_TOO_LARGE
        self.body.truncated = True
        return None

    async def _final_response(self) -> h11.Response:
        for _ in range(self._limits.informational + 1):
            event = await self._next_event()
            if isinstance(event, h11.Response):
                return event
            if not isinstance(event, h11.InformationalResponse):
                raise EOFError("the connection ended without an answer")
        raise BrokenAnswer("too many provisional answers")

    async def _read_body(self) -> None:
        while not self.body.truncated:
            event = await self._next_event()
            if not isinstance(event, h11.Data):
                return
            self.body.feed(bytes(event.data))

    async def _next_event(self) -> object:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            data = await self._connection.read()
            self._ended = not data
            self._keep(data)
            self._http.receive_data(data)
        return event


def _cut_at_blank_line(data: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before the first empty line, the line, and the rest, as far as they are there."""
    ends = (cut for end in (b"\r\n\r\n", b"\n\n", b"\n\r\n") if (cut := data.partition(end))[1])
    return min(ends, key=lambda cut: len(cut[0]), default=(data, b"", b""))


def _text(value: bytes) -> str:
    """A header as text: UTF-8 where it is, and otherwise one character a byte, as HTTP once said."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
