"""The only seam to sockets. Above it nothing opens a connection; below it nothing knows what a page is.

A network is a place to look from: directly, through SOCKS5 with names resolved at the far end, or through
HTTP CONNECT. Whichever it is, it asks the egress guard about the very host it is about to contact.
Proxy settings in the environment are ignored: a look through an unnoticed proxy would be a false record.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, Literal, Protocol
from urllib.parse import unquote, urlsplit

import dns.resolver
from python_socks import ProxyError, ProxyType
from python_socks.async_.asyncio import Proxy

from tracker.facts import Failure

from .certificates import Trust, load_trust
from .egress import EgressPolicy, EgressRefused
from .failures import ProxyFault, name_of_connect_status, name_of_socks_reply, words_of
from .limits import Allowance
from .target import Target, is_literal, printable

_READ_SIZE = 64 * 1024
_DATAGRAMS_KEPT = 64
_DNS_PORT = 53
_PROXY_SHARE = 0.4
"""Of the seconds for a connection, what reaching the proxy itself may take."""


class Connection(Protocol):
    """A stream of bytes to one peer, with or without encryption."""

    @property
    def received(self) -> int:
        """Bytes that came over the wire so far."""

    async def read(self) -> bytes:
        """Some bytes; empty at the end of the stream. Raises OSError, or WireLimitReached."""

    async def write(self, data: bytes) -> None: ...

    def abort(self) -> None:
        """Give up the connection at once. Safe to call twice."""


class Datagrams(Protocol):
    """A conversation with one resolver over UDP. Datagrams from anybody else are not seen."""

    def send(self, data: bytes) -> None: ...

    async def receive(self) -> bytes:
        """The next datagram. Raises OSError when the machine at the other end says that nobody listens."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Resolver:
    """A DNS server, by address."""

    ip: str
    port: int = _DNS_PORT

    def __str__(self) -> str:
        if self.port == _DNS_PORT:
            return self.ip
        return f"[{self.ip}]:{self.port}" if ":" in self.ip else f"{self.ip}:{self.port}"


@dataclass(frozen=True, slots=True)
class Via:
    """How a place is reached: ``direct``, or the proxy that stands there."""

    kind: Literal["direct", "socks5", "http"] = "direct"
    host: str = ""
    port: int = 0
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, uri: str) -> Via:
        """From ``direct``, ``socks5h://host:port`` or ``http://host:port``. Raises ValueError, saying why."""
        if uri == "direct":
            return cls()
        parts = urlsplit(uri)
        if parts.scheme == "socks5":
            raise ValueError("use socks5h://, so that names are resolved at the far end and not here")
        if parts.scheme not in ("socks5h", "http"):
            raise ValueError("a vantage is reached by direct, socks5h://host:port or http://host:port")
        if (
            not parts.hostname
            or not parts.port
            or parts.path not in ("", "/")
            or parts.query
            or parts.fragment
        ):
            raise ValueError("a proxy is named by host and port and nothing else")
        return cls(
            kind="http" if parts.scheme == "http" else "socks5",
            host=parts.hostname,
            port=parts.port,
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password is not None else None,
        )


class Network(Protocol):
    """A place to look from."""

    @property
    def policy(self) -> EgressPolicy: ...
    @property
    def via(self) -> Via: ...
    @property
    def trust(self) -> Trust: ...
    @property
    def resolvers(self) -> tuple[Resolver, ...]: ...

    async def ask(self, resolver: Resolver) -> Datagrams:
        """A UDP conversation with a resolver."""

    async def ask_stream(self, resolver: Resolver, allowance: Allowance) -> Connection:
        """A TCP connection to a resolver, for an answer too long for UDP."""

    async def connect(self, host: str, target: Target, seconds: float, allowance: Allowance) -> Connection:
        """A connection to one address of the target, or through the proxy to its name, in so many seconds.

        Raises EgressRefused before anything is sent, ProxyFault, or OSError.
        """


_DEFAULT_POLICY = EgressPolicy()
_DIRECT = Via()


