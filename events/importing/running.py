"""One file from bytes to batch: all of it, or none of it with every bad row named.

Every row is understood before the first is stored, all in one transaction. So a bad file never holds up the
database; and what was understood waits in a temporary file, so a long file needs no more memory than a short one.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from django.db import DataError, IntegrityError, connection, transaction

from events import operations
from events.importing import reading
from events.importing.formats import Table, table
from events.importing.reading import Record
from events.importing.register import REGISTER
from events.importing.snapshots import SnapshotStoring
from events.importing.storing import Storing
from events.importing.told import Problem, Row, Told, Unreadable
from events.importing.understood import Understood
from events.models import BlockEvent, ImportBatch
from events.operations import Actor, Gathering, Inconsistent

Progress = Callable[[str, int, int | None], None]
"""What is being done (``checked`` or ``stored``), how many rows it is done to, and of how many, where that is known."""

PROBLEMS_IN_FULL = 10_000
"""Beyond this many problems, one is kept for each bad row: a file of nothing else must not fill the memory."""

REFUSED_MOST = 1_000
"""Rows that only the database refuses are found one by one, which is slow."""

_ONE_AT_A_TIME = 0x1FB10C4ED  # any constant of our own: the key of an advisory lock


def _no_progress(step: str, done: int, total: int | None) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Choices:
    """``publish`` None: as the format has it. ``dry_run``: everything is done, then undone."""

    by: Actor
    now: datetime
    format: str = "auto"
    publish: bool | None = None
    dry_run: bool = False
    is_confirmed: bool = False
    """A person says that what a register lost has left it, however much that is."""
    name: str = ""
    """Under which the file came, when it is stored under another."""


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
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What became of a row. ``label``: whom or what it speaks of."""

    number: int
    outcome: str
    event: BlockEvent | None
    label: str


Lines = Callable[[list[Line]], None]


def import_file(
    path: Path, choices: Choices, progress: Progress = _no_progress, lines: Lines = lambda _: None
) -> Summary:
    """Take in one file. Never raises for what the file holds. ``lines`` is told what becomes of the rows."""
    try:
        reading.size_of(path)
        sha256 = _digest(path)
        source = table(path, choices.name or path.name, choices.format)
    except Unreadable as unreadable:
        return Summary(choices.name or str(path), choices.format, errors=unreadable.problems)
    with Understood() as understood:
        problems = _check(source, choices.now.date(), understood, progress)
        if not problems and _digest(path) != sha256:
            problems = [reading.of_file("The file was changed while it was read; nothing of it was taken.")]
        if problems:
            return Summary(choices.name or str(path), source.format, understood.read, errors=tuple(problems))
        return _stored(path, source, sha256, understood, choices, progress, lines)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check(source: Table, today: date, understood: Understood, progress: Progress) -> list[Problem]:
    """Everything that is wrong with a file, without a look at the database. What is right goes to ``understood``."""
    problems: list[Problem] = []
    once = _Once()
    try:
        for record in source.records():
            understood.read += 1
            found = _understand(record, source, today, once, understood)
            problems += found if len(problems) < PROBLEMS_IN_FULL else map(_in_brief, found[:1])
            progress("checked", understood.read, None)
    except Unreadable as unreadable:
        problems += unreadable.problems
    return problems


def _in_brief(problem: Problem) -> Problem:
    """Row and field, and how the sentence begins: two hundred thousand whole ones would fill the memory."""
    return replace(problem, message=problem.message[:80])


def _understand(
    record: Record, source: Table, today: date, once: _Once, understood: Understood
) -> list[Problem]:
    if not isinstance(record, Row):
        return record
    told = source.tell(record, today)
    if not isinstance(told, Told):
        return told
    if not source.may_repeat and (problems := once.problems(record, told)):
        return problems
    understood.add(record.number, told)
    return []


class _Once:
    """Rows that stand in a file twice are a slip; two rows with one external id contradict each other."""

    def __init__(self) -> None:
        self._rows: dict[bytes, int] = {}
        self._ids: dict[str, int] = {}

    def problems(self, row: Row, told: Told) -> list[Problem]:
        said = "\0".join(f"{name}\0{cell}" for name, cell in sorted(row.cells.items()))  # no cell holds a NUL
        digest = hashlib.blake2b(said.encode(), digest_size=12).digest()
        if (first := self._rows.setdefault(digest, row.number)) != row.number:
            return [Problem(row.number, None, f"This row says the same as row {first}; keep one of them.")]
        if told.external_id is None:
            return []
        if (first := self._ids.setdefault(told.external_id, row.number)) != row.number:
            return [Problem(row.number, "external_id", f"Row {first} has this external_id already.")]
        return []


