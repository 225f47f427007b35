"""The table is the queue: each due watch is held by exactly one worker, and none is lost when a worker dies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings

from tests.make import NOW, make_watch
from tests.tracker.conftest import Workers
from tracker import operations
from tracker.models import Watch
from tracker.operations import Claim

LEASE = timedelta(seconds=settings.LEASE_SECONDS)
LATER = NOW + timedelta(hours=1)


def claim(at: datetime = NOW, limit: int = 20) -> list[int]:
    return [one.watch_id for one in operations.claim_due(now=at, limit=limit)]


@pytest.mark.django_db
def test_what_is_due_is_claimed_once_oldest_first() -> None:
    late, on_time = make_watch(now=NOW - timedelta(hours=1)), make_watch()
    make_watch(now=LATER)
    assert claim() == [late.pk, on_time.pk]
    assert claim() == []
    assert Watch.objects.leased(NOW).count() == 2


@pytest.mark.django_db
def test_a_claim_carries_what_a_look_needs() -> None:
    watch = make_watch(url="https://vk.com/club77")
    (claimed,) = operations.claim_due(now=NOW, limit=1)
    watch.refresh_from_db()
    assert claimed == Claim(
        watch.pk, claimed.token, "https://vk.com/club77", "vk", "vk.com", "RU", None, 0, watch.next_probe_at
    )
    assert (watch.lease_token, watch.lease_until, watch.attempts) == (claimed.token, NOW + LEASE, 1)


@pytest.mark.django_db
def test_no_more_are_claimed_than_asked_for() -> None:
    for _ in range(5):
        make_watch()
    assert len(claim(limit=3)) == 3
    assert len(claim(limit=3)) == 2


@pytest.mark.django_db
def test_what_is_not_watched_any_more_is_not_claimed() -> None:
    watch = make_watch()
    operations.unwatch(watch_id=watch.pk)
    assert claim() == []


@pytest.mark.django_db
def test_a_lease_that_has_passed_makes_the_watch_due_again_not_a_moment_before() -> None:
    watch = make_watch()
    assert claim(NOW) == [watch.pk]
    assert claim(NOW + LEASE - timedelta(microseconds=1)) == []
    assert claim(NOW + LEASE) == [watch.pk]


@pytest.mark.django_db
def test_a_suspect_comes_alone_after_the_fresh_and_its_lease_doubles() -> None:
    suspects = [make_watch(), make_watch()]
    assert len(claim()) == 2
    fresh = make_watch()
    at = NOW + LEASE
    assert claim(at) == [fresh.pk]
    assert claim(at) == [suspects[0].pk]
    assert claim(at) == [suspects[1].pk]
    suspects[0].refresh_from_db()
    assert (suspects[0].attempts, suspects[0].lease_until) == (2, at + 2 * LEASE)


@pytest.mark.django_db
def test_the_lease_of_a_poison_row_grows_to_a_day_and_no_further() -> None:
    watch = make_watch()
    Watch.objects.update(attempts=40)
    assert claim() == [watch.pk]
    watch.refresh_from_db()
    assert watch.lease_until == NOW + timedelta(days=1)


@pytest.mark.django_db
def test_a_row_that_kills_its_worker_takes_no_others_with_it() -> None:
    """Each round ends in a crash whenever the poison row is in it; the others are looked at all the same."""
    poison, others = make_watch(now=NOW - timedelta(hours=1)), {make_watch().pk for _ in range(4)}
    at, done = NOW, set()
    for _ in range(12):
        claims = operations.claim_due(now=at, limit=3)
        if poison.pk not in {one.watch_id for one in claims}:
            done |= {one.watch_id for one in claims}
            for one in claims:
                operations.postpone(claim=one, until=at + timedelta(days=10))
        at += LEASE
    assert done == others
    poison.refresh_from_db()
    assert poison.attempts > 1


@pytest.mark.django_db
def test_one_watch_is_claimed_before_its_time_unless_somebody_holds_it() -> None:
    watch = make_watch(now=LATER)
    claimed = operations.claim_one(watch_id=watch.pk, now=NOW)
    assert claimed is not None
    assert claimed.due_at == LATER
    assert operations.claim_one(watch_id=watch.pk, now=NOW) is None
    assert operations.claim_one(watch_id=watch.pk, now=NOW + LEASE) is not None
    assert operations.claim_one(watch_id=watch.pk + 1, now=NOW) is None


@pytest.mark.django_db
def test_a_postponed_watch_keeps_its_turn_and_is_no_suspect() -> None:
    make_watch()
    (claimed,) = operations.claim_due(now=NOW, limit=1)
    assert operations.postpone(claim=claimed, until=LATER, turn_at=LATER)
    assert claim(NOW) == []
    (again,) = operations.claim_due(now=LATER, limit=1)
    assert again.turn_at == LATER
    assert Watch.objects.get().attempts == 1


@pytest.mark.django_db
def test_a_claim_that_was_lost_gives_nothing_back() -> None:
    make_watch()
    (lost,) = operations.claim_due(now=NOW, limit=1)
    (taken,) = operations.claim_due(now=NOW + LEASE, limit=1)
    assert not operations.postpone(claim=lost, until=LATER)
    assert not operations.hold(claim=lost, rule_id="vantage_faulty", now=NOW, until=LATER)
    watch = Watch.objects.get()
    assert (watch.lease_token, watch.held_rule_id) == (taken.token, None)


@pytest.mark.django_db
def test_a_held_watch_keeps_its_status_and_since_when_it_is_held() -> None:
    watch = make_watch()
    Watch.objects.update(status="blocked", status_since=NOW, status_rule_id="http_451")
    for minute in (0, 10, 20):
        at = NOW + timedelta(minutes=minute)
        (claimed,) = operations.claim_due(now=at, limit=1)
        operations.hold(
            claim=claimed, rule_id="no_vantage_in_territory", now=at, until=at + timedelta(minutes=10)
        )
    watch.refresh_from_db()
    assert (watch.status, watch.held_rule_id, watch.held_since) == ("blocked", "no_vantage_in_territory", NOW)
    assert (watch.attempts, watch.lease_token, watch.next_probe_at) == (0, None, NOW + timedelta(minutes=30))
    (claimed,) = operations.claim_due(now=LATER, limit=1)
    operations.hold(claim=claimed, rule_id="vantage_faulty", now=LATER, until=LATER)
    watch.refresh_from_db()
    assert (watch.held_rule_id, watch.held_since) == ("vantage_faulty", LATER)


# --- At the same moment


def test_workers_at_the_same_moment_never_claim_the_same_watch(workers: Workers) -> None:
    watches = {make_watch().pk for _ in range(60)}

    def until_empty() -> list[int]:
        taken: list[int] = []
        while claims := operations.claim_due(now=NOW, limit=4):
            taken += [one.watch_id for one in claims]
        return taken

    taken = [watch_id for one in workers.run(*[until_empty] * 4) for watch_id in one]
    assert sorted(taken) == sorted(watches)


def test_one_watch_is_held_by_one_of_many_who_want_it(workers: Workers) -> None:
    watch = make_watch()

    def take() -> Claim | None:
        return operations.claim_one(watch_id=watch.pk, now=NOW)

    claims = workers.run(*[take] * 6)
    assert sum(one is not None for one in claims) == 1


def test_a_page_that_two_begin_to_watch_is_one_watch(workers: Workers) -> None:
    def begin() -> int:
        return operations.watch(url="https://vk.com/club77", territory="RU", now=NOW).pk

    functions: list[Callable[[], int]] = [begin] * 4
    assert len(set(workers.run(*functions))) == 1
