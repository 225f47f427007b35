"""What a change that is undone teaches: a mistake counts against the looks, a page that goes to and fro does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tracker.facts import State, Verdict
from tracker.judging.belief import Belief, Lesson, Lessons, Proposal, adopted, step, undone

START = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _verdict(state: State) -> Verdict:
    failure = "connection_reset" if state is State.LIKELY_BLOCKED else None
    return Verdict(state=state, rule_id="said", rules_version="0", because="", failure=failure)


def lessons_of(*stays: tuple[State, timedelta]) -> list[Lesson]:
    """What each change teaches by undoing the one before, when a page is looked at each hour and stays so long."""
    belief, at, learned = Belief(), START, []
    for state, stay in stays:
        until = at + stay
        while at < until:
            done = step(belief, _verdict(state), at=at)
            belief = done.belief
            if isinstance(done.proposal, Proposal):
                learned.append(undone(belief, done.proposal, at=at))
                belief = adopted(belief, done.proposal, at=at)
            at += HOUR
    return learned


def test_looks_that_led_to_a_change_which_was_soon_undone_had_repeated_a_mistake() -> None:
    _first, _blocked, back = lessons_of(
        (State.REACHABLE, 30 * HOUR), (State.BLOCKED, 30 * HOUR), (State.REACHABLE, 30 * HOUR)
    )
    assert back.alike_repeated > 0


def test_a_change_that_is_undone_after_days_was_none() -> None:
    changes = lessons_of(
        (State.REACHABLE, 30 * HOUR), (State.BLOCKED, 100 * HOUR), (State.REACHABLE, 30 * HOUR)
    )
    assert not any(changes)


def test_a_page_that_goes_to_and_fro_teaches_once() -> None:
    swings = [(State.BLOCKED, 30 * HOUR), (State.REACHABLE, 30 * HOUR)] * 4
    learned = lessons_of((State.REACHABLE, 30 * HOUR), *swings)
    assert len(learned) == 9
    assert [bool(one) for one in learned] == [False, False, True] + [False] * 6


def test_failures_that_end_say_nothing_of_markers() -> None:
    learned = lessons_of(
        (State.REACHABLE, 30 * HOUR), (State.LIKELY_BLOCKED, 120 * HOUR), (State.REACHABLE, 30 * HOUR)
    )
    assert len(learned) == 3
    assert not any(learned)


def test_one_mistake_proves_nothing_and_a_second_one_does() -> None:
    once = Lesson(alike_repeated=2.0)
    assert Lessons().after(once, START).trust.alike
    assert not Lessons().after(once, START).after(once, START + HOUR).trust.alike


def test_whether_a_change_went_back_is_kept_between_looks() -> None:
    belief = Belief()
    for number, state in enumerate([State.REACHABLE] * 9 + [State.BLOCKED] * 9 + [State.REACHABLE] * 9):
        done = step(belief, _verdict(state), at=START + number * HOUR)
        belief = (
            adopted(done.belief, done.proposal, at=START + number * HOUR) if done.proposal else done.belief
        )
    assert belief.flip is not None
    assert belief.flip.is_back
    assert Belief.from_json(belief.to_json()).flip == belief.flip
