"""The zip package that a workbook is: opened only when it can be read within bounds.

A workbook of a few kilobytes can claim to unpack to gigabytes, name a million parts, or define entities that swell.
So sizes are read before anything is unpacked, and no part may declare a document type.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.parsers import expat

from events.importing.reading import of_file
from events.importing.told import Unreadable

MAX_PARTS = 1_000
MAX_DIRECTORY = 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ELEMENTS = 12_000_000

_TAIL = 65_557
"""Bytes: the longest that the end of a zip file can be."""
_READ_AT_ONCE = 64 * 1024
_PLAIN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

OnStart = Callable[[str, dict[str, str]], None]
OnEnd = Callable[[str], None]
OnText = Callable[[str], None]


@contextmanager
def package(path: Path) -> Iterator[zipfile.ZipFile]:
    """Raises ``Unreadable`` for what is no package, or one that is out of bounds."""
    _measure_directory(path)
    try:
        with zipfile.ZipFile(path) as found:
            _measure_parts(found.infolist())
            yield found
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise Unreadable(of_file(_DAMAGED)) from error


_DAMAGED = "The workbook is damaged: it cannot be unpacked. Save it again as .xlsx, or as CSV (UTF-8)."


def parse(part: IO[bytes], on_start: OnStart, on_end: OnEnd, on_text: OnText) -> Iterator[None]:
    """Reads a part as XML, some kilobytes a step. Raises ``Unreadable`` for what is not well-formed."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    bounds = _Bounds(on_start)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = bounds.start
    parser.EndElementHandler = lambda name: on_end(local(name))
    parser.CharacterDataHandler = on_text
    try:
        while chunk := part.read(_READ_AT_ONCE):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        raise Unreadable(of_file("The workbook is damaged: a part of it is not well-formed.")) from error


def local(name: str) -> str:
    """A name without its prefix: which prefixes a writer chose means nothing."""
    return name.rpartition(":")[2]


class _Bounds:
    def __init__(self, on_start: OnStart) -> None:
        self._left = MAX_ELEMENTS
        self._on_start = on_start

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        if self._left < 0:
            raise Unreadable(of_file("The workbook has more cells than can be read; cut it in parts."))
        self._on_start(local(name), attributes)


def _refuse_doctype(*_declared: object) -> None:
    raise Unreadable(of_file("The workbook declares entities of its own, which no spreadsheet writes."))


def _measure_directory(path: Path) -> None:
    """The list of parts is read whole by the library, so its size is looked at first."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < 22:
        raise Unreadable(of_file(_DAMAGED))
    parts, size = struct.unpack_from("<HL", tail, place + 10)
    if parts > MAX_PARTS or size > MAX_DIRECTORY or b"PK\x06\x07" in tail[:place][-20:]:
        raise Unreadable(of_file("The workbook has more parts than any spreadsheet writes."))


def _measure_parts(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unreadable(of_file("The workbook is protected by a password; save it without one."))
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        sentence = f"The workbook unpacks to more than {MAX_UNPACKED // 2**20} MB; cut it in parts."
        raise Unreadable(of_file(sentence))
    names = [part.filename for part in parts]
    if len(set(names)) < len(names) or any(part.compress_type not in _PLAIN for part in parts):
        raise Unreadable(of_file(_DAMAGED))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable(of_file("The workbook holds macros; save it as .xlsx without them."))
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise Unreadable(
            of_file("The workbook takes values from other files; save it with the values only, or as CSV.")
        )
