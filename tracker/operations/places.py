"""Where looks are made from, and when a host may be visited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction

from tracker.facts import Canary, Role
from tracker.models import Host, VantagePoint
from tracker.operations import rows


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
    moved.update(
        canary_ok=None,
        canary_checked_at=None,
        canary_no_internet=False,
        canary_wrong_country=False,
        canary_detail="",
    )
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
        canary_wrong_country=canary.wrong_country,
        canary_detail=canary.detail[:300],
    )


class Turns:
    """The lines of some hosts, held while turns in them are taken. Turns of one host are apart, whoever takes them."""

    def __init__(self, hosts: Iterable[Host]) -> None:
        self._hosts = {host.name: host for host in hosts}
        self._moved: set[str] = set()

    def take(self, host: str, *, now: datetime, spacing: timedelta, taken: datetime | None) -> datetime:
        """When this caller may visit the host.

        A turn that was ``taken`` before stays the caller's, unless the host has asked for a pause since.
        """
        row = self._hosts[host]
        if taken is not None and (row.paused_until is None or row.paused_until <= taken):
            return taken
        turn = max(now, row.next_turn_at, row.paused_until or now)
        row.next_turn_at = turn + spacing
        self._moved.add(host)
        return turn

    def is_paused(self, host: str, *, now: datetime) -> bool:
        """Whether the host asked for a pause that is not over."""
        until = self._hosts[host].paused_until
        return until is not None and until > now

    def moved(self) -> list[tuple[datetime, int]]:
        rows = (self._hosts[name] for name in self._moved)
        return [(row.next_turn_at, row.pk) for row in rows]


@contextmanager
def turns_at(*, hosts: Iterable[str], now: datetime) -> Iterator[Turns]:
    """Hold the lines of these hosts for a moment; what was taken counts when the block ends."""
    names = sorted(set(hosts))
    with transaction.atomic():
        # In one order everywhere, so that no two who hold several wait for each other.
        lines = Host.objects.select_for_update().filter(name__in=names).order_by("name")
        found = list(lines)
        if len(found) < len(names):
            known = {host.name for host in found}
            new = [Host(name=name, next_turn_at=now) for name in names if name not in known]
            rows.insert(new, skip_known=True)
            found = list(lines.all())
        turns = Turns(found)
        yield turns
        rows.update_columns(Host, ("next_turn_at",), turns.moved())


def take_turn(*, host: str, now: datetime, spacing: timedelta, taken: datetime | None = None) -> datetime:
    """When this caller may visit the host, by ``Turns.take``."""
    with turns_at(hosts=[host], now=now) as turns:
        return turns.take(host, now=now, spacing=spacing, taken=taken)


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
