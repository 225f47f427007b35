"""Watches that a look made for another one says something about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tracker.models import VantagePoint, Watch
from tracker.operations.claiming import Claim, claim_one


def claim_others(*, claim: Claim, territories: Sequence[str], vantage_id: int, now: datetime) -> list[Claim]:
    """Hold the other watches of a claim's page in these territories, but for those that a worker holds.

    The country of the vantage point is left out: what its readers see is found by looking for them.
    """
    here = VantagePoint.objects.filter(pk=vantage_id).values("country")
    others = Watch.objects.filter(
        target__watches=claim.watch_id, territory__in=territories, is_active=True
    ).exclude(pk=claim.watch_id)
    found = others.exclude(territory__in=here).order_by("pk").values_list("pk", flat=True)
    claims = (claim_one(watch_id=pk, now=now) for pk in list(found))
    return [other for other in claims if other is not None]


def keep_due(*, watch_id: int, at: datetime) -> None:
    """A watch is not looked at later than it was due before somebody else's look."""
    Watch.objects.filter(pk=watch_id, next_probe_at__gt=at).update(next_probe_at=at)
