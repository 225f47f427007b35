"""Looks are far apart while nothing happens and close together while something might have."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.facts import State, Verdict
from tracker.judging import NEEDS, Belief, next_belief
from tracker.schedule import NORMAL, REHEARSAL, Pace, next_probe_at

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def wait(
    pace: Pace = NORMAL,
    *,
    stable: int = 0,
    confirming: int = 0,
    failures: int = 0,
    jitter: float = 0.0,
    is_known: bool = False,
) -> timedelta:
    due = next_probe_at(
        now=NOW,
        pace=pace,
        stable_looks=stable,
        confirming=confirming,
        failures=failures,
        jitter=jitter,
        is_known=is_known,
    )
    return due - NOW


def test_the_wait_grows_with_every_look_that_changes_nothing_up_to_two_weeks() -> None:
    waits = [wait(stable=n) for n in range(12)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(hours=6)
    assert waits[1] == timedelta(hours=6) * 1.6
    assert waits[-1] == timedelta(days=14)


def test_a_suspected_change_is_looked_at_again_after_five_minutes_half_an_hour_and_three_hours() -> None:
    assert [wait(confirming=n) for n in (1, 2, 3, 4)] == [
        timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=6),
    ]  # fmt: skip


def test_a_look_that_told_nothing_is_repeated_ever_more_slowly() -> None:
    waits = [wait(failures=n) / timedelta(minutes=30) for n in (1, 2, 3, 4, 5, 6, 7, 400)]
    assert waits == [1, 2, 4, 8, 16, 32, 48, 48]


def test_a_look_that_told_nothing_of_a_page_that_is_known_is_not_made_up_for_but_within_a_day() -> None:
    hours = [wait(stable=n, failures=1, is_known=True) / timedelta(hours=1) for n in (0, 1, 2, 3, 20)]
    assert hours == pytest.approx([6, 9.6, 15.36, 24, 24])
    assert wait(stable=20, failures=4, is_known=True) == timedelta(days=8)
    assert wait(stable=20, failures=40, is_known=True) == NORMAL.ceiling


def test_a_look_that_told_nothing_amid_a_confirmation_is_repeated_soon() -> None:
    for confirming, gap in enumerate(NORMAL.confirm_gaps, start=1):
        assert wait(confirming=confirming, failures=1, is_known=True) == gap
    assert wait(confirming=1, failures=3, is_known=True) == timedelta(minutes=20)
    assert wait(confirming=1, failures=30, is_known=True) == NORMAL.floor


@given(
    st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 10_000), st.floats(-1, 1), st.booleans()
)
def test_no_wait_is_shorter_than_the_first_gap_or_longer_than_the_ceiling(
    stable: int, confirming: int, failures: int, jitter: float, is_known: bool
) -> None:
    found = wait(stable=stable, confirming=confirming, failures=failures, jitter=jitter, is_known=is_known)
    assert timedelta(minutes=5) * 0.9 <= found <= timedelta(days=14) * 1.1


def test_jitter_moves_a_wait_by_a_tenth() -> None:
    assert wait(jitter=1.0) == timedelta(hours=6) * 1.1
    assert wait(jitter=-1.0) == timedelta(hours=6) * 0.9


@pytest.mark.parametrize("wrong", [{"stable": -1}, {"confirming": -1}, {"failures": -1}, {"jitter": 1.1}])
def test_impossible_values_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError):
        wait(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", sorted(set(NEEDS) - {State.LIKELY_BLOCKED}))
def test_a_rehearsed_change_is_believed_within_seconds_of_being_seen(state: State) -> None:
    """Whatever the rehearsal can play; bare failures it cannot."""
    belief, at = Belief(State.REACHABLE if state is not State.REACHABLE else State.BLOCKED), NOW
    verdict = Verdict(state=state, rule_id="some_rule", rules_version="test", because="For a test.")
    while belief.status is not state:
        belief = next_belief(belief, verdict, at=at, span_scale=REHEARSAL.span_scale)
        at = next_probe_at(
            now=at,
            pace=REHEARSAL,
            stable_looks=0,
            confirming=belief.agreeing,
            failures=0,
            jitter=-1.0,
            is_known=True,
        )
        assert at - NOW < timedelta(seconds=30)
    assert belief.last_at is not None
    assert belief.last_at - NOW <= timedelta(seconds=15)
