"""Taking an import back: what it made goes, what it changed is as before, and what somebody changed since stays.

Everything that an import wrote bears the batch's reason in its history, so the batch finds its own again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from events.models import (
    Appeal,
    Authority,
    BlockEvent,
    Episode,
    EventDate,
    Group,
    GroupName,
    ImportBatch,
    Order,
    Page,
    RegisterEntry,
    RegisterSnapshot,
    Source,
)
from events.operations.correcting import Correction
from events.operations.following import leave_all
from events.operations.publishing import withdraw_with_others
from events.operations.recording import correct_event
from events.operations.registers import latest_snapshot
from events.operations.second_eyes import STEP_COLUMNS
from events.operations.writing import Actor, Inconsistent, Signed, batched, erase_all, write

_LEFT_ALONE = {"id", "public_id", "watch", "batch", "created_at", "created_by", *STEP_COLUMNS}
_TOLD = Correction(erratum="An imported list was taken back; what it had changed here is as it was before.")


@dataclass
class Undoing:
    """What undoing a batch does, by event. ``kept``: with a sentence that says why."""

    removed: list[int] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)
    restored: list[int] = field(default_factory=list)
    kept: list[tuple[int, str]] = field(default_factory=list)


def plan_undo(*, batch: ImportBatch) -> Undoing:
    """What would happen. Raises ``Inconsistent`` for a batch that cannot be undone."""
    _require_undoable(batch)
    plan = Undoing()
    for pks in _portions(batch, "created"):
        touched = _touched(pks, batch)
        for pk, publication in (
            BlockEvent.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "publication")
        ):
            if pk in touched:
                plan.kept.append((pk, _("It was changed since the import.")))
            elif publication == "published":
                plan.withdrawn.append(pk)
            elif publication != "withdrawn":
                plan.removed.append(pk)
    made = {*plan.removed, *plan.withdrawn, *(pk for pk, _why in plan.kept)}
    for pks in _portions(batch, "updated"):
        changed = [pk for pk in pks if pk not in made]
        touched = _touched(changed, batch, since=True)
        plan.kept += [(pk, _("It was changed since the import.")) for pk in changed if pk in touched]
        plan.restored += [pk for pk in changed if pk not in touched]
    return plan


@transaction.atomic
def undo_batch(*, batch: ImportBatch, by: Actor, now: datetime, because: str) -> Undoing:
    """Take an import back, as ``plan_undo`` says. Raises ``Inconsistent``."""
    if not because.strip():
        raise Inconsistent(_("Say why the import is undone."))
    batch.refresh_from_db(
        from_queryset=ImportBatch.objects.select_for_update()
    )  # another worker may be at it
    plan = plan_undo(batch=batch)
    signed: Signed = {"by": by, "now": now, "because": f"undone: {because.strip()}"}
    for pk in plan.withdrawn:
        event = BlockEvent.objects.get(pk=pk)
        withdraw_with_others(
            event=event, by=by, now=now, because=_("The import was undone: %s") % because.strip()
        )
    for pks in batched(plan.removed):
        _remove(pks, signed)
    for pk in plan.restored:
        _restore(BlockEvent.objects.get(pk=pk), batch, signed)
    _restore_groups(batch, signed)
    for model in (Page, Order, Group, Authority):
        _remove_unused(model, batch, signed)
    _forget_snapshot(batch)
    batch.state, batch.undone_at, batch.undone_by, batch.undone_because = "undone", now, by, because.strip()
    batch.save(update_fields=["state", "undone_at", "undone_by", "undone_because"])
    return plan


def _require_undoable(batch: ImportBatch) -> None:
    if batch.state == "undone":
        raise Inconsistent(_("This import was undone already."))
    if batch.state == "parked":
        raise Inconsistent(_("This snapshot was parked: it changed nothing, so there is nothing to undo."))
    snapshot = RegisterSnapshot.objects.filter(batch=batch).first()
    if snapshot is None:
        return
    if latest_snapshot(register=snapshot.register) != snapshot:
        raise Inconsistent(_("Later snapshots of the register rest upon this one; undo them first."))
    if batch.closed or batch.reopened:
        raise Inconsistent(_("This snapshot ended blocks or began them again; correct those by hand."))


def _portions(batch: ImportBatch, outcome: str) -> Iterator[Sequence[int]]:
    lines = batch.lines.filter(outcome=outcome, event__isnull=False)
    return batched(sorted(set(lines.values_list("event", flat=True))))


def _touched(pks: Sequence[int], batch: ImportBatch, *, since: bool = False) -> set[int]:
    """Events that somebody else wrote, or whose parts somebody wrote. ``since``: what is older does not count."""
    found: set[int] = set()
    for model, column in (
        (BlockEvent, "id"),
        (Episode, "event_id"),
        (Source, "event_id"),
        (EventDate, "event_id"),
        (Appeal, "event_id"),
    ):
        versions = model.history.filter(**{f"{column}__in": pks}).exclude(history_change_reason=batch.because)
        if since:
            versions = versions.filter(history_date__gt=batch.imported_at)
        found |= set(versions.values_list(column, flat=True))
    return found


def _remove(pks: Sequence[int], signed: Signed) -> None:
    events = list(BlockEvent.objects.filter(pk__in=pks))
    watches = {event.watch_id for event in events if event.watch_id}
    erase_all(events, **signed)
    leave_all(watches)


def _restore(event: BlockEvent, batch: ImportBatch, signed: Signed) -> None:
    """The event as it was before the import, without the sources that came with it."""
    erase_all(_made(Source.objects.filter(event=event), batch), **signed)
    versions = event.history.order_by("history_date", "history_id")
    if not versions.filter(history_change_reason=batch.because).exists():
        return
    first = versions.filter(history_change_reason=batch.because).first()
    former = versions.filter(history_id__lt=first.history_id).last()
    names = [each.name for each in BlockEvent._meta.fields if each.name not in _LEFT_ALONE]
    changes = {name: getattr(former, name) for name in names if getattr(former, name) != getattr(event, name)}
    orders = [link.order for link in former.orders.select_related("order")]
    correct_event(event=event, orders=orders, correction=_TOLD, **changes, **signed)


def _restore_groups(batch: ImportBatch, signed: Signed) -> None:
    erase_all(_made(GroupName.objects.all(), batch), **signed)
    changed = Group.history.filter(_of(batch), history_type="~").values_list("id", flat=True)
    for group in Group.objects.filter(pk__in=set(changed)):
        newest, former = group.history.order_by("-history_date", "-history_id")[:2]
        if newest.history_change_reason == batch.because:
            group.kind = former.kind
            write(group, **signed)


def _remove_unused(model: Any, batch: ImportBatch, signed: Signed) -> None:
    """What came with the import and nothing needs any more. Who changed it since needs it."""
    rows = _made(model.objects.filter(**_UNUSED[model]), batch)
    for some in (rows[start : start + 500] for start in range(0, len(rows), 500)):
        erase_all(some, **signed)


_UNUSED: dict[Any, dict[str, Any]] = {
    Page: {"events": None},
    Order: {"events": None},
    Group: {"events": None, "pages": None},
    Authority: {
        "events": None,
        "transmitted_events": None,
        "orders": None,
        "children": None,
        "appeals": None,
    },
}


def _made(rows: models.QuerySet[Any], batch: ImportBatch) -> list[Any]:
    """Those of the rows that the import made and nobody wrote since; that a page is watched is no such writing."""
    model: Any = rows.model
    made = set(model.history.filter(_of(batch), history_type="+").values_list("id", flat=True))
    found: list[Any] = []
    for pks in batched(sorted(made)):
        others = model.history.filter(id__in=pks).exclude(
            history_change_reason__in=[batch.because, "watched"]
        )
        touched = set(others.values_list("id", flat=True))
        found += rows.filter(pk__in=set(pks) - touched)
    return found


def _of(batch: ImportBatch) -> models.Q:
    """Versions that the import wrote; the date is what the database has an index on."""
    return models.Q(history_date=batch.imported_at, history_change_reason=batch.because)


def _forget_snapshot(batch: ImportBatch) -> None:
    """The register is as if this snapshot had not been read."""
    snapshot = RegisterSnapshot.objects.filter(batch=batch).first()
    if snapshot is None:
        return
    entries = RegisterEntry.objects.filter(register=snapshot.register)
    entries.filter(missing_since=snapshot.of).update(missing_since=None)
    snapshot.delete()
    before = latest_snapshot(register=snapshot.register)
    if before is not None:
        entries.filter(last_seen_at=snapshot.of).update(last_seen_at=before.of)
