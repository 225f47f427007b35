"""Where looks are made from, and when a host may be visited."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from tracker.facts import Canary, Role
from tracker.models import Host, VantagePoint


@transaction.atomic
def ensure_vantage(
    *,
    name: str,
    country: str,
    role: Role,
    via: str = "direct",
    platform: str = "",
    canary_url: str = "",
    is_active: bool = True,
) -> VantagePoint:
    """The vantage point of that name, made or brought up to date; ``is_active`` is for a new one only.

    What a canary said before of another way or by another page is forgotten.
    """
    values = {
        "country": country,
        "role": role.value,
        "via": via,
        "platform": platform,
        "canary_url": canary_url,
    }
    moved = VantagePoint.objects.filter(name=name).exclude(via=via, canary_url=canary_url)
    moved.update(canary_ok=None, canary_checked_at=None, canary_no_internet=False, canary_detail="")
    place, _ = VantagePoint.objects.update_or_create(
        name=name, defaults=values, create_defaults=values | {"name": name, "is_active": is_active}
    )
    return place


def keep_vantage(*, vantage: VantagePoint) -> None:
    """Store a vantage point as a form filled it in."""
    vantage.save()


def record_canary(*, vantage_id: int, canary: Canary) -> None:
    """Remember whether a vantage point works."""
    VantagePoint.objects.filter(pk=vantage_id).update(
        canary_ok=canary.ok,
        canary_checked_at=canary.checked_at if canary.ok is not None else None,
        canary_no_internet=canary.no_internet,
        canary_detail=canary.detail[:300],
    )


@transaction.atomic
def take_turn(*, host: str, now: datetime, spacing: timedelta, taken: datetime | None = None) -> datetime:
    """When this caller may visit the host. Turns of one host are ``spacing`` apart, whoever takes them.

    A turn that was ``taken`` before stays the caller's, unless the host has asked for a pause since.
    """
    Host.objects.get_or_create(name=host, defaults={"next_turn_at": now})
    row = Host.objects.select_for_update().get(name=host)
    if taken is not None and (row.paused_until is None or row.paused_until <= taken):
        return taken
    turn = max(now, row.next_turn_at, row.paused_until or now)
    Host.objects.filter(pk=row.pk).update(next_turn_at=turn + spacing)
    return turn


def is_paused(*, host: str, now: datetime) -> bool:
    """Whether the host asked for a pause that is not over."""
    return Host.objects.filter(name=host, paused_until__gt=now).exists()


def pause_host(*, host: str, until: datetime) -> None:
    """Nobody visits the host before ``until``: it said so, or it sends everybody away."""
    Host.objects.update_or_create(
        name=host,
        defaults={"paused_until": until},
        create_defaults={"paused_until": until, "next_turn_at": until},
    )
