"""A platform's second address: when a look asks it, how, in whose turn, and what becomes of its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.make import make_vantage, make_watch
from tests.tracker.conftest import Clock
from tests.tracker.far_away import CANARY, FarAway, far_away
from tracker import operations, probes
from tracker.facts import Role
from tracker.judging.platforms import ADAPTERS
from tracker.models import Host, Measurement, VantagePoint, Verdict, Watch
from tracker.operations.places import is_paused
from tracker.places import ensure_places
from tracker.probing import Manner
from tracker.schedule import NORMAL
from tracker.vantage import planning
from tracker.vantage.looking import manner_of

pytestmark = pytest.mark.django_db
Rounds = Callable[..., int]

POST = "https://x.com/quay/status/17"
DATA = "https://cdn.syndication.twimg.com/tweet-result?id=17&token=5f9j363m42&lang=en"
SHELL = '<title>X</title><div id="react-root"></div><script src="/main.js"></script>'
CHANNEL = "https://t.me/quay"
EMBED = "https://t.me/quay/1?embed=1&mode=tme"
NAMES = ("x.com", "cdn.syndication.twimg.com", "t.me", "vk.com")


def tweet(**more: Any) -> dict[str, Any]:
    user = {"id_str": "5", "name": "Quay", "screen_name": "quay"}
    return {"__typename": "Tweet", "id_str": "17", "text": "The ferry came in late.", "user": user} | more


@pytest.fixture
def far(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[FarAway]:
    """Platforms, a place in RU, this machine in DE: all through one proxy on loopback, so that nothing goes out."""
    settings.CANARY_URLS, settings.HOME_COUNTRY, settings.LOOK_SECONDS = [CANARY], "DE", 5
    with far_away(*NAMES, folder=tmp_path / "authority", patch=monkeypatch) as there:
        ensure_places()
        VantagePoint.objects.update(via=there.via)
        VantagePoint.objects.filter(role="control").update(is_active=False)
        make_vantage(name="inside", country="RU", via=there.via)
        yield there


@pytest.fixture
def with_control(far: FarAway) -> None:
    make_vantage(name="beside", country="NL", role=Role.CONTROL, via=f"{far.via}/")


def last_rule() -> str:
    return Verdict.objects.latest("id").rule_id


def one(watch: Watch) -> Watch:
    watch.refresh_from_db()
    return watch


# --- What is asked, and what the answer means


def test_a_shell_is_read_by_its_platforms_second_address(far: FarAway, rounds: Rounds) -> None:
    far.shows(POST, SHELL)
    far.tells(DATA, tweet())
    watch = make_watch(url=POST, territory="RU")
    rounds(1)
    assert far.asked == [POST, DATA]
    assert last_rule() == "x_embed_own_content"
    assert one(watch).n_measurements == 1


def test_the_answer_is_asked_for_with_its_own_headers(far: FarAway, rounds: Rounds) -> None:
    far.shows(POST, SHELL)
    make_watch(url=POST, territory="RU")
    rounds(1)
    requests = {url: request.lower() for url, request in far.requests}
    assert b"\r\naccept: application/json\r\n" in requests[DATA]
    assert b"\r\naccept: text/html" in requests[POST]


def test_the_answer_is_kept_beside_the_page(far: FarAway, rounds: Rounds) -> None:
    far.shows(POST, SHELL)
    far.tells(DATA, tweet())
    make_watch(url=POST, territory="RU")
    rounds(1)
    page, answer = (Measurement.objects.get(role=role) for role in ("experiment", "endpoint"))
    assert (answer.look, answer.vantage_id, answer.final_url) == (page.look, page.vantage_id, DATA)
    assert answer.facts["accept_language"] == page.facts["accept_language"]
    assert not answer.verdicts.exists()


def test_a_legal_block_that_only_the_second_address_tells_is_a_block(far: FarAway, rounds: Rounds) -> None:
    far.shows(POST, SHELL)
    far.tells(DATA, tweet(withheld_in_countries=["RU"]))
    watch = make_watch(url=POST, territory="RU")
    rounds(2, apart=timedelta(hours=7))
    assert (one(watch).status, watch.status_rule_id) == ("blocked", "x_embed_withheld_field")


@pytest.mark.parametrize("answer", ["nobody", "error", "nonsense"])
def test_a_second_address_that_does_not_answer_changes_nothing(
    far: FarAway, rounds: Rounds, answer: str
) -> None:
    far.shows(POST, SHELL)
    if answer == "error":
        far.tells(DATA, {"errors": ["sorry"]}, status="500 Internal Server Error")
    if answer == "nonsense":
        far.shows(DATA, '{"__typename":')
    make_watch(url=POST, territory="RU")
    rounds(1)
    assert far.asked == [POST, DATA]
    assert last_rule() == "script_shell"


def test_a_page_that_failed_is_not_asked_about(far: FarAway, rounds: Rounds) -> None:
    far.pages[POST] = b"HTTP/1.1 nonsense\r\n\r\n"
    make_watch(url=POST, territory="RU")
    rounds(1)
    assert far.asked == [POST]
    assert last_rule() == "fails_without_control"


def test_a_second_answer_that_settles_it_spares_the_control(
    far: FarAway, with_control: None, rounds: Rounds
) -> None:
    far.shows(POST, SHELL)
    far.tells(DATA, tweet())
    make_watch(url=POST, territory="RU")
    rounds(1)
    assert far.asked == [POST, DATA]
    far.pages.pop(DATA)
    make_watch(url="https://x.com/quay/status/18", territory="RU")
    rounds(1)
    assert far.asked.count("https://x.com/quay/status/18") == 2


# --- Turns


def test_an_address_on_the_same_host_is_asked_in_a_turn_of_its_own(
    far: FarAway, rounds: Rounds, clock: Clock
) -> None:
    far.shows(CHANNEL, "<title>Telegram: Contact @quay</title><div class=tgme_page></div>")
    make_watch(url=CHANNEL, territory="RU")
    rounds(1)
    assert far.asked == [CHANNEL, EMBED]
    page, answer = (Measurement.objects.get(role=role) for role in ("experiment", "endpoint"))
    assert answer.started_at - page.started_at >= NORMAL.host_spacing - timedelta(milliseconds=50)
    assert Host.objects.get(name="t.me").next_turn_at >= answer.started_at + NORMAL.host_spacing / 2


def test_two_pages_do_not_ask_one_address_at_once(far: FarAway, rounds: Rounds, clock: Clock) -> None:
    """The hosts of the pages have turns left; their platform's second address has not."""
    now = clock()
    Host.objects.create(name="cdn.syndication.twimg.com", next_turn_at=now + timedelta(minutes=5))
    watch = make_watch(url=POST, territory="RU")
    rounds(1)
    assert far.asked == []
    turn = one(watch).turn_at
    assert turn is not None
    assert timedelta(minutes=5) <= turn - now < timedelta(minutes=5, seconds=5)
    assert (watch.next_probe_at, watch.attempts) == (turn, 0)
    far.shows(POST, SHELL)
    clock.forward(turn - clock())
    rounds(1)
    assert far.asked == [POST, DATA]


