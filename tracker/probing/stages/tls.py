"""The third stage: a handshake that looks first and judges after, so that an untrusted page is still seen."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tracker.facts import TlsLook
from tracker.probing.certificates import Trust, find_fault, fingerprints, leaf_names
from tracker.probing.failures import NETWORK_FAULTS, name_of, words_of
from tracker.probing.limits import Stopwatch
from tracker.probing.network import Connection
from tracker.probing.target import Target

_READ_SIZE = 64 * 1024
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Shaken:
    """The outcome of the stage. A connection with a failure is one that was read although not trusted."""

    look: TlsLook
    connection: Connection | None = None
    detail: str | None = None
    chain: tuple[bytes, ...] = ()


async def shake_hands(connection: Connection, target: Target, trust: Trust, seconds: float) -> Shaken:
    """One handshake on an open connection, and what its certificates are worth."""
    watch = Stopwatch()
    encrypted = _Encrypted(connection, trust.context, target.server_name)
    try:
        async with asyncio.timeout(seconds):
            await encrypted.handshake()
    except NETWORK_FAULTS as error:
        received, failure = connection.received, name_of(error)
        look = TlsLook(target.server_name, watch.seconds, bytes_received=received, failure=failure)
        return Shaken(look, detail=words_of(error))
    return _judged(encrypted, target.server_name, watch.seconds, trust)


def _judged(encrypted: _Encrypted, server_name: str, seconds: float, trust: Trust) -> Shaken:
    chain = encrypted.chain()
    subject, issuer = leaf_names(chain)
    fault = find_fault(chain, server_name, trust)
    look = TlsLook(
        server_name,
        seconds,
        bytes_received=encrypted.received,
        version=encrypted.version,
        cipher=encrypted.cipher,
        chain_sha256=fingerprints(chain),
        leaf_subject=subject,
        leaf_issuer=issuer,
        invalid=fault.words if fault else None,
        failure=fault.failure if fault else None,
    )
    return Shaken(look, encrypted, detail=look.invalid, chain=tuple(chain))


class _Encrypted:
    """TLS over any connection, by memory buffers: every byte passes through our own limits."""

    def __init__(self, connection: Connection, context: ssl.SSLContext, server_name: str) -> None:
        self._under = connection
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=server_name)

    @property
    def received(self) -> int:
        return self._under.received

    @property
    def version(self) -> str | None:
        return self._tls.version()

    @property
    def cipher(self) -> str | None:
        cipher = self._tls.cipher()
        return cipher[0] if cipher else None

    async def handshake(self) -> None:
        await self._pump(self._tls.do_handshake)

    async def read(self) -> bytes:
        try:
            return await self._pump(lambda: self._tls.read(_READ_SIZE))
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            # Many servers hang up without a farewell. What is missing shows in the length of the body.
            return b""

    async def write(self, data: bytes) -> None:
        await self._pump(lambda: self._tls.write(data))

    def abort(self) -> None:
        self._under.abort()

    def chain(self) -> list[bytes]:
        """What the server sent, as DER, leaf first."""
        public = getattr(self._tls, "get_unverified_chain", None)
        if public is not None:
            return [bytes(der) for der in public() or ()]
        # Before Python 3.13 the same call exists on the inner object only.
        inner = self._tls._sslobj.get_unverified_chain()  # type: ignore[attr-defined]
        return [certificate.public_bytes(2) for certificate in inner or ()]

    async def _pump(self, step: Callable[[], _T]) -> _T:
        while True:
            try:
                result = step()
            except ssl.SSLWantReadError:
                await self._flush()
                await self._fill()
            else:
                await self._flush()
                return result

    async def _flush(self) -> None:
        if self._outgoing.pending:
            await self._under.write(self._outgoing.read())

    async def _fill(self) -> None:
        data = await self._under.read()
        if data:
            self._incoming.write(data)
        else:
            self._incoming.write_eof()
