"""Whether the rules still fit the platforms that are watched: from time to time two known pages of each are looked at.

By the same code as every other page, and in their turn. A vantage point that does not work learns nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog
from django.conf import settings

from tracker import operations
from tracker.canaries import faulty_rule, freshened
from tracker.facts import REHEARSAL_PLATFORM, Observation, Verdict
from tracker.judging import judge
from tracker.judging.adapter import Canaries
from tracker.judging.platforms import ADAPTERS
from tracker.models import Watch
from tracker.operations.paces import pace_of
from tracker.operations.places import is_paused
from tracker.places import Place, Places
from tracker.vantage.looking import Sighting, Subject, look_from, until
from tracker.vantage.planning import Clock, second_host

log = structlog.get_logger(__name__)

PATIENCE = timedelta(minutes=1)
"""A turn that comes later is not waited for."""
LATER = timedelta(minutes=10)
"""When a check is tried again that could not be made."""


_Turn = tuple[datetime, datetime | None]
"""When a page may be visited, and when the platform's second address."""


@dataclass(frozen=True, slots=True)
class Check:
    """The known pages of a platform, to be looked at from a place; ``turns`` are theirs, the page that lives first."""

    place: Place
    control: Place | None
    platform: str
    known: Canaries
    turns: tuple[_Turn, ...] = ()

    def subject(self, url: str) -> Subject:
        return Subject(url, self.platform, self.place.country)


def look_at_known_pages(*, clock: Clock) -> int:
    """Look at the known pages of every watched platform whose time has come. How many platforms were looked at."""
    taken = [check for check in _checks() if _is_taken(check, clock)]
    checks = [ready for check in _through_working_places(taken, clock) if (ready := _in_turn(check, clock))]
    found = asyncio.run(_look_at_all(checks, clock)) if checks else []
    for check, pages in zip(checks, found, strict=True):
        if isinstance(pages, BaseException):  # a bug of ours: it is due again when its time comes
            log.error("check_failed", platform=check.platform, exc_info=pages)
        else:
            _record(check, *pages, clock)
    return len(checks)


def known_pages(platform: str) -> Canaries | None:
    """A page of the platform that lives and one that was never there; None where none are known."""
    if platform == REHEARSAL_PLATFORM:
        origin = settings.REHEARSAL_ORIGIN.rstrip("/")
        return Canaries(f"{origin}/lighthouse", f"{origin}/never-was") if origin else None
    adapter = ADAPTERS.get(platform)
    return adapter.canaries if adapter else None


@dataclass(frozen=True, slots=True)
class _Watched:
    platform: str
    territory: str


def _checks() -> Iterator[Check]:
    """Every place with every platform that is watched through it and that has known pages."""
    places, seen = Places(), set()
    watched = Watch.objects.filter(is_active=True).order_by()
    for platform, territory in watched.values_list("target__platform", "territory").distinct():
        known = known_pages(platform)
        if known is None:
            continue
        wanted = _Watched(platform, territory)
        inside, elsewhere = places.experiments_for(wanted), places.outside_for(wanted)
        for place in inside or ([elsewhere] if elsewhere else []):
            if (place.vantage_id, platform) not in seen:
                seen.add((place.vantage_id, platform))
                yield Check(place, places.control_for(wanted, place), platform, known)


def _is_taken(check: Check, clock: Clock) -> bool:
    return operations.take_check(vantage_id=check.place.vantage_id, platform=check.platform, now=clock())


def _put_off(check: Check, until_when: datetime) -> None:
    operations.put_off_check(vantage_id=check.place.vantage_id, platform=check.platform, until=until_when)


def _through_working_places(checks: list[Check], clock: Clock) -> Iterator[Check]:
    both = (place for check in checks for place in (check.place, check.control) if place is not None)
    places = {place.vantage_id: place for place in both}
    fresh = {place.vantage_id: place for place in freshened(list(places.values()), clock=clock)}
    for check in checks:
        place = fresh[check.place.vantage_id]
        control = fresh[check.control.vantage_id] if check.control else None
        is_sound = control is not None and faulty_rule(control.canary) is None
        if faulty_rule(place.canary) is None:
            yield Check(place, control if is_sound else None, check.platform, check.known)
        else:
            _put_off(check, clock() + LATER)


def _in_turn(check: Check, clock: Clock) -> Check | None:
    """The check with turns for both pages; None after it was put off because a host has none."""
    now = clock()
    urls = (check.known.alive, check.known.missing)
    hosts = {_host(url) for url in urls} | {second_host(check.platform, url) for url in urls}
    if any(host is not None and is_paused(host=host, now=now) for host in hosts):
        _put_off(check, now + LATER)
        return None
    turns = tuple(_turn(check.platform, url, now) for url in urls)
    last = max(at for turn in turns for at in turn if at is not None)
    if last > now + PATIENCE:
        _put_off(check, last)
        return None
    return Check(check.place, check.control, check.platform, check.known, turns)


def _turn(platform: str, url: str, now: datetime) -> _Turn:
    spacing = pace_of(platform).host_spacing
    at = operations.take_turn(host=_host(url), now=now, spacing=spacing)
    second = second_host(platform, url)
    return at, operations.take_turn(host=second, now=at, spacing=spacing) if second else None


def _host(url: str) -> str:
    """Whom politeness is owed: the host, or on loopback the origin."""
    origin = settings.REHEARSAL_ORIGIN
    return origin if origin and url.startswith(origin) else urlsplit(url).hostname or url


_Pages = tuple[Sighting, Sighting]


async def _look_at_all(checks: list[Check], clock: Clock) -> list[_Pages | BaseException]:
    return await asyncio.gather(*(_look_at(check, clock) for check in checks), return_exceptions=True)


async def _look_at(check: Check, clock: Clock) -> _Pages:
    urls = (check.known.alive, check.known.missing)
    alive, missing = await asyncio.gather(
        *(_page(check, url, turn, clock) for url, turn in zip(urls, check.turns, strict=True))
    )
    return alive, missing


async def _page(check: Check, url: str, turn: _Turn, clock: Clock) -> Sighting:
    at, second_at = turn
    await until(at, clock)
    return await look_from(check.place, check.control, check.subject(url), clock, second_at=second_at)


def _record(check: Check, alive: Sighting, missing: Sighting, clock: Clock) -> None:
    operations.record_check(
        vantage_id=check.place.vantage_id,
        platform=check.platform,
        alive=_meaning(check, alive),
        missing=_meaning(check, missing),
        answered=alive.endpoint is None or _has_answered(alive.endpoint),
        now=clock(),
    )


def _meaning(check: Check, found: Sighting) -> Verdict:
    return judge(
        seen=found.page,
        control=found.control,
        canary=check.place.canary,
        platform=check.platform,
        territory=check.place.country,
        endpoint=found.endpoint,
    )


def _has_answered(endpoint: Observation) -> bool:
    """That it does not know the page any more is an answer; that it sends us away is none."""
    status = endpoint.http_status or 0
    return endpoint.failure is None and status < 500 and status not in (401, 403, 429)
