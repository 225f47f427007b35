"""The only seam to sockets. Above it nothing opens a connection; below it nothing knows what a page is.

A network is a place to look from: directly, through SOCKS5 with names resolved at the far end, or through
HTTP CONNECT. Whichever it is, it asks the egress guard about the very host it is about to contact.
Proxy settings in the environment are ignored: a look through an unnoticed proxy would be a false record.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from typing import Protocol

import dns.resolver

from .certificates import Trust, load_trust
from .egress import EgressPolicy, EgressRefused
from .limits import Allowance
from .proxies import through
from .streams import Stream, UdpConversation
from .target import Target, is_literal
from .via import Via

_DNS_PORT = 53


class Connection(Protocol):
    """A stream of bytes to one peer, with or without encryption."""

    @property
    def received(self) -> int:
        """Bytes that came over the wire so far."""

    def end_in(self, seconds: float) -> None:
        """Whatever is waited for from now on ends with TimeoutError after so many seconds."""

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
            UdpConversation, remote_addr=(resolver.ip, resolver.port)
        )
        return datagrams

    async def ask_stream(self, resolver: Resolver, allowance: Allowance) -> Connection:
        return await Stream.opened(resolver.ip, resolver.port, allowance)

    async def connect(self, host: str, target: Target, seconds: float, allowance: Allowance) -> Connection:
        if self.via.kind == "direct":
            return await self._connect_directly(host, target, seconds, allowance)
        reason = self.policy.refuse_target(target)
        if reason is not None or host != target.host:
            raise EgressRefused(reason or "a proxy is asked for the host of the URL and no other")
        return Stream(await through(self.via, target, seconds), allowance)

    async def _connect_directly(
        self, ip: str, target: Target, seconds: float, allowance: Allowance
    ) -> Connection:
        # Only an address may come here. A name would be resolved a second time, to who knows what.
        reason = self.policy.refuse_address(_plain(ip), target.origin)
        if reason is not None:
            raise EgressRefused(reason)
        return await Stream.opened(ip, target.port, allowance, seconds)


@lru_cache(maxsize=1024)
def _plain(ip: str) -> str:
    """An address in its one spelling. Raises ValueError for what is none."""
    return str(ip_address(ip))


def system_resolvers() -> tuple[Resolver, ...]:
    """The resolvers of this machine's configuration."""
    try:
        found = dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration:
        return ()
    return tuple(Resolver(str(ip), found.port) for ip in found.nameservers if is_literal(str(ip)))
