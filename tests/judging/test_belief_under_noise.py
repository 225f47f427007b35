"""A small edition of ``bench/belief.py``: pages under the assumed noise, looked at by the real belief and schedule."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import pairwise

import pytest

from bench.belief import Case, Found, found
from bench.noise import DAY, START, Noise, World
from tracker.facts import State


def small(noise: Noise, vantages: int = 1, *, weak: bool = False, pages: int = 160) -> Found:
    """About 100 page-years: the figures are coarse, and the seed is one that is like most."""
    return found(Case(noise, vantages, pages=pages, days=200, seed=5, weak=weak))


@pytest.mark.parametrize("vantages", [1, 2])
def test_under_the_assumed_noise_statuses_are_hardly_ever_wrong_and_changes_are_seen_within_a_day(
    vantages: int,
) -> None:
    one = small(Noise(), vantages)
    assert one.false <= 0.01
    assert one.unblocked[0] <= 0.6
    assert one.withheld[0] <= 0.8  # of 80 pages, some in a burst of failures
    assert one.more < 0.01


@pytest.mark.parametrize("vantages", [1, 2])
@pytest.mark.parametrize("sticky", [0.5, 0.9])
def test_wrong_markers_that_stay_for_a_day_make_few_statuses_wrong(vantages: int, sticky: float) -> None:
    """More pages than elsewhere: that markers repeat is learned once a platform, at the price of some mistakes."""
    assert small(Noise(sticky=sticky), vantages, pages=700).false <= 0.05


def test_looks_that_repeat_each_other_are_found_out() -> None:
    def world(noise: Noise) -> World:
        made = World(noise, random.Random(3))
        made.run([made.page(State.BLOCKED) for _ in range(150)], since=0, days=60)
        return made

    assert world(Noise()).lessons.trust.alike
    assert not world(Noise(sticky=0.9)).lessons.trust.alike


def test_weights_that_are_far_too_low_make_it_slower_and_not_wrong() -> None:
    one = small(Noise(), weak=True)
    assert one.false <= 0.01
    assert one.unblocked[0] <= 1


def test_the_simulation_can_tell_a_belief_that_jumps() -> None:
    """The same pages, were each status what the last look said."""
    made = World(Noise(), random.Random(1))
    page = made.page(State.REACHABLE)
    said = [made.said(page, 0, START + number * DAY) for number in range(3_650)]
    said = [state for state in said if state is not State.INSUFFICIENT]
    flips = sum(before is not after for before, after in pairwise(said)) / 10
    assert 15 < flips < 40  # the notes say 27 a page-year


def test_the_simulated_looks_are_daily_but_for_confirmations() -> None:
    made = World(Noise(), random.Random(1))
    page = made.page(State.REACHABLE)
    made.run([page], since=0, days=100)
    assert 95 <= page.looks <= 108
    assert page.due > START + 99 * DAY + timedelta(hours=1)
