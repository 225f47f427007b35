"""One round of looks, from claim to record, against real servers on loopback."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.conf import settings as django_settings

from config.rehearsal.store import Kind
from tests.make import NOW, make_vantage, make_watch, make_web_watch
from tests.tracker.conftest import Clock, Rehearsal
from tracker import vantage
from tracker.facts import Canary
from tracker.models import Host, Measurement, StatusChange, VantagePoint, Verdict, Watch
from tracker.places import place_of
from tracker.schedule import REHEARSAL

pytestmark = pytest.mark.django_db
LEASE = timedelta(seconds=django_settings.LEASE_SECONDS)
HOUR = timedelta(hours=1)
Rounds = Callable[..., int]

BECOMES = {
    "village-choir": "reachable",
    "river-watch": "blocked",
    "loud-jokes": "removed",
    "old-forum": "gone",
    "members-only": "restricted",
    "night-radio": "down",
}


def statuses() -> dict[str, str]:
    return {
        watch.target.url.rsplit("/", 1)[1]: watch.status for watch in Watch.objects.select_related("target")
    }


def one(watch: Watch) -> Watch:
    watch.refresh_from_db()
    return watch


# --- What becomes of pages


def test_every_kind_of_page_gets_its_status_and_one_change_each(rehearsal: Rehearsal, rounds: Rounds) -> None:
    for name in BECOMES:
        rehearsal.watch(name)
    rounds(1)
    assert set(statuses().values()) == {"insufficient"}
    rounds(2)
    assert statuses() == BECOMES
    assert StatusChange.objects.count() == len(BECOMES)
    rounds(2)
    assert StatusChange.objects.count() == len(BECOMES)
    assert not Watch.objects.filter(held_rule_id__isnull=False).exists()


def test_a_block_is_seen_from_inside_with_its_notice_as_parsed(rehearsal: Rehearsal, rounds: Rounds) -> None:
    watch = rehearsal.watch("river-watch")
    rounds(2)
    assert one(watch).status == "blocked"
    assert (watch.status_rule_id, watch.status_mechanism) == ("rehearsal_withheld", "notice")
    verdict = Verdict.objects.latest("id")
    assert verdict.notice is not None
    assert (verdict.notice["order_number"], verdict.notice["order_date"]) == (
        "00-01-2026/Уч1-26",
        "2026-02-01",
    )
    measurement = Measurement.objects.latest("id")
    assert measurement.vantage.name == "rehearsal-inside"
    assert (measurement.http_status, measurement.canary_ok) == (200, True)
    # The notice settles it: nobody else is troubled with a control.
    assert not Measurement.objects.filter(role="control").exists()


def test_an_outage_is_told_from_a_block_by_the_control(rehearsal: Rehearsal, rounds: Rounds) -> None:
    rehearsal.watch("night-radio")
    rounds(1)
    seen = Measurement.objects.get(role="experiment")
    assert seen.control is not None
    assert (seen.control.vantage.name, seen.control.look) == ("rehearsal-outside", seen.look)
    assert (seen.verdicts.get().state, seen.verdicts.get().rule_id) == ("down", "server_error_everywhere")


def test_the_status_follows_a_page_that_is_restored_with_one_change(
    rehearsal: Rehearsal, rounds: Rounds
) -> None:
    watch = rehearsal.watch("river-watch")
    rounds(3)
    rehearsal.turn("river-watch", Kind.ALIVE)
    rounds(1)
    assert one(watch).status == "blocked"
    rounds(2)
    assert one(watch).status == "reachable"
    rehearsal.turn("river-watch", Kind.WITHHELD)
    rounds(3)
    assert one(watch).status == "blocked"
    changes = StatusChange.objects.order_by("id")
    assert [(change.old, change.new) for change in changes] == [
        ("insufficient", "blocked"),
        ("blocked", "reachable"),
        ("reachable", "blocked"),
    ]
    for change in changes[1:]:
        assert change.earliest_at is not None
        assert change.earliest_at < change.at <= change.recorded_at


@pytest.mark.parametrize(
    ("kind", "status"), [(Kind.REMOVED, "removed"), (Kind.DELETED, "gone"), (Kind.LOGIN, "restricted")]
)
def test_the_status_follows_whatever_becomes_of_a_page(
    rehearsal: Rehearsal, rounds: Rounds, kind: Kind, status: str
) -> None:
    watch = rehearsal.watch("evening-paper")
    rounds(2)
    rehearsal.turn("evening-paper", kind)
    rounds(3)
    assert one(watch).status == status


# --- When nothing can be seen


def test_without_a_vantage_point_in_the_territory_nothing_is_looked_at(
    rehearsal: Rehearsal, rounds: Rounds, clock: Clock
) -> None:
    watch = make_web_watch(territory="RU")
    assert rounds(1) == 1
    assert one(watch).held_rule_id == "no_vantage_in_territory"
    assert (watch.status, watch.lease_token, watch.attempts) == ("insufficient", None, 0)
    assert watch.next_probe_at > clock()
    assert not Measurement.objects.exists()


def test_without_internet_that_is_said_first_and_never_blocked(rehearsal: Rehearsal, rounds: Rounds) -> None:
    rehearsal.stop()
    watches = [make_web_watch(territory="RU"), make_web_watch(territory="DE"), rehearsal.watch("river-watch")]
    rounds(3, apart=timedelta(minutes=11))
    for watch in watches:
        assert one(watch).held_rule_id == "vantage_no_internet"
        assert watch.status == "insufficient"
    assert not Measurement.objects.exists()
    assert not StatusChange.objects.exists()


def test_a_canary_that_fails_holds_what_was_known_and_the_status_stays(
    rehearsal: Rehearsal, rounds: Rounds, clock: Clock
) -> None:
    watch = rehearsal.watch("river-watch")
    rounds(3)
    seen = Measurement.objects.count()
    rehearsal.stop()
    clock.forward(timedelta(minutes=11))
    rounds(2, apart=timedelta(minutes=11))
    assert (one(watch).status, watch.held_rule_id) == ("blocked", "vantage_no_internet")
    assert Measurement.objects.count() == seen
    rehearsal.start()
    rounds(1)
    assert (one(watch).status, watch.held_rule_id) == ("blocked", None)
    assert Measurement.objects.count() == seen + 1


def test_a_look_that_fails_asks_whether_the_place_still_works(rehearsal: Rehearsal, rounds: Rounds) -> None:
    """The canary is minutes old and vouches for nothing: the server went away after it."""
    watches = [rehearsal.watch("village-choir"), rehearsal.watch("mothers-circle")]
    rounds(2)
    rehearsal.stop()
    rounds(1)
    last = Measurement.objects.order_by("-id")[:2]
    assert [row.verdicts.get().rule_id for row in last] == ["vantage_no_internet"] * 2
    assert [row.canary_ok for row in last] == [False, False]
    assert [one(watch).status for watch in watches] == ["reachable", "blocked"]
    # The answer is newer than the looks that it vouches against.
    checked = VantagePoint.objects.get(name="rehearsal-inside").canary_checked_at
    assert checked is not None
    assert last[1].started_at < last[0].started_at < checked < last[0].verdicts.get().judged_at


def test_a_control_that_does_not_work_makes_no_page_look_down(rehearsal: Rehearsal, rounds: Rounds) -> None:
    VantagePoint.objects.filter(name="rehearsal-outside").update(canary_url="http://127.0.0.1:1/")
    watch = rehearsal.watch("night-radio")
    rounds(4)
    assert one(watch).status == "insufficient"
    assert set(Verdict.objects.values_list("rule_id", flat=True)) == {"server_error"}
    assert not Measurement.objects.filter(role="control").exists()


def test_a_place_that_is_reached_by_nonsense_spoils_no_other(rehearsal: Rehearsal, rounds: Rounds) -> None:
    make_vantage(name="nonsense", country="YY", platform="rehearsal", via="gopher://user:secret@127.0.0.2")
    broken = make_watch(url=f"{rehearsal.origin}/river-watch", territory="YY")
    sound = rehearsal.watch("river-watch")
    rounds(2)
    assert (one(broken).status, broken.held_rule_id) == ("insufficient", "vantage_faulty")
    assert one(sound).status == "blocked"
    assert "secret" not in VantagePoint.objects.get(name="nonsense").canary_detail


# --- Several vantage points in one territory


def second_inside(rehearsal: Rehearsal, **values: Any) -> VantagePoint:
    """Another way into the rehearsal's territory, with a canary of its own."""
    way = f"http://localhost:{rehearsal.port + 1}"
    defaults = {"via": way, "canary_url": f"{rehearsal.origin}/canary"}
    return make_vantage(name="inside-too", country="XX", platform="rehearsal", **(defaults | values))


