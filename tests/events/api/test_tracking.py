"""Measurements and status changes: facts beside verdicts, nothing that leads to who looked."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest

from tests.events.api.conftest import NOW, World, ids


def test_a_measurement_tells_what_was_seen_and_what_it_means(world: World, get: Any) -> None:
    event = world.event(status="blocked")
    look = uuid.uuid4()
    outside = world.vantage("berlin-1", country="DE", role="control")
    control = world.measurement(event.watch, state=None, vantage=outside, role="control", look=look)
    body = world.evidence()
    row = world.measurement(event.watch, look=look, control=control, body=body)
    told = get(f"measurements/{row.public_id}/")
    assert told["verdict"]["state"] == "blocked"
    assert told["verdict"]["rule_id"] == "vk.blocked"
    assert told["vantage"] == {"name": "moscow-1", "country": "RU", "asn": 64500}
    assert told["role"] == "experiment"
    assert told["evidence"] == body.sha256
    assert told["hops"][0]["dns"]["addresses"][0]["ip"] == "127.0.0.2"
    assert told["territory"] == "RU"
    assert get(told["control"])["verdict"] is None
    assert get(told["page"]["url"])["id"] == event.page.public_id
    assert get(told["event"]["url"])["id"] == event.public_id


def test_what_leads_to_the_vantage_point_is_left_out(world: World, get: Any) -> None:
    row = world.measurement(world.event(status="blocked").watch)
    text = json.dumps(get(f"measurements/{row.public_id}/"))
    for hidden in (
        "hidden",
        "socks5h",
        "127.0.0.53",
        "set-cookie",
        "resolver",
        "x-client",
        "via",
        "accept_language",
    ):
        assert hidden not in text
    assert "text/html" in text


BLOCK_PAGE = "https://block.example/notice?ip=203.0.113.9&id=7"


def _redirected(first: str, location: str, last: str, link: str = "") -> dict[str, Any]:
    headers = [["Location", location], ["Link", link]]
    through = {"url": first, "http": {"status": 302, "location": location, "headers": headers}}
    return {"url": first, "hops": [through, {"url": last, "http": {"status": 200, "headers": []}}]}


def test_an_address_elsewhere_is_told_without_what_may_name_the_visitor(world: World, get: Any) -> None:
    asked = "https://vk.example/club1?w=wall"
    link = f'<{BLOCK_PAGE}>; rel="blocked-by"'
    row = world.measurement(
        world.event(status="blocked").watch,
        facts=_redirected(asked, BLOCK_PAGE, BLOCK_PAGE, link),
        final_url=BLOCK_PAGE,
    )
    answer = get(f"measurements/{row.public_id}/")
    assert "203.0.113.9" not in json.dumps(answer)
    assert answer["final_url"] == "https://block.example/notice"
    first, last = answer["hops"]
    assert (first["url"], last["url"]) == (asked, "https://block.example/notice")
    assert first["http"]["location"] == "https://block.example/notice"
    assert dict(first["http"]["headers"])["Link"] == '<https://block.example/notice>; rel="blocked-by"'


def test_an_address_on_the_host_that_was_asked_is_told_whole(world: World, get: Any) -> None:
    asked, location = "https://vk.example/club1", "/blank.php?rkn=32274"
    last = "https://vk.example/blank.php?rkn=32274"
    row = world.measurement(
        world.event(status="blocked").watch, facts=_redirected(asked, location, last), final_url=last
    )
    answer = get(f"measurements/{row.public_id}/")
    assert answer["final_url"] == last
    assert answer["hops"][0]["http"]["location"] == location
    for odd in ("https://[::1?ip=203.0.113.9", "//elsewhere.example/?ip=203.0.113.9#203.0.113.9"):
        row = world.measurement(
            world.event(status="blocked").watch, facts=_redirected(asked, odd, last), final_url=odd
        )
        assert "203.0.113.9" not in json.dumps(get(f"measurements/{row.public_id}/"))


def test_facts_of_an_unusual_shape_are_no_error(world: World, get: Any) -> None:
    watch = world.event(status="blocked").watch
    bare = {"url": "x", "dns": None, "tcp": None, "tls": None, "http": None}
    unusual: list[Any] = [{}, [], {"hops": []}, {"hops": [bare]}]
    for facts in unusual:
        row = world.measurement(watch, facts=facts)
        assert isinstance(get(f"measurements/{row.public_id}/")["hops"], list)


def test_the_newest_rules_speak(world: World, get: Any) -> None:
    row = world.measurement(world.event(status="blocked").watch, state="insufficient")
    world.verdict(row, "blocked", rules_version="2026-02")
    assert get(f"measurements/{row.public_id}/")["verdict"]["rules_version"] == "2026-02"
    assert ids(get("measurements/", state="blocked")) == [row.public_id]
    assert ids(get("measurements/", state="insufficient")) == []


def test_only_pages_of_published_events_are_told_of(world: World, get: Any, client: Any) -> None:
    for event in (world.draft(status="blocked"), None):
        watch = event.watch if event else world.watch(world.page(world.group()))
        row, change = world.measurement(watch), world.change(watch)
        assert client.get(f"/api/v1/measurements/{row.public_id}/").status_code == 404
        assert client.get(f"/api/v1/status-changes/{change.public_id}/").status_code == 404
    assert ids(get("measurements/")) == ids(get("status-changes/")) == []


def test_a_watch_from_another_territory_belongs_to_the_event_too(world: World, get: Any) -> None:
    event = world.event(status="blocked")
    row = world.measurement(world.watch(event.page, "DE"))
    assert get(f"measurements/{row.public_id}/")["event"]["id"] == event.public_id


def test_measurements_are_filtered(world: World, get: Any, refused: Any) -> None:
    event, other = world.event(status="blocked"), world.event(status="blocked")
    row = world.measurement(event.watch, started_at=NOW)
    abroad = world.vantage("berlin-1", country="DE")
    far = world.measurement(world.watch(other.page, "DE"), vantage=abroad, started_at=NOW + timedelta(days=1))
    for query in (
        f"event={event.public_id}",
        f"page={event.page.public_id}",
        "territory=RU",
        "vantage=moscow-1",
    ):
        assert ids(get(f"measurements/?{query}")) == [row.public_id], query
    assert ids(get("measurements/", since="2026-03-13")) == [far.public_id]
    assert ids(get("measurements/", until="2026-03-12T14:02:00Z")) == [row.public_id]
    assert ids(get("measurements/")) == [far.public_id, row.public_id]
    assert refused("measurements/", vantage="nowhere")["errors"][0]["parameter"] == "vantage"


def test_status_changes_are_filtered_and_bounded(world: World, get: Any) -> None:
    event = world.event(status="blocked")
    row = world.measurement(event.watch)
    change = world.change(event.watch, verdict=row.verdicts.get())
    back = world.change(event.watch, "blocked", "reachable")
    assert ids(get("status-changes/", new="blocked")) == [change.public_id]
    assert ids(get("status-changes/", event=event.public_id)) == [back.public_id, change.public_id]
    assert ids(get("status-changes/", since=back.recorded_at.isoformat())) == [back.public_id]
    told = get(f"status-changes/{change.public_id}/")
    assert told["earliest_at"] < told["at"]
    assert get(told["measurement"])["id"] == row.public_id
    assert told["event"]["id"] == event.public_id


@pytest.mark.parametrize("path", ["measurements/", "status-changes/"])
def test_the_number_of_queries_does_not_grow(
    world: World, get: Any, django_assert_max_num_queries: Any, path: str
) -> None:
    for _ in range(20):
        event = world.event(status="blocked")
        world.change(
            event.watch, verdict=world.measurement(event.watch, body=world.evidence()).verdicts.get()
        )
    with django_assert_max_num_queries(2):
        assert len(ids(get(path))) == 20


def test_a_vantage_point_that_measured_nothing_public_cannot_be_guessed(
    world: World, client: Any, get: Any
) -> None:
    world.measurement(world.event(status="blocked").watch)
    world.vantage("quiet-house")
    assert len(get("measurements/?vantage=moscow-1")["results"]) == 1
    for name in ("quiet-house", "no-such-house"):
        answer = client.get(f"/api/v1/measurements/?vantage={name}")
        assert answer.status_code == 400
