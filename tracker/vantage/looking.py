"""The part of a round that touches the network, and nothing else."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from tracker.facts import Failure, Observation
from tracker.judging import needs_control, second_question
from tracker.judging.platforms import ADAPTERS
from tracker.networks import limits, observer_of
from tracker.operations import Claim, Look, Seen, fingerprints_at_hand, judge_look
from tracker.places import Place
from tracker.probing import Manner
from tracker.vantage.planning import Clock, Turn

RAN_OUT = (Failure.GENERIC_TIMEOUT, Failure.DNS_TIMEOUT)


@dataclass(frozen=True, slots=True)
class Subject:
    """The page that is looked at, and for which territory. ``outside``: not from there.

    ``spelled`` is another spelling of the page's canonical ``url`` that somebody asked for: it is looked at as it is.
    """

    url: str
    platform: str
    territory: str
    outside: bool = False
    spelled: str | None = None

    @property
    def address(self) -> str:
        return self.spelled or self.url


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one look brought: the page, the platform's second answer and the control where they were needed."""

    page: Observation
    endpoint: Observation | None = None
    control: Observation | None = None


async def looked(turn: Turn, clock: Clock) -> Look:
    """One look, at its turn."""
    await until(turn.at, clock)
    plan = turn.plan
    subject = Subject(plan.claim.url, plan.claim.platform, plan.claim.territory, plan.outside)
    found = await look_from(plan.experiment, plan.control, subject, clock, second_at=turn.second_at)
    place = plan.experiment
    if plan.drifted:
        place = place.with_canary(replace(place.canary, drifted=True))
    look = look_of(plan.claim, place, plan.control, found, plan.outside)
    return replace(look, verdict=judge_look(look))


def look_of(claim: Claim, place: Place, control: Place | None, found: Sighting, outside: bool) -> Look:
    """What was found, as it is recorded."""
    return Look(
        claim,
        Seen(place.vantage_id, found.page),
        Seen(control.vantage_id, found.control) if control and found.control else None,
        place.canary,
        Seen(place.vantage_id, found.endpoint) if found.endpoint else None,
        outside,
    )


async def look_from(
    place: Place, control: Place | None, subject: Subject, clock: Clock, *, second_at: datetime | None
) -> Sighting:
    """The page; then the platform's second address, not before ``second_at`` (None: not at all); then the control.

    Each is asked only when what came before leaves something open. A second answer that does not come changes
    nothing. A page that ran out of time, and only here, is looked at once more: packets get lost. Both looks are kept.
    """
    page = await observed_from(place, subject.address, clock, manner_of(subject.platform))
    endpoint = None
    ask = second_question(page, subject.url, subject.platform, subject.territory)
    if ask is not None and second_at is not None:
        await until(second_at, clock)
        manner = Manner(accept_language=manner_of(subject.platform).accept_language, headers=ask.headers)
        endpoint = await observed_from(place, ask.url, clock, manner)
    if (
        control is None
        or subject.outside
        or not needs_control(page, subject.platform, subject.territory, endpoint, fingerprints_at_hand())
    ):
        return Sighting(page, endpoint)
    beside = await observed_from(control, subject.address, clock, manner_of(subject.platform))
    if page.failure in RAN_OUT and beside.failure is None:
        again = await observed_from(place, subject.address, clock, manner_of(subject.platform))
        page = replace(again, earlier=page)
    return Sighting(page, endpoint, beside)


async def observed_from(place: Place, url: str, clock: Clock, manner: Manner | None = None) -> Observation:
    return await observer_of(place.via)(url, now=clock(), limits=limits(), manner=manner)


@cache
def manner_of(platform: str) -> Manner:
    """How the pages of a platform are asked for."""
    adapter = ADAPTERS.get(platform)
    return Manner(accept_language=adapter.accept_language, headers=adapter.headers) if adapter else Manner()


async def until(at: datetime, clock: Clock) -> None:
    await asyncio.sleep(max(0.0, (at - clock()).total_seconds()))
