"""The shared strings of a workbook, kept in a file: a million of them must not fill the memory."""

from __future__ import annotations

import re
import tempfile
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import IO

from events.importing.packages import parse
from events.importing.reading import MAX_CELL, of_file
from events.importing.told import Unreadable

MAX_STRINGS = 1_000_000

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class SharedStrings:
    """Strings by number. Phonetic readings beside a text are not part of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._ends = array("Q", [0])
        self._pieces: list[str] | None = None
        self._is_text, self._is_aside = False, False
        self.get = lru_cache(maxsize=4096)(self._get)

    def read(self, part: IO[bytes]) -> None:
        for _ in parse(part, self._start, self._end, self._text):
            pass
        self._file.flush()

    def _get(self, number: int) -> str | None:
        """The string; None when the workbook has none of that number."""
        if not 0 <= number < len(self._ends) - 1:
            return None
        begin, end = self._ends[number], self._ends[number + 1]
        self._file.seek(begin)
        return self._file.read(end - begin).decode("utf-8", "surrogatepass")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._pieces = []
            if len(self._ends) > MAX_STRINGS:
                raise Unreadable(of_file(f"The workbook has more than {MAX_STRINGS} texts; cut it in parts."))
        elif name == "rPh":
            self._is_aside = True
        elif name == "t":
            self._is_text = not self._is_aside

    def _end(self, name: str) -> None:
        if name == "si" and self._pieces is not None:
            written = self._file.write(plain("".join(self._pieces)).encode("utf-8", "surrogatepass"))
            self._ends.append(self._ends[-1] + written)
            self._pieces = None
        elif name == "rPh":
            self._is_aside = False
        elif name == "t":
            self._is_text = False

    def _text(self, text: str) -> None:
        if self._is_text and self._pieces is not None:
            add(self._pieces, text)


@contextmanager
def shared_strings(part: IO[bytes] | None) -> Iterator[SharedStrings]:
    with tempfile.TemporaryFile() as file:
        strings = SharedStrings(file)
        if part is not None:
            with part:
                strings.read(part)
        yield strings


def add(pieces: list[str], text: str) -> None:
    """Add to the text of a cell; beyond what a cell may hold, only so much that it is seen to be too long."""
    room = MAX_CELL + 1 - sum(map(len, pieces))
    if room > 0:
        pieces.append(text[:room])


def plain(text: str) -> str:
    """The text without the escapes by which workbooks write control characters (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
