"""Looking: vantage points bound to real networks, one round of looks from claim to record.

A round reads rows, then touches the network and nothing else, then writes. Politeness comes first: a look that
has no turn at its host is postponed to the turn it gets. So does the canary: through a vantage point that does
not work nothing is looked at, and the reason is recorded in place of a look.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import structlog
from django.conf import settings

from tracker import operations
from tracker.canaries import CANARY_AGE, faulty_rule, freshened
from tracker.facts import Canary, Observation
from tracker.judging import needs_control
from tracker.models import VantagePoint
from tracker.networks import limits, network_of
from tracker.operations import Claim, Look, Seen
from tracker.operations.paces import pace_of
from tracker.places import Place, control_for, ensure_places, experiment_for, home, place_of
from tracker.probing import observe

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]
Dice = Callable[[], float]

NO_VANTAGE_RULE = "no_vantage_in_territory"
HELD_FOR = timedelta(minutes=10)
"""How long a watch that cannot be looked at waits before it is tried again."""

NEAR = timedelta(seconds=2)
"""A turn this near is waited for; a later one gives the watch back."""

PAUSE = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Plan:
    """A look that can be made: from where, and with what control."""

    claim: Claim
    experiment: Place
    control: Place | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A look that will be made, and when."""

    plan: Plan
    at: datetime


def probe_due(*, clock: Clock, dice: Dice) -> int:
    """One round: claim what is due, look, record. How many watches were taken, looked at or not."""
    if not VantagePoint.objects.exists():
        ensure_places()  # a new database; otherwise the first looks would be held for want of a place
    claims = operations.claim_due(now=clock(), limit=settings.LOOKS_AT_ONCE)
    if claims:
        plans = [plan for claim in claims if (plan := _planned(claim, clock)) is not None]
        # Turns last: canaries take their time, and turns that waited for them would all be used at once.
        working = _through_working_places(plans, clock)
        turns = [turn for plan in working if (turn := _turn(plan, clock)) is not None]
        for look in asyncio.run(_look_at_all(turns, clock)):
            _record(look, clock, dice)
    return len(claims)


def _planned(claim: Claim, clock: Clock) -> Plan | None:
    """Where to look from, or None after the claim was given back with the reason."""
    experiment = experiment_for(claim)
    if experiment is None:
        _hold_without_place(claim, clock)
        return None
    return Plan(claim, experiment, control_for(claim, experiment))


def _turn(plan: Plan, clock: Clock) -> Turn | None:
    """The turn that the watch took when it was postponed, unless it let it pass; otherwise a new one.

    None after the claim was given back until its turn.
    """
    claim, now = plan.claim, clock()
    spacing = pace_of(claim.platform).host_spacing
    is_missed = claim.turn_at is None or now - claim.turn_at >= max(spacing, NEAR)
    taken = None if is_missed else claim.turn_at
    at = operations.take_turn(host=claim.host, now=now, spacing=spacing, taken=taken)
    if at <= now + NEAR:
        return Turn(plan, at)
    operations.postpone(claim=claim, until=at, turn_at=at)
    return None


def _hold_without_place(claim: Claim, clock: Clock) -> None:
    """No vantage point stands in the territory; if this machine has no internet, that is said first."""
    here = freshened([home()], clock=clock)[0]
    rule_id = faulty_rule(here.canary) or NO_VANTAGE_RULE
    now = clock()
    operations.hold(claim=claim, rule_id=rule_id, now=now, until=now + HELD_FOR)


def _through_working_places(plans: list[Plan], clock: Clock) -> list[Plan]:
    """The plans whose vantage point works; the others are held, and the rule says why.

    A control that does not work is left out: its failure would look like the page's.
    """
    both = (place for plan in plans for place in (plan.experiment, plan.control) if place is not None)
    places = {place.vantage_id: place for place in both}
    fresh = {place.vantage_id: place for place in freshened(list(places.values()), clock=clock)}
    working = []
    for plan in plans:
        place = fresh[plan.experiment.vantage_id]
        control = fresh[plan.control.vantage_id] if plan.control else None
        rule_id = faulty_rule(place.canary)
        if rule_id is None:
            is_sound = control is not None and faulty_rule(control.canary) is None
            working.append(Plan(plan.claim, place, control if is_sound else None))
        else:
            now = clock()
            operations.hold(claim=plan.claim, rule_id=rule_id, now=now, until=now + HELD_FOR)
    return working


