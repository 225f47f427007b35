"""What measurements mean, as rows: verdicts are added by looks, and later by better rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tracker.facts import Verdict as Judged
from tracker.models import Measurement, Verdict
from tracker.operations import rows


def store_verdicts(verdicts: Sequence[tuple[Measurement, Judged]], now: datetime) -> None:
    """One more reading of each measurement, under the rules that made it."""
    rows.insert([verdict_row(measurement, verdict, now) for measurement, verdict in verdicts])


def verdict_row(measurement: Measurement, verdict: Judged, now: datetime) -> Verdict:
    """The row, not stored yet."""
    return rows.made(
        Verdict,
        measurement_id=measurement.pk,
        rules_version=verdict.rules_version,
        rule_id=verdict.rule_id,
        state=verdict.state.value,
        mechanism=word(verdict.mechanism),
        failed_stage=word(verdict.failed_stage),
        failure=word(verdict.failure),
        notice=notice_json(verdict),
        fingerprint=verdict.fingerprint,
        judged_at=now,
    )


def notice_json(verdict: Judged) -> dict[str, object] | None:
    """The notice as ``parse_notice`` prints it, or None."""
    return verdict.notice.told() if verdict.notice else None


def word(value: str | None) -> str | None:
    """The word itself: a member of an enumeration is not written as one by every driver."""
    return None if value is None else str(value)
