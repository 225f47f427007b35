"""The third stage: a handshake that looks first and judges after, so that an untrusted page is still seen."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

from tracker.facts import TlsLook
from tracker.probing.certificates import Trust, find_fault, fingerprints, leaf_names
from tracker.probing.failures import NETWORK_FAULTS, name_of, words_of
from tracker.probing.limits import Stopwatch
from tracker.probing.network import Connection
from tracker.probing.target import Target

_READ_SIZE = 64 * 1024


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
    connection.end_in(seconds)
    encrypted = _Encrypted(connection, trust.context, target.server_name)
    try:
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
    return Shaken(look, encrypted, detail=look.invalid, chain=chain)


class _Encrypted:
    """TLS over any connection, by memory buffers: every byte passes through our own limits."""

    def __init__(self, connection: Connection, context: ssl.SSLContext, server_name: str) -> None:
        self._under = connection
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        # As bytes: a browser's URL parser has made the name ASCII, and encodes it better than Python's "idna".
        name = server_name.encode("ascii")
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=name)

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

    def end_in(self, seconds: float) -> None:
        self._under.end_in(seconds)

    async def handshake(self) -> None:
        """What is left to say at its end goes out with the first request, as browsers do it."""
        while True:
            try:
                self._tls.do_handshake()
                return
            except ssl.SSLWantReadError:
                await self._flush()
                await self._fill()

    async def read(self) -> bytes:
        lacks_bytes = self._is_dry()
        while True:
            await self._flush()
            if lacks_bytes:
                await self._fill()
            try:
                return self._tls.read(_READ_SIZE)
            except ssl.SSLWantReadError:
                lacks_bytes = True
            except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
                # Many servers hang up without a farewell. What is missing shows in the length of the body.
                return b""

    def _is_dry(self) -> bool:
        """Whether there is nothing to read without more from the peer. To ask TLS itself costs an exception."""
        return not (self._incoming.pending or self._incoming.eof or self._tls.pending())

    async def write(self, data: bytes) -> None:
        while True:
            try:
                self._tls.write(data)
                break
            except ssl.SSLWantReadError:
                await self._flush()
                await self._fill()
        await self._flush()

    def abort(self) -> None:
        self._under.abort()

    def chain(self) -> tuple[bytes, ...]:
        """What the server sent, as DER, leaf first."""
        public = getattr(self._tls, "get_unverified_chain", None)
        if public is not None:
            return tuple(bytes(der) for der in public() or ())
        # Before Python 3.13 the same call exists on the inner object only.
        inner = self._tls._sslobj.get_unverified_chain()  # type: ignore[attr-defined]
        return tuple(certificate.public_bytes(2) for certificate in inner or ())

    async def _flush(self) -> None:
        if self._outgoing.pending:
            await self._under.write(self._outgoing.read())

    async def _fill(self) -> None:
        data = await self._under.read()
        if data:
            self._incoming.write(data)
        else:
            self._incoming.write_eof()
