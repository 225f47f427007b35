"""Snapshots of an official register: which entries came, which left, and which are only not seen for once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from events.dates import ImpreciseDate, Precision
from events.models import BlockEvent, ImportBatch, RegisterEntry, RegisterSnapshot
from events.operations.episodes import block_again, end_block
from events.operations.writing import Actor, Inconsistent, batched

SHRINK = 0.1
"""The part of its entries that a register may lose from one snapshot to the next and be believed at once."""


def latest_snapshot(*, register: str) -> RegisterSnapshot | None:
    """The newest one that was not parked."""
    known = RegisterSnapshot.objects.filter(register=register).exclude(state="parked")
    return known.order_by("-of", "-pk").first()


def record_snapshot(
    *, register: str, of: datetime, entries: int, state: str, batch: ImportBatch
) -> RegisterSnapshot:
    return RegisterSnapshot.objects.create(
        register=register, of=of, entries=entries, state=state, batch=batch
    )


def record_entries(*, register: str, events: Mapping[str, BlockEvent], seen_at: datetime) -> None:
    """New entries by key, each with the event that says what the register says."""
    RegisterEntry.objects.bulk_create(
        RegisterEntry(register=register, key=key, event=event, last_seen_at=seen_at)
        for key, event in events.items()
    )


@transaction.atomic
def see_entries(*, register: str, keys: Iterable[str], seen_at: datetime) -> None:
    """These entries stand in a snapshot."""
    for some in batched(list(keys)):
        rows = RegisterEntry.objects.filter(register=register, key__in=some)
        rows.update(last_seen_at=seen_at, missing_since=None)


@transaction.atomic
def readmit(
    *, entry: RegisterEntry, after: datetime, seen_at: datetime, by: Actor, now: datetime, because: str
) -> bool:
    """An entry that had left is in the register again. Whether that began a new episode.

    ``after``: of the last snapshot without it.
    """
    began = _between(after, seen_at)
    RegisterEntry.objects.filter(pk=entry.pk).update(left_at=None, last_seen_at=seen_at, missing_since=None)
    try:
        block_again(event=entry.event, on=began, by=by, now=now, because=because)
    except ValueError:  # a person knows that the block went on
        return False
    return True


@transaction.atomic
def let_go(
    *, register: str, seen_at: datetime, is_believed: bool, by: Actor, now: datetime, because: str
) -> tuple[int, int]:
    """End the block of every entry that the snapshot of ``seen_at`` lacks: how many, and how many are only noted.

    When the snapshot is not believed, only those end that the one before lacked as well.
    """
    gone = RegisterEntry.objects.filter(register=register, left_at=None, last_seen_at__lt=seen_at)
    believed = gone if is_believed else gone.filter(missing_since__isnull=False)
    ended = sum(
        _end(entry, entry.missing_since or seen_at, by, now, because)
        for entry in list(believed.select_related("event").order_by("pk"))
    )
    noted = gone.filter(missing_since=None).update(missing_since=seen_at)
    return ended, noted


@transaction.atomic
def believe_snapshot(*, snapshot: RegisterSnapshot, by: Actor, now: datetime, because: str) -> int:
    """A person confirms that what a doubted snapshot lacks has left the register. How many blocks ended.

    Raises ``Inconsistent`` for a snapshot that is not doubted.
    """
    if snapshot.state != "doubted":
        raise Inconsistent(_("Only a snapshot that was not believed can be confirmed."))
    missing = RegisterEntry.objects.filter(
        register=snapshot.register, left_at=None, missing_since=snapshot.of
    )
    ended = sum(
        _end(entry, snapshot.of, by, now, because)
        for entry in list(missing.select_related("event").order_by("pk"))
    )
    snapshot.state = "taken"
    snapshot.save(update_fields=["state"])
    return ended


def _end(entry: RegisterEntry, left_at: datetime, by: Actor, now: datetime, because: str) -> bool:
    entry.left_at, entry.missing_since = left_at, None
    entry.save(update_fields=["left_at", "missing_since"])
    on = _between(entry.last_seen_at, left_at)
    try:
        end_block(event=entry.event, on=on, how="left_register", by=by, now=now, because=because)
    except ValueError:  # a person has ended it already
        return False
    return True


def _between(first: datetime, last: datetime) -> ImpreciseDate:
    """On one of the days from one snapshot to the next."""
    return ImpreciseDate(localdate(first), localdate(last), Precision.DAY)
