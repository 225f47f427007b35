"""Small real servers on loopback: what a page, a resolver, a proxy or a censor does, byte for byte."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from tracker.facts import Observation
from tracker.probing import EgressPolicy, Limits, Manner, RealNetwork, Resolver, Via, networks, observe

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LOOPBACK = EgressPolicy(allowed_ports=frozenset(range(1024, 65536)), allowed_networks=networks("127.0.0.0/8"))
QUICK = Limits(
    total_seconds=20.0,
    dns_seconds=4.0,
    dns_late_seconds=0.0,
    tcp_seconds=4.0,
    tls_seconds=4.0,
    http_seconds=4.0,
)
"""Wide enough for a busy machine; a test that waits for silence sets its own."""

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def look(
    url: str,
    *,
    policy: EgressPolicy = LOOPBACK,
    via: str = "direct",
    resolver: int | None = None,
    ca_file: str | None = None,
    limits: Limits = QUICK,
    manner: Manner | None = None,
    **bounds: Any,
) -> Observation:
    """Observe with loopback allowed, the resolver at a port (or none) and small limits."""
    resolvers = () if resolver is None else (Resolver("127.0.0.1", resolver),)
    network = RealNetwork(policy=policy, via=Via.parse(via), given_resolvers=resolvers, ca_file=ca_file)
    return await observe(url, network=network, now=NOW, limits=replace(limits, **bounds), manner=manner)


@asynccontextmanager
async def serving(
    handler: Handler, *, context: ssl.SSLContext | None = None, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[int]:
    """Serve connections with a handler and yield the port. What a handler suffers from its peer is ignored."""

    visits: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    async def shielded(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await handler(reader, writer)

    # Not a coroutine itself: a task that is cancelled before its first step could not close its connection.
    def visited(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(shielded(reader, writer))
        visits[task] = writer
        task.add_done_callback(ended)

    def ended(task: asyncio.Task[None]) -> None:
        with suppress(OSError):
            visits[task].close()

    server = await asyncio.start_server(visited, host, port, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        for listener in server.sockets:
            asyncio.get_running_loop().remove_reader(listener.fileno())
        await _turns_of_the_loop()  # a server that is closed while it lets somebody in forgets the connection
        server.close()
        for task in visits:
            task.cancel()
        await asyncio.gather(*visits, return_exceptions=True)
        for writer in visits.values():
            writer.transport.abort()  # a polite end of TLS would wait for a peer that may be gone
        await _turns_of_the_loop()


async def _turns_of_the_loop() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def reply(*parts: bytes, pause: float = 0.0, reset: bool = False, hold: bool = False) -> Handler:
    """A handler that reads one request and sends the parts, ending politely, with RST, or not at all."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
        if hold:
            await asyncio.sleep(30)
        if reset:
            abort_with_reset(writer)

    return handle


def page(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return page(b"", f"Location: {location}", status=status)


def abort_with_reset(writer: asyncio.StreamWriter) -> None:
    peer: socket.socket = writer.get_extra_info("socket")
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def reset_at_first_bytes(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(100)
    abort_with_reset(writer)


@dataclass
class Site:
    """A server that answers by path and remembers the requests it saw."""

    pages: dict[str, bytes]
    requests: list[bytes] = field(default_factory=list)

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        self.requests.append(request)
        path = request.split(b" ", 2)[1].decode()
        writer.write(self.pages.get(path, page(b"no such page", status="404 Not Found")))
        await writer.drain()


@contextmanager
def deaf_port() -> Iterator[int]:
    """A port whose queue is full: the kernel drops further SYNs, as a filter does."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    with contextlib.ExitStack() as stack:
        stack.enter_context(listener)
        for _ in range(3):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


def closed_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


# --- Resolvers ---------------------------------------------------------------------------------------------------

Answers = list[tuple[float, dns.message.Message]]
Zone = Callable[[dns.message.Message, str, str], Answers]
"""Query, name, "A" or "AAAA" -> answers, each after so many seconds. None at all is silence."""


def answer(query: dns.message.Message, *records: str, rcode: int = 0, ttl: int = 60) -> dns.message.Message:
    """A response holding records such as ``A 127.0.0.1`` or ``alias.test. A 127.0.0.1``."""
    response = dns.message.make_response(query)
    response.set_rcode(dns.rcode.Rcode(rcode))
    for record in records:
        parts = record.split()
        owner = parts.pop(0) if len(parts) == 3 else str(query.question[0].name)
        response.answer.append(dns.rrset.from_text(owner, ttl, "IN", parts[0], parts[1]))
    return response


def addresses(*ips: str) -> Zone:
    """Every name has these IPv4 addresses and no other."""

    def zone(query: dns.message.Message, name: str, kind: str) -> Answers:
        return [(0.0, answer(query, *(f"A {ip}" for ip in ips) if kind == "A" else ()))]

    return zone


class _Resolver(asyncio.DatagramProtocol):
    def __init__(self, zone: Zone, questions: list[tuple[str, str]]) -> None:
        self._zone, self._questions = zone, questions

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: Any) -> None:
        query = dns.message.from_wire(data)
        question = query.question[0]
        name, kind = str(question.name), dns.rdatatype.to_text(question.rdtype)
        self._questions.append((name, kind))
        for delay, response in self._zone(query, name, kind):
            asyncio.get_running_loop().call_later(delay, self._send, response.to_wire(), addr)

    def _send(self, wire: bytes, addr: Any) -> None:
        if not self._transport.is_closing():
            self._transport.sendto(wire, addr)


@asynccontextmanager
async def resolving(
    zone: Zone, questions: list[tuple[str, str]] | None = None, port: int = 0
) -> AsyncIterator[int]:
    """A resolver on UDP; yields its port and notes the questions."""
    asked = [] if questions is None else questions
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: _Resolver(zone, asked), local_addr=("127.0.0.1", port)
    )
    try:
        yield transport.get_extra_info("sockname")[1]
    finally:
        transport.abort()
        await asyncio.sleep(0)


# --- Proxies -----------------------------------------------------------------------------------------------------


@dataclass
class SocksProxy:
    """SOCKS5 with names resolved by the proxy: every name leads to loopback. ``refuse`` is a reply code."""

    refuse: int = 0
    asked: list[tuple[str, int]] = field(default_factory=list)

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x00")
        _, _, _, kind = await reader.readexactly(4)
        if kind == 3:
            host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
        else:
            host = socket.inet_ntoa(await reader.readexactly(4))
        port = int.from_bytes(await reader.readexactly(2), "big")
        self.asked.append((host, port))
        writer.write(bytes([5, self.refuse, 0, 1, 0, 0, 0, 0, 0, 0]))
        await writer.drain()
        if not self.refuse:
            await join(reader, writer, port)


@dataclass
class ConnectProxy:
    """HTTP CONNECT; ``refuse`` is a status line."""

    refuse: str = ""
    asked: list[str] = field(default_factory=list)

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        authority = request.split(b" ")[1].decode()
        self.asked.append(authority)
        writer.write(f"HTTP/1.1 {self.refuse or '200 OK'}\r\n\r\n".encode())
        await writer.drain()
        if not self.refuse:
            await join(reader, writer, int(authority.rpartition(":")[2]))


async def join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    """Carry bytes both ways between a client and a loopback port, until either ends."""
    far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
    there = asyncio.create_task(_carry(reader, far_writer))
    try:
        await _carry(far_reader, writer)
    finally:
        there.cancel()
        far_writer.close()


async def _carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()


def count_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