def looked_from(watch: Watch) -> list[str]:
    rows = Measurement.objects.filter(watch=watch, role="experiment").order_by("id")
    return list(rows.values_list("vantage__name", flat=True))


def test_what_one_vantage_point_saw_another_confirms(rehearsal: Rehearsal, rounds: Rounds) -> None:
    second_inside(rehearsal)
    watch = rehearsal.watch("river-watch")
    rounds(4)
    assert looked_from(watch) == ["rehearsal-inside", "inside-too"] * 2
    assert (one(watch).status, watch.n_vantages, watch.mixed) == ("blocked", 2, False)


def test_a_vantage_point_that_does_not_work_is_stood_in_for(rehearsal: Rehearsal, rounds: Rounds) -> None:
    second_inside(rehearsal, canary_url="http://127.0.0.1:1/")
    watch = rehearsal.watch("river-watch")
    rounds(4)
    assert looked_from(watch) == ["rehearsal-inside"] * 4
    assert (one(watch).status, watch.held_rule_id) == ("blocked", None)


def test_where_none_works_the_last_says_why(rehearsal: Rehearsal, rounds: Rounds) -> None:
    second_inside(rehearsal, canary_url="http://127.0.0.1:1/")
    VantagePoint.objects.filter(name="rehearsal-inside").update(canary_url="http://127.0.0.1:1/")
    watch = rehearsal.watch("river-watch")
    rounds(1)
    assert not looked_from(watch)
    assert one(watch).held_rule_id is not None
    assert watch.lease_token is None


