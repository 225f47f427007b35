"""What a row tells becomes an event, or is added to one that is there. Everything is written by the operations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from events import operations
from events.dates import ImpreciseDate
from events.importing.cast import Cast
from events.importing.finding import has_order, matching_event
from events.importing.told import Reference, Told
from events.models import Authority, BlockEvent, ImportBatch, Page, Platform, Source
from events.operations import Actor, interval, set_interval


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass
class Storing:
    """Stores the rows of one import. ``by``, ``now`` and ``because`` stand in the history of all it writes.

    ``publish``: new events that have a source are published, not left as drafts.
    """

    by: Actor
    now: datetime
    because: str
    batch: ImportBatch
    publish: bool
    closed: int = 0
    _stored: set[Told] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._cast = Cast(self.by, self.now, self.because)
        self._platforms = {platform.key: platform for platform in Platform.objects.all()}

    def store(self, told: Told) -> Outcome:
        """Raises ``Inconsistent`` or ``AddressRefused`` for a row that contradicts what is recorded."""
        if told in self._stored:  # files tell the same thing again and again
            return Outcome.UNCHANGED
        outcome = self._store(told)
        self._stored.add(told)
        return outcome

    def _store(self, told: Told) -> Outcome:
        page = operations.find_page(url=told.url) if told.url else None
        authority = self._cast.authority(told.authority)
        event = matching_event(told, page, authority)
        if event is None:
            self._create(told, page, authority)
            return Outcome.CREATED
        if event.publication == "withdrawn":
            return Outcome.UNCHANGED
        return Outcome.UPDATED if self._update(event, told, page, authority) else Outcome.UNCHANGED

    def _create(self, told: Told, page: Page | None, authority: Authority | None) -> None:
        group = self._cast.group(told, page)
        self._cast.learn_of_group(group, told)
        orders = [self._cast.order(told.order, authority)] if told.order else []
        operations.record_event(
            by=self.by,
            now=self.now,
            because=self.because,
            blocked=told.blocked,
            restored=told.restored,
            orders=orders,
            sources=[_source(told.source)] if told.source else [],
            publish=self.publish and told.source is not None,
            batch=self.batch,
            group=group,
            platform=self._platforms[told.platform],
            page=page or self._cast.page(told, group),
            external_id=told.external_id,
            **self._values(told, authority),
        )

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

    def _update(self, event: BlockEvent, told: Told, page: Page | None, authority: Authority | None) -> bool:
        """Add what the event does not say yet; under an external id, also change what it says otherwise."""
        may_replace = told.external_id is not None and event.external_id == told.external_id
        changes = self._changed_values(event, told, authority, may_replace)
        changes |= self._changed_page(event, told, page, may_replace)
        changes |= self._changed_dates(event, told, may_replace)
        changes |= self._changed_orders(event, told, authority, may_replace)
        if changes:
            self.closed += "restored" in changes and event.restored_precision is None
            operations.correct_event(event=event, by=self.by, now=self.now, because=self.because, **changes)
        learned = self._cast.learn_of_group(event.group, told)
        return self._add_source(event, told.source) or learned or bool(changes)

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
        if told.url is None or (event.page is not None and (not may_replace or event.page == page)):
            return {}
        return {"page": page or self._cast.page(told, event.group)}

    def _changed_dates(self, event: BlockEvent, told: Told, may_replace: bool) -> dict[str, Any]:
        wanted = {"blocked": told.blocked, "restored": told.restored}
        changes = {
            name: when
            for name, when in wanted.items()
            if when is not None and _is_wanted(event, name, when, may_replace)
        }
        # With several episodes they are the record, and one pair of dates cannot speak for them.
        return changes if not changes or event.episodes.count() == 1 else {}

    def _changed_orders(
        self, event: BlockEvent, told: Told, authority: Authority | None, may_replace: bool
    ) -> dict[str, Any]:
        if told.order is None or has_order(event, told.order):
            return {}
        recorded = list(event.orders.all())
        if recorded and not may_replace:
            return {}
        # One order is corrected by the file; several are a researcher's work, to which it adds.
        kept = recorded if len(recorded) > 1 else []
        return {"orders": [*kept, self._cast.order(told.order, authority)]}

    def _add_source(self, event: BlockEvent, reference: Reference | None) -> bool:
        if reference is None:
            return False
        same = {"url": reference.url} if reference.url else {"title": reference.title}
        if event.sources.filter(**same).exists():
            return False
        operations.add_source(
            event=event, source=_source(reference), by=self.by, now=self.now, because=self.because
        )
        return True


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
