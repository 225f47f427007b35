"""From where a claimed watch is looked at, and when; or why no look can be made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from tracker import operations
from tracker.canaries import Run, faulty_rule, freshened
from tracker.judging.platforms import ADAPTERS
from tracker.operations import Claim, Turns
from tracker.operations.paces import pace_of
from tracker.places import Place, Places, home

Clock = Callable[[], datetime]

NO_VANTAGE_RULE = "no_vantage_in_territory"
HELD_FOR = timedelta(minutes=10)
"""How long a watch that cannot be looked at waits before it is tried again."""

NEAR = timedelta(seconds=2)
"""A turn this near is waited for; a later one gives the watch back."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A look that can be made: from where, and with what control.

    ``outside``: nobody stands in the territory, so only what the platform declares about it can be learned.
    ``drifted``: through this place the rules misread the platform. ``otherwise`` are the same look from the other
    vantage points of the territory, for when this one does not work.
    """

    claim: Claim
    experiment: Place
    control: Place | None
    outside: bool = False
    drifted: bool = False
    otherwise: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A look that will be made, and when; ``second_at`` is when its platform's second address may be asked."""

    plan: Plan
    at: datetime
    second_at: datetime | None = None


def planned(claim: Claim, places: Places, clock: Clock) -> Plan | None:
    """Where to look from, or None after the claim was given back with the reason."""
    inside = _from_inside(claim, places)
    if inside:
        return replace(inside[0], otherwise=tuple(inside[1:]))
    elsewhere = places.outside_for(claim)
    if elsewhere is None:
        _hold_without_place(claim, clock)
        return None
    return Plan(claim, elsewhere, None, outside=True, drifted=places.is_drifted(elsewhere, claim))


def _from_inside(claim: Claim, places: Places) -> list[Plan]:
    """The look from each vantage point of the territory, the one whose turn it is first."""
    experiments = places.experiments_for(claim)
    if len(experiments) > 1:
        experiments = places.in_turn_for(claim, operations.looked_from(watch_id=claim.watch_id))
    return [
        Plan(
            claim,
            experiment,
            places.control_for(claim, experiment),
            drifted=places.is_drifted(experiment, claim),
        )
        for experiment in experiments
    ]


def take_turns(plans: list[Plan], clock: Clock) -> list[Turn]:
    """The looks that can be made now or soon; the other claims were given back until their turn."""
    hosts = {plan.claim.host for plan in plans}
    hosts |= {host for plan in plans if (host := second_host(plan.claim.platform, plan.claim.url))}
    with operations.turns_at(hosts=hosts, now=clock()) as line:
        return [turn for plan in plans if (turn := _turn(plan, line, clock)) is not None]


def _turn(plan: Plan, line: Turns, clock: Clock) -> Turn | None:
    """The turn that the watch took when it was postponed, unless it let it pass; otherwise a new one."""
    claim, now = plan.claim, clock()
    spacing = pace_of(claim.platform).host_spacing
    is_missed = claim.turn_at is None or now - claim.turn_at >= max(spacing, NEAR)
    taken = None if is_missed else claim.turn_at
    at = line.take(claim.host, now=now, spacing=spacing, taken=taken)
    at, second_at = _with_second(claim, line, at, now, spacing, taken)
    if at <= now + NEAR:
        return Turn(plan, at, second_at)
    operations.postpone(claim=claim, until=at, turn_at=at)
    return None


def _with_second(
    claim: Claim, line: Turns, at: datetime, now: datetime, spacing: timedelta, taken: datetime | None
) -> tuple[datetime, datetime | None]:
    """When the page and the platform's second address may be visited; None where there is none, or it is paused.

    The address gets a turn of its own, also when the page will not need it: that is known too late to wait then.
    """
    host = second_host(claim.platform, claim.url)
    if host is None or line.is_paused(host, now=now):
        return at, None
    second = line.take(host, now=at, spacing=spacing, taken=taken)
    if host == claim.host:
        return at, max(second, at + spacing)
    return max(at, second), max(at, second)


def second_host(platform: str, url: str) -> str | None:
    """The host of the platform's second address for a page."""
    adapter = ADAPTERS.get(platform)
    ask = adapter.endpoint(url) if adapter else None
    return urlsplit(ask.url).hostname if ask else None


def _hold_without_place(claim: Claim, clock: Clock) -> None:
    """No vantage point stands in the territory; if this machine has no internet, that is said first."""
    here = freshened([home()], clock=clock)[0]
    rule_id = faulty_rule(here.canary) or NO_VANTAGE_RULE
    now = clock()
    operations.hold(claim=claim, rule_id=rule_id, now=now, until=now + HELD_FOR)


def through_working_places(plans: list[Plan], clock: Clock, run: Run = asyncio.run) -> list[Plan]:
    """The plans whose vantage point works, or another of the territory; the others are held, and the rule says why.

    A control that does not work is left out: its failure would look like the page's.
    """
    working: list[Plan] = []
    while plans:
        both = (place for plan in plans for place in (plan.experiment, plan.control) if place is not None)
        places = {place.vantage_id: place for place in both}
        fresh = freshened(list(places.values()), clock=clock, run=run)
        tried = [_tried(plan, {place.vantage_id: place for place in fresh}) for plan in plans]
        working += [plan for plan, rule_id in tried if rule_id is None]
        faulty = [(plan, rule_id) for plan, rule_id in tried if rule_id is not None]
        plans = [
            replace(plan.otherwise[0], otherwise=plan.otherwise[1:]) for plan, _ in faulty if plan.otherwise
        ]
        for plan, rule_id in faulty:
            if not plan.otherwise:
                now = clock()
                operations.hold(claim=plan.claim, rule_id=rule_id, now=now, until=now + HELD_FOR)
    return working


def _tried(plan: Plan, fresh: dict[int, Place]) -> tuple[Plan, str | None]:
    """The plan with fresh canaries, and the rule that says why its vantage point cannot be used, if any."""
    place = fresh[plan.experiment.vantage_id]
    control = fresh[plan.control.vantage_id] if plan.control else None
    is_sound = control is not None and faulty_rule(control.canary) is None
    return replace(plan, experiment=place, control=control if is_sound else None), faulty_rule(place.canary)
