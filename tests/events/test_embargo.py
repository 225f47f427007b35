"""A published event under embargo is nowhere outside, and appears by itself when its time comes."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events import operations
from events.models import BlockEvent
from tests import make
from tests.services.installation import ROOT
from tracker.facts import State

pytestmark = pytest.mark.django_db
SECRET = "Nobody should read this before Tuesday"


def hidden() -> BlockEvent:
    """Published, under embargo for a day, with everything of it named so that it can be found."""
    now = timezone.now()
    group = make.make_group(name=f"{SECRET} group")
    return make.make_event(
        now=now,
        page=make.make_page(group=group, url="https://page.example/secret"),
        authority=make.make_authority(name=f"{SECRET} authority"),
        summary=SECRET,
        embargoed_until=now + timedelta(days=1),
    )


def everywhere(event: BlockEvent) -> Iterator[str]:
    """Every public address that could tell of the event, by list, search, filter, count and file."""
    yield "/"
    api = "/api/v1"
    for name in ("events", "groups", "pages", "authorities", "orders", "measurements", "status-changes"):
        yield f"{api}/{name}/"
    for name in ("events", "groups", "pages", "authorities"):
        yield f"{api}/{name}/?q=Nobody"
    for order in ("-published_at", "published_at", "-updated_at", "blocked_on"):
        yield f"{api}/events/?ordering={order}"
    yield f"{api}/events/?updated_since=2020-01-01"
    for axis in ("month", "platform", "authority", "territory", "status"):
        yield f"{api}/stats/?axis_x={axis}"


def test_a_hidden_event_is_nowhere(client: Client) -> None:
    before = {address: body(client, address) for address in everywhere(BlockEvent())}
    event = hidden()
    for at in (make.NOW, make.NOW + timedelta(minutes=10)):
        make.look_at(event.watch, State.BLOCKED, at=at)
    after = {address: body(client, address) for address in everywhere(event)}
    assert before == after
    assert SECRET not in "".join(after.values())


def body(client: Client, address: str) -> str:
    """What a stranger reads there, with the headers that would tell one answer from another."""
    answer = client.get(address)
    assert answer.status_code in {200, 400}, address
    headers = {name: answer.headers.get(name) for name in ("ETag", "Last-Modified", "Content-Length")}
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return f"{text} {headers}"


def test_its_own_addresses_are_those_of_nothing(client: Client) -> None:
    event = hidden()
    addresses = [f"/events/{event.public_id}/", f"/api/v1/events/{event.public_id}/"]
    addresses += [f"/api/v1/groups/{event.group.public_id}/", f"/api/v1/pages/{event.page.public_id}/"]
    addresses.append(f"/api/v1/authorities/{event.authority.public_id}/")
    assert [client.get(address).status_code for address in addresses] == [404] * 5
    for name, row in (("group", event.group), ("authority", event.authority), ("page", event.page)):
        unknown = client.get(f"/api/v1/events/?{name}={row.public_id}")
        nothing = client.get(f"/api/v1/events/?{name}=zzzzzzzzzzzz")
        assert (unknown.status_code, nothing.status_code) == (400, 400)


def test_it_appears_by_itself(client: Client) -> None:
    now = timezone.now()
    event = make.make_event(now=now, embargoed_until=now + timedelta(seconds=2))
    address = f"/api/v1/events/{event.public_id}/"
    ends = time.monotonic() + 60
    while (answer := client.get(address)).status_code == 404 and time.monotonic() < ends:
        time.sleep(0.1)
    assert answer.status_code == 200
    told = answer.json()
    assert told["published_at"] == told["updated_at"]
    event.refresh_from_db()
    assert event.published_at == event.embargoed_until
    assert client.get(f"/events/{event.public_id}/").status_code == 200
    since = event.published_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert [
        row["id"] for row in client.get("/api/v1/events/", {"updated_since": since}).json()["results"]
    ] == [event.public_id]


def test_an_embargo_that_is_over_hides_nothing(client: Client) -> None:
    event = make.make_event(embargoed_until=make.NOW - timedelta(days=400), now=timezone.now())
    assert client.get(f"/api/v1/events/{event.public_id}/").status_code == 200


def test_what_was_withdrawn_says_so_and_what_was_sent_back_says_nothing(client: Client) -> None:
    shown, sent_back = make.make_event(), hidden()
    operations.withdraw_event(event=shown, by=None, now=timezone.now(), because="Two groups were mixed up.")
    operations.return_event(event=sent_back, by=None, now=timezone.now(), because="Not yet.")
    assert client.get(f"/api/v1/events/{shown.public_id}/").status_code == 410
    assert client.get(f"/api/v1/events/{sent_back.public_id}/").status_code == 404


def test_one_place_decides_what_readers_see() -> None:
    """Outside the models nothing public asks for itself whether an event is published."""
    forbidden = {
        "publication",
        "publication__in",
        "published_at__isnull",
        "withdrawn_at__isnull",
        "embargoed_until",
    }
    public = [*(ROOT / "events" / "api").rglob("*.py"), *(ROOT / "events" / "dashboard").rglob("*.py")]
    assert len(public) > 20
    found = [
        f"{path.name}:{node.value.lineno} {node.arg}"
        for path in public
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg in forbidden
    ]
    assert found == []
