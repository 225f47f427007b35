"""Taking what is due. The table is the queue: a claim is a compare-and-set with a lease, made when work starts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q

from tracker.models import Watch


@dataclass(frozen=True, slots=True)
class Claim:
    """A watch that this worker holds until its lease ends. ``token`` is also the name of the look it leads to."""

    watch_id: int
    token: uuid.UUID
    url: str
    platform: str
    host: str
    territory: str
    turn_at: datetime | None
    failed_looks: int
    due_at: datetime


@transaction.atomic
def claim_due(*, now: datetime, limit: int) -> list[Claim]:
    """Hold up to ``limit`` due watches. Each is held by exactly one caller until its lease has passed.

    A watch whose last claim never finished comes back alone, so that one which kills its worker takes no
    others with it.
    """
    due = Watch.objects.due(now)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    rows = list(due.select_related("target")[:limit])
    fresh = [row for row in rows if row.attempts == 0]
    return [_claimed(row, now) for row in fresh or rows[:1]]


@transaction.atomic
def claim_one(*, watch_id: int, now: datetime) -> Claim | None:
    """Hold one watch before its time. None while somebody else holds it."""
    free = Watch.objects.select_for_update().filter(pk=watch_id)
    row = free.filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now)).first()
    return _claimed(row, now) if row else None


def _claimed(row: Watch, now: datetime) -> Claim:
    token = uuid.uuid4()
    Watch.objects.filter(pk=row.pk).update(
        lease_token=token,
        lease_until=now + _lease(row.attempts),
        attempts=F("attempts") + 1,
    )
    return Claim(
        row.pk,
        token,
        row.target.url,
        row.target.platform,
        row.target.host,
        row.territory,
        row.turn_at,
        row.failed_looks,
        row.next_probe_at,
    )


def _lease(attempts: int) -> timedelta:
    """The lease doubles with each claim that never finished, to a day: flagged and slowed, never dropped."""
    seconds = settings.LEASE_SECONDS * 2 ** min(attempts, 16)
    return timedelta(seconds=min(seconds, max(86_400, settings.LEASE_SECONDS)))


def postpone(*, claim: Claim, until: datetime, turn_at: datetime | None = None) -> bool:
    """Give a claim back unused. False when the lease was lost meanwhile."""
    return _release(claim, next_probe_at=until, turn_at=turn_at)


def hold(*, claim: Claim, rule_id: str, now: datetime, until: datetime) -> bool:
    """No look can be made now, and the public rule ``rule_id`` says why. The status stays what it was."""
    held = Watch.objects.filter(pk=claim.watch_id, held_rule_id=rule_id)
    since = held.values_list("held_since", flat=True).first() or now
    return _release(claim, next_probe_at=until, turn_at=None, held_rule_id=rule_id, held_since=since)


def _release(claim: Claim, **changes: object) -> bool:
    mine = Watch.objects.filter(pk=claim.watch_id, lease_token=claim.token)
    return bool(mine.update(lease_token=None, lease_until=None, attempts=0, **changes))
