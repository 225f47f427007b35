"""From draft to published to withdrawn: what can be done to an event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from events.dates import ImpreciseDate
from events.models import BlockEvent, Erratum, EventDate, Order, Source
from events.operations.episodes import keep_bounds
from events.operations.following import follow, follow_kin
from events.operations.searching import note, search_texts_together
from events.operations.writing import Actor, Inconsistent, write


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

    ``values`` are columns of ``BlockEvent``; a page brings its group and platform with it.
    Raises ``Inconsistent`` for an event that contradicts itself.
    """
    sources = list(sources)
    event = new_event(
        now=now, blocked=blocked, restored=restored, show=publish, sourced=bool(sources), **values
    )
    keep_event(event, by=by, now=now, because=because)
    if orders := list(orders):
        event.orders.set(orders)
        note(event)
        follow_kin(event, orders, now=now)
    for source in sources:
        add_source(event=event, source=source, by=by, now=now)
    return event


def new_event(
    *,
    now: datetime,
    blocked: ImpreciseDate | None = None,
    restored: ImpreciseDate | None = None,
    show: bool = False,
    sourced: bool = False,
    **values: Any,
) -> BlockEvent:
    """An event as it will be, not stored yet. Raises ``Inconsistent``."""
    event = BlockEvent(**_with_page(values))
    amend(event, blocked=blocked or ImpreciseDate.unknown(), restored=restored)
    if show:
        _show(event, sourced, now)
    return event


def amend(
    event: BlockEvent,
    *,
    blocked: ImpreciseDate | None = None,
    restored: ImpreciseDate | None = None,
    **values: Any,
) -> None:
    """Set columns and dates of an event in memory; what is not named stays."""
    unknown = values.keys() - {field.name for field in event._meta.fields}
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
    **values: Any,
) -> BlockEvent:
    """Change what is recorded of a block; what is not named stays. Raises ``Inconsistent``."""
    amend(event, blocked=blocked, restored=restored, **values)
    keep_event(event, by=by, now=now, because=because)
    if orders is not None:
        event.orders.set(orders)
        note(event)
    return event


@transaction.atomic
@search_texts_together()
def keep_event(event: BlockEvent, *, by: Actor, now: datetime, because: str = "") -> None:
    """Store an event as a form or an import filled it in: checked, with its episode, and followed."""
    make_ready(event, by=by, now=now)
    follow(event, by=by, now=now)
    write(event, by=by, now=now, because=because)
    keep_bounds(event, by=by, now=now, because=because)


def make_ready(event: BlockEvent, *, by: Actor, now: datetime) -> None:
    """Check an event that is about to be stored, and say who stores it when. Raises ``Inconsistent``."""
    _check(event)
    if event.pk is None:
        event.created_at, event.created_by = now, by
    event.updated_at = now


@transaction.atomic
def send_to_review(*, event: BlockEvent, by: Actor, now: datetime, because: str = "") -> None:
    """A draft asks for a second pair of eyes. Raises ``Inconsistent`` when it is no draft."""
    _require(event, {"draft"}, "Only a draft can be sent to review.")
    event.publication = "in_review"
    keep_event(event, by=by, now=now, because=because)


@transaction.atomic
def publish_event(*, event: BlockEvent, by: Actor, now: datetime, because: str = "") -> None:
    """Show an event to the world. Raises ``Inconsistent`` when no source says it, or it is not a draft."""
    _require(event, {"draft", "in_review"}, "Only a draft or an event in review can be published.")
    _show(event, event.sources.exists(), now)
    keep_event(event, by=by, now=now, because=because)


@transaction.atomic
def withdraw_event(*, event: BlockEvent, by: Actor, now: datetime, because: str) -> None:
    """Take a published event back; its address goes on to say that, and why. Raises ``Inconsistent``."""
    _require(
        event, {"published"}, "Only a published event can be withdrawn; a draft is simply not published."
    )
    if not because.strip():
        raise Inconsistent("Say why the event is withdrawn: readers of the old address will see it.")
    event.publication, event.withdrawn_at, event.withdrawn_because = "withdrawn", now, because.strip()
    keep_event(event, by=by, now=now, because=because)


def add_source(*, event: BlockEvent, source: Source, by: Actor, now: datetime, because: str = "") -> Source:
    """A document for or against the event."""
    source.event = event
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
    """A further date that a source gives."""
    row = EventDate(event=event, kind=kind, source=source, note=note)
    set_interval(row, "on", on)
    write(row, by=by, now=now)
    return row


def add_erratum(*, event: BlockEvent, text: str, by: Actor, now: datetime) -> Erratum:
    """Say for ever what was wrong. Raises ``Inconsistent`` when the event was never published."""
    _require(event, {"published", "withdrawn"}, "Only what was published needs an erratum.")
    erratum = Erratum(event=event, text=text, published_at=now, by=by)
    write(erratum, by=by, now=now)
    return erratum


def set_interval(row: Any, prefix: str, when: ImpreciseDate) -> None:
    """Write a date into the three columns that hold it."""
    setattr(row, f"{prefix}_earliest", when.earliest)
    setattr(row, f"{prefix}_latest", when.latest)
    setattr(row, f"{prefix}_precision", when.precision.value)


def _show(event: BlockEvent, has_source: bool, now: datetime) -> None:
    if not has_source:
        raise Inconsistent("An event needs at least one source before it is published.")
    event.publication, event.published_at = "published", now


def _with_page(values: dict[str, Any]) -> dict[str, Any]:
    page = values.get("page")
    if page is None:
        return values
    return {"group": page.group, "platform": page.platform} | values


def _check(event: BlockEvent) -> None:
    page = event.page
    if page is not None and page.group_id != event.group_id:
        raise Inconsistent(f"The page belongs to “{page.group}”, and the event is about “{event.group}”.")
    if page is not None and page.platform_id != event.platform_id:
        raise Inconsistent(f"The page is on {page.platform}, and the event says {event.platform}.")
    if event.restored_latest and event.blocked_earliest and event.restored_latest < event.blocked_earliest:
        raise Inconsistent(
            f"Restored on {event.restored_latest}, before the block on {event.blocked_earliest}."
        )
    if event.external_id == "":
        event.external_id = None


def _require(event: BlockEvent, allowed: set[str], sentence: str) -> None:
    if event.publication not in allowed:
        raise Inconsistent(sentence)
