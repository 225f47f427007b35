"""A status that nothing has confirmed for long is not known any more, and that is said once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.make import NOW, look_at, make_status_change, make_web_watch
from tests.tracker.conftest import Workers
from tracker import operations
from tracker.facts import State
from tracker.models import StatusChange, Watch
from tracker.operations.statuses import HORIZON
from tracker.schedule import NORMAL

CONFIRMED = NOW + timedelta(minutes=10)
"""When the second look of ``make_status_change`` agreed."""
TOO_LATE = CONFIRMED + HORIZON + timedelta(seconds=1)


@pytest.mark.django_db
def test_a_status_decays_after_the_horizon_and_says_so_once() -> None:
    watch = make_status_change().watch
    assert operations.decay_statuses(now=CONFIRMED + HORIZON) == 0
    assert operations.decay_statuses(now=TOO_LATE) == 1
    assert operations.decay_statuses(now=TOO_LATE) == 0
    watch.refresh_from_db()
    assert (watch.status, watch.status_rule_id, watch.status_mechanism) == ("insufficient", "stale", None)
    assert (watch.status_since, watch.belief) == (TOO_LATE, {})
    change = StatusChange.objects.latest("id")
    assert (change.old, change.new, change.rule_id, change.verdict) == (
        "blocked",
        "insufficient",
        "stale",
        None,
    )
    assert (change.earliest_at, change.at, change.recorded_at) == (CONFIRMED, TOO_LATE, TOO_LATE)
    assert "stale" in {rule.rule_id for rule in operations.rules()}


@pytest.mark.django_db
def test_looks_that_tell_nothing_do_not_keep_a_status_alive() -> None:
    watch = make_status_change().watch
    look_at(watch, State.INSUFFICIENT, at=CONFIRMED + HORIZON)
    assert operations.decay_statuses(now=TOO_LATE) == 1


@pytest.mark.django_db
def test_a_status_that_was_confirmed_stays() -> None:
    watch = make_status_change().watch
    look_at(watch, State.BLOCKED, at=CONFIRMED + timedelta(days=40))
    assert operations.decay_statuses(now=TOO_LATE) == 0


@pytest.mark.django_db
def test_what_was_never_known_does_not_decay() -> None:
    look_at(make_web_watch(), State.INSUFFICIENT)
    assert operations.decay_statuses(now=TOO_LATE) == 0
    assert not StatusChange.objects.exists()


@pytest.mark.django_db
def test_after_a_decay_it_takes_as_many_looks_as_at_first() -> None:
    watch = make_status_change().watch
    operations.decay_statuses(now=TOO_LATE)
    assert not look_at(watch, State.BLOCKED, at=TOO_LATE + timedelta(minutes=1)).changed
    again = look_at(watch, State.BLOCKED, at=TOO_LATE + timedelta(minutes=10))
    assert (again.changed, again.status) == (True, State.BLOCKED)
    change = StatusChange.objects.latest("id")
    assert (change.old, change.new, change.earliest_at) == ("insufficient", "blocked", None)


def test_one_missed_look_is_no_decay() -> None:
    assert NORMAL.ceiling * 1.1 * 2 < HORIZON


def test_two_that_decay_at_the_same_moment_say_it_once(workers: Workers) -> None:
    make_status_change()
    functions: list[Callable[[], int]] = [lambda: operations.decay_statuses(now=TOO_LATE)] * 4
    assert sum(workers.run(*functions)) == 1
    assert workers.run(StatusChange.objects.count) == [2]
    assert workers.run(Watch.objects.filter(status="insufficient").count) == [1]
