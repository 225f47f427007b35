"""What a row tells becomes an event, or is added to one that is there. Everything is written by the operations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from events import operations
from events.dates import ImpreciseDate
from events.importing.cast import Cast
from events.importing.finding import has_order, matching_event
from events.importing.known import KnownEvent, look_up
from events.importing.told import Reference, Told
from events.models import Authority, BlockEvent, ImportBatch, Order, Page, Platform, Source
from events.operations import Gathering, Inconsistent, interval, set_interval


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a row, and the event it speaks of."""

    outcome: Outcome
    event: BlockEvent | None


@dataclass
class Storing:
    """Stores the rows of one import, some hundred at a time: new events are gathered and written together.

    ``gathering`` says who, when and why. ``publish``: new events that have a source are published, not left as
    drafts.
    """

    gathering: Gathering
    batch: ImportBatch
    publish: bool
    closed: int = 0
    reopened: int = 0
    notes: list[str] = field(default_factory=list)
    """What a person should know of the file as a whole."""
    is_parked: bool = False
    _stored: dict[Told, BlockEvent | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._platforms = {platform.key: platform for platform in Platform.objects.all()}
        self._cast = Cast(self.gathering, self._platforms)

    def begin(self, rows: Sequence[Told]) -> None:
        """Look up what is recorded of the rows that come next."""
        self._stored.clear()
        self._cast.known = look_up(rows, {platform.pk: platform for platform in self._platforms.values()})

    def store(self, told: Told) -> Stored:
        """Raises ``Inconsistent`` for a row that contradicts what is recorded. Nothing is sure before ``finish``."""
        if told in self._stored:  # files tell the same thing again and again
            return Stored(Outcome.UNCHANGED, self._stored[told])
        stored = self._store(told)
        self._stored[told] = stored.event
        return stored

    def finish(self) -> None:
        """Write what was gathered. Raises ``IntegrityError`` or ``DataError`` for what the database refuses."""
        self.gathering.flush()

    def drop(self) -> None:
        """Forget what was gathered: it was undone."""
        self.gathering.drop()
        self._cast = Cast(self.gathering, self._platforms)

    def conclude(self) -> None:
        """After the last row."""

    def _store(self, told: Told) -> Stored:
        page = self._cast.known.pages.get(told.address.url) if told.address else None
        authority = self._cast.authority(told.authority)
        known = matching_event(told, self._cast.known, authority)
        if known is None:
            return Stored(Outcome.CREATED, self._create(told, page, authority))
        is_new = known.event.publication != "withdrawn" and self._update(known, told, page, authority)
        return Stored(Outcome.UPDATED if is_new else Outcome.UNCHANGED, known.event)

    def _create(self, told: Told, page: Page | None, authority: Authority | None) -> BlockEvent:
        group = self._cast.group(told, page)
        self._cast.learn_of_group(group, told)
        orders = [self._cast.order(told.order, authority)] if told.order else []
        sources = [_source(told.source)] if told.source else []
        event = self.gathering.event(
            blocked=told.blocked,
            restored=told.restored,
            orders=orders,
            sources=sources,
            publish=self.publish and told.source is not None,
            batch=self.batch,
            group=group.group,
            platform=self._platforms[told.platform],
            page=page or self._cast.page(told, group.group),
            external_id=told.external_id,
            **self._values(told, authority),
        )
        self._cast.known.add_event(KnownEvent(event, orders, sources))
        return event

    def _values(self, told: Told, authority: Authority | None) -> dict[str, Any]:
        """The columns that a row fills; those that it does not speak of are left out."""
        reason = {
            "cited_reason_status": told.reason_status,
            "cited_reason": told.reason,
            "cited_reason_language": told.reason_language,
        }
        values = {
            "authority": authority,
            "transmitted_by": self._cast.authority(told.transmitted_by),
            "blocked_kind": told.blocked_kind,
            "restriction": told.restriction,
            "territory": told.territory,
            "reason_category": told.reason_category,
            "internal_notes": told.notes,
        }
        filled = {name: value for name, value in values.items() if value not in (None, "")}
        return filled | (reason if told.reason_status else {})

    def _update(self, known: KnownEvent, told: Told, page: Page | None, authority: Authority | None) -> bool:
        """Add what the event does not say yet; under an external id, also change what it says otherwise."""
        event = known.event
        may_replace = told.external_id is not None and event.external_id == told.external_id
        changes = self._changed_values(event, told, authority, may_replace)
        changes |= self._changed_page(event, told, page, may_replace)
        changes |= _changed_dates(known, told, may_replace)
        orders = self._changed_orders(known, told, authority, may_replace)
        if changes or orders is not None:
            self._change(known, changes, orders)
        learned = self._cast.learn_of_group(self._cast.known.group(event.group), told)
        return self._add_source(known, told.source) or learned or bool(changes) or orders is not None

    def _change(self, known: KnownEvent, changes: dict[str, Any], orders: list[Order] | None) -> None:
        event, was_open = known.event, known.event.restored_precision is None
        if event.pk is None:
            self.gathering.amend(event, orders=orders, **changes)
        else:
            self.gathering.flush()  # an order or a page that waits has no key yet
            self._correct(event, changes, orders)
        self.closed += "restored" in changes and was_open
        known.orders = known.orders if orders is None else orders
        if event.external_id:
            self._cast.known.events_by_id[event.external_id] = known

    def _correct(self, event: BlockEvent, changes: dict[str, Any], orders: list[Order] | None) -> None:
        before = event.__dict__.copy()
        loaded = event._state.fields_cache.copy()
        try:
            operations.correct_event(
                event=event,
                orders=orders,
                by=self.gathering.by,
                now=self.gathering.now,
                because=self.gathering.because,
                correction=operations.Correction(erratum=_erratum(changes, orders)),
                **changes,
            )
        except Inconsistent:  # later rows meet the event as it is recorded
            event.__dict__.update(before)
            event._state.fields_cache = loaded
            raise

    def _changed_values(
        self, event: BlockEvent, told: Told, authority: Authority | None, may_replace: bool
    ) -> dict[str, Any]:
        values = self._values(told, authority) | {"external_id": told.external_id}
        if event.cited_reason_status != "not_known" and not may_replace:
            values = {name: value for name, value in values.items() if not name.startswith("cited_")}
        return {
            name: value
            for name, value in values.items()
            if value is not None
            and value != (now := getattr(event, name))
            and (may_replace or now in _NOTHING)
        }

    def _changed_page(
        self, event: BlockEvent, told: Told, page: Page | None, may_replace: bool
    ) -> dict[str, Any]:
        if told.address is None or (event.page is not None and (not may_replace or event.page == page)):
            return {}
        return {"page": page or self._cast.page(told, event.group)}

    def _changed_orders(
        self, known: KnownEvent, told: Told, authority: Authority | None, may_replace: bool
    ) -> list[Order] | None:
        if told.order is None or has_order(known.orders, told.order):
            return None
        if known.orders and not may_replace:
            return None
        # One order is corrected by the file; several are a researcher's work, to which it adds.
        kept = known.orders if len(known.orders) > 1 else []
        return [*kept, self._cast.order(told.order, authority)]

    def _add_source(self, known: KnownEvent, reference: Reference | None) -> bool:
        if reference is None:
            return False
        if any(
            source.url == reference.url if reference.url else source.title == reference.title
            for source in known.sources
        ):
            return False
        source = _source(reference)
        self.gathering.source(event=known.event, source=source)
        known.sources.append(source)
        return True


def _changed_dates(known: KnownEvent, told: Told, may_replace: bool) -> dict[str, Any]:
    wanted = {"blocked": told.blocked, "restored": told.restored}
    changes = {
        name: when
        for name, when in wanted.items()
        if when is not None and _is_wanted(known.event, name, when, may_replace)
    }
    # With several episodes they are the record, and one pair of dates cannot speak for them.
    return changes if known.episodes == 1 else {}


def _erratum(changes: Mapping[str, Any], orders: list[Order] | None) -> str:
    """What readers of a published event are told; one that is not published gets none."""
    names = [*changes, "orders"] if orders is not None else changes
    named = ", ".join(sorted(name.replace("_", " ") for name in names))
    return f"Changed as an imported list has it: {named}."


_NOTHING = (None, "", "unknown", "not_known")


def _is_wanted(event: BlockEvent, name: str, when: ImpreciseDate, may_replace: bool) -> bool:
    recorded = interval(event, name)
    return recorded != when and (may_replace or recorded.earliest is None)


def _source(reference: Reference) -> Source:
    source = Source(
        url=reference.url,
        title=reference.title,
        language=reference.language,
        kind=reference.kind,
        publisher=reference.publisher,
        quote=reference.quote,
    )
    set_interval(source, "published", reference.published)
    return source
