"""Beginning and ending to watch a page, and what the layers above may know of addresses and rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Least

from tracker.addresses import PLATFORMS, Canonical, PlatformFact, canonical
from tracker.judging import RULES, Rule
from tracker.judging.standing import STANDING
from tracker.models import Target, Watch
from tracker.models.inserting import insert
from tracker.schedule import NORMAL


def canonical_address(url: str) -> Canonical:
    """The canonical form of a page's address. Raises ``AddressRefused`` with a sentence that says what would do."""
    return canonical(url, rehearsal_origin=settings.REHEARSAL_ORIGIN or None)


def platforms() -> tuple[PlatformFact, ...]:
    """The platforms whose addresses are understood."""
    return PLATFORMS


def rules() -> tuple[Rule, ...]:
    """The ordered table by which measurements are judged, then the reasons that hold without a look."""
    return (*RULES, *STANDING)


@transaction.atomic
def watch(*, url: str, territory: str, now: datetime) -> Watch:
    """Watch a page from a territory, from now on. The same page and territory twice is one watch.

    Raises ``AddressRefused`` for an address that cannot be watched.
    """
    address = canonical_address(url)
    target, _ = Target.objects.get_or_create(
        url=address.url,
        defaults={"platform": address.platform, "host": _host_key(address), "created_at": now},
    )
    watched, created = Watch.objects.get_or_create(
        target=target, territory=territory, defaults={"next_probe_at": now, "created_at": now}
    )
    if not created and not watched.is_active:
        Watch.objects.filter(pk=watched.pk).update(is_active=True, next_probe_at=now)
        watched.refresh_from_db()
    return watched


@transaction.atomic
def watch_all(*, places: Iterable[tuple[Canonical, str]], now: datetime) -> dict[tuple[str, str], Watch]:
    """Watch many pages, each from a territory, as ``watch`` does with one. By canonical URL and territory."""
    addresses = {(address.url, territory): address for address, territory in places}
    targets = _targets({address.url: address for address in addresses.values()}, now)
    wanted = {(targets[url].pk, territory): (url, territory) for url, territory in addresses}
    watches = {
        (row.target_id, row.territory): row for row in Watch.objects.filter(target__in=targets.values())
    }
    idle = [watches[key] for key in wanted if key in watches and not watches[key].is_active]
    Watch.objects.filter(pk__in=[row.pk for row in idle]).update(is_active=True, next_probe_at=now)
    for row in idle:
        row.is_active, row.next_probe_at = True, now
    new = [
        Watch(target=targets[wanted[key][0]], territory=key[1], next_probe_at=now, created_at=now)
        for key in wanted
        if key not in watches
    ]
    insert(new)
    watches |= {(row.target_id, row.territory): row for row in new}
    return {place: watches[key] for key, place in wanted.items()}


def _targets(addresses: dict[str, Canonical], now: datetime) -> dict[str, Target]:
    known = {row.url: row for row in Target.objects.filter(url__in=addresses)}
    new = [
        Target(url=url, platform=address.platform, host=_host_key(address), created_at=now)
        for url, address in addresses.items()
        if url not in known
    ]
    insert(new)
    return known | {row.url: row for row in new}


def looked_from(*, watch_id: int) -> list[int]:
    """From where a page was looked at, as ids of vantage points, the last one last."""
    return list(Watch.objects.filter(pk=watch_id).values_list("looked_from", flat=True).first() or [])


def unwatch(*, watch_id: int) -> None:
    """Look no more. What was seen stays; a look under way is still recorded."""
    Watch.objects.filter(pk=watch_id).update(is_active=False)


def unwatch_all(*, watch_ids: Iterable[int]) -> None:
    """Look no more at any of these, as ``unwatch`` says."""
    Watch.objects.filter(pk__in=list(watch_ids)).update(is_active=False)


def check_now(*, watch_ids: list[int], now: datetime) -> int:
    """Make watches due at once, but for those that a worker holds. How many became due."""
    free = Watch.objects.filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now))
    return free.filter(pk__in=watch_ids, is_active=True).update(
        next_probe_at=now, turn_at=None, stable_looks=0
    )


def look_sooner(*, watch_ids: list[int], now: datetime) -> int:
    """Look at pages as often as after a change, since something happened to pages of their kind. How many there were.

    Those that were just looked at often are left alone, so that a thousand such events ask for no more than one.
    """
    seldom = Watch.objects.filter(pk__in=watch_ids, is_active=True, stable_looks__gt=0)
    return seldom.update(stable_looks=0, next_probe_at=Least(F("next_probe_at"), now + NORMAL.base))


def _host_key(address: Canonical) -> str:
    """Whom politeness is owed: the host, or on loopback the origin."""
    return settings.REHEARSAL_ORIGIN if address.platform == "rehearsal" else address.host
