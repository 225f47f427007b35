"""What an event asks of the tracker: its page is watched from the territory and from home, as long as it is needed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from events import operations
from events.dates import ImpreciseDate
from events.models import BlockEvent, Page
from tests.make import NOW, TOLD, make_authority, make_event, make_page
from tracker import operations as tracker
from tracker.models import Target, Watch

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
ORIGIN = "http://127.0.0.1:8009"


@pytest.fixture(autouse=True)
def _at_home_in_germany(settings: Any) -> None:
    settings.HOME_COUNTRY = "DE"
    settings.REHEARSAL_ORIGIN = ORIGIN


def active(page: Page) -> set[str]:
    """From where a page is watched."""
    page.refresh_from_db()
    rows = Watch.objects.filter(target__url=page.canonical_url, is_active=True)
    return set(rows.values_list("territory", flat=True))


def another_page(page: Page) -> Page:
    return make_page(group=page.group)


def test_a_recorded_page_is_watched_where_it_is_blocked_and_at_home_from_now_on() -> None:
    event = make_event(publish=False)
    assert event.page is not None
    assert event.watch is not None
    assert (event.watch.territory, event.watch.next_probe_at) == ("RU", NOW)
    assert event.watch.target.url == event.page.canonical_url
    assert event.page.target == event.watch.target
    assert active(event.page) == {"RU", "DE"}


def test_a_rehearsed_page_is_watched_in_its_territory_only() -> None:
    page = make_page(url=f"{ORIGIN}/river-watch")
    make_event(page=page, territory="XX")
    assert active(page) == {"XX"}


def test_an_event_whose_page_or_territory_is_not_known_is_not_checkable() -> None:
    page = make_page()
    events = [
        operations.record_event(by=None, now=NOW, page=page),
        operations.record_event(by=None, now=NOW, group=page.group, platform=page.platform, territory="RU"),
    ]
    assert [event.watch for event in events] == [None, None]
    assert [operations.check_now(event=event, now=NOW) for event in events] == [0, 0]
    assert not Target.objects.exists()


def test_an_event_becomes_checkable_when_its_territory_is_learned() -> None:
    event = make_event(territory=None)
    operations.correct_event(correction=TOLD, event=event, by=None, now=LATER, territory="RU")
    event.refresh_from_db()
    assert event.watch is not None
    assert event.watch.next_probe_at == LATER


def test_many_events_of_one_page_share_its_watch() -> None:
    page = make_page()
    watches = {make_event(page=page).watch for _ in range(3)}
    assert len(watches) == 1
    assert Watch.objects.count() == 2


def test_another_page_is_another_watch_and_the_old_one_is_left() -> None:
    event = make_event()
    old = event.page
    assert old is not None
    new = another_page(old)
    operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, page=new)
    event.refresh_from_db()
    assert event.watch is not None
    assert event.watch.target == Page.objects.get(pk=new.pk).target
    assert active(old) == set()
    assert active(new) == {"RU", "DE"}


def test_a_watch_that_another_event_needs_goes_on() -> None:
    page = make_page()
    moved, staying = make_event(page=page), make_event(page=page)
    operations.correct_event(correction=TOLD, event=moved, by=None, now=NOW, page=another_page(page))
    assert active(page) == {"RU", "DE"}
    operations.withdraw_event(event=staying, by=None, now=NOW, because="Wrong.")
    assert active(page) == set()


def test_another_territory_is_another_watch_of_the_same_page() -> None:
    event = make_event(territory="RU")
    page = event.page
    assert page is not None
    operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, territory="BY")
    assert active(page) == {"BY", "DE"}


def test_an_event_that_moves_away_from_home_is_still_watched_at_home() -> None:
    event = make_event(territory="DE")
    page = event.page
    assert page is not None
    operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, territory="RU")
    assert active(page) == {"RU", "DE"}


def test_home_is_not_left_while_an_event_elsewhere_needs_it() -> None:
    page = make_page()
    make_event(page=page, territory="RU")
    at_home = make_event(page=page, territory="DE")
    operations.withdraw_event(event=at_home, by=None, now=NOW, because="Wrong.")
    assert active(page) == {"RU", "DE"}


def test_events_in_two_territories_leave_one_by_one() -> None:
    page = make_page()
    here, there = make_event(page=page, territory="RU"), make_event(page=page, territory="BY")
    assert active(page) == {"RU", "BY", "DE"}
    operations.withdraw_event(event=here, by=None, now=NOW, because="Wrong.")
    assert active(page) == {"BY", "DE"}
    operations.withdraw_event(event=there, by=None, now=NOW, because="Wrong.")
    assert active(page) == set()


def test_a_withdrawn_event_has_no_watch_and_what_was_seen_stays() -> None:
    event = make_event()
    watch = event.watch
    operations.withdraw_event(event=event, by=None, now=NOW, because="Wrong.")
    event.refresh_from_db()
    assert event.watch is None
    assert watch is not None
    assert Watch.objects.filter(pk=watch.pk, is_active=False).exists()


def test_a_correction_of_a_withdrawn_event_does_not_watch_again() -> None:
    event = make_event()
    operations.withdraw_event(event=event, by=None, now=NOW, because="Wrong.")
    operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, summary="Other words.")
    assert event.page is not None
    assert active(event.page) == set()


def test_a_deleted_draft_is_not_watched() -> None:
    event = make_event(publish=False)
    page = event.page
    assert page is not None
    operations.remove(event, by=None, now=NOW)
    assert active(page) == set()


def test_a_page_that_comes_back_is_watched_again_at_once() -> None:
    page = make_page()
    operations.withdraw_event(event=make_event(page=page), by=None, now=NOW, because="Wrong.")
    event = make_event(page=page, now=LATER)
    assert event.watch is not None
    assert (event.watch.is_active, event.watch.next_probe_at) == (True, LATER)


def test_a_page_whose_address_is_corrected_is_watched_at_the_new_one() -> None:
    page = make_page(url="https://vk.com/club77")
    event, undated = make_event(page=page), make_event(page=page, territory=None)
    old = event.watch
    page.url = "https://t.me/club77"
    operations.keep(page, by=None, now=LATER, correction=TOLD)
    event.refresh_from_db()
    undated.refresh_from_db()
    assert event.watch is not None
    assert old is not None
    assert event.watch.target.url == "https://t.me/club77"
    assert not Watch.objects.filter(target=old.target, is_active=True).exists()
    assert event.platform == undated.platform == Page.objects.get(pk=page.pk).platform
    assert event.history.latest().history_change_reason == "the page's address was corrected"


def test_a_page_that_is_kept_as_it_was_changes_no_event() -> None:
    event = make_event()
    before = event.history.count()
    page = event.page
    assert page is not None
    page.note = "Seen in the archive."
    operations.keep(page, by=None, now=LATER)
    assert event.history.count() == before


def test_checking_now_makes_every_watch_of_the_page_due() -> None:
    event = make_event()
    Watch.objects.update(next_probe_at=LATER)
    assert operations.check_now(event=event, now=NOW) == 2
    assert Watch.objects.due(NOW).count() == 2


def test_a_watch_that_a_worker_holds_is_not_made_due_again() -> None:
    event = make_event()
    assert event.watch is not None
    tracker.claim_one(watch_id=event.watch.pk, now=NOW)
    assert operations.check_now(event=event, now=NOW) == 1


def test_the_reason_of_a_new_target_is_in_the_pages_history() -> None:
    event = make_event(blocked="2022-11-27")
    assert event.page is not None
    reasons = [row.history_change_reason for row in event.page.history.all()]
    assert reasons == ["watched", None]
    operations.correct_event(
        correction=TOLD, event=event, by=None, now=NOW, blocked=ImpreciseDate.parse("2022-11")
    )
    assert event.page.history.count() == 2
    assert BlockEvent.objects.get(pk=event.pk).watch == event.watch


def test_pages_of_one_order_are_looked_at_more_often_when_another_page_falls_under_it() -> None:
    order = operations.record_order(
        by=None, now=NOW, authority=make_authority(), number="27-31-2022/Id1", dated=ImpreciseDate.unknown()
    )
    first, stranger = make_event(orders=[order]), make_event()
    assert first.watch is not None
    assert stranger.watch is not None
    rarely = LATER + timedelta(days=14)
    Watch.objects.update(stable_looks=9, next_probe_at=rarely)
    make_event(orders=[order], now=LATER)
    rows = dict(Watch.objects.values_list("pk", "next_probe_at"))
    assert rows[first.watch.pk] == LATER + timedelta(hours=6)
    assert rows[stranger.watch.pk] == rarely
    make_event(orders=[order], now=LATER + timedelta(hours=1))
    assert Watch.objects.get(pk=first.watch.pk).next_probe_at == LATER + timedelta(hours=6)
