"""How much one look may take: seconds, bytes and steps. A hostile page meets these first."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one look. Sizes are in bytes; every stage also ends with ``total_seconds``."""

    total_seconds: float = 30.0
    dns_seconds: float = 6.0
    """For both questions of one name, all resolvers and repeats together."""
    dns_late_seconds: float = 0.3
    """How long to listen for a second, different answer after the first; 0 stops at the first."""
    tcp_seconds: float = 8.0
    """For one attempt at one address."""
    tls_seconds: float = 10.0
    http_seconds: float = 20.0
    """From the request to the last byte of the answer."""
    addresses: int = 3
    hops: int = 10
    """URLs visited in one look, the first one included."""
    header_bytes: int = 64 * 1024
    informational: int = 8
    """1xx answers put up with before the real one."""
    body_bytes: int = 1_000_000
    """Of the decoded body. Reading stops there, and the body is marked as truncated."""
    wire_bytes: int = 16 * 1024 * 1024
    """Received by the whole look, all hops together, before any decoding."""


class WireLimitReached(Exception):
    """The look has received as many bytes as it may."""


class Allowance:
    """What one look has left of its time and its bytes; shared by all of its hops."""

    def __init__(self, limits: Limits, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ends_at = clock() + limits.total_seconds
        self._bytes_left = limits.wire_bytes

    def seconds(self, at_most: float) -> float:
        """The seconds that a step may take: its own limit, or what is left of the whole. Never negative."""
        return max(0.0, min(at_most, self._ends_at - self._clock()))

    def spend(self, size: int) -> None:
        """Count bytes that have arrived. Raises WireLimitReached once the look has had its share."""
        self._bytes_left -= size
        if self._bytes_left < 0:
            raise WireLimitReached


class Stopwatch:
    """Seconds since it was made, rounded to a tenth of a millisecond."""

    def __init__(self) -> None:
        self._started = time.perf_counter()

    @property
    def seconds(self) -> float:
        return round(time.perf_counter() - self._started, 4)