async def _look_at_all(turns: Iterable[Turn], clock: Clock) -> list[Look]:
    looks = await asyncio.gather(*(_looked(turn, clock) for turn in turns), return_exceptions=True)
    for failed in (look for look in looks if isinstance(look, BaseException)):
        # A bug of ours: the lease of this one runs out, and the others go on.
        log.error("look_failed", exc_info=failed)
    return [look for look in looks if isinstance(look, Look)]


async def _looked(turn: Turn, clock: Clock) -> Look:
    await asyncio.sleep(max(0.0, (turn.at - clock()).total_seconds()))
    plan = turn.plan
    seen = await _seen(plan.experiment, plan.claim.url, clock)
    control = None
    if plan.control is not None and needs_control(
        seen.observation, plan.claim.platform, plan.claim.territory
    ):
        control = await _seen(plan.control, plan.claim.url, clock)
    return Look(plan.claim, seen, control, plan.experiment.canary)


async def _seen(place: Place, url: str, clock: Clock) -> Seen:
    observation: Observation = await observe(url, network=network_of(place.via), limits=limits(), now=clock())
    return Seen(place.vantage_id, observation)


def _record(look: Look, clock: Clock, dice: Dice) -> None:
    """Store one look. What goes wrong with one row stays with that row."""
    try:
        recorded = operations.record_look(look=_doubted(look, clock), now=clock(), jitter=dice())
    except Exception:  # its lease runs out and it comes back alone
        log.exception("record_failed", watch_id=look.claim.watch_id)
        return
    if recorded is None:
        log.warning("lease_lost", watch_id=look.claim.watch_id)
        return
    _mind_rate_limit(look, clock())
    log.info(
        "looked", watch_id=look.claim.watch_id, rule_id=recorded.verdict.rule_id, status=recorded.status.value
    )


def _doubted(look: Look, clock: Clock) -> Look:
    """A look that failed asks first whether the vantage point still works, since a canary may be minutes old.

    One answer is enough for all the looks that began before it.
    """
    seen = look.experiment.observation
    if seen.failure is None:
        return look
    place = place_of(VantagePoint.objects.get(pk=look.experiment.vantage_id))
    if place.canary.checked_at is None or place.canary.checked_at < seen.started_at:
        place = freshened([place], clock=clock, age=timedelta(0))[0]
    return Look(look.claim, look.experiment, look.control, place.canary)


def _mind_rate_limit(look: Look, now: datetime) -> None:
    """A host that says "later" is left alone, by every page and worker, for as long as it says."""
    http = look.experiment.observation.http
    if http is None or http.status not in {429, 503, 999}:
        return
    if http.status == 503 and http.header("retry-after") is None:
        return
    operations.pause_host(host=look.claim.host, until=now + _asked_pause(http.header("retry-after"), now))


def _asked_pause(retry_after: str | None, now: datetime) -> timedelta:
    """Seconds or a date, as RFC 9110 has it, to a bound; what cannot be read is a pause of our own length."""
    text = (retry_after or "").strip()[:40]
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=min(int(text), 10**9)), LONGEST_PAUSE)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return PAUSE
    return max(timedelta(0), min(until.replace(tzinfo=UTC) - now, LONGEST_PAUSE))


def look_once(
    url: str, *, experiment: Place, control: Place | None, platform: str, territory: str, clock: Clock
) -> tuple[Observation, Observation | None, Canary]:
    """One look outside the queue, by the same code: what was seen, by the control too, and the canary."""
    place = freshened([experiment], clock=clock, age=CANARY_AGE)[0]

    async def run() -> tuple[Observation, Observation | None]:
        seen = (await _seen(place, url, clock)).observation
        if control is None or not needs_control(seen, platform, territory):
            return seen, None
        return seen, (await _seen(control, url, clock)).observation

    seen, beside = asyncio.run(run())
    return seen, beside, place.canary
