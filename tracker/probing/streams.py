"""Streams and datagrams on an event loop, counted and cut off where a flood would fill memory."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from typing import cast

from .limits import Allowance

_READ_SIZE = 64 * 1024
_DATAGRAMS_KEPT = 64


class Stream:
    """A TCP stream that counts what it receives, over a socket that does not block.

    Nothing of asyncio's streams is between: their transports and buffers cost a look a fifth of its time.
    """

    def __init__(self, sock: socket.socket, allowance: Allowance) -> None:
        self._socket, self._allowance = sock, allowance
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._loop = asyncio.get_running_loop()
        self._waiter: asyncio.Future[None] | None = None
        self._is_watched = False
        self._ends_at: float | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self.received = 0

    @classmethod
    async def opened(cls, ip: str, port: int, allowance: Allowance, seconds: float | None = None) -> Stream:
        """A connection to an address, in so many seconds. Raises OSError."""
        sock = socket.socket(socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM)
        stream = cls(sock, allowance)
        try:
            sock.setblocking(False)
            if seconds is not None:
                stream.end_in(seconds)
            await stream._reach((ip, port))
        except BaseException:
            stream.abort()
            raise
        return stream

    async def _reach(self, address: tuple[str, int]) -> None:
        code = self._socket.connect_ex(address)
        if code == errno.EINPROGRESS:
            await self._writable()
            code = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, os.strerror(code))

    def end_in(self, seconds: float) -> None:
        """Whatever is waited for from now on ends with TimeoutError after so many seconds."""
        self._ends_at = self._loop.time() + seconds
        if self._alarm is not None and self._alarm.when() > self._ends_at:
            self._alarm.cancel()
            self._alarm = None

    async def read(self) -> bytes:
        while True:
            # Also when bytes are there already: others get their turn between two reads, and so do deadlines.
            await self._readable()
            try:
                data = self._socket.recv(_READ_SIZE)
                break
            except BlockingIOError:
                continue
        self.received += len(data)
        self._allowance.spend(len(data))
        return data

    async def write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[self._socket.send(rest) :]
            except BlockingIOError:
                await self._writable()

    async def _readable(self) -> None:
        if not self._is_watched:
            self._loop.add_reader(self._socket.fileno(), self._came)
            self._is_watched = True
        await self._wait()

    async def _writable(self) -> None:
        self._look_away()  # what arrives meanwhile must not wake the one who wants to write
        number = self._socket.fileno()
        self._loop.add_writer(number, self._wake)
        try:
            await self._wait()
        finally:
            self._loop.remove_writer(number)

    async def _wait(self) -> None:
        """Until the socket is ready. One alarm serves all waits of a stream: most are over long before it rings."""
        if self._ends_at is not None:
            if self._loop.time() >= self._ends_at:
                raise TimeoutError
            if self._alarm is None:
                self._alarm = self._loop.call_at(self._ends_at, self._ring)
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _came(self) -> None:
        if self._waiter is None:
            self._look_away()  # until somebody reads again
        else:
            self._wake()

    def _look_away(self) -> None:
        if self._is_watched:
            self._loop.remove_reader(self._socket.fileno())
            self._is_watched = False

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _ring(self) -> None:
        self._alarm = None
        if self._waiter is None or self._waiter.done() or self._ends_at is None:
            return
        if self._loop.time() < self._ends_at:  # a later stage has more time
            self._alarm = self._loop.call_at(self._ends_at, self._ring)
        else:
            self._waiter.set_exception(TimeoutError())

    def abort(self) -> None:
        if self._socket.fileno() < 0:
            return
        self._look_away()
        if self._alarm is not None:
            self._alarm.cancel()
        self._socket.close()


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
