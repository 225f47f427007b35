"""Old measurements under new rules: verdicts are added, and neither a fact nor a status changes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.make import (
    NOW,
    look_at,
    make_look,
    make_measurement,
    make_observation,
    make_watch,
    make_web_watch,
)
from tracker import operations
from tracker.facts import Canary, Observation, State, TlsLook
from tracker.facts import Verdict as Judged
from tracker.judging import judge
from tracker.models import ChainLink, Measurement, StatusChange, Thinning, Verdict, Watch

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
OLD = "2020.1"


def judged_before(state: State, old: State) -> Measurement:
    """A measurement whose only verdict is of rules that are no more."""
    measurement = make_measurement(state)
    verdict = measurement.verdicts.get()
    Verdict.objects.filter(pk=verdict.pk).delete()
    verdict.pk, verdict.rules_version, verdict.state, verdict.rule_id = None, OLD, old.value, "some_old_rule"
    verdict.save(force_insert=True)
    return measurement


def rejudge(**how: object) -> list[operations.Rejudged]:
    return operations.rejudge(**{"now": LATER, "dry_run": False, "limit": 100} | how)  # type: ignore[arg-type]


def facts() -> list[dict[str, object]]:
    return [dict(row) for row in Measurement.objects.order_by("id").values()]


@pytest.mark.parametrize(
    "state",
    [State.BLOCKED, State.REACHABLE, State.GONE, State.DOWN, State.LIKELY_BLOCKED, State.INSUFFICIENT],
)
def test_a_stored_look_means_the_same_as_the_look_itself(state: State) -> None:
    """Body, control and all come back as they were seen."""
    measurement = make_measurement(state)
    first = measurement.verdicts.get()
    Verdict.objects.all().delete()
    (again,) = rejudge()
    second = Verdict.objects.get()
    assert (again.new, again.rule_id, again.old) == (first.state, first.rule_id, None)
    assert (second.mechanism, second.failed_stage, second.failure) == (
        first.mechanism,
        first.failed_stage,
        first.failure,
    )
    assert (second.notice, second.fingerprint, second.judged_at) == (first.notice, first.fingerprint, LATER)


def test_new_rules_add_a_verdict_and_change_no_fact_and_no_status() -> None:
    measurement = judged_before(State.BLOCKED, State.REACHABLE)
    before, watches = facts(), list(Watch.objects.values())
    (one,) = rejudge()
    assert (one.measurement_id, one.public_id) == (measurement.pk, measurement.public_id)
    assert (one.old, one.new, one.rule_id) == ("reachable", "blocked", "http_451")
    assert facts() == before
    assert list(Watch.objects.values()) == watches
    assert not StatusChange.objects.exists()
    versions = measurement.verdicts.order_by("id").values_list("rules_version", "state")
    assert list(versions) == [(OLD, "reachable"), (operations.RULES_VERSION, "blocked")]


def test_what_the_present_rules_have_read_is_not_read_again() -> None:
    make_measurement()
    assert rejudge() == []
    judged_before(State.BLOCKED, State.GONE)
    assert len(rejudge()) == 1
    assert rejudge() == []


def test_controls_have_no_verdict() -> None:
    make_measurement(State.DOWN)
    Verdict.objects.all().delete()
    rejudge()
    assert Verdict.objects.get().measurement.role == "experiment"


def test_a_dry_run_stores_nothing_and_says_the_same() -> None:
    judged_before(State.BLOCKED, State.REACHABLE)
    before = list(Verdict.objects.values())
    dry = rejudge(dry_run=True)
    assert list(Verdict.objects.values()) == before
    assert dry == rejudge()


def test_many_are_read_in_parts() -> None:
    ids = [judged_before(State.BLOCKED, State.GONE).pk for _ in range(5)]
    first = rejudge(limit=2, dry_run=True)
    second = rejudge(limit=2, dry_run=True, after=first[-1].measurement_id)
    assert [one.measurement_id for one in first + second] == ids[:4]


def test_a_damaged_file_does_not_keep_the_others_from_being_read() -> None:
    broken = judged_before(State.GONE, State.DOWN)
    sound = judged_before(State.BLOCKED, State.DOWN)
    assert broken.body is not None
    path = settings.EVIDENCE_DIR / broken.body.segment
    data = bytearray(path.read_bytes())
    data[(broken.body.offset or 0) + 40] ^= 0x55
    path.write_bytes(data)
    found = {one.measurement_id: (one.old, one.new, one.rule_id) for one in rejudge()}
    assert found == {broken.pk: ("down", None, None), sound.pk: ("down", "blocked", "http_451")}
    assert not broken.verdicts.filter(rules_version=operations.RULES_VERSION).exists()


def test_the_command_says_what_differs_and_how_many_were_read() -> None:
    differs = judged_before(State.BLOCKED, State.REACHABLE)
    judged_before(State.GONE, State.GONE)
    broken = judged_before(State.DOWN, State.DOWN)
    assert broken.body is not None
    path = settings.EVIDENCE_DIR / broken.body.segment
    data, offset = path.read_bytes(), broken.body.offset or 0
    path.write_bytes(data[:offset] + bytes(20) + data[offset + 20 :])
    out, err = StringIO(), StringIO()
    call_command("rejudge", "--dry-run", stdout=out, stderr=err)
    assert out.getvalue().splitlines() == [
        f"{differs.public_id}: reachable → blocked (http_451)",
        f"2 measurements read by {operations.RULES_VERSION}; 1 would differ.",
    ]
    assert f"{broken.public_id}: its evidence is missing or damaged" in err.getvalue()
    assert Verdict.objects.exclude(rules_version=OLD).count() == 0
    call_command("rejudge", stdout=out, stderr=err)
    assert out.getvalue().endswith(f"2 measurements read by {operations.RULES_VERSION}; 1 differ.\n")
    assert Verdict.objects.exclude(rules_version=OLD).count() == 2


def test_a_look_after_a_rejudgement_is_judged_as_ever() -> None:
    watch = make_web_watch()
    look_at(watch, State.BLOCKED)
    Verdict.objects.all().delete()
    rejudge()
    assert look_at(watch, State.BLOCKED, at=LATER).changed


def test_the_answer_of_a_second_address_is_read_again_with_the_page() -> None:
    """X says in its second answer from where a post is withheld, and the page says nothing."""
    watch = make_watch(url="https://x.com/quay/status/17", territory="DE")
    claim = operations.claim_one(watch_id=watch.pk, now=NOW)
    assert claim is not None
    look = make_look(claim, State.INSUFFICIENT)
    page = over_tls(make_observation(url=claim.url, text="<title>X</title>"))
    look = replace(look, experiment=replace(look.experiment, observation=page))
    user = {"id_str": "5", "screen_name": "quay", "withheld_in_countries": ["DE", "FR"]}
    told = json.dumps({"__typename": "Tweet", "id_str": "17", "text": "The ferry was late.", "user": user})
    address = "https://cdn.syndication.twimg.com/tweet-result?id=17&lang=en"
    second = over_tls(make_observation(url=address, text=told))
    with_second = replace(look, endpoint=replace(look.experiment, observation=second))
    first = operations.record_look(look=with_second, now=NOW, jitter=0.0)
    assert first is not None
    assert (first.verdict.state, judged_without(look).state) == (State.BLOCKED, State.INSUFFICIENT)
    Verdict.objects.all().delete()
    (again,) = rejudge()
    assert again.rule_id == first.verdict.rule_id


def over_tls(observation: Observation) -> Observation:
    hop = replace(observation.hops[0], tls=TlsLook("some.name", 0.1, "TLSv1.3"))
    return replace(observation, hops=(hop,))


def judged_without(look: operations.Look) -> Judged:
    return judge(
        seen=look.experiment.observation,
        control=None,
        canary=look.canary,
        platform=look.claim.platform,
        territory=look.claim.territory,
    )


@pytest.mark.parametrize(
    ("fault", "rule_id"),
    [
        ({}, "vantage_faulty"),
        ({"no_internet": True}, "vantage_no_internet"),
        ({"wrong_country": True}, "vantage_wrong_country"),
    ],
)
def test_what_was_wrong_with_the_vantage_point_is_told_apart_later_too(
    fault: dict[str, Any], rule_id: str
) -> None:
    claim = operations.claim_one(watch_id=make_web_watch().pk, now=NOW)
    assert claim is not None
    look = replace(make_look(claim, State.LIKELY_BLOCKED), canary=Canary(ok=False, checked_at=NOW, **fault))
    first = operations.record_look(look=look, now=NOW, jitter=0.0)
    assert first is not None
    assert first.verdict.rule_id == rule_id
    Verdict.objects.all().delete()
    assert [one.rule_id for one in rejudge()] == [rule_id]


def test_many_are_read_with_few_questions(django_assert_max_num_queries: Any) -> None:
    for _ in range(20):
        judged_before(State.LIKELY_BLOCKED, State.DOWN)
    with django_assert_max_num_queries(12):
        assert len(rejudge()) == 20


def test_what_was_thinned_is_said_to_be_thinned() -> None:
    measurement = judged_before(State.BLOCKED, State.BLOCKED)
    assert measurement.body is not None
    Thinning.objects.create(evidence=measurement.body, link=ChainLink.objects.get(), thinned_at=LATER)
    (one,) = rejudge()
    assert (one.thinned, one.new, one.old) == (True, None, "blocked")
    out, err = StringIO(), StringIO()
    call_command("rejudge", stdout=out, stderr=err)
    assert out.getvalue().endswith("1 were thinned on purpose and cannot be read again.\n")
    assert "missing or damaged" not in err.getvalue()
