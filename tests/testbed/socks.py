"""A SOCKS5 server that resolves names where it stands: the control's way out of the testbed's free corner."""

from __future__ import annotations

import asyncio
import struct
import sys
from contextlib import suppress

REPLIES = {ConnectionRefusedError: 5, TimeoutError: 4}
"""Reply codes of RFC 1928; what is not here is a general failure."""


async def serve(host: str, port: int) -> None:
    server = await asyncio.start_server(join, host, port)
    async with server:
        await server.serve_forever()


async def join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Greets, connects to the name that is asked for, and carries bytes both ways."""
    with suppress(OSError, asyncio.IncompleteReadError):
        _version, n_methods = await reader.readexactly(2)
        await reader.readexactly(n_methods)
        writer.write(b"\x05\x00")
        host, port = await _asked(reader)
        try:
            far_reader, far_writer = await asyncio.wait_for(asyncio.open_connection(host, port), 8)
        except OSError as error:
            writer.write(bytes([5, REPLIES.get(type(error), 1), 0, 1]) + bytes(6))
            await writer.drain()
            return
        writer.write(bytes([5, 0, 0, 1]) + bytes(6))
        await asyncio.gather(_carry(reader, far_writer), _carry(far_reader, writer))
    writer.close()


async def _asked(reader: asyncio.StreamReader) -> tuple[str, int]:
    _version, _command, _reserved, kind = await reader.readexactly(4)
    if kind == 3:
        host = (await reader.readexactly((await reader.readexactly(1))[0])).decode("ascii", "replace")
    else:
        host = ".".join(str(byte) for byte in await reader.readexactly(4))
    return host, struct.unpack(">H", await reader.readexactly(2))[0]


async def _carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
    sink.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2])))
