"""The tracker's tables refuse what must not be: constraints, facts that never change, public ids."""

from __future__ import annotations

import importlib
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from tests.breaking import Break, assert_refused, promises, tables
from tests.make import NOW, make_measurement, make_status_change, make_vantage, make_watch
from tracker.models import (
    ChainLink,
    Evidence,
    EvidenceCopy,
    FingerprintRow,
    FingerprintSet,
    Host,
    Measurement,
    PlatformHealth,
    PlatformRecord,
    StatusChange,
    Target,
    Thinning,
    VantagePoint,
    Verdict,
    Watch,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def _target() -> Target:
    return make_watch().target


def _known_watch() -> Watch:
    return make_status_change().watch


def _host() -> Host:
    return Host.objects.create(name="vk.example", next_turn_at=NOW)


def _health() -> PlatformHealth:
    return PlatformHealth.objects.create(vantage=make_vantage(), platform="vk", next_check_at=NOW)


def _frozen() -> PlatformRecord:
    return PlatformRecord.objects.create(platform="vk", frozen_since=NOW)


def _other_platform(**values: Any) -> dict[str, Any]:
    return {"platform": "x"} | values


def _evidence() -> Evidence:
    return Evidence.objects.create(sha256="0" * 64, size=3, stored_at=NOW)


def _fingerprint_set() -> FingerprintSet:
    return FingerprintSet.objects.create(
        sha256="0" * 64,
        kind="http",
        file_name="some.csv",
        n_rows=2,
        n_kept=1,
        imported_at=NOW,
        active_since=NOW,
    )


def _fingerprint() -> FingerprintRow:
    return FingerprintRow.objects.create(
        set=_fingerprint_set(),
        number=2,
        name="quay",
        scope="isp",
        place="body",
        kind="full",
        pattern="closed",
    )


def _other_file(**values: Any) -> dict[str, Any]:
    return {"sha256": "1" * 64} | values


def _other_row(**values: Any) -> dict[str, Any]:
    return {"number": 3} | values


def _copy() -> EvidenceCopy:
    return EvidenceCopy.objects.create(
        evidence=_evidence(), segment="warc/1.warc.gz", offset=1, length=2, stored_at=NOW
    )


def _link() -> ChainLink:
    return ChainLink.objects.create(
        sequence=1, kind="look", subject=uuid.uuid4(), content="0" * 64, sha256="1" * 64, at=NOW
    )


def _thinning() -> Thinning:
    return Thinning.objects.create(evidence=_evidence(), link=_link(), thinned_at=NOW)


def _verdict() -> Verdict:
    return make_measurement().verdicts.get()


def _new_look(**values: Any) -> dict[str, Any]:
    return {"look": uuid.uuid4()} | values


def _other_version(**values: Any) -> dict[str, Any]:
    return {"rules_version": "0"} | values


def _same_id(row: Any) -> str:
    return str(row.public_id)


def _itself(row: Any) -> Any:
    return row.pk


BREAKS: dict[str, Break] = {
    "tracker_target.url": (_target, {}),
    "tracker_watch.public_id": (make_watch, {"public_id": _same_id, "territory": "DE"}),
    "watch_once_per_territory": (make_watch, {}),
    "watch_status_known": (_known_watch, {"territory": "DE", "status": "fine"}),
    "watch_mechanism_known": (_known_watch, {"territory": "DE", "status_mechanism": "magic"}),
    "watch_territory_two_letters": (make_watch, {"territory": "R"}),
    "watch_lease_whole": (make_watch, {"territory": "DE", "lease_token": uuid.uuid4()}),
    "watch_hold_whole": (make_watch, {"territory": "DE", "held_since": NOW}),
    "watch_status_has_cause": (_known_watch, {"territory": "DE", "status_rule_id": None}),
    "tracker_vantagepoint.name": (make_vantage, {}),
    "vantage_role_known": (make_vantage, {"name": "other", "role": "spy"}),
    "vantage_country_two_letters": (make_vantage, {"name": "other", "country": "R"}),
    "vantage_canary_whole": (make_vantage, {"name": "other", "canary_ok": True}),
    "tracker_host.name": (_host, {}),
    "platform_health_once": (_health, {}),
    "tracker_platformrecord.platform": (_frozen, {}),
    "platform_released_after_freeze": (_frozen, _other_platform(released_at=NOW - timedelta(hours=1))),
    "platform_released_by_somebody_once": (_frozen, _other_platform(released_by="operator")),
    "platform_health_alive_known": (_health, _other_platform(alive_state="fine", alive_rule_id="stale")),
    "platform_health_missing_known": (
        _health,
        _other_platform(missing_state="fine", missing_rule_id="stale"),
    ),
    "platform_health_alive_has_rule": (_health, _other_platform(alive_state="gone")),
    "platform_health_missing_has_rule": (_health, _other_platform(missing_rule_id="stale")),
    "platform_health_drift_has_since": (_health, _other_platform(is_drifted=True)),
    "tracker_evidence.sha256": (_evidence, {}),
    "evidence_kind_known": (_evidence, {"sha256": "1" * 64, "kind": "rumour"}),
    "evidence_span_whole": (_evidence, {"sha256": "1" * 64, "segment": "warc/1.warc.gz", "offset": 1}),
    "evidence_copy_somewhere": (_copy, {"segment": ""}),
    "tracker_chainlink.sequence": (_link, {"subject": lambda _row: uuid.uuid4()}),
    "tracker_chainlink.subject": (_link, {"sequence": 2}),
    "chain_link_kind_known": (
        _link,
        {"sequence": 2, "kind": "wish", "subject": lambda _row: uuid.uuid4()},
    ),
    "thinning_once_a_link": (_thinning, {}),
    "tracker_measurement.public_id": (make_measurement, _new_look(public_id=_same_id)),
    "measurement_once_per_look": (make_measurement, {}),
    "measurement_failure_has_stage": (make_measurement, _new_look(failure="eof_error")),
    "measurement_stage_known": (make_measurement, _new_look(failure="eof_error", failed_stage="disk")),
    "measurement_role_known": (make_measurement, {"role": "spy"}),
    "measurement_http_status_range": (make_measurement, _new_look(http_status=99)),
    "measurement_control_of_experiment": (make_measurement, {"role": "control", "control_id": _itself}),
    "measurement_seconds_not_negative": (make_measurement, _new_look(seconds=-0.1)),
    "verdict_once_per_rules_version": (_verdict, {}),
    "verdict_state_known": (_verdict, _other_version(state="fine")),
    "verdict_mechanism_known": (_verdict, _other_version(mechanism="magic")),
    "verdict_failure_has_stage": (_verdict, _other_version(failed_stage=None)),
    "tracker_fingerprintset.sha256": (_fingerprint_set, {}),
    "fingerprint_set_kind_known": (_fingerprint_set, _other_file(kind="tcp")),
    "fingerprint_set_keeps_what_it_has": (_fingerprint_set, _other_file(n_kept=3)),
    "fingerprint_once_per_row": (_fingerprint, {}),
    "fingerprint_scope_known": (_fingerprint, _other_row(scope="all")),
    "fingerprint_kind_known": (_fingerprint, _other_row(kind="like")),
    "verdict_has_rule": (_verdict, _other_version(rule_id="")),
    "tracker_statuschange.public_id": (make_status_change, {"public_id": _same_id}),
    "status_change_changes": (make_status_change, {"new": "insufficient"}),
    "status_change_old_known": (make_status_change, {"old": "fine"}),
    "status_change_new_known": (make_status_change, {"new": "fine"}),
    "status_change_in_order": (make_status_change, {"earliest_at": LATER}),
}


@pytest.mark.parametrize("promise", BREAKS)
def test_the_database_refuses_a_row_that_breaks(promise: str) -> None:
    assert_refused("tracker", promise, BREAKS[promise])


def test_a_territory_is_not_watched_twice_in_small_letters() -> None:
    assert_refused("tracker", "watch_territory_two_letters", (make_watch, {"territory": "ru"}))


def test_every_constraint_of_the_tracker_is_tried() -> None:
    assert set(promises("tracker")) == set(BREAKS)


KEEPING = importlib.import_module("tracker.migrations.0006_captures_and_the_chain")
GUARDED: dict[type[models.Model], list[str]] = {
    Measurement: KEEPING.MEASUREMENT,
    Verdict: importlib.import_module("tracker.migrations.0002_facts_never_change").VERDICT,
    StatusChange: importlib.import_module("tracker.migrations.0002_facts_never_change").CHANGE,
    Evidence: KEEPING.EVIDENCE,
    EvidenceCopy: KEEPING.COPY,
    Thinning: KEEPING.THINNING,
    ChainLink: KEEPING.LINK,
    FingerprintSet: importlib.import_module("tracker.migrations.0007_fingerprint_sets").SET,
    FingerprintRow: importlib.import_module("tracker.migrations.0007_fingerprint_sets").ROW,
    Target: ["url"],
    Watch: ["public_id", "target_id", "territory"],
}
MAKERS: dict[type[models.Model], Any] = {
    Measurement: make_measurement,
    Verdict: _verdict,
    StatusChange: make_status_change,
    Evidence: _evidence,
    EvidenceCopy: _copy,
    Thinning: _thinning,
    ChainLink: _link,
    FingerprintSet: _fingerprint_set,
    FingerprintRow: _fingerprint,
    Target: _target,
    Watch: make_watch,
}


@pytest.mark.parametrize(
    ("model", "column"), [(model, column) for model, columns in GUARDED.items() for column in columns]
)
def test_the_database_refuses_to_change(model: type[models.Model], column: str) -> None:
    row = MAKERS[model]()
    with (
        pytest.raises(IntegrityError, match=f"{model._meta.db_table}: these columns never change"),
        transaction.atomic(),
    ):
        _rewrite(row, column)
    row.refresh_from_db()


def test_all_of_a_fact_is_guarded_but_when_it_was_announced() -> None:
    for model in (Measurement, Verdict, StatusChange, Evidence, EvidenceCopy, Thinning, ChainLink):
        columns = {field.column for field in model._meta.concrete_fields}
        assert columns - set(GUARDED[model]) - {"id"} == (
            {"announced_at"} if model is StatusChange else set()
        )


def test_a_change_can_be_announced_and_a_row_written_again_as_it_was() -> None:
    change = make_status_change()
    change.announced_at = LATER
    change.save()
    measurement = make_measurement()
    measurement.save()
    Watch.objects.filter(pk=measurement.watch_id).update(next_probe_at=LATER)


def test_a_row_that_others_stand_on_cannot_be_deleted() -> None:
    change = make_status_change()
    measurement = Measurement.objects.filter(watch=change.watch).first()
    assert measurement is not None
    for row in (
        change.watch.target,
        change.watch,
        measurement,
        measurement.body,
        measurement.vantage,
        change.verdict,
    ):
        with pytest.raises(models.ProtectedError):
            row.delete()  # type: ignore[union-attr]


def test_every_table_of_the_tracker_has_a_maker_here() -> None:
    assert set(tables("tracker")) == {
        Target,
        Watch,
        VantagePoint,
        Host,
        PlatformHealth,
        PlatformRecord,
        Evidence,
        EvidenceCopy,
        Thinning,
        ChainLink,
        FingerprintSet,
        FingerprintRow,
        Measurement,
        Verdict,
        StatusChange,
    }


def _rewrite(row: models.Model, column: str) -> None:
    """Put another value into one column, past everything but the database."""
    field = next(field for field in row._meta.concrete_fields if field.column == column)
    other = _another(field, getattr(row, field.attname))
    placeholder = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {placeholder(row._meta.db_table)} SET {placeholder(column)} = %s WHERE id = %s",
            [field.get_db_prep_save(other, connection), row.pk],
        )


def _another(field: models.Field[Any, Any], value: Any) -> Any:
    match field:
        case models.ForeignKey():
            return (value or 0) + 1
        case models.BooleanField():
            return not value
        case models.DateTimeField():
            return (value if isinstance(value, datetime) else NOW) + timedelta(seconds=1)
        case models.UUIDField():
            return uuid.uuid4()
        case models.JSONField():
            return {"another": 1}
        case models.IntegerField() | models.FloatField():
            return (value or 0) + 1
    return "zz" if value != "zz" else "yy"
