"""Streams and datagrams over asyncio, counted and cut off where a flood would fill memory."""

from __future__ import annotations

import asyncio
from typing import cast

from .limits import Allowance

_READ_SIZE = 64 * 1024
_DATAGRAMS_KEPT = 64


class Stream:
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


class UdpConversation(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self._arrived: asyncio.Queue[bytes | Exception] = asyncio.Queue(_DATAGRAMS_KEPT)
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

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
