"""Fact, meaning, change and next time are stored together, once, by whoever holds the lease."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from tests.make import NOW, look_at, make_look, make_observation, make_seen, make_vantage, make_web_watch
from tests.tracker.conftest import Workers
from tracker import operations
from tracker.facts import Canary, HttpLook, State
from tracker.models import Evidence, Measurement, StatusChange, Verdict, Watch
from tracker.operations import Claim, Look, Recorded, keeping, recording
from tracker.probing.record import from_json
from tracker.schedule import NORMAL

LEASE = timedelta(seconds=settings.LEASE_SECONDS)
MINUTE = timedelta(minutes=1)


def claimed(watch: Watch, at: datetime = NOW) -> Claim:
    claim = operations.claim_one(watch_id=watch.pk, now=at)
    assert claim is not None
    return claim


def record(look: Look, at: datetime = NOW) -> Recorded | None:
    return operations.record_look(look=look, now=at, jitter=0.0)


def rows() -> tuple[int, int, int]:
    return Measurement.objects.count(), Verdict.objects.count(), StatusChange.objects.count()


@pytest.mark.django_db
def test_a_look_is_a_measurement_a_verdict_and_a_next_time() -> None:
    watch, vantage = make_web_watch(), make_vantage()
    claim = claimed(watch)
    recorded = record(make_look(claim, State.BLOCKED, vantage=vantage), NOW + MINUTE)
    assert recorded is not None
    measurement = Measurement.objects.get()
    assert (measurement.pk, measurement.watch, measurement.vantage) == (
        recorded.measurement_id,
        watch,
        vantage,
    )
    assert (measurement.role, measurement.look, measurement.control) == ("experiment", claim.token, None)
    assert (measurement.started_at, measurement.seconds, measurement.canary_ok) == (NOW, 0.2, True)
    assert (measurement.failed_stage, measurement.failure, measurement.http_status) == (None, None, 451)
    verdict = measurement.verdicts.get()
    assert (verdict.state, verdict.rule_id, verdict.mechanism) == ("blocked", "http_451", "http_451")
    assert (verdict.rules_version, verdict.judged_at) == (operations.RULES_VERSION, NOW + MINUTE)
    watch.refresh_from_db()
    assert (watch.lease_token, watch.lease_until, watch.attempts) == (None, None, 0)
    assert (watch.n_measurements, watch.n_vantages, watch.last_measured_at) == (1, 1, NOW)
    assert watch.next_probe_at == NOW + MINUTE + NORMAL.confirm_gaps[0]


@pytest.mark.django_db
def test_what_was_seen_can_be_read_back_whole() -> None:
    watch = make_web_watch()
    look = make_look(claimed(watch), State.REACHABLE)
    record(look)
    row = Measurement.objects.get()
    assert row.body is not None
    assert from_json(row.facts, keeping.read(row.body)) == look.experiment.observation
    assert row.title == "A page of its own"


@pytest.mark.django_db
def test_a_look_that_fails_is_stored_with_its_stage_and_its_control() -> None:
    watch = make_web_watch()
    look = make_look(claimed(watch), State.LIKELY_BLOCKED)
    recorded = record(look)
    assert recorded is not None
    assert recorded.verdict.rule_id == "tls_fails_here_only"
    seen = Measurement.objects.get(role="experiment")
    assert (seen.failed_stage, seen.failure, seen.http_status, seen.body) == (
        "tls",
        "connection_reset",
        None,
        None,
    )
    control = Measurement.objects.get(role="control")
    assert (seen.control, control.look, control.watch) == (control, seen.look, watch)
    assert (control.canary_ok, control.http_status) == (None, 200)
    assert not control.verdicts.exists()
    watch.refresh_from_db()
    assert (watch.n_measurements, watch.n_vantages) == (1, 1)


@pytest.mark.django_db
def test_a_lost_lease_stores_nothing() -> None:
    watch = make_web_watch()
    late = make_look(claimed(watch))
    claimed(watch, NOW + LEASE)
    assert record(late, NOW + LEASE) is None
    assert rows() == (0, 0, 0)
    watch.refresh_from_db()
    assert watch.lease_token is not None
    assert watch.n_measurements == 0


@pytest.mark.django_db
def test_a_late_look_still_counts_while_nobody_has_taken_the_watch() -> None:
    late = make_look(claimed(make_web_watch()))
    assert record(late, NOW + 2 * LEASE) is not None


@pytest.mark.django_db
def test_the_same_claim_recorded_twice_is_stored_once() -> None:
    look = make_look(claimed(make_web_watch()))
    assert record(look) is not None
    assert record(look) is None
    assert rows() == (1, 1, 0)


def test_the_same_claim_recorded_by_many_at_once_is_stored_once(workers: Workers) -> None:
    look = make_look(claimed(make_web_watch()))
    functions: list[Callable[[], bool]] = [lambda: record(look) is not None] * 4
    assert sum(workers.run(*functions)) == 1
    assert workers.run(rows) == [(1, 1, 0)]


@pytest.mark.django_db
def test_a_look_ended_meanwhile_is_recorded_and_the_watch_stays_ended() -> None:
    watch = make_web_watch()
    look = make_look(claimed(watch))
    operations.unwatch(watch_id=watch.pk)
    assert record(look) is not None
    watch.refresh_from_db()
    assert not watch.is_active


@pytest.mark.django_db
def test_a_hold_is_over_with_the_next_look() -> None:
    watch = make_web_watch()
    operations.hold(claim=claimed(watch), rule_id="vantage_faulty", now=NOW, until=NOW)
    look_at(watch, State.BLOCKED)
    watch.refresh_from_db()
    assert (watch.held_rule_id, watch.held_since, watch.turn_at) == (None, None, None)


# --- Evidence


@pytest.mark.django_db
def test_the_same_body_is_kept_once_and_has_one_row() -> None:
    for _ in range(2):
        look_at(make_web_watch(), State.BLOCKED)
    row = Evidence.objects.get(kind="body")
    assert Measurement.objects.filter(body=row).count() == 2
    assert Evidence.objects.filter(kind="capture").count() == 2
    assert (row.size, row.stored_at) == (30, NOW)
    assert keeping.read(row) == b"Unavailable for legal reasons."


@pytest.mark.django_db
def test_bytes_that_cannot_be_kept_store_no_row_that_points_at_them(tmp_path: object) -> None:
    watch = make_web_watch()
    look = make_look(claimed(watch))
    settings.EVIDENCE_DIR.parent.mkdir(exist_ok=True)
    settings.EVIDENCE_DIR.write_text("a file stands where the folder should be")
    with pytest.raises(OSError, match=r".+"):
        record(look)
    assert rows() == (0, 0, 0)
    assert not Evidence.objects.exists()
    settings.EVIDENCE_DIR.unlink()
    assert record(look) is not None


@pytest.mark.django_db
def test_bytes_are_kept_before_any_row_and_also_when_the_lease_is_lost() -> None:
    watch = make_web_watch()
    late = make_look(claimed(watch))
    claimed(watch, NOW + LEASE)
    record(late)
    (segment,) = settings.EVIDENCE_DIR.rglob("*.warc.gz")
    assert late.experiment.observation.body in gzip.decompress(segment.read_bytes())
    assert not Evidence.objects.exists()


@pytest.mark.django_db
def test_a_hostile_answer_is_stored_on_every_database() -> None:
    """NUL and half characters, which PostgreSQL refuses in a text."""
    watch = make_web_watch()
    look = make_look(claimed(watch))
    observation = look.experiment.observation
    hop = replace(
        observation.hops[0],
        http=HttpLook(seconds=0.1, status=451, headers=(("x-\0", "a\0b\ud800"),), location="https://\0/"),
    )
    hostile = replace(
        observation,
        hops=(hop,),
        detail="\0\udfff",
        body_text="<title>a\0b</title>",
        body=b"<title>a\0b</title>",
    )
    assert record(replace(look, experiment=replace(look.experiment, observation=hostile))) is not None
    stored = Measurement.objects.get()
    assert stored.facts["detail"] == "\ufffd?"
    assert stored.facts["hops"][0]["http"]["headers"] == [["x-\ufffd", "a\ufffdb?"]]
    assert stored.body is not None
    assert keeping.read(stored.body) == hostile.body


# --- Belief


@pytest.mark.django_db
def test_one_look_changes_no_status_and_two_apart_do() -> None:
    watch = make_web_watch()
    first = look_at(watch, State.BLOCKED, at=NOW)
    assert (first.status, first.changed) == (State.INSUFFICIENT, False)
    watch.refresh_from_db()
    assert (watch.status, watch.status_rule_id, watch.confirming) == ("insufficient", None, 1)
    too_soon = look_at(watch, State.BLOCKED, at=NOW + MINUTE)
    assert not too_soon.changed
    second = look_at(watch, State.BLOCKED, at=NOW + 6 * MINUTE)
    assert (second.status, second.changed) == (State.BLOCKED, True)
    watch.refresh_from_db()
    assert (watch.status, watch.status_mechanism, watch.status_rule_id) == ("blocked", "http_451", "http_451")
    assert (watch.status_since, watch.confirming, watch.stable_looks) == (NOW, 0, 0)


@pytest.mark.django_db
def test_a_look_that_told_nothing_gives_the_reason_while_nothing_is_known() -> None:
    watch = make_web_watch()
    told = look_at(watch, State.INSUFFICIENT, at=NOW)
    watch.refresh_from_db()
    assert (watch.status, watch.status_rule_id) == ("insufficient", told.verdict.rule_id)
    look_at(watch, State.BLOCKED, at=NOW + MINUTE)
    look_at(watch, State.BLOCKED, at=NOW + 7 * MINUTE)
    look_at(watch, State.INSUFFICIENT, at=NOW + 60 * MINUTE)
    watch.refresh_from_db()
    assert (watch.status, watch.status_rule_id) == ("blocked", "http_451")


@pytest.mark.django_db
def test_a_change_says_from_what_to_what_between_when_and_why() -> None:
    watch = make_web_watch()
    times = {State.BLOCKED: (0, 6, 60), State.REACHABLE: (600, 640, 900)}
    for state, minutes in times.items():
        for minute in minutes:
            look_at(watch, state, at=NOW + minute * MINUTE)
    first, second = StatusChange.objects.order_by("id")
    assert (first.old, first.new, first.rule_id) == ("insufficient", "blocked", "http_451")
    assert (first.earliest_at, first.at, first.recorded_at) == (None, NOW, NOW + 6 * MINUTE)
    assert (second.old, second.new, second.mechanism) == ("blocked", "reachable", None)
    # After the last look that still saw the block, not later than the first that saw the page.
    assert (second.earliest_at, second.at) == (NOW + 60 * MINUTE, NOW + 600 * MINUTE)
    assert second.recorded_at == NOW + 900 * MINUTE
    assert second.verdict is not None
    assert second.verdict.rule_id == second.rule_id == "names_itself"
    assert second.announced_at is None


@pytest.mark.django_db
def test_one_odd_look_among_many_changes_nothing() -> None:
    watch = make_web_watch()
    minutes = {
        0: State.BLOCKED,
        10: State.BLOCKED,
        400: State.REACHABLE,
        500: State.BLOCKED,
        900: State.REACHABLE,
    }
    for minute, state in minutes.items():
        look_at(watch, state, at=NOW + minute * MINUTE)
    watch.refresh_from_db()
    assert (watch.status, watch.confirmed_at) == ("blocked", NOW + 500 * MINUTE)
    assert StatusChange.objects.count() == 1


@pytest.mark.django_db
def test_insufficient_neither_confirms_nor_denies() -> None:
    watch = make_web_watch()
    for minute in (0, 10):
        look_at(watch, State.BLOCKED, at=NOW + minute * MINUTE)
    watch.refresh_from_db()
    before = (watch.status, watch.status_since, watch.confirmed_at, watch.belief, watch.stable_looks)
    for minute in (100, 200, 300, 400):
        recorded = look_at(watch, State.INSUFFICIENT, at=NOW + minute * MINUTE)
        assert recorded.status is State.BLOCKED
    watch.refresh_from_db()
    assert (watch.status, watch.status_since, watch.confirmed_at, watch.belief, watch.stable_looks) == before
    assert (watch.failed_looks, watch.n_measurements) == (4, 6)
    assert watch.last_measured_at == NOW + 400 * MINUTE
    assert StatusChange.objects.count() == 1


@pytest.mark.django_db
def test_looks_that_tell_nothing_come_less_and_less_often_and_a_good_one_ends_that() -> None:
    watch, waits = make_web_watch(), []
    at = NOW
    for _ in range(4):
        look_at(watch, State.INSUFFICIENT, at=at)
        watch.refresh_from_db()
        waits.append(watch.next_probe_at - at)
        at = watch.next_probe_at
    assert waits == [NORMAL.retry * 2**n for n in range(4)]
    look_at(watch, State.BLOCKED, at=at)
    watch.refresh_from_db()
    assert (watch.failed_looks, watch.next_probe_at) == (0, at + NORMAL.confirm_gaps[0])


@pytest.mark.django_db
def test_what_stays_as_it_is_is_looked_at_more_and_more_seldom() -> None:
    watch, waits = make_web_watch(), []
    for number in range(5):
        at = NOW + number * 600 * MINUTE
        look_at(watch, State.BLOCKED, at=at)
        watch.refresh_from_db()
        waits.append(watch.next_probe_at - at)
    assert waits[0] == NORMAL.confirm_gaps[0]
    assert waits[1:] == sorted(waits[1:])
    assert waits[-1] > waits[1] == NORMAL.base
    assert watch.stable_looks == 3


@pytest.mark.django_db
def test_dice_move_the_next_time_by_a_tenth_at_most() -> None:
    for jitter in (-1.0, 1.0):
        watch = make_web_watch()
        operations.record_look(look=make_look(claimed(watch)), now=NOW, jitter=jitter)
        watch.refresh_from_db()
        assert watch.next_probe_at == NOW + NORMAL.confirm_gaps[0] * (1 + jitter / 10)


@pytest.mark.django_db
def test_vantage_points_are_counted_once_each_and_controls_are_none() -> None:
    watch, places = make_web_watch(), [make_vantage(), make_vantage()]
    for minute, place in enumerate([*places, *places]):
        look_at(watch, State.LIKELY_BLOCKED, at=NOW + minute * MINUTE, vantage=place)
    watch.refresh_from_db()
    assert (watch.n_measurements, watch.n_vantages) == (4, 2)


@pytest.mark.django_db
def test_a_vantage_point_at_fault_says_nothing_about_the_page() -> None:
    watch = make_web_watch()
    look = make_look(claimed(watch), State.LIKELY_BLOCKED)
    recorded = record(replace(look, canary=Canary(ok=False, checked_at=NOW, no_internet=True)))
    assert recorded is not None
    assert recorded.verdict.rule_id == "vantage_no_internet"
    assert recorded.status is State.INSUFFICIENT
    assert Measurement.objects.get(role="experiment").canary_ok is False


@pytest.mark.django_db
def test_a_clock_that_goes_back_moves_no_status_and_breaks_nothing() -> None:
    watch = make_web_watch()
    for minute in (0, 10, 5, 4, 20):
        look_at(watch, State.BLOCKED, at=NOW + minute * MINUTE)
    for minute in (300, 295, 600, 599, 700):
        look_at(watch, State.REACHABLE, at=NOW + minute * MINUTE)
    changes = StatusChange.objects.order_by("id")
    assert [(change.old, change.new) for change in changes] == [
        ("insufficient", "blocked"),
        ("blocked", "reachable"),
    ]
    assert all(change.earliest_at is None or change.earliest_at <= change.at for change in changes)


@pytest.mark.django_db
def test_the_observations_of_these_tests_mean_what_they_are_called() -> None:
    for state in (
        State.REACHABLE,
        State.BLOCKED,
        State.GONE,
        State.DOWN,
        State.LIKELY_BLOCKED,
        State.INSUFFICIENT,
    ):
        assert look_at(make_web_watch(), state).verdict.state is state
    with pytest.raises(AssertionError, match="No rule"):
        make_seen(State.REMOVED, url="https://page.example/")
    assert make_observation().http_status == 200


# --- Many at once


def _claims(number: int, at: datetime = NOW) -> list[Claim]:
    for _ in range(number):
        make_web_watch()
    return operations.claim_due(now=at, limit=number)


@pytest.mark.django_db
def test_many_looks_are_stored_as_each_would_be_by_itself() -> None:
    states = [State.BLOCKED, State.LIKELY_BLOCKED, State.REACHABLE, State.DOWN, State.INSUFFICIENT]
    looks = [make_look(claim, state) for claim, state in zip(_claims(5), states, strict=True)]
    outcomes = operations.record_looks(looks=looks, now=NOW + MINUTE, jitters=[0.0] * 5)
    assert [one.verdict.state for one in outcomes if isinstance(one, Recorded)] == states
    assert rows() == (7, 5, 0)
    for look, outcome in zip(looks, outcomes, strict=True):
        assert isinstance(outcome, Recorded)
        row = Measurement.objects.select_related("watch").get(pk=outcome.measurement_id)
        assert (row.watch_id, row.look, row.role) == (look.claim.watch_id, look.claim.token, "experiment")
        assert (row.control is not None) is (look.control is not None)
        assert (row.watch.lease_token, row.watch.n_measurements, row.watch.n_vantages) == (None, 1, 1)
        assert row.watch.next_probe_at > NOW + MINUTE


@pytest.mark.django_db
def test_many_looks_take_few_queries(django_assert_max_num_queries: Any) -> None:
    looks = [make_look(claim, State.BLOCKED, vantage=make_vantage()) for claim in _claims(20)]
    with django_assert_max_num_queries(16):
        operations.record_looks(looks=looks, now=NOW, jitters=[0.0] * 20)
    assert rows() == (20, 20, 0)


@pytest.mark.django_db
def test_what_is_wrong_with_one_look_stays_with_it() -> None:
    looks = [make_look(claim) for claim in _claims(4)]
    impossible = replace(looks[1].experiment.observation, seconds=-1.0)
    looks[1] = replace(looks[1], experiment=replace(looks[1].experiment, observation=impossible))
    outcomes = operations.record_looks(looks=looks, now=NOW, jitters=[0.0] * 4)
    _assert_only_the_second_failed(looks, outcomes)


@pytest.mark.django_db
def test_a_look_that_cannot_be_judged_takes_no_others_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = [make_look(claim) for claim in _claims(4)]
    judge = recording.judge

    def fails_for_one(**given: Any) -> Any:
        if given["seen"].url == looks[1].experiment.observation.url:
            raise ZeroDivisionError("a bug of ours")
        return judge(**given)

    monkeypatch.setattr(recording, "judge", fails_for_one)
    outcomes = operations.record_looks(looks=looks, now=NOW, jitters=[0.0] * 4)
    _assert_only_the_second_failed(looks, outcomes)


def _assert_only_the_second_failed(looks: list[Look], outcomes: list[operations.Outcome]) -> None:
    assert [isinstance(one, Recorded) for one in outcomes] == [True, False, True, True]
    assert isinstance(outcomes[1], Exception)
    assert rows() == (3, 3, 0)
    held = Watch.objects.filter(lease_token__isnull=False)
    assert [watch.pk for watch in held] == [looks[1].claim.watch_id]


@pytest.mark.django_db
def test_a_lost_lease_among_many_stores_nothing_of_its_own() -> None:
    looks = [make_look(claim) for claim in _claims(3)]
    Watch.objects.filter(pk=looks[0].claim.watch_id).update(lease_token=None, lease_until=None)
    outcomes = operations.record_looks(looks=[*looks, looks[2]], now=NOW, jitters=[0.0] * 4)
    assert [isinstance(one, Recorded) for one in outcomes] == [False, True, True, False]
    assert outcomes[0] is outcomes[3] is None
    assert rows() == (2, 2, 0)


@pytest.mark.django_db
def test_the_answer_of_a_second_address_is_kept_beside_the_page() -> None:
    watch = make_web_watch()
    look = make_look(claimed(watch), State.INSUFFICIENT)
    second = make_observation(url="https://api.example/page", text="{}")
    record(replace(look, endpoint=replace(look.experiment, observation=second)))
    row = Measurement.objects.get(role="endpoint")
    assert (row.look, row.watch, row.canary_ok, row.title) == (look.claim.token, watch, None, "")
    assert row.facts["url"] == "https://api.example/page"
    assert row.body is not None
    assert keeping.read(row.body) == b"{}"
