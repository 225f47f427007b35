"""A status that nothing has confirmed for long is not known any more, and that is said."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from tracker.facts import State
from tracker.models import StatusChange, Watch

HORIZON = timedelta(days=45)
"""Three times the longest wait between two looks: one missed look does not undo what is known."""

STALE_RULE = "stale"

_WRITTEN = ["status", "status_mechanism", "status_rule_id", "status_since", "belief", "mixed"]


def decay_statuses(*, now: datetime, horizon: timedelta = HORIZON) -> int:
    """Turn every status last confirmed before the horizon into ``insufficient``. How many there were."""
    old = Watch.objects.filter(confirmed_at__lt=now - horizon).exclude(status=State.INSUFFICIENT.value)
    return sum(_decay(pk, now, horizon) for pk in list(old.values_list("pk", flat=True)))


@transaction.atomic
def _decay(pk: int, now: datetime, horizon: timedelta) -> bool:
    stale = Watch.objects.select_for_update().filter(pk=pk, confirmed_at__lt=now - horizon)
    watch = stale.exclude(status=State.INSUFFICIENT.value).first()
    if watch is None:  # confirmed meanwhile
        return False
    StatusChange.objects.create(
        watch=watch,
        old=watch.status,
        new=State.INSUFFICIENT.value,
        rule_id=STALE_RULE,
        earliest_at=watch.confirmed_at,
        at=now,
        recorded_at=now,
    )
    watch.status, watch.status_mechanism, watch.status_rule_id = State.INSUFFICIENT.value, None, STALE_RULE
    watch.status_since, watch.belief, watch.mixed = now, {}, False
    watch.save(update_fields=_WRITTEN)
    return True
