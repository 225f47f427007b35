"""The table of rules, against recorded looks: every rule decides where it should, and nothing else does."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judging.recorded import Case, cases
from tracker.facts import State, Verdict
from tracker.judging import RULES, RULES_VERSION, judge, needs_control, rules_markdown

CASES = cases()


def verdict_of(case: Case) -> Verdict:
    return judge(
        seen=case.seen,
        control=case.control,
        canary=case.canary,
        platform=case.platform,
        territory=case.territory,
        endpoint=case.endpoint,
        outside=case.outside,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_recorded_look_is_judged_by_the_rule_it_names(case: Case) -> None:
    verdict = verdict_of(case)
    assert verdict.rule_id == case.rule
    assert verdict.rules_version == RULES_VERSION
    assert {name: getattr(verdict, name) for name in case.verdict} == case.verdict
    if case.notice:
        assert verdict.notice is not None
        assert {name: getattr(verdict.notice, name) for name in case.notice} == case.notice


def test_every_rule_decides_some_recorded_look() -> None:
    assert {rule.rule_id for rule in RULES} == {case.rule for case in CASES}


def test_rule_ids_are_unique_lower_snake_words_and_each_has_a_full_sentence() -> None:
    ids = [rule.rule_id for rule in RULES]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]+", rule_id) for rule_id in ids)
    assert all(re.fullmatch(r"[A-Z].{20,}\.", rule.because) for rule in RULES)


def test_the_last_rule_holds_for_anything_and_claims_nothing() -> None:
    assert RULES[-1].rule_id == "unclassified"
    assert RULES[-1].state is State.INSUFFICIENT


def test_blocked_needs_an_artefact_and_likely_blocked_a_control() -> None:
    for case in CASES:
        verdict = verdict_of(case)
        if verdict.state is State.BLOCKED:
            named = verdict.failure in ("platform_block_notice", "blockpage", "http_451")
            assert named or verdict.fingerprint is not None
        if verdict.state is State.LIKELY_BLOCKED:
            assert case.control is not None


def test_a_control_is_asked_for_only_where_it_could_change_the_verdict() -> None:
    wanted = {
        case.name: needs_control(case.seen, case.platform, case.territory) for case in CASES if case.seen
    }
    never = (
        "vk_own_content",
        "vk_legal_notice",
        "http_451",
        "cloudflare_challenge",
        "own_policy_refused",
        "names_itself",
    )
    always = (
        "fails_without_control",
        "plain_page_without_control",
        "not_found",
        "vk_deleted",
        "server_error",
        "known_block_page",
    )
    assert [name for name in never if wanted[name]] == []
    assert [name for name in always if not wanted[name]] == []


def test_where_no_control_is_asked_for_none_could_have_changed_the_verdict() -> None:
    for case in CASES:
        if case.seen and case.control and not needs_control(case.seen, case.platform, case.territory):
            alone = verdict_of(dataclasses.replace(case, control=None))
            assert alone == verdict_of(case)


@given(st.text(max_size=400), st.sampled_from(["web", "vk", "telegram", "youtube", "x", "rehearsal"]))
def test_no_content_makes_judging_raise_or_a_block_of_nothing(body: str, platform: str) -> None:
    some = next(case.seen for case in CASES if case.name == "vk_own_content")
    assert some is not None
    seen = dataclasses.replace(some, body_text=body)
    verdict = judge(seen=seen, control=None, canary=None, platform=platform, territory="RU")
    assert verdict.state not in (State.BLOCKED, State.LIKELY_BLOCKED)


def test_the_page_of_rules_names_every_rule_once() -> None:
    page = rules_markdown()
    assert re.findall(r"^\| \d+ \| `(\w+)`", page, re.M)[: len(RULES)] == [rule.rule_id for rule in RULES]
    assert RULES_VERSION in page
