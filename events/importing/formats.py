"""Which format a file is in, and how its rows are read and understood. One module a format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from events.importing import citizenlab, columns, delimited, jsonlines, notices, reading, register, workbook
from events.importing.reading import Record
from events.importing.told import Problem, Row, Told, Unreadable

Tell = Callable[[Row, date], "Told | list[Problem]"]

FORMATS = ("auto", "csv", "jsonl", "xlsx", "citizenlab-vk", "rkn-register", "gov-takedowns")


@dataclass(frozen=True, slots=True)
class Table:
    """A file whose format is known. ``records`` reads it from the beginning, as often as it is called.

    ``is_published``: the rows are of a data set that is published itself, each with its source; our own columns
    become drafts, for people to look at. ``may_repeat``: the same row may stand in the file more than once.
    """

    format: str
    records: Callable[[], Iterator[Record]]
    tell: Tell
    is_published: bool = False
    may_repeat: bool = False
    snapshot_of: datetime | None = None
    """The file is one snapshot of a register, as of this time."""
    notes: tuple[str, ...] = ()
    """What is in the file and is no row."""


def table(path: Path, name: str, format: str) -> Table:
    """The file in the format that was asked for, or in the one that it seems to have. Raises ``Unreadable``.

    ``name``: under which it came; a file that was uploaded is stored under another.
    """
    if format == "xlsx" or (format == "auto" and _is_workbook(path)):
        return _workbook(path)
    if _begins(path, b"PK\x03\x04") or _begins(path, _OLD_WORKBOOK):
        raise Unreadable(reading.of_file(f"This is a workbook or an archive, and no {format.upper()}."))
    if format == "rkn-register" or (format == "auto" and _begins(path, register.MARK)):
        of = register.time_of(path)
        return Table("rkn-register", lambda: register.rows(path), register.tell, False, True, of)
    if format == "gov-takedowns" or (format == "auto" and name.lower().endswith(".md")):
        return _notice(path, name)
    if format == "jsonl" or (format == "auto" and _is_jsonl(path, name)):
        return Table("jsonl", lambda: jsonlines.rows(path), columns.tell)
    header = delimited.header_of(path)
    is_citizenlab = sorted(header) == sorted(citizenlab.COLUMNS)
    if format == "citizenlab-vk" or (format == "auto" and is_citizenlab):
        reading.refuse([] if is_citizenlab else [Problem(1, None, _CITIZENLAB)])
        return Table("citizenlab-vk", lambda: delimited.rows(path, header), citizenlab.tell, True, True)
    reading.refuse(columns.unknown_columns(1, header) + columns.missing_columns(header))
    return Table("csv", lambda: delimited.rows(path, header), columns.tell)


def _workbook(path: Path) -> Table:
    if _begins(path, _OLD_WORKBOOK):
        sentence = "This is a workbook of the old kind, or one with a password; save it as .xlsx without one."
        raise Unreadable(reading.of_file(sentence))
    header = workbook.header_of(path)
    reading.refuse(columns.unknown_columns(1, header) + columns.missing_columns(header))
    return Table("xlsx", lambda: workbook.rows(path, header, columns.DATES), columns.tell)


def _notice(path: Path, name: str) -> Table:
    file = notices.read(path, name)
    return Table(
        "gov-takedowns",
        lambda: notices.rows(file),
        lambda row, today: notices.tell(file, row, today),
        is_published=True,
        may_repeat=True,
        notes=notices.notes(file),
    )


_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_CITIZENLAB = f"The columns of this format are: {', '.join(citizenlab.COLUMNS)}."


def _is_workbook(path: Path) -> bool:
    return _begins(path, b"PK\x03\x04") or _begins(path, b"PK\x05\x06") or _begins(path, _OLD_WORKBOOK)


def _begins(path: Path, mark: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(mark)) == mark


def _is_jsonl(path: Path, name: str) -> bool:
    if name.lower().endswith((".jsonl", ".ndjson")):
        return True
    with reading.as_text(path, newline="\n") as text:
        return text.read(1000).lstrip("\ufeff \t\r\n").startswith("{")
