"""Unpacking a body without ever holding more of it than the limit allows."""

from __future__ import annotations

import zlib

from .failures import BrokenAnswer

_GZIP, _ZLIB, _RAW = 31, 15, -15


class Body:
    """Collects the decoded bytes of one answer, up to ``limit``.

    Codings that we did not ask for are kept as they came.
    """

    def __init__(self, limit: int, coding: str = "") -> None:
        self._limit = limit
        self._coding = coding.strip().lower()
        self._unpacker: zlib._Decompress | None = None
        self._held = b""
        self._decoded = bytearray()
        self.truncated = False

    @property
    def decoded(self) -> bytes:
        return bytes(self._decoded)

    def feed(self, data: bytes) -> None:
        """Add bytes as received. Raises BrokenAnswer when they are not in the coding that was announced."""
        if self._coding in ("gzip", "x-gzip", "deflate"):
            data = self._unpack(data)
        room = self._limit - len(self._decoded)
        self._decoded += data[:room]
        self.truncated = self.truncated or len(data) > room

    def _unpack(self, data: bytes) -> bytes:
        if self._unpacker is None:
            self._held += data
            if len(self._held) < 2:
                return b""
            data, self._held = self._held, b""
            self._unpacker = zlib.decompressobj(_window_bits(self._coding, data))
        try:
            # One byte more than there is room for tells that there is more.
            return self._unpacker.decompress(data, self._limit - len(self._decoded) + 1)
        except zlib.error as error:
            raise BrokenAnswer(f"the body is not {self._coding}: {error}") from error


def _window_bits(coding: str, start: bytes) -> int:
    if coding != "deflate":
        return _GZIP
    # RFC 9110 means zlib by "deflate", and some servers send it bare.
    wrapped = start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0
    return _ZLIB if wrapped else _RAW
