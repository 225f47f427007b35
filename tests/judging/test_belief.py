"""A status changes slowly, and only for looks that agree."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.facts import State, Verdict
from tracker.judging import NEEDS, Belief, decayed, next_belief

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def said(state: State) -> Verdict:
    return Verdict(state=state, rule_id="some_rule", rules_version="test", because="For a test.")


def after(belief: Belief, *looks: tuple[State, timedelta], span_scale: float = 1.0) -> Belief:
    for state, offset in looks:
        belief = next_belief(belief, said(state), at=START + offset, span_scale=span_scale)
    return belief


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def test_insufficient_neither_confirms_nor_denies() -> None:
    once = after(Belief(State.REACHABLE), (State.BLOCKED, minutes(0)))
    assert after(once, (State.INSUFFICIENT, minutes(3))) == once
    assert after(once, (State.INSUFFICIENT, minutes(3)), (State.BLOCKED, minutes(6))).status is State.BLOCKED


def test_one_look_never_changes_a_status() -> None:
    for status in State:
        for state in State:
            assert after(Belief(status), (state, minutes(0))).status is status


def test_two_looks_at_once_are_not_enough_and_five_minutes_apart_they_are() -> None:
    assert (
        after(Belief(State.REACHABLE), (State.BLOCKED, minutes(0)), (State.BLOCKED, minutes(4))).status
        is State.REACHABLE
    )
    assert (
        after(Belief(State.REACHABLE), (State.BLOCKED, minutes(0)), (State.BLOCKED, minutes(5))).status
        is State.BLOCKED
    )


def test_a_look_that_contradicts_starts_the_count_again() -> None:
    mixed = after(
        Belief(State.REACHABLE),
        (State.BLOCKED, minutes(0)),
        (State.REACHABLE, minutes(4)),
        (State.BLOCKED, minutes(8)),
    )
    assert (mixed.status, mixed.candidate, mixed.agreeing) == (State.REACHABLE, State.BLOCKED, 1)


def test_another_candidate_takes_the_place_of_the_first() -> None:
    mixed = after(Belief(State.REACHABLE), (State.BLOCKED, minutes(0)), (State.GONE, minutes(6)))
    assert (mixed.candidate, mixed.agreeing, mixed.first_at) == (State.GONE, 1, START + minutes(6))


@pytest.mark.parametrize("state", [State.REACHABLE, State.GONE, State.REMOVED, State.RESTRICTED])
def test_a_block_that_was_known_is_lifted_after_three_hours_and_not_before(state: State) -> None:
    assert after(Belief(State.BLOCKED), (state, minutes(0)), (state, minutes(179))).status is State.BLOCKED
    assert after(Belief(State.BLOCKED), (state, minutes(0)), (state, minutes(180))).status is state
    assert after(Belief(), (state, minutes(0)), (state, minutes(5))).status is state


def test_interference_without_an_artefact_takes_five_looks_and_two_days() -> None:
    looks = [(State.LIKELY_BLOCKED, timedelta(hours=12 * n)) for n in range(5)]
    assert after(Belief(), *looks[:4]).status is State.INSUFFICIENT
    assert after(Belief(), *looks).status is State.LIKELY_BLOCKED
    assert (
        after(Belief(), *[(State.LIKELY_BLOCKED, timedelta(hours=9 * n)) for n in range(5)]).status
        is State.INSUFFICIENT
    )


def test_an_outage_takes_three_looks_and_an_hour() -> None:
    assert after(Belief(), (State.DOWN, minutes(0)), (State.DOWN, minutes(60))).status is State.INSUFFICIENT
    assert (
        after(Belief(), (State.DOWN, minutes(0)), (State.DOWN, minutes(30)), (State.DOWN, minutes(60))).status
        is State.DOWN
    )


def test_a_look_that_arrives_late_changes_nothing() -> None:
    belief = after(Belief(State.REACHABLE), (State.REACHABLE, minutes(10)))
    assert after(belief, (State.BLOCKED, minutes(9))) == belief


def test_time_lapse_shortens_spans_and_not_the_number_of_looks() -> None:
    seconds = [(State.REACHABLE, timedelta(seconds=3 * n)) for n in range(2)]
    assert after(Belief(State.BLOCKED), *seconds[:1], span_scale=1 / 17_280).status is State.BLOCKED
    assert after(Belief(State.BLOCKED), *seconds, span_scale=1 / 17_280).status is State.REACHABLE


def test_every_state_but_insufficient_can_be_believed() -> None:
    assert set(NEEDS) == set(State) - {State.INSUFFICIENT}
    assert all(need.looks >= 2 and need.first_span <= need.span for need in NEEDS.values())


def test_a_status_decays_when_nothing_conclusive_came_for_a_horizon() -> None:
    day = timedelta(days=1)
    assert decayed(State.BLOCKED, START, START + 30 * day, 30 * day) is State.BLOCKED
    assert decayed(State.BLOCKED, START, START + 31 * day, 30 * day) is State.INSUFFICIENT
    assert decayed(State.BLOCKED, None, START, 30 * day) is State.INSUFFICIENT


@given(st.lists(st.tuples(st.sampled_from(State), st.integers(0, 10_000)), max_size=30))
def test_a_belief_survives_json_and_never_changes_without_its_looks(looks: list[tuple[State, int]]) -> None:
    belief = Belief()
    for state, offset in looks:
        following = next_belief(belief, said(state), at=START + minutes(offset))
        if following.status is not belief.status:
            assert belief.candidate is following.status
            assert belief.agreeing + 1 >= NEEDS[following.status].looks
        belief = following
        assert Belief.from_json(json.loads(json.dumps(belief.to_json()))) == belief


def test_nothing_stored_is_the_belief_about_a_page_never_looked_at() -> None:
    assert Belief.from_json({}) == Belief()
    with pytest.raises(ValueError):
        Belief.from_json({"status": "cured"})
