"""What is recorded of a block: first written, then corrected, and never in silence once readers have seen it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from events.dates import ImpreciseDate
from events.models import BlockEvent, EventDate, Order, Source
from events.operations.correcting import (
    UNSAID,
    Correction,
    changed,
    reason,
    require_orders_told,
    require_told,
    tell,
)
from events.operations.episodes import keep_bounds
from events.operations.following import follow, follow_kin
from events.operations.searching import note, search_texts_together
from events.operations.second_eyes import (
    STEP_COLUMNS,
    is_out,
    is_sensitive,
    may_publish,
    require_may_unmark,
)
from events.operations.writing import Actor, Inconsistent, moment, write


@transaction.atomic
@search_texts_together()
def record_event(
    *,
    by: Actor,
    now: datetime,
    because: str = "",
    blocked: ImpreciseDate | None = None,
    restored: ImpreciseDate | None = None,
    orders: Iterable[Order] = (),
    sources: Iterable[Source] = (),
    publish: bool = False,
    **values: Any,
) -> BlockEvent:
    """Record a block, with its orders and sources, and begin to watch its page where that is possible.

    ``values`` are columns of ``BlockEvent``; a page brings its group and platform with it. ``publish``: shown to the
    world where ``by`` may do that, and otherwise sent to review, as everything sensitive is.
    Raises ``Inconsistent`` for an event that contradicts itself.
    """
    sources = list(sources)
    event = new_event(
        by=by, now=now, blocked=blocked, restored=restored, publish=publish, sourced=bool(sources), **values
    )
    store_event(event, by=by, now=now, because=because)
    if orders := list(orders):
        event.orders.set(orders)
        note(event)
        follow_kin(event, orders, now=now)
    for source in sources:
        source.event = event
        write(source, by=by, now=now)
    return event


def _publish_or_submit(event: BlockEvent, has_source: bool, by: Actor, now: datetime) -> None:
    show(event, has_source, now)
    event.created_by = by
    if is_sensitive(event) or not may_publish(event, by):
        event.publication, event.published_at = "in_review", None


def show(event: BlockEvent, has_source: bool, now: datetime) -> None:
    """Mark an event as published, from now or from the end of its embargo. Stores nothing."""
    if not has_source:
        raise Inconsistent(_("An event needs at least one source before it is published."))
    event.publication, event.published_at = "published", max(now, event.embargoed_until or now)


def new_event(
    *,
    by: Actor,
    now: datetime,
    blocked: ImpreciseDate | None = None,
    restored: ImpreciseDate | None = None,
    publish: bool = False,
    sourced: bool = False,
    **values: Any,
) -> BlockEvent:
    """An event as it will be, not stored yet; ``publish`` as in ``record_event``. Raises ``Inconsistent``."""
    event = BlockEvent(**_with_page(values))
    amend(event, blocked=blocked or ImpreciseDate.unknown(), restored=restored)
    if publish:
        _publish_or_submit(event, sourced, by, now)
    return event


def amend(
    event: BlockEvent,
    *,
    blocked: ImpreciseDate | None = None,
    restored: ImpreciseDate | None = None,
    **values: Any,
) -> None:
    """Set columns and dates of an event in memory; what is not named stays."""
    unknown = values.keys() - {field.name for field in event._meta.fields} | values.keys() & STEP_COLUMNS
    if unknown:
        raise TypeError(f"An event has no {', '.join(sorted(unknown))}.")
    for name, value in values.items():
        setattr(event, name, value)
    if blocked is not None:
        set_interval(event, "blocked", blocked)
    if restored is not None:
        set_interval(event, "restored", restored)


@transaction.atomic
@search_texts_together()
def correct_event(
    *,
    event: BlockEvent,
    by: Actor,
    now: datetime,
    because: str = "",
    blocked: ImpreciseDate | None = None,
    restored: ImpreciseDate | None = None,
    orders: Iterable[Order] | None = None,
    correction: Correction = UNSAID,
    **values: Any,
) -> BlockEvent:
    """Change what is recorded of a block; what is not named stays.

    Raises ``Inconsistent``, and ``Untold`` when readers have seen the event, would see it change, and ``correction``
    does not say what was wrong.
    """
    amend(event, blocked=blocked, restored=restored, **values)
    keep_event(event, by=by, now=now, because=because, correction=correction)
    if orders is not None and require_orders_told(event, orders := list(orders), correction, now):
        event.orders.set(orders)
        note(event)
    tell(event, correction, by=by, now=now)
    return event


@transaction.atomic
@search_texts_together()
def keep_event(
    event: BlockEvent, *, by: Actor, now: datetime, because: str = "", correction: Correction = UNSAID
) -> None:
    """Store an event as a form or an import filled it in: checked, with its episode, and followed.

    It stays a draft, in review or published as it is stored: only the steps change that. Raises as ``correct_event``.
    """
    before = BlockEvent.objects.select_for_update().filter(pk=event.pk).first() if event.pk else None
    if before is None:
        event.publication, event.published_at, event.withdrawn_at = "draft", None, None
    else:
        for column in STEP_COLUMNS:
            setattr(event, column, getattr(before, column))
        _require_allowed(before, event, by, now, correction)
    store_event(event, by=by, now=now, because=reason(because, correction))


def _require_allowed(
    before: BlockEvent, event: BlockEvent, by: Actor, now: datetime, correction: Correction
) -> None:
    require_told(before, BlockEvent, changed(before, event), correction, now)
    if is_sensitive(before) and not is_sensitive(event):
        require_may_unmark(before, by)
    if before.embargoed_until != event.embargoed_until and before.published_at is not None:
        raise Inconsistent(
            _("Readers have seen this event: an embargo comes too late.")
            if is_out(before, now)
            else _("The event is published for the end of its embargo: send it back to draft to change that.")
        )


@transaction.atomic
@search_texts_together()
def store_event(event: BlockEvent, *, by: Actor, now: datetime, because: str = "") -> None:
    """Store an event as an operation left it: for the operations of this package alone."""
    make_ready(event, by=by, now=now)
    follow(event, by=by, now=now)
    write(event, by=by, now=now, because=because)
    keep_bounds(event, by=by, now=now, because=because)


def make_ready(event: BlockEvent, *, by: Actor, now: datetime) -> None:
    """Check an event that is about to be stored, and say who stores it when. Raises ``Inconsistent``."""
    require_consistent(event)
    if event.pk is None:
        event.created_at, event.created_by = now, by
    event.updated_at = moment(event, now)


def add_source(*, event: BlockEvent, source: Source, by: Actor, now: datetime, because: str = "") -> Source:
    """A document for or against the event. Raises ``Inconsistent`` for one that is sensitive and published."""
    source.event = event
    require_not_frozen(event)
    write(source, by=by, now=now, because=because)
    return source


def add_date(
    *,
    event: BlockEvent,
    kind: str,
    on: ImpreciseDate,
    by: Actor,
    now: datetime,
    source: Source | None = None,
    note: str = "",
) -> EventDate:
    """A further date that a source gives. Raises as ``add_source``."""
    require_not_frozen(event)
    row = EventDate(event=event, kind=kind, source=source, note=note)
    set_interval(row, "on", on)
    write(row, by=by, now=now)
    return row


def require_not_frozen(event: BlockEvent) -> None:
    """Raises ``Inconsistent`` where one person would show something of a sensitive event."""
    if event.publication == "published" and is_sensitive(event):
        raise Inconsistent(
            _("This event is sensitive and published: nobody adds alone to what readers see of it.")
        )


def set_interval(row: Any, prefix: str, when: ImpreciseDate) -> None:
    """Write a date into the three columns that hold it."""
    setattr(row, f"{prefix}_earliest", when.earliest)
    setattr(row, f"{prefix}_latest", when.latest)
    setattr(row, f"{prefix}_precision", when.precision.value)


def _with_page(values: dict[str, Any]) -> dict[str, Any]:
    page = values.get("page")
    if page is None:
        return values
    return {"group": page.group, "platform": page.platform} | values


def require_consistent(event: BlockEvent) -> None:
    """Raises ``Inconsistent`` for an event that contradicts itself."""
    page = event.page
    if page is not None and page.group_id != event.group_id:
        raise Inconsistent(
            _("The page belongs to “%(its)s”, and the event is about “%(group)s”.")
            % {"its": page.group, "group": event.group}
        )
    if page is not None and page.platform_id != event.platform_id:
        raise Inconsistent(
            _("The page is on %(its)s, and the event says %(platform)s.")
            % {"its": page.platform, "platform": event.platform}
        )
    if event.restored_latest and event.blocked_earliest and event.restored_latest < event.blocked_earliest:
        raise Inconsistent(
            _("Restored on %(restored)s, before the block on %(blocked)s.")
            % {"restored": event.restored_latest, "blocked": event.blocked_earliest}
        )
    if event.external_id == "":
        event.external_id = None
