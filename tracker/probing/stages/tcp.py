"""The second stage: a connection. Each attempt is kept, because which address fails is itself a finding."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.facts import TcpLook
from tracker.probing.failures import NETWORK_FAULTS, name_of, words_of
from tracker.probing.limits import Allowance, Limits, Stopwatch
from tracker.probing.network import Connection, Network
from tracker.probing.target import Target


@dataclass(frozen=True, slots=True)
class Connected:
    """The outcome of the stage. Without a connection, ``failure`` is that of the first attempt."""

    looks: tuple[TcpLook, ...]
    connection: Connection | None = None
    failure: str | None = None
    detail: str | None = None


async def connect(
    target: Target, hosts: tuple[str, ...], network: Network, limits: Limits, allowance: Allowance
) -> Connected:
    """Try the hosts in their order, at most ``limits.addresses``, until one answers."""
    looks: list[TcpLook] = []
    details: list[str] = []
    for host in hosts[: limits.addresses]:
        look, connection, detail = await _attempt(host, target, network, limits, allowance)
        looks.append(look)
        if connection is not None:
            return Connected(tuple(looks), connection)
        details.append(detail)
    # The first address is the one a browser would wait for; later ones often fail for reasons of our own,
    # such as a machine without IPv6.
    return Connected(tuple(looks), failure=looks[0].failure, detail=details[0])


async def _attempt(
    host: str, target: Target, network: Network, limits: Limits, allowance: Allowance
) -> tuple[TcpLook, Connection | None, str]:
    watch = Stopwatch()
    via = None if network.via.kind == "direct" else network.via.kind
    connection: Connection | None = None
    failure: str | None = None
    detail = ""
    try:
        connection = await network.connect(host, target, allowance.seconds(limits.tcp_seconds), allowance)
    except NETWORK_FAULTS as error:
        failure, detail = name_of(error), words_of(error)
    return TcpLook(host, target.port, watch.seconds, via=via, failure=failure), connection, detail
