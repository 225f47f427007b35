"""Text that a spreadsheet would take for a formula: marked when it goes out, asked about when it comes in.

An apostrophe before such text makes it text, as in a spreadsheet. ``marked`` and ``unmarked`` are each other's
inverse, so what is exported comes back exactly.
"""

from __future__ import annotations

import re

from events.importing.reading import Record
from events.importing.told import Problem, Row

_STARTS = "=+\\-@\t\r\n＝＋－＠"
_MARKABLE = re.compile(f"'*[{_STARTS}]")
_MARKED = re.compile(f"'+[{_STARTS}]")
_FORMULA = re.compile(r"[=＝]|[-+@＋－＠][^\s(]*\(|[-+@＋－＠].*[|].*!", re.DOTALL)
"""An equals sign; or another sign that is followed by a call or by a command to another program."""


def marked(text: str) -> str:
    """Text for a cell, which no spreadsheet takes for a formula."""
    return "'" + text if _MARKABLE.match(text) else text


def unmarked(record: Record) -> Record:
    """The row without the apostrophes that ``marked`` wrote."""
    if not isinstance(record, Row):
        return record
    cells = {name: cell[1:] if _MARKED.match(cell) else cell for name, cell in record.cells.items()}
    return Row(record.number, cells)


def formula_problem(number: int, name: str, cell: str) -> Problem | None:
    if not _FORMULA.match(cell.lstrip()):
        return None
    return Problem(
        number,
        name,
        "This cell begins like a formula; if it is meant as text, write an apostrophe before it.",
    )