# --- What goes wrong


def test_a_look_that_cannot_be_stored_comes_back_when_its_lease_is_over(
    rehearsal: Rehearsal, rounds: Rounds, clock: Clock
) -> None:
    watch = rehearsal.watch("village-choir")
    folder = django_settings.EVIDENCE_DIR
    folder.write_text("a file stands where the folder should be")
    assert rounds(1) == 1
    assert one(watch).lease_token is not None
    assert not Measurement.objects.exists()
    folder.unlink()
    assert rounds(1) == 0
    clock.forward(LEASE)
    assert rounds(1) == 1
    assert (one(watch).n_measurements, watch.attempts) == (1, 0)


def test_nothing_due_is_nothing_done(rehearsal: Rehearsal, rounds: Rounds) -> None:
    assert rounds(2) == 0
    assert VantagePoint.objects.filter(canary_checked_at__isnull=False).count() == 0


# --- Politeness


def test_many_pages_of_one_host_are_looked_at_once_each_and_apart(rehearsal: Rehearsal, clock: Clock) -> None:
    watches = [rehearsal.watch(f"never-was-{number}") for number in range(12)]
    begun = clock()
    first = vantage.probe_due(clock=clock, dice=lambda: 0.0)
    assert first == len(watches)
    looked = Measurement.objects.filter(role="experiment").count()
    assert 0 < looked < len(watches)
    waiting = Watch.objects.filter(turn_at__isnull=False)
    assert waiting.count() == len(watches) - looked
    assert all(watch.next_probe_at == watch.turn_at and watch.attempts == 0 for watch in waiting)
    # Too early to be looked at again, late enough for every turn.
    clock.forward(timedelta(seconds=0.4))
    vantage.probe_due(clock=clock, dice=lambda: 0.0)
    rows = Measurement.objects.filter(role="experiment")
    assert sorted(rows.values_list("watch", flat=True)) == sorted(watch.pk for watch in watches)
    assert not Watch.objects.filter(turn_at__isnull=False).exists()
    times = sorted(rows.values_list("started_at", flat=True))[:looked]
    assert all(at >= begun + number * REHEARSAL.host_spacing for number, at in enumerate(times))


class Asks(BaseHTTPRequestHandler):
    """Answers every page but the canary in one way."""

    status, retry_after, canary_status, slow_path = 429, "3600", 200, ""

    def do_GET(self) -> None:
        if self.path == self.slow_path:
            time.sleep(2)
        is_canary = self.path == "/canary"
        body = b"<p>Wait, please.</p>"
        self.send_response(self.canary_status if is_canary else self.status)
        if self.retry_after and not is_canary:
            self.send_header("Retry-After", self.retry_after)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def asking(origin: Callable[[str, int], None]) -> Iterator[Callable[..., str]]:
    """Serves ``Asks`` with other answers on a free port, which a place in XX looks at directly."""
    servers: list[ThreadingHTTPServer] = []

    def serve(**answers: Any) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Asking", (Asks,), answers))
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        origin(address, server.server_port)
        make_vantage(country="XX", platform="rehearsal", canary_url=f"{address}/canary")
        return address

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def paused(host: str) -> timedelta | None:
    until = Host.objects.get(name=host).paused_until
    return None if until is None else until - NOW


