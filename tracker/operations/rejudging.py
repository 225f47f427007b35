"""Reading old measurements by new rules: verdicts are added, no fact changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker import evidence
from tracker.facts import Canary, Observation, Role
from tracker.facts import Verdict as Judged
from tracker.judging import judge
from tracker.models import Measurement, Verdict
from tracker.operations import keeping
from tracker.operations.fingerprinting import fingerprints_at_hand, present_version, refresh_fingerprints
from tracker.operations.recording import store_verdicts
from tracker.probing.record import from_json


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A measurement read again. ``old`` is None when it never had a verdict.

    ``new`` and ``rule_id`` are None when it cannot be read any more: its evidence is missing or damaged.
    """

    measurement_id: int
    public_id: str
    old: str | None
    new: str | None
    rule_id: str | None


def rejudge(*, now: datetime, dry_run: bool, limit: int, after: int = 0) -> list[Rejudged]:
    """Judge up to ``limit`` experiments above the id ``after`` that have no verdict of the present rules.

    Statuses do not move by this: they move with the next looks, which the present rules judge.
    """
    refresh_fingerprints()
    unread = Measurement.objects.filter(role=Role.EXPERIMENT.value, pk__gt=after).exclude(
        verdicts__rules_version=present_version()
    )
    rows = unread.select_related("watch__target", "body", "control__body").order_by("id")[:limit]
    return [_reread(row, now, dry_run) for row in rows]


def _reread(row: Measurement, now: datetime, dry_run: bool) -> Rejudged:
    last = Verdict.objects.filter(measurement=row).order_by("-judged_at", "-id").first()
    try:
        verdict = judgement(row)
    except evidence.Missing:  # one damaged file must not keep the others from being read
        return Rejudged(row.pk, row.public_id, last.state if last else None, None, None)
    if not dry_run:
        store_verdicts([(row, verdict)], now)
    return Rejudged(row.pk, row.public_id, last.state if last else None, verdict.state.value, verdict.rule_id)


def judgement(row: Measurement) -> Judged:
    """What a stored measurement means by the present rules."""
    beside = Measurement.objects.filter(watch_id=row.watch_id, look=row.look, role=Role.ENDPOINT.value)
    endpoint = beside.select_related("body").first()
    return judge(
        seen=observation_of(row),
        control=observation_of(row.control) if row.control else None,
        canary=canary_of(row),
        platform=row.watch.target.platform,
        territory=row.watch.territory,
        endpoint=observation_of(endpoint) if endpoint else None,
        outside=row.outside,
        fingerprints=fingerprints_at_hand(),
    )


def canary_of(row: Measurement) -> Canary:
    """What was known of the vantage point when it looked."""
    faults: dict[str, Any] = dict.fromkeys(row.canary_faults, True)
    return Canary(ok=row.canary_ok, **faults)


def observation_of(row: Measurement) -> Observation:
    """The observation as it was seen, body included. Raises ``evidence.Missing`` when the bytes are gone."""
    return from_json(row.facts, keeping.read(row.body) if row.body else b"")
