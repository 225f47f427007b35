"""Whether a vantage point works: pages that must open from it, looked at before anything is believed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from tracker import operations
from tracker.facts import OF_A_WORKER, Canary, Observation
from tracker.networks import limits, observer_of
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
            return Canary(ok=True, checked_at=clock())
        seen.append(observation)
        if observation.failure in OF_A_WORKER:
            break  # nobody looked: another page would only be waited for as long
    return Canary(
        ok=False,
        checked_at=clock(),
        no_internet=bool(seen) and all(_answered_nothing(observation) for observation in seen),
        detail="; ".join(f"{o.url}: {o.failure or o.http_status}" for o in seen),
    )


def _answered_nothing(observation: Observation) -> bool:
    """No connection came about: neither a wrong page nor a refused certificate, just nothing."""
    return observation.failure not in OF_A_WORKER and all(
        hop.tls is None and hop.http is None for hop in observation.hops
    )