@transaction.atomic
def _stored(
    path: Path,
    source: Table,
    sha256: str,
    understood: Understood,
    choices: Choices,
    progress: Progress,
    lines: Lines,
) -> Summary:
    _one_at_a_time()
    operations.ensure_platforms(by=choices.by, now=choices.now)
    batch = _batch(path, source.format, sha256, understood.read, choices)
    run = _Run(_storing(source, batch, choices), understood.read, progress, lines)
    run.store_all(understood)
    if run.problems:
        transaction.set_rollback(True)
        return Summary(choices.name or str(path), source.format, understood.read, errors=tuple(run.problems))
    storing = run.storing
    storing.conclude()
    counts = run.counted()
    operations.count_batch(batch=batch, state="parked" if storing.is_parked else "stored", **counts)
    transaction.set_rollback(choices.dry_run)
    return Summary(
        choices.name or str(path),
        source.format,
        understood.read,
        counts["created"],
        counts["updated"],
        counts["unchanged"],
        counts["closed"],
        counts["reopened"],
        batch=None if choices.dry_run else str(batch.public_id),
        notes=(*source.notes, *storing.notes),
    )


def _storing(source: Table, batch: ImportBatch, choices: Choices) -> Storing:
    publish = source.is_published if choices.publish is None else choices.publish
    gathering = Gathering(by=choices.by, now=choices.now, because=batch.because)
    if source.snapshot_of is None:
        return Storing(gathering, batch, publish)
    return SnapshotStoring(
        gathering, batch, publish, register=REGISTER, of=source.snapshot_of, is_confirmed=choices.is_confirmed
    )


@dataclass
class _Run:
    """Stores rows, some hundred at a time, and counts what came of them."""

    storing: Storing
    total: int
    progress: Progress
    lines: Lines
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    refused: int = 0
    _done: int = 0
    _lines: list[Line] = field(default_factory=list)

    def counted(self) -> dict[str, int]:
        storing = self.storing
        return {
            **{outcome: self.counts[outcome] for outcome in ("created", "updated", "unchanged")},
            "closed": storing.closed,
            "reopened": storing.reopened,
        }

    def store_all(self, understood: Understood) -> None:
        for rows in filter(None, understood.portions()):
            if self._together(rows):
                continue
            for row in rows:  # some of them are refused by the database: which?
                self.refused += not self._together([row])
            if self.refused > REFUSED_MOST:
                sentence = f"The database refuses more than {REFUSED_MOST} rows; the rest was not tried."
                self.problems.append(reading.of_file(sentence))
                return

    def _together(self, rows: list[tuple[int, Told]]) -> bool:
        """Whether the database took these rows. A single one that it does not is a problem."""
        begun = self._done, self.counts.copy(), len(self.problems), self.storing.closed
        self._lines = []
        try:
            with transaction.atomic():
                self.storing.begin([row for _, row in rows])
                for number, row in rows:
                    self._store(number, row)
                self.storing.finish()
                self._tell()
            return True
        except (DataError, IntegrityError):
            self._done, self.counts, kept, self.storing.closed = begun
            del self.problems[kept:]
            self.storing.drop()
            if len(rows) == 1:
                sentence = "The database refuses this row: it contradicts itself."
                self.problems.append(Problem(rows[0][0], None, sentence))
            return False

    def _tell(self) -> None:
        rows = ((line.number, line.outcome, line.event) for line in self._lines)
        operations.record_rows(batch=self.storing.batch, rows=rows)
        self.lines(self._lines)

    def _store(self, number: int, row: Told) -> None:
        try:
            stored = self.storing.store(row)
            self.counts[stored.outcome] += 1
            label = row.group or row.url or ""
            self._lines.append(Line(number, stored.outcome.value, stored.event, label[:300]))
        except Inconsistent as refusal:
            self.problems.append(Problem(number, None, str(refusal)))
        self._done += 1
        self.progress("stored", self._done, self.total)


def _batch(path: Path, format: str, sha256: str, rows: int, choices: Choices) -> ImportBatch:
    return operations.record_batch(
        by=choices.by,
        now=choices.now,
        file_name=choices.name or path.name,
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
