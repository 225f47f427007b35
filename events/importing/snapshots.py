"""A snapshot of a register against what earlier ones said: what came, what came back, and what is no longer there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from django.utils.timezone import localdate

from events import operations
from events.dates import ImpreciseDate, Precision
from events.importing.storing import Outcome, Stored, Storing
from events.importing.told import Told
from events.models import BlockEvent, RegisterEntry
from events.operations import registers

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass
class SnapshotStoring(Storing):
    """As ``Storing``, for the rows of one snapshot of a register ``of`` a time. An older one changes nothing.

    ``is_confirmed``: a person says that what is missing has left, however much that is.
    """

    register: str = ""
    of: datetime = _NEVER
    is_confirmed: bool = False
    _seen: set[str] = field(default_factory=set)
    _new: list[str] = field(default_factory=list)
    _entries: dict[str, RegisterEntry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        self._before = registers.latest_snapshot(register=self.register)
        self.is_parked = self._before is not None and self.of < self._before.of

    def begin(self, rows: Sequence[Told]) -> None:
        keys = {self._key(told) for told in rows}
        known = RegisterEntry.objects.filter(register=self.register, key__in=keys).select_related("event")
        self._entries = {entry.key: entry for entry in known}
        self._new = []
        if not self.is_parked:
            super().begin([told for told in rows if self._key(told) not in self._entries])

    def store(self, told: Told) -> Stored:
        key = self._key(told)
        is_seen = key in self._seen
        self._seen.add(key)
        entry = self._entries.get(key)
        if self.is_parked or is_seen:
            return Stored(Outcome.UNCHANGED, entry.event if entry else None)
        if entry is None:
            self._new.append(key)
            return super().store(replace(told, blocked=self._came(told)))
        if entry.left_at is None:
            return Stored(Outcome.UNCHANGED, entry.event)
        self.reopened += registers.readmit(
            entry=entry, after=self._last_time(), seen_at=self.of, **self._signed()
        )
        return Stored(Outcome.UPDATED, entry.event)

    def finish(self) -> None:
        super().finish()
        ids = {f"{self.register}-{key}": key for key in self._new}
        events = BlockEvent.objects.filter(external_id__in=ids)
        found = {ids[event.external_id]: event for event in events if event.external_id}
        registers.record_entries(register=self.register, events=found, seen_at=self.of)

    def conclude(self) -> None:
        """After the last row: end what has left, and remember the snapshot."""
        if self.is_parked:
            self._remember("parked")
            self.notes.append(
                f"This snapshot is older than the one of {self._last_time():%Y-%m-%d %H:%M}: parked."
            )
            return
        registers.see_entries(register=self.register, keys=self._seen, seen_at=self.of)
        is_believed = self.is_confirmed or not self._has_shrunk()
        self.closed, noted = registers.let_go(
            register=self.register, seen_at=self.of, is_believed=is_believed, **self._signed()
        )
        self._remember("taken" if is_believed else "doubted")
        if not is_believed:
            assert self._before
            self.notes.append(
                f"The register shrank from {self._before.entries} entries to {len(self._seen)}: {noted} are missing "
                "and not taken for restored until the next snapshot, or a person, confirms it."
            )

    def _has_shrunk(self) -> bool:
        if self._before is None:
            return False
        return len(self._seen) < self._before.entries * (1 - registers.SHRINK)

    def _came(self, told: Told) -> ImpreciseDate:
        """Between the snapshot before and this one; in the first of all, between the decision and it."""
        last = localdate(self.of)
        first = localdate(self._before.of) if self._before else None
        if first is None and told.order:
            first = told.order.dated.earliest
        return ImpreciseDate(min(first or last, last), last, Precision.DAY)

    def _last_time(self) -> datetime:
        return self._before.of if self._before else self.of

    def _remember(self, state: str) -> None:
        registers.record_snapshot(
            register=self.register, of=self.of, entries=len(self._seen), state=state, batch=self.batch
        )

    def _key(self, told: Told) -> str:
        return (told.external_id or "").removeprefix(f"{self.register}-")

    def _signed(self) -> operations.Signed:
        return {"by": self.gathering.by, "now": self.gathering.now, "because": self.gathering.because}
