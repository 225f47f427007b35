"""Known pages: when they are looked at, what they say of the rules, and what a drifted platform's looks say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.make import NOW, make_vantage, make_watch, make_web_watch
from tests.tracker.conftest import Clock, Rehearsal
from tests.tracker.far_away import CANARY, FarAway, far_away
from tracker import operations, probes
from tracker.drifting import known_pages, look_at_known_pages
from tracker.facts import State, Verdict
from tracker.judging import RULES_VERSION
from tracker.judging.platforms import ADAPTERS
from tracker.models import Host, Measurement, PlatformHealth, VantagePoint, Watch
from tracker.models import Verdict as VerdictRow
from tracker.operations.drifting import CHECK_EVERY
from tracker.places import ensure_places

pytestmark = pytest.mark.django_db
Rounds = Callable[..., int]

MINUTE = timedelta(minutes=1)
_known = ADAPTERS["telegram"].canaries
assert _known is not None
ALIVE, MISSING = _known.alive, _known.missing
NAME = ALIVE.rpartition("/")[2]
POSTS = (
    f'<title>{NAME}</title><div class="tgme_channel_info">Words</div>'
    f'<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="{NAME}/7">'
    '<div class="tgme_widget_message_text">Words of a post.</div></div></div>'
)
NEW_DESIGN = '<title>Telegram</title><div id="app"></div><script src="/app.js"></script>'
NOBODY = (
    "<title>Telegram: Contact @nobody</title>"
    '<div class="tgme_page_description">If you have Telegram, you can contact @nobody right away.</div>'
)


@pytest.fixture
def far(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[FarAway]:
    """Telegram as it should be, with one page of it watched from a place in RU."""
    settings.CANARY_URLS, settings.HOME_COUNTRY, settings.LOOK_SECONDS = [CANARY], "DE", 5
    with far_away("t.me", folder=tmp_path / "authority", patch=monkeypatch) as there:
        ensure_places()
        VantagePoint.objects.update(via=there.via)
        make_vantage(name="inside", country="RU", via=there.via)
        make_watch(url="https://t.me/quay", territory="RU")
        there.shows(ALIVE, POSTS)
        there.shows(MISSING, NOBODY)
        yield there


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turns as short as the rehearsal's: how far apart they are is tried elsewhere."""
    from tracker import drifting
    from tracker.schedule import REHEARSAL

    monkeypatch.setattr(drifting, "pace_of", lambda _platform: REHEARSAL)


def health() -> PlatformHealth:
    return PlatformHealth.objects.get()


# --- What they say of the rules


def test_known_pages_that_are_read_right_say_that_the_rules_fit(
    far: FarAway, fast: None, clock: Clock
) -> None:
    assert look_at_known_pages(clock=clock) == 1
    row = health()
    assert (row.vantage.name, row.platform, row.is_drifted, row.since) == ("inside", "telegram", False, None)
    assert (row.alive_state, row.missing_state) == ("reachable", "gone")
    assert row.rules_version == RULES_VERSION
    assert not Measurement.objects.exists()


def test_a_redesign_is_a_drift_and_ends_when_the_page_is_read_right_again(
    far: FarAway, fast: None, clock: Clock
) -> None:
    far.shows(ALIVE, NEW_DESIGN)
    far.shows(f"{ALIVE}/1?embed=1&mode=tme", NEW_DESIGN)
    look_at_known_pages(clock=clock)
    row = health()
    assert row.is_drifted
    assert row.since == row.checked_at
    assert row.detail.startswith("The page that lives was read as insufficient: ")
    far.shows(ALIVE, POSTS)
    clock.forward(CHECK_EVERY)
    look_at_known_pages(clock=clock)
    assert (health().is_drifted, health().since) == (False, None)


