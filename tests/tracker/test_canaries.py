"""Whether a vantage point works: looked at before anything is believed, and not more often than needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from tests.make import NOW, make_vantage
from tests.tracker.conftest import Clock, Rehearsal
from tracker.canaries import CANARY_AGE, faulty_rule, freshened
from tracker.facts import Canary
from tracker.models import VantagePoint
from tracker.places import Place, place_of

pytestmark = pytest.mark.django_db


class Counting(BaseHTTPRequestHandler):
    """Answers ``/200`` with 200 and so on, and remembers the paths."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(int(self.path[1:]))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def asked(origin: Callable[[str, int], None]) -> Iterator[list[str]]:
    """What the canary server was asked for."""
    paths: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Remembering", (Counting,), {"asked": paths}))
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    origin(f"http://127.0.0.1:{server.server_port}", server.server_port)
    yield paths
    server.shutdown()
    server.server_close()


def place(settings: Any, *statuses: int) -> Place:
    """A place with a canary page for each status, in that order."""
    settings.CANARY_URLS = [f"{settings.REHEARSAL_ORIGIN}/{status}" for status in statuses]
    return place_of(make_vantage())


@pytest.mark.parametrize("status", [200, 204, 304])
def test_a_page_that_opens_is_proof(asked: list[str], settings: Any, clock: Clock, status: int) -> None:
    (fresh,) = freshened([place(settings, status)], clock=clock)
    assert fresh.canary.ok is True
    row = VantagePoint.objects.get()
    assert (row.canary_ok, row.canary_checked_at) == (True, fresh.canary.checked_at)


def test_one_page_that_opens_is_enough_and_no_more_are_asked_for(
    asked: list[str], settings: Any, clock: Clock
) -> None:
    (fresh,) = freshened([place(settings, 500, 200, 404)], clock=clock)
    assert fresh.canary.ok is True
    assert asked == ["/500", "/200"]


def test_only_when_none_opens_is_the_place_at_fault_and_says_what_it_saw(
    asked: list[str], settings: Any, clock: Clock
) -> None:
    (fresh,) = freshened([place(settings, 500, 404)], clock=clock)
    assert (fresh.canary.ok, fresh.canary.no_internet) == (False, False)
    assert "/500: 500; " in fresh.canary.detail
    assert faulty_rule(fresh.canary) == "vantage_faulty"


def test_a_place_where_nothing_answers_has_no_internet(rehearsal: Rehearsal, clock: Clock) -> None:
    rehearsal.stop()
    inside, outside = (
        place_of(VantagePoint.objects.get(name=name)) for name in ("rehearsal-inside", "rehearsal-outside")
    )
    for fresh in freshened([inside, outside], clock=clock):
        assert faulty_rule(fresh.canary) == "vantage_no_internet"


def test_a_canary_is_asked_again_when_it_is_old_and_sooner_when_it_failed(
    asked: list[str], settings: Any, clock: Clock
) -> None:
    (works,) = freshened([place(settings, 200)], clock=clock)
    (works,) = freshened([works], clock=clock)
    assert len(asked) == 1
    clock.forward(CANARY_AGE)
    freshened([works], clock=clock)
    assert len(asked) == 2
    (fails,) = freshened([place(settings, 500)], clock=clock)
    clock.forward(CANARY_AGE / 20)
    (fails,) = freshened([fails], clock=clock)
    assert len(asked) == 3
    clock.forward(CANARY_AGE / 20)
    freshened([fails], clock=clock)
    assert len(asked) == 4


def test_fresh_and_old_places_come_back_in_their_order(asked: list[str], settings: Any, clock: Clock) -> None:
    old, fresh = place(settings, 200), place(settings, 200)
    (fresh,) = freshened([fresh], clock=clock)
    assert [one.name for one in freshened([old, fresh, old], clock=clock)] == [old.name, fresh.name, old.name]
    assert len(asked) == 3


def test_a_place_that_is_reached_by_nonsense_is_faulty_and_keeps_its_secret(clock: Clock) -> None:
    (fresh,) = freshened([place_of(make_vantage(via="gopher://user:secret@127.0.0.2"))], clock=clock)
    assert faulty_rule(fresh.canary) == "vantage_faulty"
    assert "secret" not in VantagePoint.objects.get().canary_detail


def test_a_place_without_canaries_is_at_fault_and_not_without_internet(settings: Any, clock: Clock) -> None:
    (fresh,) = freshened([place(settings)], clock=clock)
    assert faulty_rule(fresh.canary) == "vantage_faulty"


@pytest.mark.parametrize(
    ("canary", "rule_id"),
    [
        (Canary(ok=True, checked_at=NOW), None),
        (Canary(ok=None), None),
        (Canary(ok=False, checked_at=NOW), "vantage_faulty"),
        (Canary(ok=False, checked_at=NOW - timedelta(days=1), no_internet=True), "vantage_no_internet"),
    ],
)
def test_a_fault_has_a_public_rule(canary: Canary, rule_id: str | None) -> None:
    assert faulty_rule(canary) == rule_id
