"""What a look does to the status of its watch: belief, change, and when to look next."""

from __future__ import annotations

from datetime import datetime

from tracker.facts import State
from tracker.facts import Verdict as Judged
from tracker.judging.belief import Belief, next_belief
from tracker.models import Measurement, StatusChange, Verdict, Watch
from tracker.operations.paces import pace_of
from tracker.schedule import next_probe_at


def move(
    watch: Watch, measured: Measurement, stored: Verdict, verdict: Judged, now: datetime, jitter: float
) -> bool:
    """Whether the status changed. The watch is changed in memory only: the caller stores it with all others."""
    pace = pace_of(watch.target.platform)
    before = Belief.from_json(watch.belief)
    after = next_belief(before, verdict, at=measured.started_at, span_scale=pace.span_scale)
    changed = after.status is not before.status
    if changed:
        _change(watch, stored, verdict, before, after, measured.started_at, now)
    _count(watch, measured, verdict, before, after)
    watch.next_probe_at = next_probe_at(
        now=now,
        pace=pace,
        stable_looks=watch.stable_looks,
        confirming=watch.confirming,
        failures=watch.failed_looks,
        jitter=jitter,
    )
    return changed


def _change(
    watch: Watch, stored: Verdict, verdict: Judged, before: Belief, after: Belief, at: datetime, now: datetime
) -> None:
    """The status moves, and the row that says so is what others will be told."""
    since = before.first_at if before.candidate is after.status and before.first_at else at
    StatusChange.objects.create(
        watch=watch,
        old=before.status.value,
        new=after.status.value,
        mechanism=verdict.mechanism,
        rule_id=verdict.rule_id,
        verdict=stored,
        earliest_at=watch.confirmed_at if before.status is not State.INSUFFICIENT else None,
        at=since,
        recorded_at=now,
    )
    watch.status, watch.status_since = after.status.value, since
    watch.status_mechanism, watch.status_rule_id = verdict.mechanism, verdict.rule_id


def _count(watch: Watch, measured: Measurement, verdict: Judged, before: Belief, after: Belief) -> None:
    watch.belief = after.to_json()
    watch.last_measured_at = measured.started_at
    if verdict.state is State.INSUFFICIENT:
        watch.failed_looks += 1
        if watch.status_since is None:  # nothing was ever known: what the last look met is the reason to give
            watch.status_rule_id = verdict.rule_id
        return
    watch.failed_looks = 0
    watch.confirming = after.agreeing if after.candidate else 0
    agrees = verdict.state is after.status
    watch.stable_looks = watch.stable_looks + 1 if agrees and after.status is before.status else 0
    if agrees:
        watch.confirmed_at = measured.started_at
        watch.status_mechanism, watch.status_rule_id = verdict.mechanism, verdict.rule_id