def test_a_page_that_was_never_there_and_passes_for_alive_is_a_drift(
    far: FarAway, fast: None, clock: Clock
) -> None:
    far.shows(MISSING, POSTS)
    look_at_known_pages(clock=clock)
    assert health().is_drifted
    assert health().detail.startswith("The page that was never there was read as reachable: ")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        ("429 Too Many Requests", "Later."),
        ("403 Forbidden", "No."),
        ("500 Internal Server Error", "Out of order."),
        ("451 Unavailable For Legal Reasons", "Unavailable."),
        ("200 OK", "<title>Just a moment...</title><p>Verify you are human</p>"),
    ],
)
def test_what_says_nothing_about_the_rules_leaves_things_as_they_were(
    far: FarAway, fast: None, clock: Clock, status: str, body: str
) -> None:
    far.shows(ALIVE, body, status=status)
    look_at_known_pages(clock=clock)
    assert (health().is_drifted, health().checked_at is not None) == (False, True)
    PlatformHealth.objects.update(is_drifted=True, since=NOW)
    clock.forward(CHECK_EVERY)
    look_at_known_pages(clock=clock)
    assert (health().is_drifted, health().since) == (True, NOW)


def test_a_known_page_is_asked_about_at_the_second_address_like_every_other(
    far: FarAway, fast: None, clock: Clock
) -> None:
    look_at_known_pages(clock=clock)
    assert f"{MISSING}/1?embed=1&mode=tme" in far.asked


# --- When they are looked at


def test_they_are_looked_at_every_six_hours_and_at_once_by_new_rules(
    far: FarAway, fast: None, clock: Clock
) -> None:
    assert look_at_known_pages(clock=clock) == 1
    clock.forward(CHECK_EVERY - MINUTE)
    assert look_at_known_pages(clock=clock) == 0
    clock.forward(MINUTE)
    assert look_at_known_pages(clock=clock) == 1
    PlatformHealth.objects.update(rules_version="2000.1.1")
    assert look_at_known_pages(clock=clock) == 1


def test_what_nobody_watches_is_not_looked_at(far: FarAway, fast: None, clock: Clock) -> None:
    Watch.objects.update(is_active=False)
    make_web_watch(territory="RU")
    assert look_at_known_pages(clock=clock) == 0
    assert (far.asked, PlatformHealth.objects.count()) == ([], 0)


def test_one_of_two_who_come_at_once_looks(far: FarAway, clock: Clock) -> None:
    place = VantagePoint.objects.get(name="inside")
    takes = [operations.take_check(vantage_id=place.pk, platform="telegram", now=clock()) for _ in range(2)]
    assert takes == [True, False]


def test_a_place_that_does_not_work_learns_nothing_and_tries_again_soon(
    far: FarAway, fast: None, clock: Clock
) -> None:
    far.shows(CANARY, "no", status="500 Internal Server Error")
    assert look_at_known_pages(clock=clock) == 0
    assert (health().checked_at, health().is_drifted, far.asked) == (None, False, [])
    assert timedelta(0) < health().next_check_at - clock() <= 10 * MINUTE


def test_known_pages_wait_for_their_turn_and_leave_a_paused_host_alone(
    far: FarAway, fast: None, clock: Clock
) -> None:
    until = clock() + timedelta(hours=1)
    operations.pause_host(host="t.me", until=until)
    assert look_at_known_pages(clock=clock) == 0
    assert far.asked == []
    Host.objects.update(paused_until=None, next_turn_at=clock() + 5 * MINUTE)
    clock.forward(timedelta(minutes=11))
    Host.objects.update(next_turn_at=clock() + 5 * MINUTE)
    assert look_at_known_pages(clock=clock) == 0
    assert health().next_check_at >= clock() + 4 * MINUTE
    assert far.asked == []


# --- What looks say meanwhile


def test_every_look_at_a_drifted_platform_is_insufficient_and_the_status_stays(
    far: FarAway, fast: None, clock: Clock, rounds: Rounds
) -> None:
    far.shows("https://t.me/quay", "Withheld.", status="451 Unavailable For Legal Reasons")
    look_at_known_pages(clock=clock)
    rounds(2, apart=timedelta(hours=7))
    assert Watch.objects.get().status == "blocked"
    PlatformHealth.objects.update(is_drifted=True, since=NOW)
    far.shows("https://t.me/quay", POSTS.replace(NAME, "quay"))
    rounds(3, apart=timedelta(hours=7))
    verdict = VerdictRow.objects.latest("id")
    assert (verdict.state, verdict.rule_id) == ("insufficient", "platform_drifted")
    assert verdict.measurement.canary_ok is True
    assert Watch.objects.get().status == "blocked"


