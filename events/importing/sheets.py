"""The cells of a sheet, as a workbook writes them: text, or what is not text and says so."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import IO

from events.importing.packages import parse
from events.importing.reading import MAX_COLUMNS, of_file
from events.importing.strings import SharedStrings, add, plain
from events.importing.told import Unreadable

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_MAX_ROW = 1_048_576
_DIGITS = 15
"""A spreadsheet keeps no more digits of a number; further ones are already lost."""
_FIRST_SOUND_SERIAL = 61
"""Before 1 March 1900 the day numbers of spreadsheets are off by one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """``kind`` is the workbook's: s (shared string), str, inlineStr, n (number), b, e (error), d (ISO date)."""

    kind: str
    text: str
    is_date: bool = False
    is_formula: bool = False
    day_zero: date = date(1899, 12, 30)

    @property
    def is_filled(self) -> bool:
        return bool(self.text.strip()) or self.is_formula


@dataclass(frozen=True, slots=True)
class Wrong:
    sentence: str


@dataclass(frozen=True, slots=True)
class Formats:
    """Which cell styles show a number as a date, and from which day the workbook counts."""

    dates: frozenset[int] = frozenset()
    day_zero: date = date(1899, 12, 30)


def text_of(cell: Cell, *, may_be_date: bool) -> str | Wrong:
    """What the cell says as text, exactly; or why that is not known."""
    if cell.is_formula:
        return Wrong("This cell holds a formula; paste its value instead.")
    if cell.kind == "e":
        return Wrong(f"This cell holds the error {cell.text[:20]}.")
    if cell.kind == "b":
        return Wrong("This cell holds true or false; write a word.")
    if cell.kind == "d" or (cell.kind == "n" and cell.is_date and cell.text):
        return _day(cell) if may_be_date else Wrong(_NO_DATE)
    return _number(cell.text) if cell.kind == "n" and cell.text else cell.text


_NO_DATE = "The spreadsheet made a date of this cell; format it as text and write again what stood there."


def _number(text: str) -> str | Wrong:
    try:
        value = float(text)
        whole = int(value)
    except (ValueError, OverflowError):
        return Wrong("This cell holds a number that cannot be read.")
    if whole != value or len(str(abs(whole))) > _DIGITS:
        return Wrong(
            "The spreadsheet keeps this number only nearly; format the cell as text and write it again."
        )
    return str(whole)


def _day(cell: Cell) -> str | Wrong:
    try:
        if cell.kind == "d":
            when = datetime.fromisoformat(cell.text)
        else:
            serial = float(cell.text)
            if serial < _FIRST_SOUND_SERIAL and cell.day_zero.year < 1900:
                return Wrong("This cell holds a date before March 1900.")
            when = datetime.combine(cell.day_zero, datetime.min.time()) + timedelta(days=serial)
    except (ValueError, OverflowError):
        return Wrong("This cell holds a date that is not a day of the calendar.")
    if when.time() != datetime.min.time():
        return Wrong("This cell holds a time of day; write the day only.")
    return when.date().isoformat()


class SheetReader:
    """Reads a sheet from the beginning. Raises ``Unreadable`` for a sheet that contradicts itself."""

    def __init__(self, strings: SharedStrings, formats: Formats) -> None:
        self._strings, self._formats = strings, formats
        self._finished: deque[tuple[int, dict[int, Cell]]] = deque()
        self._row_number, self._place = 0, -1
        self._row: dict[int, Cell] | None = None
        self._kind, self._style, self._is_formula = "n", 0, False
        self._pieces: list[str] = []
        self._takes_text, self._is_aside = False, False

    def rows(self, part: IO[bytes]) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Rows with their numbers and the cells by place, from 0."""
        for _ in parse(part, self._start, self._end, self._text):
            while self._finished:
                yield self._finished.popleft()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes.get("r"))
        elif name in ("v", "t"):
            self._takes_text = not self._is_aside
        elif name == "f":
            self._is_formula = True
        elif name == "rPh":
            self._is_aside = True
        elif name == "mergeCell":
            where = attributes.get("ref", "")[:20]
            raise Unreadable(
                of_file(f"The cells {where} are merged, so it is not known what each says; part them.")
            )

    def _end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name == "row" and self._row is not None:
            self._finished.append((self._row_number, self._row))
            self._row = None
        elif name in ("v", "t"):
            self._takes_text = False
        elif name == "rPh":
            self._is_aside = False

    def _text(self, text: str) -> None:
        if self._takes_text:
            add(self._pieces, text)

    def _begin_row(self, number: str | None) -> None:
        following = self._row_number + 1
        self._row_number = int(number) if number and number.isascii() and number.isdigit() else following
        if not following <= self._row_number <= _MAX_ROW:
            raise Unreadable(of_file("The workbook is damaged: its rows are not in order."))
        self._row, self._place = {}, -1

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._place = self._place_of(attributes.get("r"))
        self._kind = attributes.get("t", "n")
        style = attributes.get("s", "0")
        self._style = int(style) if style.isascii() and style.isdigit() else 0
        self._is_formula, self._pieces = False, []

    def _place_of(self, reference: str | None) -> int:
        if reference is None:
            return self._place + 1
        match = _REFERENCE.fullmatch(reference)
        if match is None or int(match[2]) != self._row_number:
            raise Unreadable(
                of_file(f"The workbook is damaged: a cell in row {self._row_number} has no place.")
            )
        place = 0
        for letter in match[1]:
            place = place * 26 + ord(letter) - ord("A") + 1
        if place - 1 <= self._place:
            raise Unreadable(of_file(f"The workbook is damaged: row {self._row_number} has a cell twice."))
        return place - 1

    def _end_cell(self) -> None:
        if self._row is None:
            raise Unreadable(of_file("The workbook is damaged: a cell stands in no row."))
        text = "".join(self._pieces)
        if self._kind == "s":
            text = self._shared(text)
        elif self._kind in ("str", "inlineStr"):
            text = plain(text)
        if not text and not self._is_formula:
            return
        if self._place >= MAX_COLUMNS:
            sentence = f"Row {self._row_number} has a cell beyond column {MAX_COLUMNS}; no column is there."
            raise Unreadable(of_file(sentence))
        is_date = self._style in self._formats.dates
        self._row[self._place] = Cell(self._kind, text, is_date, self._is_formula, self._formats.day_zero)

    def _shared(self, number: str) -> str:
        found = self._strings.get(int(number)) if number.isascii() and number.isdigit() else None
        if found is None:
            raise Unreadable(
                of_file(f"The workbook is damaged: a text of row {self._row_number} is missing.")
            )
        return found