def test_an_address_that_asks_for_a_pause_is_left_out_and_its_pages_are_not(
    far: FarAway, rounds: Rounds, clock: Clock
) -> None:
    far.shows(POST, SHELL)
    far.shows(DATA, "Later.", "Retry-After: 3600", status="429 Too Many Requests")
    watch = make_watch(url=POST, territory="RU")
    rounds(1)
    assert is_paused(host="cdn.syndication.twimg.com", now=clock())
    assert not is_paused(host="x.com", now=clock())
    operations.check_now(watch_ids=[watch.pk], now=clock())
    rounds(1)
    assert far.asked == [POST, DATA, POST]


def test_the_turn_of_a_page_without_a_second_address_is_one(far: FarAway) -> None:
    assert planning.second_host("vk", "https://vk.com/club1") is None
    assert planning.second_host("web", "https://page.example/1") is None
    assert planning.second_host("x", POST) == "cdn.syndication.twimg.com"


# --- One look by hand


def test_a_person_reads_what_the_second_address_said(far: FarAway, clock: Clock) -> None:
    far.shows(POST, SHELL)
    far.tells(DATA, tweet())
    view = probes.view(vantage="inside", via=None, control=None, territory=None, clock=clock)
    found = probes.probe(probes.Asked(POST), view, save=True)
    answer = found.as_json()
    assert (answer["state"], answer["rule_id"]) == ("reachable", "x_embed_own_content")
    assert answer["endpoint"] == {
        "url": DATA,
        "vantage": "inside",
        "failed_stage": None,
        "failure": None,
        "http_status": 200,
        "final_url": DATA,
    }
    assert f"  second address {DATA}" in found.as_words()
    assert Measurement.objects.filter(role="endpoint").count() == 1
    far.shows(POST, "no such page", status="451 Unavailable For Legal Reasons")
    assert probes.probe(probes.Asked(POST), view, save=False).as_json()["endpoint"] is None


# --- Every platform's file


@pytest.mark.parametrize("platform", ADAPTERS)
def test_every_platforms_pages_and_questions_can_be_asked(platform: str) -> None:
    """A header that cannot be sent would end every look at the platform."""
    adapter = ADAPTERS[platform]
    assert manner_of(platform).accept_language == adapter.accept_language
    for url in (adapter.canaries.alive, adapter.canaries.missing) if adapter.canaries else ():
        ask = adapter.endpoint(url)
        if ask is not None:
            assert Manner(headers=ask.headers).headers == ask.headers
            assert ask.url.startswith("https://")
