"""One request of our own to a service that answers programs. Behind the same guard and bounds as a look.

Unlike a look it follows no redirect, and sends nothing over a connection that cannot be trusted: a key may be in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .limits import Allowance, Limits
from .network import Connection, Network
from .stages.dns import resolve
from .stages.http import Request, exchange_over
from .stages.tcp import connect
from .stages.tls import shake_hands
from .target import Target, UnreadableUrl, read_url

USER_AGENT = "Stillblocked"


class NoAnswer(Exception):
    """The service could not be asked, or its answer not be read. The message says why, and holds no secret."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said."""

    status: int
    body: bytes


async def ask(
    url: str,
    *,
    network: Network,
    headers: Sequence[tuple[str, str]] = (),
    content: bytes | None = None,
    limits: Limits | None = None,
) -> Answer:
    """GET, or POST when there is ``content``. Raises NoAnswer for everything that goes wrong on the way."""
    limits = limits or Limits()
    allowance = Allowance(limits)
    try:
        target = read_url(url)
    except UnreadableUrl as error:
        raise NoAnswer(f"the address cannot be read: {error}") from error
    connection = await _connected(target, network, limits, allowance)
    try:
        trusted = await _trusted(connection, target, network, limits, allowance)
        request = _request(target, headers, content)
        seconds = allowance.seconds(limits.http_seconds)
        fetched = await exchange_over(trusted, request, limits, seconds)
    finally:
        connection.abort()
    if fetched.look.failure is not None or fetched.look.status is None:
        raise NoAnswer(f"{target.host}: {fetched.look.failure}")
    if fetched.truncated:
        raise NoAnswer(f"{target.host}: the answer is longer than {limits.body_bytes} bytes")
    return Answer(fetched.look.status, fetched.body)


async def _connected(target: Target, network: Network, limits: Limits, allowance: Allowance) -> Connection:
    reason = network.policy.refuse_target(target)
    if reason is not None:
        raise NoAnswer(f"{target.host}: refused by our own policy: {reason}")
    hosts: tuple[str, ...] = (target.host,)
    if network.via.kind == "direct" and not target.literal:
        resolved = await resolve(target, network, limits, allowance)
        if resolved.look.failure is not None:
            raise NoAnswer(f"{target.host}: {resolved.look.failure}")
        hosts = resolved.contactable
    connected = await connect(target, hosts, network, limits, allowance)
    if connected.connection is None:
        raise NoAnswer(f"{target.host}: {connected.failure}")
    return connected.connection


async def _trusted(
    connection: Connection, target: Target, network: Network, limits: Limits, allowance: Allowance
) -> Connection:
    if target.scheme != "https":
        return connection
    shaken = await shake_hands(connection, target, network.trust, allowance.seconds(limits.tls_seconds))
    if shaken.look.failure is not None or shaken.connection is None:
        raise NoAnswer(f"{target.host}: {shaken.look.failure}")
    return shaken.connection


def _request(target: Target, headers: Sequence[tuple[str, str]], content: bytes | None) -> Request:
    own = [
        ("Host", target.host_header),
        ("User-Agent", USER_AGENT),
        ("Accept-Encoding", "gzip, deflate"),
        ("Connection", "close"),
    ]
    length = [] if content is None else [("Content-Length", str(len(content)))]
    method = "GET" if content is None else "POST"
    return Request(method, target.path, (*own, *length, *headers), content or b"")
