"""What a strip is made of. Plain values: whoever draws needs no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Look:
    """One look of an experiment, with its newest verdict. ``order_number`` is None without a notice."""

    pk: int
    public_id: str
    started_at: datetime
    vantage: str
    state: str
    rule_id: str = ""
    failed_stage: str | None = None
    failure: str | None = None
    http_status: int | None = None
    order_number: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """The looks of one stretch of time. ``counts`` are states with how often each was seen, the most frequent first."""

    slot: int
    first: datetime
    last: datetime
    counts: tuple[tuple[str, int], ...]
    newest: Look

    @property
    def n(self) -> int:
        return sum(n for _, n in self.counts)


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of a territory, or of one vantage point that looks for it."""

    territory: str
    vantage: str
    cells: tuple[Cell, ...]

    @property
    def n(self) -> int:
        return sum(cell.n for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory's line, and one line for each of its vantage points where there are several."""

    code: str
    status: str
    line: Line
    by_vantage: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """An order or a source, on one of the days from ``earliest`` to ``latest``."""

    kind: str
    earliest: date
    latest: date
    row: Any
    """The order or the source itself, for its sentence."""


@dataclass(frozen=True, slots=True)
class Strip:
    """All lines on one scale of time, from ``begins`` to ``ends`` in ``slots`` stretches of the same length."""

    begins: datetime
    ends: datetime
    slots: int
    territories: tuple[Territory, ...] = ()
    marks: tuple[Mark, ...] = ()
    episodes: tuple[Any, ...] = ()
    lines_left_out: int = 0

    @property
    def n_looks(self) -> int:
        return sum(territory.line.n for territory in self.territories)

    @property
    def n_cells(self) -> int:
        lines = [line for t in self.territories for line in (t.line, *t.by_vantage)]
        return sum(len(line.cells) for line in lines)
