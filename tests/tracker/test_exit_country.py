"""Whether the way out of a vantage point stands in the country that it says: told by a page that sees its visitors."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.make import make_observation, make_vantage, make_watch
from tests.tracker.conftest import Clock
from tests.tracker.far_away import CANARY, FarAway, far_away
from tracker import vantage
from tracker.canaries import country_in, freshened
from tracker.models import Measurement, VantagePoint, Watch
from tracker.places import Place, ensure_places, place_of

pytestmark = pytest.mark.django_db
WHERE = "https://where.example/json"


@pytest.fixture
def far(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[FarAway]:
    settings.CANARY_URLS, settings.HOME_COUNTRY, settings.LOOK_SECONDS = [CANARY], "DE", 5
    settings.EXIT_COUNTRY_URL = WHERE
    with far_away("where.example", "page.example", folder=tmp_path / "authority", patch=monkeypatch) as there:
        ensure_places()
        VantagePoint.objects.update(via=there.via)
        yield there


def place(far: FarAway, country: str = "RU") -> Place:
    return place_of(make_vantage(name="inside", country=country, via=far.via))


@pytest.mark.parametrize(
    ("body", "country"),
    [
        ('{"ip": "203.0.113.9", "country": "RU"}', "RU"),
        ('{"country": "Russia", "country_code": "RU"}', "RU"),
        ('{"countryCode": "ru"}', "RU"),
        ("RU\n", "RU"),
        ("fl=1\nip=203.0.113.9\nloc=RU\ntls=TLSv1.3\n", "RU"),
        ('{"country": "Russia"}', None),
        ('{"country": 7}', None),
        ('{"ip": "203.0.113.9"}', None),
        ("<html><p>Hello", None),
        ("", None),
        ("RUS", None),
        ("words\nOK\nwords", None),
    ],
)
def test_a_country_is_read_from_what_such_pages_answer(body: str, country: str | None) -> None:
    seen = make_observation(url=WHERE, text=body)
    assert country_in(seen) == country
    assert country_in(dataclasses.replace(seen, hops=())) is None


def test_a_way_out_in_the_country_is_a_place_that_works(far: FarAway, clock: Clock) -> None:
    far.tells(WHERE, {"country": "RU"})
    (fresh,) = freshened([place(far)], clock=clock)
    assert (fresh.canary.ok, fresh.canary.detail) == (True, "")
    assert WHERE in far.asked


def test_a_way_out_in_another_country_holds_all_looks_and_says_so(far: FarAway, clock: Clock) -> None:
    far.tells(WHERE, {"country": "NL"})
    place(far)
    watch = make_watch(url="https://page.example/1", territory="RU")
    vantage.probe_due(clock=clock, dice=lambda: 0.0)
    row = VantagePoint.objects.get(name="inside")
    assert (row.canary_ok, row.canary_wrong_country) == (False, True)
    assert row.canary_detail == "Its way out stands in NL, not in RU."
    assert Watch.objects.get(pk=watch.pk).held_rule_id == "vantage_wrong_country"
    assert not Measurement.objects.exists()
    # As before when it has come home, and asked again soon.
    far.tells(WHERE, {"country": "RU"})
    far.shows("https://page.example/1", "words")
    clock.forward(timedelta(minutes=11))
    vantage.probe_due(clock=clock, dice=lambda: 0.0)
    row.refresh_from_db()
    assert (row.canary_ok, row.canary_wrong_country) == (True, False)
    assert Measurement.objects.count() == 1


@pytest.mark.parametrize("answer", ["nobody", "500 Internal Server Error", "200 OK"])
def test_a_page_that_does_not_tell_the_country_proves_nothing(
    far: FarAway, clock: Clock, answer: str
) -> None:
    if answer != "nobody":
        far.shows(WHERE, "<p>Out of order", status=answer)
    (fresh,) = freshened([place(far)], clock=clock)
    assert (fresh.canary.ok, fresh.canary.detail) == (True, "The country of its way out was not told.")


@pytest.mark.parametrize("country", ["ZZ", "XX"])
def test_a_place_of_which_nobody_said_where_it_stands_is_not_asked(
    far: FarAway, clock: Clock, country: str
) -> None:
    far.tells(WHERE, {"country": "NL"})
    (fresh,) = freshened([place(far, country)], clock=clock)
    assert fresh.canary.ok is True
    assert WHERE not in far.asked


def test_nobody_is_asked_when_no_such_page_is_named(far: FarAway, clock: Clock, settings: Any) -> None:
    settings.EXIT_COUNTRY_URL = ""
    far.tells(WHERE, {"country": "NL"})
    (fresh,) = freshened([place(far)], clock=clock)
    assert fresh.canary.ok is True
    assert WHERE not in far.asked


def test_a_place_that_does_not_work_is_not_asked_where_it_stands(far: FarAway, clock: Clock) -> None:
    far.shows(CANARY, "no", status="500 Internal Server Error")
    (fresh,) = freshened([place(far)], clock=clock)
    assert (fresh.canary.ok, fresh.canary.wrong_country) == (False, False)
    assert WHERE not in far.asked