@pytest.mark.parametrize(
    ("status", "retry_after", "least", "most"),
    [
        (429, "3600", HOUR, HOUR),
        (429, "999999999999", 6 * HOUR, 6 * HOUR),
        (429, None, vantage.PAUSE, vantage.PAUSE),
        (429, "soon", vantage.PAUSE, vantage.PAUSE),
        (429, "-5", vantage.PAUSE, vantage.PAUSE),
        (429, format_datetime(NOW + 2 * HOUR, usegmt=True), 2 * HOUR, 2 * HOUR),
        (429, format_datetime(NOW - HOUR, usegmt=True), timedelta(0), timedelta(0)),
        (503, "3600", HOUR, HOUR),
        (999, None, vantage.PAUSE, vantage.PAUSE),
    ],
)
def test_a_host_that_asks_for_a_pause_is_left_alone(
    asking: Callable[..., str],
    rounds: Rounds,
    status: int,
    retry_after: str | None,
    least: timedelta,
    most: timedelta,
) -> None:
    host = asking(status=status, retry_after=retry_after)
    watch = make_watch(url=f"{host}/village-choir", territory="XX")
    rounds(1)
    asked = paused(host)
    assert asked is not None
    slack = timedelta(seconds=5)
    assert least - slack <= asked <= most + slack
    assert one(watch).status == "insufficient"


@pytest.mark.parametrize("status", [200, 404, 503])
def test_a_host_that_asks_for_nothing_is_not_paused(
    asking: Callable[..., str], rounds: Rounds, status: int
) -> None:
    host = asking(status=status, retry_after=None)
    make_watch(url=f"{host}/village-choir", territory="XX")
    rounds(1)
    assert paused(host) is None


def test_a_pause_holds_for_every_page_of_the_host_also_with_a_turn(
    asking: Callable[..., str], rounds: Rounds, clock: Clock
) -> None:
    host = asking(status=429, retry_after="3600")
    for number in range(15):
        make_watch(url=f"{host}/page-{number}", territory="XX")
    rounds(1, apart=timedelta(seconds=2))
    seen = Measurement.objects.count()
    assert Watch.objects.filter(turn_at__isnull=False).exists()
    rounds(5, apart=timedelta(minutes=10))
    assert Measurement.objects.count() == seen
    clock.forward(timedelta(minutes=10))
    rounds(1)
    assert Measurement.objects.count() > seen


def test_a_place_whose_canary_answers_wrongly_is_faulty_and_not_without_internet(
    asking: Callable[..., str], rounds: Rounds
) -> None:
    host = asking(status=451, canary_status=500)
    watch = make_watch(url=f"{host}/village-choir", territory="XX")
    rounds(2, apart=timedelta(minutes=11))
    assert (one(watch).status, watch.held_rule_id) == ("insufficient", "vantage_faulty")
    assert not Measurement.objects.exists()


# --- One look outside the queue


def test_one_look_outside_the_queue_stores_no_measurement(rehearsal: Rehearsal, clock: Clock) -> None:
    inside, outside = (
        place_of(VantagePoint.objects.get(name=name)) for name in ("rehearsal-inside", "rehearsal-outside")
    )

    def look(name: str) -> tuple[vantage.Sighting, Canary]:
        subject = vantage.Subject(f"{rehearsal.origin}/{name}", "rehearsal", "XX")
        return vantage.look_once(subject, experiment=inside, control=outside, clock=clock)

    found, canary = look("night-radio")
    beside = found.control
    assert (found.page.http_status, beside.http_status if beside else None, canary.ok) == (503, 503, True)
    assert look("river-watch")[0].control is None
    assert not Measurement.objects.exists()


# --- Many at once


def test_a_slow_look_keeps_one_place_and_nobody_waits_for_it(
    asking: Callable[..., str], clock: Clock, settings: Any
) -> None:
    """Two places: one is kept by a page that takes its time, and all the others take turns in the other."""
    settings.LOOKS_AT_ONCE = 2
    host = asking(status=200, slow_path="/slow")
    slow = make_watch(url=f"{host}/slow", territory="XX", now=NOW - HOUR)
    others = [make_watch(url=f"{host}/page-{number}", territory="XX") for number in range(4)]
    assert vantage.probe_due(clock=clock, dice=lambda: 0.0) == 5
    order = Measurement.objects.filter(role="experiment").order_by("id").values_list("watch", flat=True)
    assert list(order) == [*(watch.pk for watch in others), slow.pk]


def test_a_suspect_is_looked_at_by_itself(rehearsal: Rehearsal, rounds: Rounds) -> None:
    suspect = rehearsal.watch("village-choir")
    others = [rehearsal.watch(f"never-was-{number}") for number in range(3)]
    Watch.objects.filter(pk=suspect.pk).update(attempts=2)
    assert rounds(1, apart=timedelta(0)) == 3
    assert one(suspect).n_measurements == 0
    assert rounds(1, apart=timedelta(0)) == 1
    assert one(suspect).n_measurements == 1
    assert all(one(watch).n_measurements == 1 for watch in others)
