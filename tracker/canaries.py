"""Whether a vantage point works: pages that must open from it, looked at before anything is believed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from tracker import operations
from tracker.facts import OF_A_WORKER, REHEARSAL_TERRITORY, UNKNOWN_COUNTRY, Canary, Observation
from tracker.judging.page import json_object
from tracker.networks import Observer, limits, observer_of
from tracker.places import Place

CANARY_AGE = timedelta(minutes=10)
"""How old a canary may be and still vouch for a look."""


Run = Callable[[Coroutine[Any, Any, list[Canary]]], list[Canary]]
"""What runs looks on an event loop and waits for them."""


def freshened(
    places: list[Place],
    *,
    clock: Callable[[], datetime],
    age: timedelta = CANARY_AGE,
    run: Run = asyncio.run,
) -> list[Place]:
    """The places with canaries no older than ``age``; those that are older are looked at now and recorded."""
    stale = [place for place in places if not _is_fresh(place.canary, clock(), age)]
    found = (
        dict(zip((p.vantage_id for p in stale), run(_look_at(stale, clock)), strict=True)) if stale else {}
    )
    for vantage_id, canary in found.items():
        operations.record_canary(vantage_id=vantage_id, canary=canary)
    return [place.with_canary(found.get(place.vantage_id, place.canary)) for place in places]


def faulty_rule(canary: Canary) -> str | None:
    """The public rule that says why nothing can be seen from here, or None when the place works."""
    if canary.ok is not False:
        return None
    if canary.wrong_country:
        return "vantage_wrong_country"
    return "vantage_no_internet" if canary.no_internet else "vantage_faulty"


def _is_fresh(canary: Canary, now: datetime, age: timedelta) -> bool:
    # A canary that failed is asked again sooner: the cable may be back.
    limit = age if canary.ok else age / 10
    return canary.ok is not None and canary.checked_at is not None and now - canary.checked_at < limit


async def _look_at(places: list[Place], clock: Callable[[], datetime]) -> list[Canary]:
    return list(await asyncio.gather(*(_canary(place, clock) for place in places)))


async def _canary(place: Place, clock: Callable[[], datetime]) -> Canary:
    """One page that opens is proof; only when none does is the place at fault."""
    try:
        look = observer_of(place.via)
    except ValueError:  # the message may repeat a password
        return Canary(ok=False, checked_at=clock(), detail="Nothing is known to be reached that way.")
    seen: list[Observation] = []
    for url in place.canary_urls:
        observation = await look(url, now=clock(), limits=limits())
        if observation.failure is None and (observation.http_status or 0) < 400:
            return await _in_its_country(place, look, clock)
        seen.append(observation)
        if observation.failure in OF_A_WORKER:
            break  # nobody looked: another page would only be waited for as long
    return Canary(
        ok=False,
        checked_at=clock(),
        no_internet=bool(seen) and all(_answered_nothing(observation) for observation in seen),
        detail="; ".join(f"{o.url}: {o.failure or o.http_status}" for o in seen),
    )


async def _in_its_country(place: Place, look: Observer, clock: Callable[[], datetime]) -> Canary:
    """A place that works; unless its way out is known to stand in another country than it says.

    A page that does not tell the country proves nothing.
    """
    url = settings.EXIT_COUNTRY_URL
    if not url or place.country in (UNKNOWN_COUNTRY, REHEARSAL_TERRITORY):
        return Canary(ok=True, checked_at=clock())
    found = country_in(await look(url, now=clock(), limits=limits()))
    if found is None:
        return Canary(ok=True, checked_at=clock(), detail="The country of its way out was not told.")
    if found == place.country:
        return Canary(ok=True, checked_at=clock())
    return Canary(
        ok=False,
        checked_at=clock(),
        wrong_country=True,
        detail=f"Its way out stands in {found}, not in {place.country}.",
    )


_COUNTRY_KEYS = ("country_code", "countryCode", "country", "loc", "cc")
_COUNTRY_TOLD = re.compile(r"\A([A-Za-z]{2})\Z|^loc=([A-Za-z]{2})\s*$", re.M)


def country_in(seen: Observation) -> str | None:
    """The country that a page tells its visitor: in JSON, as two letters, or in a line ``loc=``."""
    if seen.failure is not None or seen.http_status != 200:
        return None
    text = seen.body_text[:10_000].strip()
    data = json_object(text)
    told = next((data[key] for key in _COUNTRY_KEYS if key in data), None) if data else None
    if told is None and not data:
        found = _COUNTRY_TOLD.search(text)
        told = found[1] or found[2] if found else None
    is_code = isinstance(told, str) and len(told) == 2 and told.isascii() and told.isalpha()
    return str(told).upper() if is_code else None


def _answered_nothing(observation: Observation) -> bool:
    """No connection came about: neither a wrong page nor a refused certificate, just nothing."""
    return observation.failure not in OF_A_WORKER and all(
        hop.tls is None and hop.http is None for hop in observation.hops
    )
