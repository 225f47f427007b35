"""Bytes to rows, one at a time. Files are hostile: nothing is guessed, repaired or dropped in silence."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from events.importing.told import Problem, Row, Unreadable

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL = 100_000
"""Characters; the columns have closer limits of their own."""
MAX_LINE = 4 * 1024 * 1024
"""Characters: forty of the longest cells."""

Record = Row | list[Problem]
"""A row, or everything that keeps it from being one."""


def size_of(path: Path) -> int:
    """Bytes of a file that may be read. Raises ``Unreadable``."""
    try:
        if not path.is_file():
            raise Unreadable(of_file("There is no such file."))
        size = path.stat().st_size
        path.open("rb").close()
    except OSError as error:
        raise Unreadable(of_file(f"The file cannot be read: {error.strerror}.")) from error
    if size > MAX_BYTES:
        raise Unreadable(of_file(f"The file has more than {MAX_BYTES // 2**20} MB; cut it in parts."))
    return size


@contextmanager
def as_text(path: Path, newline: str) -> Iterator[io.TextIOWrapper]:
    """UTF-8, or UTF-16 that says so with its mark. Other bytes stay visible as surrogates, for their rows to be named.

    Raises ``Unreadable`` for a file that is no text.
    """
    with path.open("rb") as file:
        is_utf16 = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    encoding, errors = ("utf-16", "strict") if is_utf16 else ("utf-8-sig", "surrogateescape")
    try:
        with path.open(encoding=encoding, errors=errors, newline=newline) as text:
            yield text
    except UnicodeError as error:
        raise Unreadable(of_file("The file is not whole UTF-16: it was cut, or damaged.")) from error


def lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines with their ends. Raises ``Unreadable`` for one that no row could need."""
    while line := text.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise Unreadable(of_file(f"A line has {MAX_LINE} characters or more; no row is that long."))
        yield line


def header_problems(header: list[str]) -> list[Problem]:
    if not any(header):
        return [of_file("The file is empty: its first row must name the columns.")]
    if len(header) > MAX_COLUMNS:
        return [Problem(1, None, f"The header has {len(header)} cells; at most {MAX_COLUMNS} are read.")]
    problems = [problem for name in header if (problem := cell_problem(1, None, name))]
    for place, name in enumerate(header):
        if not name:
            problems.append(Problem(1, None, f"Column {place + 1} has no name."))
        elif name in header[:place]:
            problems.append(Problem(1, name, f"The column “{name}” stands in the header twice."))
    return problems


def record(number: int, cells: Iterable[tuple[str, str]]) -> Record:
    """The row of these cells, or what is wrong with them."""
    pairs = list(cells)
    problems = [problem for name, cell in pairs if (problem := cell_problem(number, name, cell))]
    if problems:
        return problems
    trimmed = ((name, cell.strip()) for name, cell in pairs)
    return Row(number, {name: cell for name, cell in trimmed if cell})


def ragged(number: int, cells: int, header: int) -> Problem:
    return Problem(number, None, f"This row has {cells} cells, and the header has {header}.")


def cell_problem(number: int, name: str | None, cell: str) -> Problem | None:
    if len(cell) > MAX_CELL:
        return Problem(number, name, f"This cell has more than {MAX_CELL} characters.")
    if cell.isascii():
        return _nul(number, name) if "\x00" in cell else None
    if "\x00" in cell:
        return _nul(number, name)
    if turned := next((char for char in cell if char in OVERRIDES), None):
        sentence = f"This cell holds U+{ord(turned):04X}, which makes text read otherwise than it is written."
        return Problem(number, name, sentence)
    strange = [char for char in cell if "\ud800" <= char <= "\udfff"]
    if not strange:
        return None
    if all("\udc80" <= char <= "\udcff" for char in strange):
        codes = " ".join(f"0x{ord(char) - 0xDC00:02X}" for char in strange[:4])
        return Problem(number, name, f"This cell is not UTF-8 (bytes {codes}); save the file as CSV UTF-8.")
    return Problem(number, name, "This cell holds half of a character (a lone surrogate), which is no text.")


OVERRIDES = frozenset("\u202a\u202b\u202d\u202e")
"""Embeddings and overrides of direction. Marks (U+200E, U+200F) and isolates only help text of two directions."""


def _nul(number: int, name: str | None) -> Problem:
    return Problem(number, name, "This cell holds a NUL character, which is no text.")


def refuse(problems: list[Problem]) -> None:
    if problems:
        raise Unreadable(*problems)


def of_file(sentence: str) -> Problem:
    return Problem(None, None, sentence)
