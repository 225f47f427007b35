"""One file from bytes to batch: all of it, or none of it with every bad row named."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from django.db import DataError, IntegrityError, connection, transaction

from events import operations
from events.importing import citizenlab, columns
from events.importing.reading import MAX_BYTES, as_text, csv_rows, jsonl_rows
from events.importing.storing import Storing
from events.importing.told import Problem, Row, Told, Unreadable
from events.models import ImportBatch
from events.operations import Actor, Inconsistent
from tracker.operations import AddressRefused

Tell = Callable[[Row, date], "Told | list[Problem]"]
Progress = Callable[[int, int], None]

FORMATS = ("auto", "csv", "jsonl", "citizenlab-vk")
PUBLISHED_BY_DEFAULT = frozenset({"citizenlab-vk"})
"""Formats of published data sets, each row with its source. Our own columns become drafts, for people to look at."""

_ONE_AT_A_TIME = 0x1FB10C4ED  # any constant of our own: the key of an advisory lock


@dataclass(frozen=True, slots=True)
class Choices:
    """``publish`` None: as the format has it. ``dry_run``: everything is done, then undone."""

    by: Actor
    now: datetime
    format: str = "auto"
    publish: bool | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of one file. With errors nothing was stored, and the counts are 0."""

    file: str
    format: str
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    closed: int = 0
    reopened: int = 0
    errors: tuple[Problem, ...] = ()
    batch: str | None = None


def import_file(path: Path, choices: Choices, progress: Progress = lambda done, total: None) -> Summary:
    """Take in one file. Never raises for what the file holds."""
    format = choices.format
    try:
        data = _bytes(path)
        text = as_text(data)
        format, rows, tell = _rows(path, text, format)
    except Unreadable as unreadable:
        return Summary(str(path), format, errors=unreadable.problems)
    told, problems = _understood(rows, tell, choices.now.date())
    if problems:
        return Summary(str(path), format, len(rows), errors=tuple(problems))
    return _stored(path, format, hashlib.sha256(data).hexdigest(), told, choices, progress)


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise Unreadable(Problem(None, None, "There is no such file."))
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(Problem(None, None, f"The file cannot be read: {error.strerror}.")) from error
    if len(data) > MAX_BYTES:
        sentence = f"The file has more than {MAX_BYTES // 2**20} MB; cut it in parts."
        raise Unreadable(Problem(None, None, sentence))
    return data


def _is_jsonl(path: Path, text: str) -> bool:
    return path.suffix.lower() in {".jsonl", ".ndjson"} or text.lstrip("\ufeff \t\r\n").startswith("{")


def _rows(path: Path, text: str, format: str) -> tuple[str, list[Row], Tell]:
    """The rows, and the format that they are in: the one that was asked for, or what the header says."""
    if format == "jsonl" or (format == "auto" and _is_jsonl(path, text)):
        return "jsonl", jsonl_rows(text), columns.tell
    header, rows = csv_rows(text)
    is_citizenlab = sorted(header) == sorted(citizenlab.COLUMNS)
    if format == "citizenlab-vk" or (format == "auto" and is_citizenlab):
        _refuse([] if is_citizenlab else [Problem(1, None, _CITIZENLAB)])
        return "citizenlab-vk", rows, citizenlab.tell
    _refuse(columns.unknown_columns(1, header) + columns.missing_columns(header))
    return "csv", rows, columns.tell


_CITIZENLAB = f"The columns of this format are: {', '.join(citizenlab.COLUMNS)}."


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Unreadable(*problems)


def _understood(rows: Iterable[Row], tell: Tell, today: date) -> tuple[list[tuple[int, Told]], list[Problem]]:
    told: list[tuple[int, Told]] = []
    problems: list[Problem] = []
    for row in rows:
        said = tell(row, today)
        if isinstance(said, Told):
            told.append((row.number, said))
        else:
            problems += said
    return told, problems


@transaction.atomic
def _stored(
    path: Path, format: str, sha256: str, told: list[tuple[int, Told]], choices: Choices, progress: Progress
) -> Summary:
    _one_at_a_time()
    operations.ensure_platforms(by=choices.by, now=choices.now)
    batch = _batch(path, format, sha256, len(told), choices)
    publish = format in PUBLISHED_BY_DEFAULT if choices.publish is None else choices.publish
    storing = Storing(choices.by, choices.now, f"import of {path.name}", batch, publish)
    with operations.search_texts_together():
        counts, problems = _store_all(storing, told, progress)
    if problems:
        transaction.set_rollback(True)
        return Summary(str(path), format, len(told), errors=tuple(problems))
    counted = Summary(
        str(path),
        format,
        len(told),
        counts["created"],
        counts["updated"],
        counts["unchanged"],
        storing.closed,
    )
    operations.count_batch(
        batch=batch,
        created=counted.created,
        updated=counted.updated,
        unchanged=counted.unchanged,
        closed=counted.closed,
    )
    transaction.set_rollback(choices.dry_run)
    return counted if choices.dry_run else replace(counted, batch=str(batch.public_id))


def _store_all(
    storing: Storing, told: list[tuple[int, Told]], progress: Progress
) -> tuple[Counter[str], list[Problem]]:
    counts: Counter[str] = Counter()
    problems = []
    for done, (number, row) in enumerate(told, start=1):
        try:
            with transaction.atomic():
                counts[storing.store(row)] += 1
        except (Inconsistent, AddressRefused) as refusal:
            problems.append(Problem(number, None, str(refusal)))
        except (DataError, IntegrityError):
            problems.append(Problem(number, None, "The database refuses this row: it contradicts itself."))
        progress(done, len(told))
    return counts, problems


def _batch(path: Path, format: str, sha256: str, rows: int, choices: Choices) -> ImportBatch:
    return operations.record_batch(
        by=choices.by,
        now=choices.now,
        file_name=path.name,
        file_sha256=sha256,
        format=format,
        rows=rows,
        created=0,
        updated=0,
        unchanged=0,
    )


def _one_at_a_time() -> None:
    """Two imports of one file at once would each find nothing and create all. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
