"""Where looks are made from: the right territory, a control that stands elsewhere, and turns at hosts."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from tests.make import NOW, make_vantage
from tests.tracker.conftest import Workers
from tracker import operations
from tracker.facts import Canary, Role
from tracker.models import Host, VantagePoint
from tracker.operations import Claim
from tracker.places import Place, Places, control_for, ensure_places, experiment_for, home, place_of

SPACING = timedelta(seconds=5)
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _home(settings: Any) -> None:
    settings.HOME_COUNTRY = "DE"
    settings.REHEARSAL_ORIGIN = "http://127.0.0.1:8009"
    settings.REHEARSAL_ORIGIN_PARTS = ("http", "127.0.0.1", 8009)


def claim(territory: str = "RU", platform: str = "vk") -> Claim:
    return Claim(1, uuid.uuid4(), "https://vk.com/club1", platform, "vk.com", territory, None, 0, NOW)


def control_name(claimed: Claim, experiment: Place) -> str | None:
    control = control_for(claimed, experiment)
    return control.name if control else None


@pytest.mark.django_db
def test_home_and_the_rehearsal_are_there_by_themselves_and_once() -> None:
    for _ in range(2):
        ensure_places()
    places = {row.name: (row.country, row.role, row.via, row.platform) for row in VantagePoint.objects.all()}
    assert places == {
        "home": ("DE", "experiment", "direct", ""),
        "home-control": ("DE", "control", "direct", ""),
        "rehearsal-inside": ("XX", "experiment", "http://127.0.0.1:8010", "rehearsal"),
        "rehearsal-outside": ("DE", "control", "direct", "rehearsal"),
    }


@pytest.mark.django_db
def test_without_a_rehearsal_there_is_only_home(settings: Any) -> None:
    settings.REHEARSAL_ORIGIN_PARTS = None
    assert home().name == "home"
    assert set(VantagePoint.objects.values_list("name", flat=True)) == {"home", "home-control"}


@pytest.mark.django_db
def test_a_page_is_looked_at_from_its_territory_or_not_at_all() -> None:
    ensure_places()
    make_vantage(name="minsk", country="BY")
    assert experiment_for(claim("RU")) is None
    moscow = make_vantage(name="moscow", country="RU", via="socks5h://127.0.0.2:1080")
    assert experiment_for(claim("RU")) == place_of(moscow)
    VantagePoint.objects.filter(pk=moscow.pk).update(is_active=False)
    assert experiment_for(claim("RU")) is None


@pytest.mark.django_db
def test_a_control_is_no_experiment_and_an_experiment_is_no_control() -> None:
    make_vantage(name="moscow", country="RU", role=Role.CONTROL)
    assert experiment_for(claim("RU")) is None
    moscow = place_of(make_vantage(name="moscow-2", country="RU", via="http://127.0.0.2:3128"))
    make_vantage(name="berlin", country="DE", role=Role.EXPERIMENT)
    assert control_for(claim("RU"), moscow) is None


@pytest.mark.django_db
def test_a_control_stands_in_another_country_and_is_reached_another_way() -> None:
    moscow = place_of(make_vantage(name="moscow", country="RU", via="http://127.0.0.2:3128"))
    make_vantage(name="same-country", country="RU", role=Role.CONTROL, via="http://127.0.0.3:3128")
    make_vantage(name="same-way", country="DE", role=Role.CONTROL, via="http://127.0.0.2:3128")
    assert control_name(claim(), moscow) is None
    make_vantage(name="elsewhere", country="DE", role=Role.CONTROL)
    assert control_name(claim(), moscow) == "elsewhere"


@pytest.mark.django_db
def test_a_place_for_one_platform_is_preferred_and_looks_at_no_other() -> None:
    make_vantage(name="any", country="RU")
    make_vantage(name="for-vk", country="RU", platform="vk")
    assert [found.name for code in ("vk", "telegram") if (found := experiment_for(claim("RU", code)))] == [
        "for-vk",
        "any",
    ]


@pytest.mark.django_db
def test_the_rehearsal_is_looked_at_from_its_own_places_and_they_at_nothing_else() -> None:
    ensure_places()
    make_vantage(name="anywhere", country="XX")
    inside = experiment_for(claim("XX", "rehearsal"))
    assert inside is not None
    assert inside.name == "rehearsal-inside"
    assert control_name(claim("XX", "rehearsal"), inside) == "rehearsal-outside"
    outside = experiment_for(claim("XX", "vk"))
    assert outside is not None
    assert outside.name == "anywhere"


@pytest.mark.django_db
def test_a_place_has_its_own_canary_or_the_default_ones(settings: Any) -> None:
    settings.CANARY_URLS = ["http://127.0.0.1:1/"]
    assert place_of(make_vantage()).canary_urls == ("http://127.0.0.1:1/",)
    assert place_of(make_vantage(canary_url="http://127.0.0.1:2/")).canary_urls == ("http://127.0.0.1:2/",)


@pytest.mark.django_db
def test_a_canary_is_remembered() -> None:
    row = make_vantage()
    canary = Canary(ok=False, checked_at=NOW, no_internet=True, detail="x" * 1000)
    operations.record_canary(vantage_id=row.pk, canary=canary)
    row.refresh_from_db()
    assert place_of(row).canary == Canary(ok=False, checked_at=NOW, no_internet=True, detail="x" * 300)
    operations.record_canary(vantage_id=row.pk, canary=Canary(ok=None, checked_at=NOW))
    row.refresh_from_db()
    assert place_of(row).canary == Canary(ok=None)


@pytest.mark.django_db
def test_a_canary_of_another_way_is_forgotten() -> None:
    row = make_vantage(name="via", via="socks5h://127.0.0.2:1080")
    operations.record_canary(vantage_id=row.pk, canary=Canary(ok=True, checked_at=NOW))
    same = make_vantage(name="via", via="socks5h://127.0.0.2:1080")
    assert same.canary_ok is True
    other = make_vantage(name="via", via="socks5h://127.0.0.3:1080")
    assert (other.pk, other.canary_ok, other.canary_checked_at) == (row.pk, None, None)


@pytest.mark.django_db
def test_a_place_that_was_switched_off_stays_off() -> None:
    ensure_places()
    VantagePoint.objects.filter(name="home").update(is_active=False)
    ensure_places()
    assert not VantagePoint.objects.get(name="home").is_active


# --- Turns


@pytest.mark.django_db
def test_turns_at_a_host_are_apart_and_hosts_do_not_wait_for_each_other() -> None:
    turns = [operations.take_turn(host="vk.com", now=NOW, spacing=SPACING) for _ in range(3)]
    assert turns == [NOW, NOW + SPACING, NOW + 2 * SPACING]
    assert operations.take_turn(host="t.me", now=NOW, spacing=SPACING) == NOW


@pytest.mark.django_db
def test_a_host_that_nobody_visited_for_long_is_visited_at_once() -> None:
    operations.take_turn(host="vk.com", now=NOW, spacing=SPACING)
    assert operations.take_turn(host="vk.com", now=LATER, spacing=SPACING) == LATER


@pytest.mark.django_db
@pytest.mark.parametrize("is_known", [True, False])
def test_a_host_that_asks_for_a_pause_gets_it(is_known: bool) -> None:
    if is_known:
        operations.take_turn(host="vk.com", now=NOW, spacing=SPACING)
    operations.pause_host(host="vk.com", until=LATER)
    turns = [operations.take_turn(host="vk.com", now=NOW, spacing=SPACING) for _ in range(2)]
    assert turns == [LATER, LATER + SPACING]
    assert Host.objects.count() == 1


@pytest.mark.django_db
def test_a_turn_that_was_taken_is_kept_unless_the_host_asked_for_a_pause_since() -> None:
    first = operations.take_turn(host="vk.com", now=NOW, spacing=SPACING)
    second = operations.take_turn(host="vk.com", now=NOW, spacing=SPACING)
    assert operations.take_turn(host="vk.com", now=second, spacing=SPACING, taken=second) == second
    assert first != second
    operations.pause_host(host="vk.com", until=LATER)
    assert operations.take_turn(host="vk.com", now=second, spacing=SPACING, taken=second) == LATER
    after = LATER + SPACING
    assert operations.take_turn(host="vk.com", now=after, spacing=SPACING, taken=after) == after


def test_turns_taken_at_the_same_moment_are_all_different(workers: Workers) -> None:
    def take() -> Any:
        return [operations.take_turn(host="vk.com", now=NOW, spacing=SPACING) for _ in range(5)]

    turns = [turn for one in workers.run(*[take] * 4) for turn in one]
    assert sorted(turns) == [NOW + number * SPACING for number in range(20)]


# --- Several vantage points in one territory


@pytest.mark.django_db
def test_vantage_points_take_turns_and_a_new_one_looks_first() -> None:
    one, two, three = (place_of(make_vantage(name=name, country="RU")) for name in ("one", "two", "three"))
    places = Places()

    def turns(*looked_from: Place) -> list[str]:
        ids = [place.vantage_id for place in looked_from]
        return [place.name for place in places.in_turn_for(claim(), ids)]

    assert turns() == ["one", "two", "three"]
    assert turns(one) == ["two", "three", "one"]
    assert turns(three, one, two) == ["three", "one", "two"]


@pytest.mark.django_db
def test_places_for_one_platform_take_turns_among_themselves() -> None:
    for name, platform in (("any", ""), ("for-vk", "vk"), ("for-vk-too", "vk")):
        make_vantage(name=name, country="RU", platform=platform)
    ids = {row.name: row.pk for row in VantagePoint.objects.all()}
    found = Places().in_turn_for(claim(), [ids["for-vk"]])
    assert [place.name for place in found] == ["for-vk-too", "for-vk", "any"]
