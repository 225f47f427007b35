"""XLSX: the one sheet of a workbook that holds anything, row by row. Nothing is calculated and nothing is followed."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Collection, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

from events.importing import reading
from events.importing.packages import local, package, parse
from events.importing.reading import Record, of_file
from events.importing.sheets import Cell, Formats, SheetReader, text_of
from events.importing.strings import SharedStrings, shared_strings
from events.importing.told import Problem, Unreadable

MAX_TEXT = reading.MAX_BYTES
"""Characters that all cells hold together: a shared string may be named in a million of them."""
_MAX_SHEETS = 100

_DATES = frozenset({14, 15, 16, 17, 18, 19, 20, 21, 22, *range(27, 37), 45, 46, 47, *range(50, 59)})
"""Formats of days and times that every spreadsheet knows by these numbers (ECMA-376 part 1, 18.8.30)."""
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_CODE = re.compile(r"[ymdhs]", re.IGNORECASE)

NumberedCells = tuple[int, dict[int, Cell]]


def header_of(path: Path) -> list[str]:
    """The names of the columns. Raises ``Unreadable`` with everything that is wrong with them."""
    with _opened(path) as found:
        number, cells = next(found, (1, {}))
    header = [cells[place].text.strip() if place in cells else "" for place in range(_width(cells))]
    problems = reading.header_problems(header)
    if number != 1 and not problems:
        problems = [Problem(number, None, "The header must be the first row of the sheet.")]
    reading.refuse(problems)
    return header


def rows(path: Path, header: list[str], dates: Collection[str]) -> Iterator[Record]:
    """The rows below the header that hold anything. ``dates``: the columns in which a cell may be a date.

    Raises ``Unreadable`` where nothing more can be understood.
    """
    count, room = 0, MAX_TEXT
    with _opened(path) as found:
        next(found, None)
        for number, cells in found:
            count += 1
            room -= sum(len(cell.text) for cell in cells.values())
            if count > reading.MAX_ROWS:
                raise Unreadable(
                    of_file(f"The sheet has more than {reading.MAX_ROWS} rows; cut it in parts.")
                )
            if room < 0:
                raise Unreadable(of_file("The cells hold more text than can be read; cut the file in parts."))
            yield _record(number, header, cells, dates)


def _record(number: int, header: list[str], cells: dict[int, Cell], dates: Collection[str]) -> Record:
    if _width(cells) > len(header):
        return [reading.ragged(number, _width(cells), len(header))]
    problems: list[Problem] = []
    texts: list[tuple[str, str]] = []
    for place, cell in cells.items():
        name = header[place]
        said = text_of(cell, may_be_date=name in dates)
        if isinstance(said, str):
            texts.append((name, said))
        else:
            problems.append(Problem(number, name, said.sentence))
    return problems or reading.record(number, texts)


def _width(cells: dict[int, Cell]) -> int:
    """Columns up to the last one that holds something."""
    return max((place + 1 for place, cell in cells.items() if cell.is_filled), default=0)


@contextmanager
def _opened(path: Path) -> Iterator[Iterator[NumberedCells]]:
    """The filled rows of the one sheet that holds anything."""
    with package(path) as parts:
        book = _book(parts)
        formats = Formats(_date_styles(parts, book.related.get("styles")), book.day_zero)
        name = book.related.get("sharedStrings")
        with shared_strings(parts.open(name) if name else None) as strings:
            sheet = _only_filled(parts, book.sheets, strings, formats)
            with parts.open(sheet) as part, closing(_filled(part, strings, formats)) as found:
                yield found


def _filled(
    part: IO[bytes], strings: SharedStrings, formats: Formats
) -> Generator[NumberedCells, None, None]:
    for number, cells in SheetReader(strings, formats).rows(part):
        if any(cell.is_filled for cell in cells.values()):
            yield number, cells


def _only_filled(
    parts: zipfile.ZipFile, sheets: dict[str, str], strings: SharedStrings, formats: Formats
) -> str:
    """The part of the one sheet that holds anything. Raises ``Unreadable`` when several do: which is meant?"""
    filled = []
    for name, sheet in sheets.items():
        with parts.open(sheet) as part, closing(_filled(part, strings, formats)) as found:
            if next(found, None):
                filled.append(name)
    if not filled:
        raise Unreadable(of_file("The file is empty: its first row must name the columns."))
    if len(filled) > 1:
        named = ", ".join(f"“{name[:31]}”" for name in filled[:5])
        raise Unreadable(of_file(f"Several sheets hold something ({named}); keep the one that is meant."))
    return sheets[filled[0]]


@dataclass
class _Book:
    """``sheets``: part by name, hidden ones too. ``related``: part by kind, such as ``styles``."""

    sheets: dict[str, str] = field(default_factory=dict)
    related: dict[str, str] = field(default_factory=dict)
    day_zero: date = date(1899, 12, 30)


def _book(parts: zipfile.ZipFile) -> _Book:
    main = next((target for _, kind, target in _relations(parts, "") if kind == "officeDocument"), "")
    if main not in parts.namelist():
        raise Unreadable(
            of_file("This is a package, but no workbook; save the sheet as .xlsx or as CSV (UTF-8).")
        )
    relations = _relations(parts, main)
    targets = {key: target for key, kind, target in relations if kind == "worksheet"}
    book = _Book(related={kind: target for _, kind, target in relations})

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            book.day_zero = date(1904, 1, 1)
        if name == "sheet":
            key = next(
                (value for each, value in attributes.items() if local(each) == "id" and ":" in each), ""
            )
            if key in targets and len(book.sheets) < _MAX_SHEETS:
                book.sheets[attributes.get("name", key)] = targets[key]

    _walk(parts, main, start)
    return book


def _relations(parts: zipfile.ZipFile, owner: str) -> list[tuple[str, str, str]]:
    """Key, kind and part of what a part points to inside the package. What is outside is left alone."""
    folder, name = posixpath.split(owner)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    found: list[tuple[str, str, str]] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            if target in parts.namelist():
                kind = attributes.get("Type", "").rpartition("/")[2]
                found.append((attributes.get("Id", ""), kind, target))

    if listed in parts.namelist():
        _walk(parts, listed, start)
    return found


def _date_styles(parts: zipfile.ZipFile, styles: str | None) -> frozenset[int]:
    """The cell styles that show a number as a day or a time."""
    custom: set[int] = set()
    of_cells: list[int] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        inside.append(name)
        if name == "numFmt" and _CODE.search(_NOT_CODE.sub("", attributes.get("formatCode", "")[:500])):
            custom.add(_whole(attributes.get("numFmtId")))
        if name == "xf" and inside[-2:-1] == ["cellXfs"]:
            of_cells.append(_whole(attributes.get("numFmtId")))

    if styles:
        _walk(parts, styles, start, lambda name: inside.pop() and None)
    return frozenset(place for place, number in enumerate(of_cells) if number in custom | _DATES)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _walk(parts: zipfile.ZipFile, name: str, start: object, end: object = None) -> None:
    with parts.open(name) as part:
        for _ in parse(part, start, end or (lambda name: None), lambda text: None):  # type: ignore[arg-type]
            pass