@dataclass(frozen=True, slots=True)
class RealNetwork:
    """The real thing. ``ca_file`` is a PEM file of roots in place of certifi's."""

    policy: EgressPolicy = _DEFAULT_POLICY
    via: Via = _DIRECT
    given_resolvers: tuple[Resolver, ...] | None = None
    ca_file: str | None = None

    @property
    def trust(self) -> Trust:
        return load_trust(self.ca_file)

    @property
    def resolvers(self) -> tuple[Resolver, ...]:
        """Those given, or the system's as they are now; none when the system has none."""
        return system_resolvers() if self.given_resolvers is None else self.given_resolvers

    async def ask(self, resolver: Resolver) -> Datagrams:
        loop = asyncio.get_running_loop()
        # A connected socket: the kernel drops what comes from elsewhere and tells us when nobody listens.
        _, datagrams = await loop.create_datagram_endpoint(
            _UdpConversation, remote_addr=(resolver.ip, resolver.port)
        )
        return datagrams

    async def ask_stream(self, resolver: Resolver, allowance: Allowance) -> Connection:
        return _Stream(*await asyncio.open_connection(resolver.ip, resolver.port), allowance)

    async def connect(self, host: str, target: Target, seconds: float, allowance: Allowance) -> Connection:
        if self.via.kind == "direct":
            return await self._connect_directly(host, target, seconds, allowance)
        reason = self.policy.refuse_target(target)
        if reason is not None or host != target.host:
            raise EgressRefused(reason or "a proxy is asked for the host of the URL and no other")
        near_end = await _through(self.via, target, seconds)
        return _Stream(*await asyncio.open_connection(sock=near_end), allowance)

    async def _connect_directly(
        self, ip: str, target: Target, seconds: float, allowance: Allowance
    ) -> Connection:
        # Only an address may come here. A name would be resolved a second time, to who knows what.
        reason = self.policy.refuse_address(str(ip_address(ip)), target.origin)
        if reason is not None:
            raise EgressRefused(reason)
        async with asyncio.timeout(seconds):
            return _Stream(*await asyncio.open_connection(ip, target.port), allowance)


def system_resolvers() -> tuple[Resolver, ...]:
    """The resolvers of this machine's configuration."""
    try:
        found = dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration:
        return ()
    return tuple(Resolver(str(ip), found.port) for ip in found.nameservers if is_literal(str(ip)))


class _Stream:
    """A TCP stream that counts what it receives."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, allowance: Allowance
    ) -> None:
        self._reader, self._writer, self._allowance = reader, writer, allowance
        self.received = 0

    async def read(self) -> bytes:
        # A read of buffered data never suspends, and a deadline only falls where something does.
        await asyncio.sleep(0)
        data = await self._reader.read(_READ_SIZE)
        self.received += len(data)
        self._allowance.spend(len(data))
        return data

    async def write(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    def abort(self) -> None:
        self._writer.transport.abort()


class _UdpConversation(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self._arrived: asyncio.Queue[bytes | Exception] = asyncio.Queue(_DATAGRAMS_KEPT)
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.DatagramTransport)
        self._transport = transport

    def datagram_received(self, data: bytes, addr: object) -> None:
        self._keep(data)

    def error_received(self, exc: Exception) -> None:
        self._keep(exc)

    def _keep(self, item: bytes | Exception) -> None:
        # A flood is cut off here: what matters came first.
        if not self._arrived.full():
            self._arrived.put_nowait(item)

    def send(self, data: bytes) -> None:
        assert self._transport is not None
        self._transport.sendto(data)

    async def receive(self) -> bytes:
        item = await self._arrived.get()
        if isinstance(item, Exception):
            raise item
        return item

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()


class _Reached(Proxy):
    """A proxy at the other end of a socket that is already open."""

    open_socket: socket.socket

    async def connect(self, *args: object, **kwargs: object) -> socket.socket:
        return self.open_socket


async def _through(via: Via, target: Target, seconds: float) -> socket.socket:
    """A socket that the proxy has joined to the page. Raises ProxyFault, or TimeoutError for a silent page.

    Reaching the proxy is a step of its own, with its own share of the time: a proxy that is away must not be
    taken for a page that is.
    """
    proxy_type = ProxyType.SOCKS5 if via.kind == "socks5" else ProxyType.HTTP
    reached = _Reached(proxy_type, via.host, via.port)
    reached.open_socket = await _reach(via, seconds * _PROXY_SHARE)
    proxy = Proxy(proxy_type, via.host, via.port, via.username, via.password, rdns=True, forward=reached)
    try:
        return await proxy.connect(target.server_name, target.port, timeout=seconds * (1 - _PROXY_SHARE))
    except ProxyError as error:
        named = name_of_socks_reply if via.kind == "socks5" else name_of_connect_status
        raise ProxyFault(named(error.error_code), printable(words_of(error))) from error
    except TimeoutError:
        raise
    except OSError as error:
        raise ProxyFault(Failure.PROXY_ERROR, f"the proxy broke off: {words_of(error)}") from error


async def _reach(via: Via, seconds: float) -> socket.socket:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(seconds):
            found = await loop.getaddrinfo(via.host, via.port, type=socket.SOCK_STREAM)
            family, kind, protocol, _, address = found[0]
            return await _connected(socket.socket(family, kind, protocol), address)
    except OSError as error:
        raise ProxyFault(Failure.PROXY_ERROR, f"the proxy cannot be reached: {words_of(error)}") from error


async def _connected(sock: socket.socket, address: tuple[Any, ...]) -> socket.socket:
    try:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, address)
    except BaseException:
        sock.close()
        raise
    return sock
