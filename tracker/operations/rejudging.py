"""Reading old measurements by new rules: verdicts are added, no fact changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tracker import evidence
from tracker.facts import Canary, Observation, Role
from tracker.facts import Verdict as Judged
from tracker.judging import judge
from tracker.models import Evidence, Measurement, Verdict
from tracker.operations import keeping
from tracker.operations.fingerprinting import fingerprints_at_hand, present_version, refresh_fingerprints
from tracker.operations.readings import store_verdicts
from tracker.probing.record import from_json


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A measurement read again. ``old`` is None when it never had a verdict.

    ``new`` and ``rule_id`` are None when it cannot be read any more: its evidence is missing or damaged, or was
    ``thinned`` on purpose.
    """

    measurement_id: int
    public_id: str
    old: str | None
    new: str | None
    rule_id: str | None
    thinned: bool = False


_Reading = Judged | evidence.Missing
"""What a measurement means, or why that cannot be said any more."""


def rejudge(*, now: datetime, dry_run: bool, limit: int, after: int = 0) -> list[Rejudged]:
    """Judge up to ``limit`` experiments above the id ``after`` that have no verdict of the present rules.

    Statuses do not move by this: they move with the next looks, which the present rules judge.
    """
    refresh_fingerprints()
    unread = Measurement.objects.filter(role=Role.EXPERIMENT.value, pk__gt=after).exclude(
        verdicts__rules_version=present_version()
    )
    experiments = list(unread.select_related("watch__target", "body", "control__body").order_by("id")[:limit])
    judged = _judged(experiments)
    if not dry_run:
        read = ((row, judged[row.pk]) for row in experiments)
        store_verdicts([(row, verdict) for row, verdict in read if isinstance(verdict, Judged)], now)
    return [_told(row, judged[row.pk], last) for row, last in _with_last(experiments)]


def _judged(experiments: Sequence[Measurement]) -> dict[int, _Reading]:
    endpoints = _endpoints(experiments)
    bodies = [
        row.body
        for one in experiments
        for row in (one, one.control, endpoints.get(one.look))
        if row and row.body
    ]
    read = keeping.reader(bodies)
    judged: dict[int, _Reading] = {}
    for row in experiments:
        try:
            judged[row.pk] = _judgement(row, endpoints.get(row.look), read)
        except evidence.Missing as error:  # one damaged file must not keep the others from being read
            judged[row.pk] = error
    return judged


def _endpoints(experiments: Sequence[Measurement]) -> dict[UUID, Measurement]:
    """The answers of platforms' second addresses, by the looks that they belong to."""
    beside = Measurement.objects.filter(
        look__in=[row.look for row in experiments], role=Role.ENDPOINT.value
    ).select_related("body")
    return {row.look: row for row in beside}


def _with_last(experiments: Sequence[Measurement]) -> Iterator[tuple[Measurement, str | None]]:
    """Each with the state that it was said to be in last, if ever."""
    verdicts = Verdict.objects.filter(measurement__in=experiments).exclude(rules_version=present_version())
    last = dict(verdicts.order_by("judged_at", "id").values_list("measurement_id", "state"))
    return ((row, last.get(row.pk)) for row in experiments)


def _told(row: Measurement, verdict: _Reading, old: str | None) -> Rejudged:
    if isinstance(verdict, evidence.Missing):
        return Rejudged(row.pk, row.public_id, old, None, None, isinstance(verdict, keeping.Thinned))
    return Rejudged(row.pk, row.public_id, old, verdict.state.value, verdict.rule_id)


def _judgement(row: Measurement, endpoint: Measurement | None, read: Callable[[Evidence], bytes]) -> Judged:
    return judge(
        seen=_observation(row, read),
        control=_observation(row.control, read) if row.control else None,
        canary=canary_of(row),
        platform=row.watch.target.platform,
        territory=row.watch.territory,
        endpoint=_observation(endpoint, read) if endpoint else None,
        outside=row.outside,
        fingerprints=fingerprints_at_hand(),
    )


def judgement(row: Measurement) -> Judged:
    """What a stored measurement means by the present rules. Raises ``evidence.Missing`` when its bytes are gone."""
    return _judgement(row, _endpoints([row]).get(row.look), keeping.read)


def canary_of(row: Measurement) -> Canary:
    """What was known of the vantage point when it looked."""
    faults: dict[str, Any] = dict.fromkeys(row.canary_faults, True)
    return Canary(ok=row.canary_ok, **faults)


def _observation(row: Measurement, read: Callable[[Evidence], bytes]) -> Observation:
    """The observation as it was seen, body included. Raises ``evidence.Missing`` when the bytes are gone."""
    return from_json(row.facts, read(row.body) if row.body else b"")
