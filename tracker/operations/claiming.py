"""Taking what is due. The table is the queue: a claim is a compare-and-set with a lease, made when work starts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from tracker.models import Watch
from tracker.operations import rows


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
    attempts: int = 0
    """Claims before this one that never finished."""

    @property
    def is_suspect(self) -> bool:
        """Its last claim never finished: it may be what ended its worker."""
        return self.attempts > 0


@transaction.atomic
def claim_due(*, now: datetime, limit: int, alone: bool = True) -> list[Claim]:
    """Hold up to ``limit`` due watches. Each is held by exactly one caller until its lease has passed.

    A watch whose last claim never finished comes back alone, so that one which kills its worker takes no
    others with it. It does not come at all to a caller who is not ``alone``, but has other watches already.
    """
    due = Watch.objects.due(now)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    found = list(due.values_list(*_READ)[:limit])
    fresh = [row for row in found if row[-1] == 0]
    return _claimed(fresh or found[: int(alone)], now)


@transaction.atomic
def claim_one(*, watch_id: int, now: datetime) -> Claim | None:
    """Hold one watch before its time. None while somebody else holds it."""
    free = Watch.objects.filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now), pk=watch_id)
    claims = _claimed(list(free.select_for_update(of=("self",)).values_list(*_READ)), now)
    return claims[0] if claims else None


_READ = (
    "pk",
    "target__url",
    "target__platform",
    "target__host",
    "territory",
    "turn_at",
    "failed_looks",
    "next_probe_at",
    "attempts",
)
"""What a claim is made of, in the order of its fields, but for its token."""


def _claimed(found: list[tuple[Any, ...]], now: datetime) -> list[Claim]:
    """Write the leases of rows that are locked, all in one go: on SQLite by the transaction, which is the lock."""
    claims = [Claim(watch_id, uuid.uuid4(), *rest) for watch_id, *rest in found]
    leases = [
        (claim.token, now + _lease(claim.attempts), claim.attempts + 1, claim.watch_id) for claim in claims
    ]
    rows.update_columns(Watch, ("lease_token", "lease_until", "attempts"), leases)
    return claims


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
