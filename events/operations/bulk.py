"""One step for many events, each through its own operation, and back again where nobody has changed anything since."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from events.models import BlockEvent, BulkChange, BulkChangeRow
from events.operations.correcting import Correction
from events.operations.publishing import (
    publish_event,
    reinstate_event,
    return_event,
    send_to_review,
    withdraw_event,
)
from events.operations.recording import correct_event
from events.operations.searching import search_texts_together
from events.operations.writing import Actor, Inconsistent

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became, or would become, of one event. ``refusal`` is empty when it was done."""

    event: BlockEvent
    before: str
    after: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """``columns`` are remembered; the first is the one that people are shown."""

    columns: tuple[str, ...]
    do: Callable[..., Any]


def _categorise(*, event: BlockEvent, by: Actor, now: datetime, because: str, category: str | None) -> None:
    if event.reason_category == category:
        raise Inconsistent(_("It has that category already."))
    _set_category(event, category, by=by, now=now, because=because)


def _set_category(event: BlockEvent, category: str | None, *, by: Actor, now: datetime, because: str) -> None:
    """Readers of a published event are told of it, as of every change."""
    text = f"The category of the reason was “{event.reason_category or 'not known'}”."
    told = Correction(erratum=text)
    correct_event(event=event, by=by, now=now, because=because, correction=told, reason_category=category)


def _publish(*, event: BlockEvent, by: Actor, now: datetime, because: str, category: str | None) -> None:
    publish_event(event=event, by=by, now=now, because=because)


def _review(*, event: BlockEvent, by: Actor, now: datetime, because: str, category: str | None) -> None:
    send_to_review(event=event, by=by, now=now, because=because)


def _withdraw(*, event: BlockEvent, by: Actor, now: datetime, because: str, category: str | None) -> None:
    withdraw_event(event=event, by=by, now=now, because=because)


_STEP = ("publication", "published_at", "withdrawn_at", "withdrawn_because")
KINDS = {
    "publish": Kind(_STEP, _publish),
    "review": Kind(_STEP, _review),
    "withdraw": Kind(_STEP, _withdraw),
    "category": Kind(("reason_category",), _categorise),
}


class _Preview(Exception):
    """Everything was tried, and nothing is to stay."""


def preview_bulk(
    *,
    kind: str,
    events: Iterable[BlockEvent],
    by: Actor,
    now: datetime,
    because: str = "",
    category: str | None = None,
) -> list[Outcome]:
    """What would become of each event: the operations are run, and everything is rolled back."""
    outcomes: list[Outcome] = []
    try:
        with transaction.atomic():
            outcomes = [_try(kind, event, by, now, because, category) for event in _bounded(events)]
            raise _Preview
    except _Preview:
        return outcomes


@transaction.atomic
@search_texts_together()
def change_many(
    *,
    kind: str,
    events: Iterable[BlockEvent],
    by: Actor,
    now: datetime,
    because: str = "",
    category: str | None = None,
) -> tuple[BulkChange, list[Outcome]]:
    """Do it to each event that allows it, and remember what it was. Raises ``Inconsistent`` for too many at once."""
    bulk = BulkChange.objects.create(kind=kind, by=by, at=now, because=because)
    outcomes = []
    for event in _bounded(events):
        before = {column: getattr(event, column) for column in KINDS[kind].columns}
        outcome = _try(kind, event, by, now, because, category)
        outcomes.append(outcome)
        if not outcome.refusal:
            BulkChangeRow.objects.create(
                bulk=bulk, event=event, before=_plain(before), version=_version(event)
            )
    return bulk, outcomes


@transaction.atomic
@search_texts_together()
def undo_bulk(*, bulk: BulkChange, by: Actor, now: datetime, because: str = "") -> list[Outcome]:
    """Take back what was done, event by event; one that was changed since is left, and said to be.

    What was published is not made a draft again behind its readers' backs: it is withdrawn, and ``because`` tells them
    why. Raises ``Inconsistent`` when it was undone before, or when that reason is missing.
    """
    bulk = BulkChange.objects.select_for_update().get(pk=bulk.pk)
    if bulk.undone_at is not None:
        raise Inconsistent(_("This was undone already."))
    if bulk.kind == "publish" and not because.strip():
        raise Inconsistent(_("Say why the events are withdrawn: readers of their addresses will see it."))
    outcomes = [
        _undo_row(row, bulk, by, now, because) for row in bulk.changed.select_related("event").order_by("pk")
    ]
    bulk.undone_at, bulk.undone_by = now, by
    bulk.save(update_fields=["undone_at", "undone_by"])
    return outcomes


def _undo_row(row: BulkChangeRow, bulk: BulkChange, by: Actor, now: datetime, because: str) -> Outcome:
    event = row.event
    column = KINDS[bulk.kind].columns[0]
    before, refusal = str(getattr(event, column) or ""), ""
    if _version(event) != row.version:
        refusal = "Somebody has changed it since."
    else:
        refusal = _attempt(lambda: _take_back(event, row, bulk, by, now, because))
    row.undone, row.why_not = not refusal, refusal[:500]
    row.save(update_fields=["undone", "why_not"])
    return Outcome(event, before, str(getattr(event, column) or ""), refusal)


def _take_back(
    event: BlockEvent, row: BulkChangeRow, bulk: BulkChange, by: Actor, now: datetime, because: str
) -> None:
    why = because.strip() or f"undone: {bulk}"
    if bulk.kind == "publish":
        withdraw_event(event=event, by=by, now=now, because=why)
    elif bulk.kind == "category":
        _set_category(event, row.before["reason_category"], by=by, now=now, because=why)
    elif bulk.kind == "review":
        return_event(event=event, by=by, now=now, because=why)
    else:  # withdrawn: it goes on to be published since it first was
        reinstate_event(event=event, by=by, now=now, because=why)


def _try(
    kind: str, event: BlockEvent, by: Actor, now: datetime, because: str, category: str | None
) -> Outcome:
    column = KINDS[kind].columns[0]
    before = str(getattr(event, column) or "")
    refusal = _attempt(
        lambda: KINDS[kind].do(event=event, by=by, now=now, because=because, category=category)
    )
    return Outcome(event, before, before if refusal else str(getattr(event, column) or ""), refusal)


def _attempt(do: Callable[[], None]) -> str:
    """Why it was refused, or empty. A refusal of one event leaves nothing of it and nothing undone of the others."""
    try:
        with transaction.atomic():
            do()
    except (ValueError, IntegrityError) as error:
        return str(error).splitlines()[0] if str(error) else type(error).__name__
    return ""


def _bounded(events: Iterable[BlockEvent]) -> list[BlockEvent]:
    rows = list(events)
    if len(rows) > MOST_AT_ONCE:
        raise Inconsistent(
            _("At most %(most)s events at once, not %(n)s: choose fewer.")
            % {"most": MOST_AT_ONCE, "n": len(rows)}
        )
    return rows


def _version(event: BlockEvent) -> int:
    latest: int = event.history.latest("history_id").pk
    return latest


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()
    }
