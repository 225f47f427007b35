"""The fourth stage: one request and its answer, over HTTP/1.1, read within bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import h11

from tracker.facts import Exchange, Failure, HttpLook
from tracker.probing.decoding import Body
from tracker.probing.failures import NETWORK_FAULTS, BrokenAnswer, name_of, words_of
from tracker.probing.limits import Limits, Stopwatch, WireLimitReached
from tracker.probing.network import Connection
from tracker.probing.plain_answer import PlainHead, may_become_plain, plain_head, text_of
from tracker.probing.target import Target

REDIRECTS = frozenset({301, 302, 303, 307, 308})

_READ_AHEAD = 128 * 1024
"""Reading stops at the end of a piece, so that a little more may arrive than is decoded."""

_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE = re.compile(r"[!-~](?:[ -~]*[!-~])?")
_PATH = re.compile(r"[!-~]+")
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


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked. Header by header as it goes out."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    content: bytes = b""

    @property
    def wire(self) -> bytes:
        """Its bytes. Raises ValueError for what would break out of its line."""
        if not _PATH.fullmatch(self.path):
            raise ValueError(f"{self.path!r} cannot be asked for")
        lines = "".join(_line(name, value) for name, value in self.headers)
        return f"{self.method} {self.path} HTTP/1.1\r\n{lines}\r\n".encode("ascii") + self.content


@lru_cache(maxsize=1024)
def _line(name: str, value: str) -> str:
    if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
        raise ValueError(f"{name!r} with that value is no header.")
    return f"{name}: {value}\r\n"


async def fetch(
    connection: Connection, target: Target, manner: Manner, limits: Limits, seconds: float
) -> Fetched:
    """Ask for the target and read the answer. What came before a failure is kept."""
    return await exchange_over(connection, _request(target, manner), limits, seconds)


async def exchange_over(connection: Connection, request: Request, limits: Limits, seconds: float) -> Fetched:
    """Any request, with its content, and its answer."""
    watch = Stopwatch()
    connection.end_in(seconds)
    exchange = _Exchange(connection, request, limits)
    failure: Failure | None = None
    detail: str | None = None
    try:
        await exchange.run()
    except WireLimitReached as error:
        failure, detail = exchange.name_of_excess(), words_of(error)
    except NETWORK_FAULTS as error:
        failure, detail = exchange.name_of(error), words_of(error)
    body = exchange.body
    look = exchange.look(watch.seconds, failure)
    return Fetched(look, body.decoded, body.truncated, detail, exchange.wire())


def _request(target: Target, manner: Manner) -> Request:
    headers: tuple[tuple[str, str], ...] = (
        ("Host", target.host_header),
        ("User-Agent", manner.user_agent),
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        ("Accept-Language", manner.accept_language),
        ("Accept-Encoding", "gzip, deflate"),
        ("Upgrade-Insecure-Requests", "1"),
        ("Connection", "close"),
    )
    if manner.headers:
        others = {name.lower() for name, _ in manner.headers}
        usual = (header for header in headers if header[0].lower() not in others)
        headers = (*usual, *manner.headers)
    return Request("GET", target.path, headers)


class _Exchange:
    """One request and answer in progress; what has arrived so far can be read at any time."""

    def __init__(self, connection: Connection, request: Request, limits: Limits) -> None:
        self._connection, self._request, self._limits = connection, request, limits
        self._before = connection.received
        self._asked = b""
        self._arrived = bytearray()
        self._overflowed = False
        self._ended = False
        self._plain: PlainHead | None = None
        self._http: h11.Connection | None = None
        self._status: int | None = None
        self._headers: tuple[tuple[str, str], ...] = ()
        self.body = Body(limits.body_bytes)

    async def run(self) -> None:
        self._asked = self._request.wire
        await self._connection.write(self._asked)
        await self._read_head()
        if self._status in REDIRECTS and self._header("location"):
            return
        self.body = Body(self._limits.body_bytes, self._header("content-encoding") or "")
        if self._plain is not None:
            await self._read_plain_body(self._plain)
        else:
            await self._read_body()

    def look(self, seconds: float, failure: Failure | None) -> HttpLook:
        return HttpLook(
            seconds=seconds,
            status=self._status,
            headers=self._headers,
            location=self._header("location"),
            bytes_received=self._connection.received - self._before,
            failure=failure,
        )

    def _header(self, name: str) -> str | None:
        return next((value for key, value in self._headers if key == name), None)

    def wire(self) -> Exchange:
        """What went over the connection. Provisional answers are left out."""
        arrived = bytes(self._arrived)
        if self._plain is not None:
            size = self._plain.size
            return Exchange(self._asked, arrived[:size], arrived[size:], self._overflowed)
        head, body = arrived, b""
        while self._status is not None:
            head, end, body = _cut_at_blank_line(head)
            if not (end and head.startswith(b"HTTP/1.") and head[8:10] == b" 1"):
                head += end
                break
            head = body
        return Exchange(self._asked, head, body, self._overflowed)

    def name_of(self, error: Exception) -> Failure:
        if self._ended and isinstance(error, h11.RemoteProtocolError):
            return Failure.EOF  # h11 calls an early end a violation, which it is; df-007 has a name for it.
        failure = name_of(error)
        return Failure.HTTP_REQUEST_FAILED if failure is Failure.SSL_HANDSHAKE else failure

    def name_of_excess(self) -> Failure | None:
        """Too many bytes after the headers only end the reading; before them they are a failure."""
        if self._status is None:
            return Failure.BODY_TOO_LARGE
        self.body.truncated = True
        return None

    async def _read_head(self) -> None:
        while await self._receive():
            self._plain = plain_head(self._arrived)
            if self._plain is not None:
                self._status, self._headers = self._plain.status, self._plain.headers
                return
            if len(self._arrived) > self._limits.header_bytes or not may_become_plain(self._arrived):
                break
        response = await self._final_response()
        self._status = response.status_code
        self._headers = tuple((name.decode("ascii"), text_of(value)) for name, value in response.headers)

    async def _read_plain_body(self, head: PlainHead) -> None:
        data, read = bytes(self._arrived[head.size :]), 0
        while not self.body.truncated:
            if head.length is not None:
                data = data[: head.length - read]
            if data:
                read += len(data)
                self.body.feed(data)
            if read == head.length or self.body.truncated:
                return
            data = await self._receive()
            if not data:
                if head.length is not None:
                    raise EOFError(
                        "peer closed connection without sending complete message body "
                        f"(received {read} bytes, expected {head.length})"
                    )
                return

    async def _receive(self) -> bytes:
        """The next bytes, kept as evidence; none at the end."""
        data = await self._connection.read()
        self._ended = not data
        # Room for the headers, and for a body whose coding makes it no shorter.
        room = self._limits.header_bytes + self._limits.body_bytes + _READ_AHEAD - len(self._arrived)
        self._arrived += data[:room]
        self._overflowed = self._overflowed or len(data) > room
        return data

    # --- By h11 ---------------------------------------------------------------------------------------------------

    async def _final_response(self) -> h11.Response:
        """From what has arrived, and what follows."""
        self._http = _asked_by_h11(self._request.method, self._limits.header_bytes)
        if self._arrived:
            self._http.receive_data(bytes(self._arrived))
        if self._ended:
            self._http.receive_data(b"")
        for _ in range(self._limits.informational + 1):
            event = await self._next_event(self._http)
            if isinstance(event, h11.Response):
                return event
            if not isinstance(event, h11.InformationalResponse):
                raise EOFError("the connection ended without an answer")
        raise BrokenAnswer("too many provisional answers")

    async def _read_body(self) -> None:
        assert self._http is not None
        while not self.body.truncated:
            event = await self._next_event(self._http)
            if not isinstance(event, h11.Data):
                return
            self.body.feed(bytes(event.data))

    async def _next_event(self, http: h11.Connection) -> object:
        while (event := http.next_event()) is h11.NEED_DATA:
            http.receive_data(await self._receive())
        return event


def _asked_by_h11(method: str, header_bytes: int) -> h11.Connection:
    """A reader of the answer to a request. Of that only the method matters."""
    http = h11.Connection(h11.CLIENT, max_incomplete_event_size=header_bytes)
    http.send(h11.Request(method=method, target="/", headers=[("Host", "asked")]))
    http.send(h11.EndOfMessage())
    return http


def _cut_at_blank_line(data: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before the first empty line, the line, and the rest, as far as they are there."""
    ends = (cut for end in (b"\r\n\r\n", b"\n\n", b"\n\r\n") if (cut := data.partition(end))[1])
    return min(ends, key=lambda cut: len(cut[0]), default=(data, b"", b""))