def test_drift_at_one_place_says_nothing_of_another_place_or_platform(
    far: FarAway, clock: Clock, rounds: Rounds
) -> None:
    elsewhere = make_vantage(name="elsewhere", country="KZ", via=far.via)
    PlatformHealth.objects.create(
        vantage=elsewhere, platform="telegram", is_drifted=True, since=NOW, next_check_at=NOW
    )
    here = VantagePoint.objects.get(name="inside")
    PlatformHealth.objects.create(vantage=here, platform="vk", is_drifted=True, since=NOW, next_check_at=NOW)
    far.shows("https://t.me/quay", POSTS.replace(NAME, "quay"))
    rounds(1)
    assert VerdictRow.objects.latest("id").rule_id == "telegram_own_content"


def test_a_look_by_hand_says_what_is_known_of_the_platform_and_asks_for_no_known_page(
    far: FarAway, clock: Clock
) -> None:
    here = VantagePoint.objects.get(name="inside")
    PlatformHealth.objects.create(
        vantage=here, platform="telegram", is_drifted=True, since=NOW, next_check_at=NOW
    )
    far.shows("https://t.me/quay", POSTS.replace(NAME, "quay"))
    view = probes.view(vantage="inside", via=None, control=None, territory=None, clock=clock)
    answer = probes.probe(probes.Asked("https://t.me/quay"), view, save=False).as_json()
    assert (answer["state"], answer["rule_id"]) == ("insufficient", "platform_drifted")
    assert far.asked == ["https://t.me/quay"]


# --- The rehearsal


def test_the_rehearsal_has_a_page_that_always_lives_and_one_that_never_was(
    rehearsal: Rehearsal, clock: Clock
) -> None:
    rehearsal.watch("river-watch")
    assert look_at_known_pages(clock=clock) == 1
    row = health()
    assert (row.vantage.name, row.is_drifted) == ("rehearsal-inside", False)
    assert (row.alive_rule_id, row.missing_rule_id) == ("rehearsal_own_content", "rehearsal_deleted")


def test_without_a_rehearsal_it_has_no_known_pages(settings: Any) -> None:
    settings.REHEARSAL_ORIGIN = ""
    assert known_pages("rehearsal") is None
    assert known_pages("web") is None


def test_a_bug_of_ours_in_one_check_leaves_the_others(
    far: FarAway, fast: None, clock: Clock, rehearsal: Rehearsal
) -> None:
    """Telegram's place is reached by nonsense, which no canary vouches for; the rehearsal is looked at."""
    VantagePoint.objects.filter(name="inside").update(
        via="gopher://nowhere", canary_ok=True, canary_checked_at=clock()
    )
    rehearsal.watch("river-watch")
    look_at_known_pages(clock=clock)
    assert PlatformHealth.objects.get(platform="rehearsal").checked_at is not None
    assert PlatformHealth.objects.get(platform="telegram").checked_at is None


def test_a_check_keeps_what_it_saw(far: FarAway, clock: Clock) -> None:
    place = VantagePoint.objects.get(name="inside")
    operations.take_check(vantage_id=place.pk, platform="telegram", now=clock())
    alive = Verdict(State.GONE, "telegram_unknown_name", RULES_VERSION, "Telegram shows nothing.")
    missing = Verdict(State.GONE, "telegram_unknown_name", RULES_VERSION, "Telegram shows nothing.")
    how: dict[str, Any] = {"vantage_id": place.pk, "platform": "telegram", "now": clock()}
    assert operations.record_check(alive=alive, missing=missing, answered=False, **how) is None
    assert health().detail == "Nothing was learned from the page that lives: Telegram shows nothing."
    assert operations.record_check(alive=alive, missing=missing, **how) is True
    assert health().detail == "The page that lives was read as gone: Telegram shows nothing."
