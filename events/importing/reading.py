"""Bytes to rows. Files are hostile: nothing is guessed, repaired or dropped in silence."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from events.importing.told import Problem, Row, Unreadable

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 200_000
MAX_CELL = 100_000
"""Characters; the columns have closer limits of their own."""


def as_text(data: bytes) -> str:
    """UTF-8, or UTF-16 that says so with its mark. Other bytes stay visible as surrogates, for their rows to be named.

    Raises ``Unreadable`` for a file that is no text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise Unreadable(_file(f"The file is not whole UTF-16 at byte {error.start}.")) from error
    if data.startswith(b"PK\x03\x04"):
        raise Unreadable(_file("This is a workbook or an archive; save the sheet as CSV (UTF-8)."))
    return data.decode("utf-8-sig", "surrogateescape")


def csv_rows(text: str) -> tuple[list[str], list[Row]]:
    """The header, and the rows below it that hold anything. Raises ``Unreadable`` with everything that is wrong."""
    problems: list[Problem] = []
    records = _records(text, problems)
    _, first = next(records, (1, []))
    header = [name.strip() for name in first]
    _refuse(problems or _header_problems(header))
    rows = []
    for number, cells in records:
        found = _row_problems(number, header, cells)
        problems += found
        if not found and any(cell.strip() for cell in cells):
            rows.append(_row(number, zip(header, cells, strict=True)))
    _refuse(problems)
    return header, rows


def jsonl_rows(text: str) -> list[Row]:
    """One object a line. Raises ``Unreadable`` with everything that is wrong."""
    problems: list[Problem] = []
    rows = []
    lines = [line for line in text.removeprefix("\ufeff").split("\n") if line.strip()]
    if len(lines) > MAX_ROWS:
        raise Unreadable(_file(f"The file has more than {MAX_ROWS} records; cut it in parts."))
    for number, line in enumerate(lines, start=1):
        try:
            cells = _object(line)
        except ValueError as error:
            problems.append(Problem(number, None, str(error)))
            continue
        found = [problem for name, cell in cells.items() if (problem := _cell_problem(number, name, cell))]
        problems += found
        rows += [] if found else [_row(number, cells.items())]
    _refuse(problems)
    if not rows:
        raise Unreadable(_file("The file is empty."))
    return rows


def _records(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Records with their numbers; a blank line is a row of the sheet too. Stops where the quotes stop making sense."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(Problem(number, None, _broken(str(error))))
            return
        if number > MAX_ROWS + 1:
            problems.append(_file(f"The file has more than {MAX_ROWS} rows; cut it in parts."))
            return
        yield number, cells


def _broken(said: str) -> str:
    if "limit" in said:
        return f"A cell has more than {MAX_CELL} characters; what follows was not read."
    return "The quotation marks of this row do not match; what follows was not read."


def _delimiter(text: str) -> str:
    """A comma, unless the first line has none and has a semicolon or tab, as spreadsheets of some languages write."""
    first = text.partition("\n")[0]
    return "," if "," in first else next((mark for mark in ";\t" if mark in first), ",")


def _header_problems(header: list[str]) -> list[Problem]:
    if not any(header):
        return [_file("The file is empty: its first row must name the columns.")]
    problems = [problem for name in header if (problem := _cell_problem(1, None, name))]
    for place, name in enumerate(header):
        if not name:
            problems.append(Problem(1, None, f"Column {place + 1} has no name."))
        elif name in header[:place]:
            problems.append(Problem(1, name, f"The column “{name}” stands in the header twice."))
    return problems


def _row_problems(number: int, header: list[str], cells: list[str]) -> list[Problem]:
    if not any(cells):
        return []
    if len(cells) != len(header):
        sentence = f"This row has {len(cells)} cells, and the header has {len(header)}."
        return [Problem(number, None, sentence)]
    pairs = zip(header, cells, strict=True)
    return [problem for name, cell in pairs if (problem := _cell_problem(number, name, cell))]


def _cell_problem(number: int, name: str | None, cell: str) -> Problem | None:
    if len(cell) > MAX_CELL:
        return Problem(number, name, f"This cell has more than {MAX_CELL} characters.")
    if "\x00" in cell:
        return Problem(number, name, "This cell holds a NUL character, which is no text.")
    strange = [char for char in cell if "\ud800" <= char <= "\udfff"]
    if not strange:
        return None
    if all("\udc80" <= char <= "\udcff" for char in strange):
        codes = " ".join(f"0x{ord(char) - 0xDC00:02X}" for char in strange[:4])
        return Problem(number, name, f"This cell is not UTF-8 (bytes {codes}); save the file as CSV UTF-8.")
    return Problem(number, name, "This cell holds half of a character (a lone surrogate), which is no text.")


def _object(line: str) -> dict[str, str]:
    try:
        value = json.loads(line, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise ValueError(f"This is not JSON: {error.msg} at character {error.pos + 1}.") from error
    except RecursionError as error:
        raise ValueError("This JSON is nested too deeply.") from error
    if not isinstance(value, dict):
        raise ValueError("Each line must be a JSON object.")
    return {name: _scalar(name, cell) for name, cell in value.items() if cell is not None}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ValueError(f"“{twice}” stands in this object twice.")
    return dict(pairs)


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is not JSON.")


def _scalar(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ValueError(f"“{name}” must be text or null.")


def _row(number: int, cells: Any) -> Row:
    trimmed = ((name, cell.strip()) for name, cell in cells)
    return Row(number, {name: cell for name, cell in trimmed if cell})


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Unreadable(*problems)


def _file(sentence: str) -> Problem:
    return Problem(None, None, sentence)
