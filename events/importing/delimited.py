"""CSV: commas, or semicolons or tabs where the first line has no comma."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from events.importing import reading
from events.importing.formulas import formula_problem, unmarked
from events.importing.reading import MAX_CELL, Record
from events.importing.told import Problem, Unreadable


def header_of(path: Path) -> list[str]:
    """The names of the columns. Raises ``Unreadable`` with everything that is wrong with them."""
    with reading.as_text(path, newline="") as text:
        _, first = next(_records(reading.lines(text)), (1, []))
    header = [name.strip() for name in first]
    reading.refuse(reading.header_problems(header))
    return header


def rows(path: Path, header: list[str]) -> Iterator[Record]:
    """The rows below the header that hold anything. Raises ``Unreadable`` where nothing more can be understood."""
    with reading.as_text(path, newline="") as text:
        records = _records(reading.lines(text))
        next(records, None)
        for number, cells in records:
            if number > reading.MAX_ROWS + 1:
                raise Unreadable(
                    reading.of_file(f"The file has more than {reading.MAX_ROWS} rows; cut it in parts.")
                )
            if found := _record(number, header, cells):
                yield found


def _record(number: int, header: list[str], cells: list[str]) -> Record | None:
    if not any(cell.strip() for cell in cells):
        return None
    if len(cells) != len(header):
        return [reading.ragged(number, len(cells), len(header))]
    pairs = list(zip(header, cells, strict=True))
    if problems := [problem for name, cell in pairs if (problem := formula_problem(number, name, cell))]:
        return problems
    return unmarked(reading.record(number, pairs))


def _records(lines: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
    """Records with their numbers; a blank line is a row of the sheet too. Stops where the quotes stop making sense."""
    first = next(lines, "")
    reader = csv.reader(chain([first] if first else [], lines), delimiter=_delimiter(first), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(Problem(number, None, _broken(str(error)))) from error
        yield number, cells


def _broken(said: str) -> str:
    if "limit" in said:
        return f"A cell has more than {MAX_CELL} characters; what follows was not read."
    return "The quotation marks of this row do not match; what follows was not read."


def _delimiter(first: str) -> str:
    """A comma, unless the first line has none and has a semicolon or tab, as spreadsheets of some languages write."""
    return "," if "," in first else next((mark for mark in ";\t" if mark in first), ",")
