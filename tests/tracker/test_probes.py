"""What ``manage.py probe`` asks for and prints: one look, now, by the workers' own code."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.make import NOW, make_vantage
from tests.tracker.conftest import Clock, Rehearsal
from tracker import operations, probes
from tracker.models import Measurement, VantagePoint, Watch
from tracker.places import control_for, experiment_for
from tracker.probes import Asked, Failed, NoSuchPlace, Probed, View

pytestmark = pytest.mark.django_db


def view(clock: Clock, **named: Any) -> View:
    return probes.view(
        **({"vantage": None, "via": None, "control": None, "territory": None, "clock": clock} | named)
    )


@pytest.fixture
def inside(rehearsal: Rehearsal, clock: Clock) -> View:
    return view(clock, vantage="rehearsal-inside", control="rehearsal-outside")


def probed(url: str, place: View, **how: Any) -> Probed:
    found = probes.probe(Asked(url), place, **({"save": False} | how))
    assert isinstance(found, Probed)
    return found


def test_a_look_prints_the_keys_of_the_contract_in_their_order(rehearsal: Rehearsal, inside: View) -> None:
    url = f"{rehearsal.origin}/river-watch?utm_source=x"
    found = probes.probe(Asked(url, id=7), inside, save=False)
    answer = found.as_json()
    assert (
        list(answer)
        == probes.KEYS
        == (
            "id url canonical_url platform state mechanism rule_id rules_version failed_stage failure http_status"
            " final_url hops title notice control endpoint vantage started_at seconds"
        ).split()
    )
    assert json.loads(json.dumps(answer)) == answer
    assert (answer["id"], answer["url"]) == (7, url)
    assert answer["canonical_url"] == f"{rehearsal.origin}/river-watch"
    assert (answer["state"], answer["mechanism"], answer["rule_id"]) == (
        "blocked",
        "notice",
        "rehearsal_withheld",
    )
    assert (answer["failed_stage"], answer["failure"]) == ("content", "platform_block_notice")
    assert answer["notice"]["order_number"] == "00-01-2026/Уч1-26"
    assert (answer["vantage"], answer["control"]) == ("rehearsal-inside", None)
    assert answer["hops"][-1]["http_status"] == 200
    assert answer["started_at"].endswith("+00:00")
    assert not Measurement.objects.exists()
    assert not Watch.objects.exists()


def test_a_control_is_printed_when_it_was_needed(rehearsal: Rehearsal, inside: View) -> None:
    answer = probed(f"{rehearsal.origin}/night-radio", inside).as_json()
    assert answer["state"] == "down"
    assert answer["control"] == {
        "vantage": "rehearsal-outside",
        "failed_stage": None,
        "failure": None,
        "http_status": 503,
        "final_url": f"{rehearsal.origin}/night-radio",
    }


def test_a_person_reads_the_stages_the_rule_and_its_reason(rehearsal: Rehearsal, inside: View) -> None:
    words = "\n".join(probed(f"{rehearsal.origin}/night-radio", inside).as_words())
    for part in (
        "rehearsal-inside for XX",
        "http  503",
        "control rehearsal-outside: HTTP 503",
        "down: ",
        "rule ",
    ):
        assert part in words


def test_a_page_that_cannot_be_had_prints_its_stage(rehearsal: Rehearsal, inside: View, clock: Clock) -> None:
    probed(f"{rehearsal.origin}/village-choir", inside)
    rehearsal.stop()
    found = probed(f"{rehearsal.origin}/village-choir", view(clock, via="direct", territory="XX"))
    answer = found.as_json()
    assert (answer["state"], answer["failed_stage"], answer["failure"]) == (
        "insufficient",
        "tcp",
        "connection_refused",
    )
    assert any("connection_refused" in line for line in found.as_words())


@pytest.mark.parametrize(
    "url", ["", "file:///etc/passwd", "http://10.0.0.1/", "http://127.0.0.1:22/", "gopher://x"]
)
def test_an_address_that_is_none_is_an_answer_too(rehearsal: Rehearsal, inside: View, url: str) -> None:
    answer = probes.probe(Asked(url, id="a"), inside, save=True).as_json()
    assert set(probes.KEYS) <= set(answer)
    assert (answer["id"], answer["url"], answer["state"]) == ("a", url, "insufficient")
    assert (answer["rule_id"], answer["failure"]) == ("own_policy_refused", "egress_refused")
    assert not Watch.objects.exists()


def test_a_saved_look_is_a_watch_with_a_measurement_as_a_worker_makes_it(
    rehearsal: Rehearsal, inside: View, clock: Clock
) -> None:
    for _ in range(2):
        probed(f"{rehearsal.origin}/night-radio", inside, save=True)
    watch = Watch.objects.get()
    assert (watch.territory, watch.n_measurements, watch.lease_token) == ("XX", 2, None)
    seen = Measurement.objects.filter(role="experiment").latest("id")
    assert seen.vantage.name == "rehearsal-inside"
    assert seen.control is not None
    assert seen.verdicts.get().state == "down"


def test_a_look_is_not_saved_over_a_worker_that_holds_the_watch(
    rehearsal: Rehearsal, inside: View, clock: Clock
) -> None:
    watch = rehearsal.watch("village-choir")
    operations.claim_one(watch_id=watch.pk, now=clock())
    probed(f"{rehearsal.origin}/village-choir", inside, save=True)
    assert not Measurement.objects.exists()


def test_a_place_is_named_or_reached_by_an_address(rehearsal: Rehearsal, clock: Clock) -> None:
    assert view(clock).experiment.name == "home"
    assert (view(clock).control, view(clock, control="none").control) == (None, None)
    by_via = view(clock, via=f"http://127.0.0.1:{rehearsal.port + 1}", control="direct", territory="xx")
    assert (by_via.experiment.via, by_via.territory) == (f"http://127.0.0.1:{rehearsal.port + 1}", "XX")
    assert by_via.control is not None
    assert by_via.control.via == "direct"


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"vantage": "moon"}, "There is no vantage point “moon”. There are: home, "),
        ({"control": "moon"}, "There is no vantage point “moon”."),
        ({"via": "gopher://x"}, "gopher://x: "),
        ({"via": "http://127.0.0.2"}, "http://127.0.0.2: "),
        ({"territory": "Russia"}, "Russia is no territory: give two letters"),
    ],
)
def test_a_place_that_is_none_is_refused_in_a_sentence(
    rehearsal: Rehearsal, clock: Clock, named: dict[str, str], sentence: str
) -> None:
    with pytest.raises(NoSuchPlace) as refusal:
        view(clock, **named)
    assert str(refusal.value).startswith(sentence)
    assert "\n" not in str(refusal.value)


def test_a_place_named_in_passing_never_serves_the_workers(rehearsal: Rehearsal, clock: Clock) -> None:
    view(clock, via="socks5h://127.0.0.2:1080", control="http://127.0.0.3:3128")
    passing = VantagePoint.objects.filter(name__in=["via", "control-via"])
    assert [row.is_active for row in passing] == [False, False]
    operations.watch(url="https://page.example/1", territory="ZZ", now=NOW)
    (claim,) = operations.claim_due(now=NOW, limit=1)
    assert experiment_for(claim) is None
    make_vantage(name="somewhere", country="ZZ", via="http://127.0.0.4:3128")
    place = experiment_for(claim)
    assert place is not None
    control = control_for(claim, place)
    assert control is not None
    assert control.name == "home-control"


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("https://vk.com/club1\n", Asked("https://vk.com/club1")),
        ('{"url": "https://vk.com/club1"}', Asked("https://vk.com/club1")),
        ('{"url": "https://vk.com/1", "id": "a", "territory": "by"}', Asked("https://vk.com/1", "a", "by")),
        ('{"url": "https://vk.com/1", "id": {"row": 1}}', Asked("https://vk.com/1", {"row": 1})),
    ],
)
def test_a_line_is_a_url_or_an_object_with_one(line: str, asked: Asked) -> None:
    assert probes.parse(line) == asked


@pytest.mark.parametrize(
    ("line", "id"),
    [
        ("{", None),
        ("{}", None),
        ('{"id": 5}', 5),
        ('{"url": 5, "id": 6}', 6),
        ('{"url": "https://vk.com/1", "territory": 5, "id": 7}', 7),
        ('{"url": "https://vk.com/1", "territory": "Russia", "id": 8}', 8),
        ('{"url": "https://vk.com/1", "territory": "", "id": 9}', 9),
        ('{"a":' * 5000, None),
    ],
    ids=range(8),
)
def test_a_line_that_cannot_be_read_is_answered_with_its_id(line: str, id: object) -> None:
    failed = probes.parse(line)
    assert isinstance(failed, Failed)
    assert failed.id == id
    assert failed.as_json()["message"].startswith("Give a ")
    assert failed.as_words()


def test_the_territory_of_a_line_is_the_one_that_is_judged(
    rehearsal: Rehearsal, inside: View, origin: Callable[[str, int], None]
) -> None:
    found = probes.probe(Asked(f"{rehearsal.origin}/village-choir", territory="yy"), inside, save=True)
    assert isinstance(found, Probed)
    assert Watch.objects.get().territory == "YY"


def test_another_spelling_is_looked_at_as_it_is_unless_the_look_is_saved(
    rehearsal: Rehearsal, inside: View
) -> None:
    url = f"{rehearsal.origin}/river-watch?utm_source=x"
    assert probed(url, inside).found.page.url == url
    assert probed(url, inside, save=True).found.page.url == f"{rehearsal.origin}/river-watch"
