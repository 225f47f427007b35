"""What a look does to the status of its watch: belief, change, and when to look next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tracker.facts import Role, State
from tracker.facts import Verdict as Judged
from tracker.judging.belief import Belief, Counts, Proposal, Source, Step, Trust, adopted, step, undone
from tracker.judging.platforms import ENDPOINT_RULES
from tracker.models import Measurement, StatusChange, Verdict, Watch
from tracker.operations import freezing
from tracker.operations.paces import pace_of
from tracker.schedule import next_probe_at

_OF_SECOND_ADDRESS = frozenset(rule.rule_id for rule in ENDPOINT_RULES)
"""Rules that read another answer than the page's, and so make other mistakes."""


@dataclass(frozen=True, slots=True)
class _Moved:
    """A look and what it did to the belief."""

    measured: Measurement
    stored: Verdict
    verdict: Judged
    before: Belief
    after: Belief


def move(
    watch: Watch, measured: Measurement, stored: Verdict, verdict: Judged, now: datetime, jitter: float
) -> bool:
    """Whether the status changed. The watch is changed in memory only: the caller stores it with all others.

    A change that is due while the platform is frozen is held: it comes with a later look, if that still says so.
    """
    pace, before = pace_of(watch.target.platform), Belief.from_json(watch.belief)
    done = step(
        before,
        verdict,
        at=measured.started_at,
        source=_source(measured, verdict),
        trust=_trust(watch, before, verdict),
        span_scale=pace.span_scale,
    )
    due = done.proposal if done.proposal and not _held(watch, measured, now) else None
    after = adopted(done.belief, due, at=measured.started_at) if due else done.belief
    _learn(watch, done, due, measured.started_at)
    moved = _Moved(measured, stored, verdict, before, after)
    if due:
        _change(watch, moved, due, now)
    _count(watch, moved)
    watch.next_probe_at = next_probe_at(
        now=now,
        pace=pace,
        stable_looks=watch.stable_looks,
        confirming=watch.confirming,
        failures=watch.failed_looks,
        jitter=jitter,
        is_known=watch.status != State.INSUFFICIENT,
    )
    return due is not None


def _source(measured: Measurement, verdict: Judged) -> Source:
    is_second = verdict.rule_id in _OF_SECOND_ADDRESS
    return Source(
        vantage=measured.vantage_id,
        family=Role.ENDPOINT.value if is_second else "page",
        sound=measured.canary_ok is True,
    )


def _trust(watch: Watch, before: Belief, verdict: Judged) -> Trust:
    """Asked for only where a status is contradicted."""
    is_quiet = verdict.state in (before.status, State.INSUFFICIENT) and not before.runs
    if is_quiet or before.status is State.INSUFFICIENT:
        return Trust()
    return freezing.trust_in(watch.target.platform)


def _held(watch: Watch, measured: Measurement, now: datetime) -> bool:
    """Whether a change that is due must wait. A first status, which takes nothing back, need not."""
    if watch.status == State.INSUFFICIENT:
        return False
    since = freezing.frozen_since(
        platform=watch.target.platform,
        vantage_id=measured.vantage_id,
        canary_ok=measured.canary_ok,
        now=now,
    )
    if since is not None:
        watch.held_rule_id, watch.held_since = freezing.FROZEN_RULE, since
    return since is not None


def _learn(watch: Watch, done: Step, due: Proposal | None, at: datetime) -> None:
    lesson = done.lesson or (undone(done.belief, due, at=at) if due else done.lesson)
    if lesson:
        freezing.learn(platform=watch.target.platform, lesson=lesson, at=at)


def _change(watch: Watch, moved: _Moved, due: Proposal, now: datetime) -> None:
    """The status moves, and the row that says so is what others will be told."""
    verdict = moved.verdict
    StatusChange.objects.create(
        watch=watch,
        old=moved.before.status.value,
        new=due.state.value,
        mechanism=verdict.mechanism,
        rule_id=verdict.rule_id,
        verdict=moved.stored,
        earliest_at=_last_seen_old(watch, moved.before, due),
        at=due.since,
        recorded_at=now,
    )
    watch.status, watch.status_since = due.state.value, due.since
    watch.status_mechanism, watch.status_rule_id = verdict.mechanism, verdict.rule_id


def _last_seen_old(watch: Watch, before: Belief, due: Proposal) -> datetime | None:
    """The last look that saw the old status, before any that saw the new one: some of both may have alternated."""
    if before.status is State.INSUFFICIENT or watch.confirmed_at is None:
        return None
    return min(watch.confirmed_at, due.since)


def _count(watch: Watch, moved: _Moved) -> None:
    verdict, after, at = moved.verdict, moved.after, moved.measured.started_at
    old = Counts(watch.stable_looks, watch.confirming, watch.failed_looks)
    counts = old.after(verdict.state, moved.before, after)
    watch.stable_looks, watch.confirming, watch.failed_looks = counts.stable, counts.confirming, counts.failed
    watch.belief, watch.mixed = after.to_json(), after.mixed
    watch.last_measured_at = at
    if verdict.state is State.INSUFFICIENT and watch.status_since is None:
        watch.status_rule_id = (
            verdict.rule_id
        )  # nothing was ever known: what the last look met is the reason to give
    if verdict.state is after.status and verdict.state is not State.INSUFFICIENT:
        watch.confirmed_at = at
        watch.status_mechanism, watch.status_rule_id = verdict.mechanism, verdict.rule_id
