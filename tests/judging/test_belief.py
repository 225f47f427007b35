"""A status changes slowly, and only for looks that agree."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.facts import Failure, State, Verdict
from tracker.judging import NEEDS, Belief, decayed, next_belief
from tracker.judging.belief import (
    CLAMP,
    DAY,
    HORIZON,
    THRESHOLD,
    Hypothesis,
    Source,
    Trust,
    adopted,
    step,
)

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ONE = Source(0)
TRUSTING = Trust()
SCEPTICAL = Trust(alike=False, other=False)
BURST = (timedelta(0), timedelta(minutes=5), timedelta(minutes=35), timedelta(minutes=215))
"""When the looks of a confirmation are made."""


def said(state: State, failure: str | None = None) -> Verdict:
    return Verdict(
        state=state, rule_id="some_rule", rules_version="test", because="For a test.", failure=failure
    )


def after(
    belief: Belief,
    *looks: tuple[State, timedelta],
    span_scale: float = 1.0,
    source: Source = ONE,
    trust: Trust = TRUSTING,
    failure: str | None = None,
) -> Belief:
    for state, offset in looks:
        verdict = said(state, failure if state is State.LIKELY_BLOCKED else None)
        belief = next_belief(
            belief, verdict, at=START + offset, span_scale=span_scale, source=source, trust=trust
        )
    return belief


def burst(state: State, *, start: timedelta = timedelta(0), looks: int = 4) -> list[tuple[State, timedelta]]:
    return [(state, start + offset) for offset in BURST[:looks]]


def firm(state: State, *, sources: Iterable[Source] = (ONE,)) -> Belief:
    """Weeks of daily looks that all said the same, up to a day before the start."""
    belief = Belief()
    for day in range(-14, 0):
        for number, source in enumerate(sources):
            belief = after(belief, (state, timedelta(days=day, hours=number)), source=source)
    assert belief.status is state
    return belief


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


# --- Looks and odds


def test_insufficient_neither_confirms_nor_denies() -> None:
    once = after(firm(State.REACHABLE), (State.BLOCKED, minutes(0)))
    assert after(once, (State.INSUFFICIENT, minutes(3))) == once
    between = after(once, (State.INSUFFICIENT, minutes(3)), (State.BLOCKED, minutes(5)))
    assert between.runs[State.BLOCKED].looks == 2


def test_one_look_never_changes_a_status() -> None:
    for status in State:
        for state in State:
            for failure in (None, Failure.CONNECTION_RESET):
                assert after(Belief(status), (state, minutes(0)), failure=failure).status is status


def test_from_nothing_two_looks_five_minutes_apart_are_enough() -> None:
    assert (
        after(Belief(), (State.BLOCKED, minutes(0)), (State.BLOCKED, minutes(4))).status is State.INSUFFICIENT
    )
    assert after(Belief(), (State.BLOCKED, minutes(0)), (State.BLOCKED, minutes(5))).status is State.BLOCKED


def test_what_was_long_believed_takes_three_looks_that_say_otherwise() -> None:
    blocked = firm(State.BLOCKED)
    assert blocked.odds(Hypothesis.INTERFERED) == CLAMP
    assert after(blocked, *burst(State.REACHABLE, looks=2)).status is State.BLOCKED
    alive = firm(State.REACHABLE)
    assert after(alive, *burst(State.BLOCKED, looks=2)).status is State.REACHABLE
    assert after(alive, *burst(State.BLOCKED, looks=3)).status is State.BLOCKED


def test_a_look_that_contradicts_starts_the_confirmation_again() -> None:
    mixed = after(
        firm(State.REACHABLE),
        (State.BLOCKED, minutes(0)),
        (State.REACHABLE, minutes(4)),
        (State.BLOCKED, minutes(8)),
    )
    assert (mixed.status, mixed.candidate, mixed.agreeing) == (State.REACHABLE, State.BLOCKED, 1)


def test_another_candidate_takes_the_place_of_the_first() -> None:
    mixed = after(firm(State.REACHABLE), (State.BLOCKED, minutes(0)), (State.GONE, minutes(6)))
    assert (mixed.candidate, mixed.agreeing) == (State.GONE, 1)
    assert set(mixed.runs) == {State.GONE}


def test_long_agreement_does_not_make_deaf() -> None:
    weeks = firm(State.REACHABLE)
    years = after(weeks, *[(State.REACHABLE, timedelta(days=day)) for day in range(700)])
    later = timedelta(days=800)
    assert after(years, *burst(State.BLOCKED, start=later, looks=3)).status is State.BLOCKED


@pytest.mark.parametrize("state", [State.REACHABLE, State.GONE, State.REMOVED, State.RESTRICTED])
def test_a_block_that_was_known_is_lifted_after_three_hours_and_not_before(state: State) -> None:
    looks = [(state, minutes(0)), (state, minutes(30))]
    assert after(firm(State.BLOCKED), *looks, (state, minutes(179))).status is State.BLOCKED
    assert after(firm(State.BLOCKED), *looks, (state, minutes(180))).status is state
    assert after(Belief(), (state, minutes(0)), (state, minutes(5))).status is state


def test_a_legal_marker_between_keeps_a_page_from_being_reachable_again() -> None:
    belief = after(firm(State.BLOCKED), *burst(State.REACHABLE, looks=3), (State.BLOCKED, minutes(100)))
    assert after(belief, (State.REACHABLE, minutes(200))).status is State.BLOCKED


def test_a_look_that_arrives_late_changes_nothing() -> None:
    belief = after(firm(State.REACHABLE), (State.REACHABLE, minutes(10)))
    assert after(belief, (State.BLOCKED, minutes(9))) == belief


def test_time_lapse_shortens_spans_and_not_the_number_of_looks() -> None:
    seconds = [(State.REACHABLE, timedelta(seconds=3 * n)) for n in range(3)]
    assert after(firm(State.BLOCKED), *seconds[:2], span_scale=1 / 17_280).status is State.BLOCKED
    assert after(firm(State.BLOCKED), *seconds, span_scale=1 / 17_280).status is State.REACHABLE


def test_every_state_but_insufficient_can_be_believed() -> None:
    assert set(NEEDS) == set(State) - {State.INSUFFICIENT}
    assert all(need.looks >= 2 and need.first_span <= need.span for need in NEEDS.values())


# --- Failures


def failures(number: int, *, apart: timedelta) -> list[tuple[State, timedelta]]:
    return [(State.LIKELY_BLOCKED, number * apart) for number in range(number)]


def test_what_interference_causes_is_believed_after_five_failures_over_two_days_where_nothing_was_known() -> (
    None
):
    looks = failures(5, apart=12 * HOUR)
    assert after(Belief(), *looks[:4], failure="connection_reset").status is State.INSUFFICIENT
    assert after(Belief(), *looks, failure="connection_reset").status is State.LIKELY_BLOCKED
    sooner = failures(5, apart=11 * HOUR)
    assert after(Belief(), *sooner, failure="connection_reset").status is State.INSUFFICIENT


def test_failures_that_bad_luck_makes_take_a_week_where_nothing_was_known_and_three_where_the_page_was_there() -> (
    None
):
    daily = failures(30, apart=24 * HOUR)
    for belief, days in ((Belief(), 7), (firm(State.REACHABLE), 23)):
        before = after(belief, *daily[: days - 1], failure="generic_timeout_error")
        assert before.status is belief.status
        assert after(belief, *daily[:days], failure="generic_timeout_error").status is State.LIKELY_BLOCKED


def test_a_day_full_of_failures_counts_as_one() -> None:
    often = failures(240, apart=HOUR / 10)
    belief = after(firm(State.REACHABLE), *often, failure="generic_timeout_error")
    assert belief.odds(Hypothesis.REACHABLE) > CLAMP - 1


def test_resets_of_four_days_outweigh_a_page_that_was_there() -> None:
    looks = failures(5, apart=24 * HOUR)
    assert after(firm(State.REACHABLE), *looks[:4], failure="connection_reset").status is State.REACHABLE
    assert after(firm(State.REACHABLE), *looks, failure="connection_reset").status is State.LIKELY_BLOCKED


def test_one_look_at_the_page_itself_wipes_out_weeks_of_failures() -> None:
    belief = after(firm(State.REACHABLE), *failures(10, apart=24 * HOUR), (State.REACHABLE, 250 * HOUR))
    assert belief.odds(Hypothesis.REACHABLE) == pytest.approx(CLAMP, abs=0.5)
    assert not belief.runs


def test_failures_never_make_blocked_and_an_artefact_is_needed_twice() -> None:
    likely = after(Belief(), *failures(40, apart=12 * HOUR), failure="connection_reset")
    assert likely.status is State.LIKELY_BLOCKED
    later = 500 * HOUR
    once = after(likely, (State.BLOCKED, later), (State.LIKELY_BLOCKED, later + HOUR))
    assert once.status is State.LIKELY_BLOCKED
    assert after(once, (State.BLOCKED, later + 2 * HOUR)).status is State.BLOCKED


def test_failures_do_not_deny_an_artefact_until_none_was_seen_for_long() -> None:
    belief = firm(State.BLOCKED)
    days = [(State.LIKELY_BLOCKED, day * timedelta(days=1)) for day in range(60)]
    before = [look for look in days if look[1] < HORIZON - timedelta(days=1)]
    assert after(belief, *before, failure="connection_reset").status is State.BLOCKED
    assert after(belief, *days, failure="connection_reset").status is State.LIKELY_BLOCKED


def test_failures_count_from_two_vantage_points_where_there_are_two() -> None:
    one, two = Source(1), Source(2)
    belief = after(Belief(), (State.LIKELY_BLOCKED, -HOUR), source=two)
    belief = after(belief, (State.REACHABLE, -HOUR / 2), source=two)
    looks = failures(30, apart=12 * HOUR)
    alone = after(belief, *looks, source=one, failure="connection_reset")
    assert alone.status is State.INSUFFICIENT
    assert after(alone, (State.LIKELY_BLOCKED, 400 * HOUR), source=two).status is State.LIKELY_BLOCKED


def test_an_outage_takes_three_looks_and_an_hour() -> None:
    assert after(Belief(), (State.DOWN, minutes(0)), (State.DOWN, minutes(60))).status is State.INSUFFICIENT
    down = [(State.DOWN, minutes(n)) for n in (0, 30, 60)]
    assert after(Belief(), *down).status is State.DOWN


def test_an_outage_ends_a_block_or_a_page_only_after_days() -> None:
    for state in (State.BLOCKED, State.REACHABLE):
        hours = [(State.DOWN, n * HOUR) for n in range(80)]
        assert after(firm(state), *hours[:24]).status is state
        assert after(firm(state), *hours).status is State.DOWN


# --- Sources


def test_looks_that_repeat_each_other_share_what_a_day_may_say() -> None:
    blocked = firm(State.BLOCKED)
    hourly = [(State.REACHABLE, n * HOUR) for n in range(25)]
    assert after(blocked, *hourly[:4], trust=Trust()).status is State.REACHABLE
    assert after(blocked, *hourly, trust=SCEPTICAL).status is State.BLOCKED
    assert after(blocked, *hourly, (State.REACHABLE, DAY), trust=SCEPTICAL).status is State.REACHABLE


def test_another_vantage_point_or_another_address_counts_in_full() -> None:
    careful = Trust(alike=False)
    for other in (Source(2), Source(1, "endpoint")):
        belief = firm(State.BLOCKED, sources=[Source(1), other])
        for source, (state, offset) in zip([Source(1), other] * 2, burst(State.REACHABLE), strict=True):
            belief = after(belief, (state, offset), source=source, trust=careful)
        assert belief.status is State.REACHABLE


def test_agreeing_for_long_leaves_a_source_the_right_to_deny() -> None:
    belief = firm(State.BLOCKED)
    belief = after(belief, *[(State.BLOCKED, n * HOUR) for n in range(20)], trust=SCEPTICAL)
    belief = after(belief, (State.REACHABLE, 20 * HOUR), (State.BLOCKED, 21 * HOUR), trust=SCEPTICAL)
    assert belief.odds(Hypothesis.INTERFERED) == CLAMP


def test_only_who_saw_the_block_or_passed_a_canary_can_see_its_end() -> None:
    blocked = firm(State.BLOCKED, sources=[Source(1)])
    stranger, witness = Source(2, sound=False), Source(1, sound=False)
    looks = burst(State.REACHABLE)
    assert after(blocked, *looks, source=stranger) == blocked
    assert after(blocked, *looks, source=witness).status is State.REACHABLE
    next_day = (State.REACHABLE, 26 * HOUR)  # where several look, none settles a change within a day
    assert after(blocked, *looks, source=Source(2)).status is State.BLOCKED
    assert after(blocked, *looks, next_day, source=Source(2)).status is State.REACHABLE


# --- Vantage points that disagree

DAILY = timedelta(days=1)


def disagreeing(belief: Belief, *, days: int, start: int = 0) -> Belief:
    for day in range(start, start + days):
        belief = after(belief, (State.BLOCKED, day * DAILY), source=Source(1))
        belief = after(belief, (State.REACHABLE, day * DAILY + 12 * HOUR), source=Source(2))
    return belief


def test_vantage_points_that_disagree_for_long_are_a_finding_and_the_status_is_the_block() -> None:
    for belief in (Belief(), firm(State.REACHABLE, sources=[Source(1), Source(2)]), firm(State.BLOCKED)):
        few, many = disagreeing(belief, days=2), disagreeing(belief, days=7)
        assert not few.mixed
        assert (many.status, many.mixed) == (State.BLOCKED, True)
        assert disagreeing(many, days=30, start=8).status is State.BLOCKED


def test_agreement_ends_it() -> None:
    belief = disagreeing(Belief(), days=7)
    for day in range(8, 12):
        for vantage in (1, 2):
            belief = after(belief, (State.REACHABLE, day * DAILY + vantage * HOUR), source=Source(vantage))
    assert (belief.status, belief.mixed) == (State.REACHABLE, False)


def test_one_odd_look_of_a_new_vantage_point_is_no_disagreement() -> None:
    belief = after(firm(State.REACHABLE, sources=[Source(1)]), (State.BLOCKED, HOUR), source=Source(2))
    belief = after(belief, *[(State.REACHABLE, day * DAILY) for day in range(1, 20)], source=Source(1))
    assert (belief.status, belief.mixed) == (State.REACHABLE, False)


def test_a_vantage_point_that_fell_silent_disagrees_with_nobody() -> None:
    belief = firm(State.BLOCKED, sources=[Source(1), Source(2)])
    belief = after(belief, *[(State.REACHABLE, day * DAILY) for day in range(20)], source=Source(2))
    assert (belief.status, belief.mixed) == (State.REACHABLE, False)


# --- Proposals, decay, storage


def test_a_proposal_waits_until_it_is_adopted() -> None:
    belief = after(firm(State.BLOCKED), *burst(State.REACHABLE, looks=3))
    held = step(belief, said(State.REACHABLE), at=START + BURST[3])
    assert held.proposal is not None
    assert (held.proposal.state, held.proposal.since) == (State.REACHABLE, START)
    assert held.belief.status is State.BLOCKED
    again = step(held.belief, said(State.REACHABLE), at=START + timedelta(days=1))
    assert again.proposal == held.proposal
    assert adopted(again.belief, held.proposal, at=START + timedelta(days=1)).status is State.REACHABLE
    denied = step(held.belief, said(State.BLOCKED), at=START + timedelta(days=1))
    assert denied.proposal is None


def test_a_status_decays_when_nothing_conclusive_came_for_a_horizon() -> None:
    day = timedelta(days=1)
    assert decayed(State.BLOCKED, START, START + 30 * day, 30 * day) is State.BLOCKED
    assert decayed(State.BLOCKED, START, START + 31 * day, 30 * day) is State.INSUFFICIENT
    assert decayed(State.BLOCKED, None, START, 30 * day) is State.INSUFFICIENT


LOOKS = st.lists(
    st.tuples(
        st.sampled_from(State),
        st.integers(1, 5_000),
        st.integers(1, 3),
        st.sampled_from([None, "connection_reset", "generic_timeout_error"]),
        st.booleans(),
    ),
    max_size=40,
)


@given(LOOKS)
def test_a_belief_survives_json_and_never_changes_without_its_looks(
    looks: list[tuple[State, int, int, str | None, bool]],
) -> None:
    belief, at, looked = Belief(), START, dict.fromkeys(State, 0)
    for number, (state, wait, vantage, failure, careful) in zip(count(1), looks, strict=False):
        at += minutes(wait)
        looked[state] += 1
        verdict = said(state, failure if state is State.LIKELY_BLOCKED else None)
        following = next_belief(
            belief, verdict, at=at, source=Source(vantage), trust=Trust(not careful, not careful)
        )
        if following.status is not belief.status:
            assert state is not State.INSUFFICIENT
            assert looked[following.status] >= min(2, NEEDS[following.status].looks)
            assert number >= 2
        belief = following
        assert all(0 < amount <= CLAMP + 1e-9 for amount in belief.support.values())
        stored = json.loads(json.dumps(belief.to_json()))
        assert Belief.from_json(stored) == belief


def test_a_belief_is_short() -> None:
    belief = after(firm(State.BLOCKED), *burst(State.REACHABLE, looks=3), trust=SCEPTICAL)
    assert len(json.dumps(belief.to_json())) < 800


def test_nothing_stored_is_the_belief_about_a_page_never_looked_at() -> None:
    assert Belief.from_json({}) == Belief()
    with pytest.raises(ValueError):
        Belief.from_json({"status": "cured"})


def test_a_count_of_looks_in_a_row_as_it_was_stored_before_is_still_understood() -> None:
    stored = {
        "status": "blocked",
        "candidate": "reachable",
        "agreeing": 1,
        "first_at": START.isoformat(),
        "last_at": START.isoformat(),
    }
    belief = Belief.from_json(stored)
    assert (belief.status, belief.candidate, belief.agreeing) == (State.BLOCKED, State.REACHABLE, 1)
    assert belief.odds(Hypothesis.INTERFERED) == CLAMP > THRESHOLD
    assert after(belief, (State.REACHABLE, HOUR), (State.REACHABLE, 4 * HOUR)).status is State.BLOCKED
    looks = [(State.REACHABLE, n * HOUR) for n in (1, 2, 4)]
    assert after(belief, *looks).status is State.REACHABLE
