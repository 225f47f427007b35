"""What one row of a file says, in our words, before anything is looked up or stored."""

from __future__ import annotations

from dataclasses import dataclass, field

from events.dates import ImpreciseDate
from tracker.operations import Canonical


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken in. ``row`` is as a spreadsheet shows it, a JSON record from 1; None is the file."""

    row: int | None
    field: str | None
    message: str


class Unreadable(Exception):
    """A file, or rows of it, that cannot be read at all."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Row:
    """Cells that are not empty, by column, without white space around them."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Body:
    """An authority. ``country`` None: the file does not say."""

    name: str
    country: str | None
    kind: str = "unknown"
    region: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A legal act of the authority that decided."""

    number: str
    dated: ImpreciseDate
    law: str = ""
    suspect: str = ""
    is_of_file: bool = False
    """All rows of the file speak of this one, even when it has no number."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Who says so."""

    url: str = ""
    title: str = ""
    published: ImpreciseDate = field(default_factory=ImpreciseDate.unknown)
    language: str = ""
    kind: str = "other"
    publisher: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One block as a row tells it. None, and the empty text, mean that the row does not say."""

    platform: str
    url: str | None = None
    """As typed; ``address`` is what it means."""
    address: Canonical | None = None
    group: str | None = None
    group_kind: str | None = None
    page_kind: str | None = None
    is_page_its_own_group: bool = False
    """Two pages with one title are two groups: the file gives titles of pages, not names of groups."""
    authority: Body | None = None
    transmitted_by: Body | None = None
    order: Act | None = None
    blocked: ImpreciseDate | None = None
    blocked_kind: str | None = None
    restored: ImpreciseDate | None = None
    restriction: str | None = None
    territory: str | None = None
    reason_status: str | None = None
    reason: str = ""
    reason_language: str = ""
    reason_category: str | None = None
    source: Reference | None = None
    notes: str = ""
    external_id: str | None = None
