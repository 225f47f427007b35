"""When many pages of a platform change at once their statuses wait, until it is known that it was not us."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.make import NOW, make_seen, make_vantage, make_watch
from tracker import operations
from tracker.facts import Canary, State
from tracker.judging.belief import Lesson
from tracker.models import PlatformHealth, PlatformRecord, StatusChange, VantagePoint, Watch
from tracker.operations import freezing
from tracker.operations.freezing import MANY, SOONEST, THAW, UNKNOWN

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BURST = [timedelta(0), timedelta(minutes=5), timedelta(minutes=35), timedelta(minutes=215)]
PAGES = 12


@pytest.fixture
def moscow() -> VantagePoint:
    return make_vantage(name="moscow", country="RU")


def look(
    watch: Watch, state: State, at: datetime, vantage: VantagePoint, *, canary_ok: bool | None = True
) -> operations.Recorded:
    claim = operations.claim_one(watch_id=watch.pk, now=at)
    assert claim is not None
    # A status line is read alike on every platform; a page that lives is not.
    seen = operations.Seen(vantage.pk, make_seen(state, url=claim.url, at=at))
    made = operations.Look(claim, seen, None, Canary(ok=canary_ok, checked_at=at))
    recorded = operations.record_look(look=made, now=at, jitter=0.0)
    assert recorded is not None
    assert recorded.verdict.state is state
    return recorded


def known(vantage: VantagePoint, *, number: int = PAGES, platform: str = "vk") -> list[Watch]:
    """Pages that were blocked for days."""
    host = {"vk": "vk.com/club", "web": "page.example/", "reddit": "www.reddit.com/r/page"}[platform]
    watches = [make_watch(url=f"https://{host}{index + 1}") for index in range(number)]
    assert {watch.target.platform for watch in watches} == {platform}
    for day in range(-3, 0):
        for watch in watches:
            look(watch, State.BLOCKED, NOW + day * DAY, vantage)
    assert set(Watch.objects.values_list("status", flat=True)) == {"blocked"}
    return watches


def all_gone(watches: list[Watch], vantage: VantagePoint, *, start: datetime = NOW, **values: Any) -> None:
    for offset in BURST:
        for watch in watches:
            look(watch, State.GONE, start + offset, vantage, **values)


def statuses() -> list[str]:
    return sorted(set(Watch.objects.values_list("status", flat=True)))


def test_many_pages_that_change_at_once_wait_and_say_why(moscow: VantagePoint) -> None:
    watches = known(moscow)
    all_gone(watches, moscow)
    assert statuses() == ["blocked"]
    assert set(Watch.objects.values_list("held_rule_id", flat=True)) == {"platform_frozen"}
    assert "platform_frozen" in {rule.rule_id for rule in operations.rules()}
    record = PlatformRecord.objects.get(platform="vk")
    assert (record.is_frozen, record.frozen_since) == (True, NOW + BURST[3])
    assert operations.frozen_platforms() == [record]
    assert Watch.objects.filter(held_since=record.frozen_since).count() == PAGES
    assert not StatusChange.objects.exclude(old="insufficient").exists()


@pytest.mark.parametrize(("number", "changing"), [(MANY - 1, MANY - 1), (40, 11)])
def test_a_few_pages_or_a_small_share_of_them_are_no_reason_to_wait(
    moscow: VantagePoint, number: int, changing: int
) -> None:
    watches = known(moscow, number=number)
    all_gone(watches[:changing], moscow)
    assert Watch.objects.filter(status="gone").count() == changing
    assert not operations.frozen_platforms()


def test_pages_of_no_platform_have_nothing_in_common(moscow: VantagePoint) -> None:
    all_gone(known(moscow, platform="web"), moscow)
    assert statuses() == ["gone"]


def test_a_first_status_takes_nothing_back_and_never_waits(moscow: VantagePoint) -> None:
    all_gone(known(moscow), moscow)
    new = make_watch(url="https://vk.com/club999")
    for minutes in (300, 310):
        look(new, State.BLOCKED, NOW + timedelta(minutes=minutes), moscow)
    new.refresh_from_db()
    assert (new.status, new.held_rule_id) == ("blocked", None)


def test_an_operator_lets_the_changes_come(moscow: VantagePoint) -> None:
    watches = known(moscow)
    all_gone(watches, moscow)
    later = NOW + timedelta(hours=5)
    assert operations.release_platform(platform="vk", by="operator", now=later)
    assert not operations.release_platform(platform="vk", by="operator", now=later)
    record = PlatformRecord.objects.get()
    assert (record.is_frozen, record.released_at, record.released_by) == (False, later, "operator")
    assert set(Watch.objects.values_list("next_probe_at", flat=True)) == {later}
    for watch in watches:
        assert look(watch, State.GONE, later + timedelta(minutes=1), moscow).changed
    assert not operations.frozen_platforms()
    change = StatusChange.objects.filter(new="gone").earliest("id")
    assert (change.at, change.recorded_at) == (NOW, later + timedelta(minutes=1))
    assert set(Watch.objects.values_list("held_rule_id", flat=True)) == {None}


def test_a_change_that_was_none_is_forgotten_while_it_waits(moscow: VantagePoint) -> None:
    watches = known(moscow)
    all_gone(watches, moscow)
    for watch in watches:
        look(watch, State.BLOCKED, NOW + timedelta(hours=4), moscow)
    operations.release_platform(platform="vk", by="operator", now=NOW + timedelta(hours=5))
    assert not look(watches[0], State.GONE, NOW + timedelta(hours=6), moscow).changed
    assert statuses() == ["blocked"]


def health(vantage: VantagePoint, *, checked_at: datetime, is_drifted: bool = False) -> None:
    PlatformHealth.objects.update_or_create(
        vantage=vantage,
        platform="vk",
        defaults={
            "alive_state": "reachable",
            "alive_rule_id": "vk_own_content",
            "checked_at": checked_at,
            "next_check_at": checked_at,
            "is_drifted": is_drifted,
            "since": checked_at if is_drifted else None,
        },
    )


def test_fresh_looks_end_a_freeze_once_known_pages_are_read_right(moscow: VantagePoint) -> None:
    watches = known(moscow)
    all_gone(watches, moscow)
    frozen = NOW + BURST[3]
    watch = watches[0]
    health(moscow, checked_at=NOW)  # before the freeze: it vouches for nothing
    assert not look(watch, State.GONE, frozen + SOONEST, moscow).changed
    health(moscow, checked_at=frozen + SOONEST, is_drifted=True)
    assert not look(watch, State.GONE, frozen + SOONEST * 1.1, moscow).changed
    health(moscow, checked_at=frozen + SOONEST)
    assert not look(watch, State.GONE, frozen + SOONEST * 1.2, moscow, canary_ok=None).changed
    assert look(watch, State.GONE, frozen + SOONEST * 1.3, moscow).changed
    record = PlatformRecord.objects.get()
    assert (record.is_frozen, record.released_by) == (False, "")


def test_known_pages_that_are_read_right_at_once_end_no_freeze_at_once(moscow: VantagePoint) -> None:
    watches = known(moscow)
    all_gone(watches, moscow)
    soon = NOW + BURST[3] + timedelta(minutes=10)
    health(moscow, checked_at=soon)
    assert not look(watches[0], State.GONE, soon, moscow).changed


def test_where_no_page_is_known_a_day_of_looks_ends_a_freeze(moscow: VantagePoint) -> None:
    watches = known(moscow)
    all_gone(watches, moscow)
    frozen = NOW + BURST[3]
    assert not look(watches[0], State.GONE, frozen + UNKNOWN * 0.9, moscow).changed
    assert look(watches[0], State.GONE, frozen + UNKNOWN, moscow).changed


def test_after_a_thaw_a_platform_can_be_frozen_again(moscow: VantagePoint) -> None:
    watches = known(moscow)
    all_gone(watches, moscow)
    released = NOW + timedelta(hours=5)
    operations.release_platform(platform="vk", by="operator", now=released)
    for watch in watches:
        look(watch, State.GONE, released, moscow)
    assert statuses() == ["gone"]
    start = released + THAW
    for offset in BURST:
        for watch in watches:
            look(watch, State.BLOCKED, start + offset, moscow)
    assert statuses() == ["gone"]
    record = PlatformRecord.objects.get()
    assert (record.is_frozen, record.released_at, record.released_by) == (True, None, "")


# --- What mistakes teach


def test_what_mistakes_teach_is_kept_and_counts_for_others_until_they_have_their_own(
    moscow: VantagePoint,
) -> None:
    assert freezing.trust_in("vk").alike
    freezing.learn(platform="vk", lesson=Lesson(alike_repeated=3, alike_denied=1), at=NOW)
    assert not freezing.trust_in("vk").alike
    assert not freezing.trust_in("reddit").alike
    freezing.learn(platform="reddit", lesson=Lesson(alike_denied=10), at=NOW)
    assert freezing.trust_in("reddit").alike
    assert not freezing.trust_in("vk").alike


def test_a_wrong_marker_that_stays_for_hours_fools_a_platform_once(moscow: VantagePoint) -> None:
    first, second = known(moscow, number=2)
    for offset in BURST:
        look(first, State.GONE, NOW + offset, moscow)
    first.refresh_from_db()
    assert first.status == "gone"
    for hours in (12, 13, 16):
        look(first, State.BLOCKED, NOW + timedelta(hours=hours), moscow)
    first.refresh_from_db()
    assert first.status == "blocked"
    assert PlatformRecord.objects.get().lessons["alike_repeated"] == 3
    start = NOW + DAY
    for offset in BURST:
        look(second, State.GONE, start + offset, moscow)
    second.refresh_from_db()
    assert second.status == "blocked"
    look(second, State.GONE, start + timedelta(hours=26), moscow)
    second.refresh_from_db()
    assert second.status == "gone"
