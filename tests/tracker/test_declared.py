"""What a platform declares about other countries than the one that was looked from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.make import NOW, make_vantage, make_watch
from tests.tracker.conftest import Clock
from tests.tracker.far_away import CANARY, FarAway, far_away
from tracker import operations, probes
from tracker.models import Measurement, PlatformHealth, StatusChange, VantagePoint, Verdict, Watch
from tracker.operations.rejudging import judgement
from tracker.places import ensure_places

pytestmark = pytest.mark.django_db
Rounds = Callable[..., int]
HOURS = timedelta(hours=7)

POST = "https://x.com/quay/status/17"
DATA = "https://cdn.syndication.twimg.com/tweet-result?id=17&token=5f9j363m42&lang=en"
SHELL = '<title>X</title><div id="react-root"></div><script src="/main.js"></script>'
GROUP = "https://vk.com/club1"


@pytest.fixture
def far(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[FarAway]:
    """X with a post, this machine in DE, and nobody elsewhere."""
    settings.CANARY_URLS, settings.HOME_COUNTRY, settings.LOOK_SECONDS = [CANARY], "DE", 5
    names = ("x.com", "cdn.syndication.twimg.com", "vk.com")
    with far_away(*names, folder=tmp_path / "authority", patch=monkeypatch) as there:
        ensure_places()
        VantagePoint.objects.update(via=there.via)
        there.shows(POST, SHELL)
        yield there


def withheld(far: FarAway, *countries: str) -> None:
    user = {"id_str": "5", "name": "Quay", "screen_name": "quay"}
    post: dict[str, Any] = {
        "__typename": "Tweet",
        "id_str": "17",
        "text": "The ferry came in late.",
        "user": user,
    }
    far.tells(DATA, post | {"withheld_in_countries": list(countries)})


def watched(territory: str) -> Watch:
    return make_watch(url=POST, territory=territory)


def one(watch: Watch) -> Watch:
    watch.refresh_from_db()
    return watch


def rules_of(watch: Watch) -> list[str]:
    rows = Verdict.objects.filter(measurement__watch=watch).order_by("id")
    return list(rows.values_list("rule_id", flat=True))


# --- A territory where nobody stands


def test_a_country_where_nobody_stands_is_known_to_be_withheld_from_when_the_platform_says_so(
    far: FarAway, rounds: Rounds
) -> None:
    withheld(far, "RU", "TR")
    watch = watched("RU")
    rounds(1)
    assert one(watch).status == "insufficient"
    rounds(1, apart=HOURS)
    rounds(1)
    assert (one(watch).status, watch.status_rule_id) == ("blocked", "declared_withheld")
    assert (watch.status_mechanism, watch.held_rule_id) == ("geo_withheld", None)
    seen = Measurement.objects.filter(watch=watch, role="experiment").latest("id")
    assert (seen.vantage.name, seen.outside) == ("home", True)
    assert StatusChange.objects.get().rule_id == "declared_withheld"


def test_what_the_platform_does_not_declare_is_unknown_there_and_never_reachable(
    far: FarAway, rounds: Rounds
) -> None:
    withheld(far)
    watch = watched("RU")
    rounds(4, apart=HOURS)
    assert (one(watch).status, watch.status_rule_id) == ("insufficient", "not_declared_withheld_here")
    assert set(rules_of(watch)) == {"not_declared_withheld_here"}


def test_a_block_that_was_declared_does_not_end_by_silence(far: FarAway, rounds: Rounds) -> None:
    withheld(far, "RU")
    watch = watched("RU")
    rounds(3, apart=HOURS)
    assert one(watch).status == "blocked"
    withheld(far)
    rounds(3, apart=HOURS)
    assert rules_of(watch)[-1] == "not_declared_withheld_here"
    assert (one(watch).status, watch.status_rule_id) == ("blocked", "declared_withheld")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        ("200 OK", '<article data-testid="tweet"><div data-testid="tweetText">The ferry.</div></article>'),
        ("404 Not Found", "gone"),
        ("451 Unavailable For Legal Reasons", "no"),
    ],
)
def test_nothing_else_that_is_seen_from_outside_moves_a_status(
    far: FarAway, rounds: Rounds, status: str, body: str
) -> None:
    far.shows(POST, body, status=status)
    watch = watched("RU")
    rounds(4, apart=HOURS)
    assert one(watch).status == "insufficient"
    assert set(rules_of(watch)) == {"not_declared_withheld_here"}


def test_a_platform_that_declares_nothing_is_not_looked_at_from_outside(far: FarAway, rounds: Rounds) -> None:
    watch = make_watch(url=GROUP, territory="RU")
    rounds(1)
    assert (one(watch).held_rule_id, far.asked) == ("no_vantage_in_territory", [])


def test_nobody_looks_from_a_home_that_is_switched_off(far: FarAway, rounds: Rounds) -> None:
    VantagePoint.objects.filter(name="home").update(is_active=False)
    watch = watched("RU")
    rounds(1)
    assert (one(watch).held_rule_id, far.asked) == ("no_vantage_in_territory", [])


def test_a_look_from_outside_is_read_again_as_one(far: FarAway, rounds: Rounds) -> None:
    withheld(far, "RU")
    watched("RU")
    watched("DE")
    rounds(1, apart=timedelta(seconds=20))
    rounds(1)
    rows = Measurement.objects.filter(role="experiment").order_by("id")
    assert {judgement(row).rule_id for row in rows} == set(Verdict.objects.values_list("rule_id", flat=True))
    assert {row.outside for row in rows} == {True, False}


# --- A territory that another look says something about


def test_a_look_at_home_says_of_other_countries_what_the_platform_declares(
    far: FarAway, rounds: Rounds, clock: Clock
) -> None:
    withheld(far, "RU", "TR", "KZ")
    make_vantage(name="inside", country="RU", via=far.via)
    here, inside, elsewhere, other = (watched(country) for country in ("DE", "RU", "TR", "IN"))
    later = clock() + timedelta(days=3)
    Watch.objects.exclude(pk=here.pk).update(next_probe_at=later)
    rounds(1)
    assert rules_of(here) == ["x_embed_own_content"]
    assert rules_of(inside) == rules_of(elsewhere) == ["declared_withheld"]
    assert rules_of(other) == []
    assert far.asked == [POST, DATA]
    copy = Measurement.objects.get(watch=inside, role="experiment")
    assert (copy.outside, copy.vantage.name) == (True, "home")
    assert Measurement.objects.filter(watch=inside, role="endpoint").count() == 1
    assert (one(inside).lease_token, inside.attempts, inside.n_measurements) == (None, 0, 1)


def test_two_looks_elsewhere_that_agree_make_it_a_status(far: FarAway, rounds: Rounds, clock: Clock) -> None:
    withheld(far, "TR")
    make_vantage(name="inside", country="TR", via=far.via)
    here, there = watched("DE"), watched("TR")
    Watch.objects.filter(pk=there.pk).update(next_probe_at=clock() + timedelta(days=30))
    for _ in range(3):
        operations.check_now(watch_ids=[here.pk], now=clock())
        Watch.objects.filter(pk=there.pk).update(next_probe_at=clock() + timedelta(days=30))
        rounds(1, apart=HOURS)
    assert (one(there).status, there.status_rule_id) == ("blocked", "declared_withheld")
    assert one(here).status != "blocked"


def test_a_look_for_another_does_not_put_off_a_watchs_own(far: FarAway, rounds: Rounds, clock: Clock) -> None:
    withheld(far, "RU")
    make_vantage(name="inside", country="RU", via=far.via)
    here, inside = watched("DE"), watched("RU")
    due = clock() + timedelta(seconds=90)
    Watch.objects.filter(pk=inside.pk).update(next_probe_at=due)
    rounds(1)
    assert rules_of(inside) == ["declared_withheld"]
    assert one(inside).next_probe_at == due
    assert one(here).next_probe_at > due


def test_a_watch_that_a_worker_holds_is_left_to_it(far: FarAway, rounds: Rounds, clock: Clock) -> None:
    withheld(far, "RU")
    watched("DE")
    held = watched("RU")
    claim = operations.claim_one(watch_id=held.pk, now=clock())
    assert claim is not None
    rounds(1)
    assert (one(held).lease_token, rules_of(held)) == (claim.token, [])


def test_a_place_is_not_told_from_outside_what_its_own_country_sees(far: FarAway, rounds: Rounds) -> None:
    withheld(far, "DE", "RU")
    here, there = watched("DE"), watched("RU")
    Watch.objects.filter(pk=here.pk).update(is_active=False)
    rounds(1)
    assert rules_of(there) == ["declared_withheld"]
    Watch.objects.filter(pk=here.pk).update(is_active=True, next_probe_at=NOW + timedelta(days=99))
    operations.check_now(watch_ids=[there.pk], now=NOW + timedelta(hours=1))
    rounds(1)
    assert rules_of(here) == []


def test_a_drifted_platform_declares_nothing(far: FarAway, rounds: Rounds) -> None:
    withheld(far, "RU")
    home = VantagePoint.objects.get(name="home")
    PlatformHealth.objects.create(
        vantage=home, platform="x", is_drifted=True, since=NOW, next_check_at=NOW + timedelta(days=9)
    )
    here, there = watched("DE"), watched("RU")
    rounds(1)
    # Both are due at once at one host, so either may be the one that has its turn.
    assert {*rules_of(here), *rules_of(there)} == {"platform_drifted"}


# --- By hand


def test_a_look_by_hand_from_another_country_says_only_what_is_declared(far: FarAway, clock: Clock) -> None:
    withheld(far, "RU")
    make_vantage(name="berlin", country="DE", via=far.via)
    view = probes.view(vantage="berlin", via=None, control=None, territory="RU", clock=clock)
    answer = probes.probe(probes.Asked(POST), view, save=False).as_json()
    assert (answer["state"], answer["rule_id"]) == ("blocked", "declared_withheld")
    withheld(far)
    answer = probes.probe(probes.Asked(POST), view, save=False).as_json()
    assert (answer["state"], answer["rule_id"]) == ("insufficient", "not_declared_withheld_here")


def test_a_saved_look_by_hand_counts_for_the_others_as_well(far: FarAway, clock: Clock) -> None:
    withheld(far, "RU")
    there = watched("RU")
    make_vantage(name="berlin", country="DE", via=far.via)
    view = probes.view(vantage="berlin", via=None, control=None, territory=None, clock=clock)
    probes.probe(probes.Asked(POST), view, save=True)
    assert rules_of(there) == ["declared_withheld"]
    assert one(there).lease_token is None
