"""Fact, meaning, change and next time, stored together: there is no status without its cause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tracker import evidence
from tracker.facts import Canary, Observation, Role, State
from tracker.facts import Verdict as Judged
from tracker.judging import judge
from tracker.models import Evidence, Measurement, Verdict, Watch
from tracker.operations.believing import move
from tracker.operations.claiming import Claim
from tracker.probing.record import SCHEMA_VERSION, to_json


@dataclass(frozen=True, slots=True)
class Seen:
    """What one vantage point saw."""

    vantage_id: int
    observation: Observation


@dataclass(frozen=True, slots=True)
class Look:
    """One run: the experiment, the control when it was needed, and whether the vantage point worked.

    ``endpoint`` is what the platform's second address answered, asked from where the experiment looked.
    ``outside`` says that this was another country than the watch's territory.
    """

    claim: Claim
    experiment: Seen
    control: Seen | None
    canary: Canary
    endpoint: Seen | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a look led to."""

    measurement_id: int
    verdict: Judged
    status: State
    changed: bool


def record_look(*, look: Look, now: datetime, jitter: float) -> Recorded | None:
    """Store a look with its verdict, move the status if enough agree, and say when the next look is due.

    None when the lease was lost: another worker has the watch by now, and its look counts.
    """
    control = look.control.observation if look.control else None
    verdict = judge(
        seen=look.experiment.observation,
        control=control,
        canary=look.canary,
        platform=look.claim.platform,
        territory=look.claim.territory,
        endpoint=look.endpoint.observation if look.endpoint else None,
        outside=look.outside,
    )
    # The bytes first, outside the transaction: a file without a row is harmless, a row without a file is not.
    for seen in (look.experiment, look.control):
        if seen is not None and seen.observation.body:
            evidence.put(seen.observation.body)
    with transaction.atomic():
        mine = Watch.objects.select_for_update().filter(pk=look.claim.watch_id, lease_token=look.claim.token)
        watch = mine.first()
        return _stored(watch, look, verdict, now, jitter) if watch else None


def _stored(watch: Watch, look: Look, verdict: Judged, now: datetime, jitter: float) -> Recorded:
    control = _measurement(watch, look, look.control, Role.CONTROL, None, now) if look.control else None
    measured = _measurement(watch, look, look.experiment, Role.EXPERIMENT, control, now, verdict.title or "")
    stored = store_verdict(measured, verdict, now)
    changed = move(watch, measured, stored, verdict, now, jitter)
    return Recorded(measured.pk, verdict, State(watch.status), changed)


def _measurement(
    watch: Watch,
    look: Look,
    seen: Seen,
    role: Role,
    control: Measurement | None,
    now: datetime,
    title: str = "",
) -> Measurement:
    observation = seen.observation
    return Measurement.objects.create(
        watch=watch,
        vantage_id=seen.vantage_id,
        role=role.value,
        look=look.claim.token,
        control=control,
        started_at=observation.started_at,
        seconds=observation.seconds,
        failed_stage=observation.failed_stage,
        failure=observation.failure,
        http_status=observation.http_status,
        final_url=_storable(observation.final_url),
        title=_storable(title)[:300],
        body=_kept(observation.body, now),
        canary_ok=look.canary.ok if role is Role.EXPERIMENT else None,
        facts=_storable(to_json(observation)),
        schema_version=SCHEMA_VERSION,
    )


def _kept(body: bytes, now: datetime) -> Evidence | None:
    if not body:
        return None
    row, _ = Evidence.objects.get_or_create(
        sha256=evidence.name_of(body), defaults={"size": len(body), "stored_at": now}
    )
    return row


def _storable(value: Any) -> Any:
    """The value without what PostgreSQL cannot hold in a text: NUL and lone surrogates, which hostile pages send."""
    if isinstance(value, dict):
        return {key: _storable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return value


def store_verdict(measurement: Measurement, verdict: Judged, now: datetime) -> Verdict:
    """One more reading of a measurement, under the rules that made it."""
    return Verdict.objects.create(
        measurement=measurement,
        rules_version=verdict.rules_version,
        rule_id=verdict.rule_id,
        state=verdict.state.value,
        mechanism=verdict.mechanism,
        failed_stage=verdict.failed_stage,
        failure=verdict.failure,
        notice=_storable(notice_json(verdict)),
        fingerprint=verdict.fingerprint,
        judged_at=now,
    )


def notice_json(verdict: Judged) -> dict[str, object] | None:
    """The notice as ``parse_notice`` prints it, or None."""
    if verdict.notice is None:
        return None
    names = [
        "text",
        "authority",
        "authority_kind",
        "transmitted_by",
        "court",
        "region",
        "order_number",
        "order_date",
        "law",
        "territory",
        "language",
        "confidence",
        "suspect",
    ]
    return {name: getattr(verdict.notice, name) for name in names}
