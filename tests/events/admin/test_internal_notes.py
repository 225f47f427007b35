"""Internal notes never leave: no public page, no list, no table for machines, no feed has a word of them."""

from __future__ import annotations

from django.test import Client
from django.urls import URLResolver, get_resolver

from events import operations
from events.models import BlockEvent
from tests.make import NOW

CANARY = "kept-among-ourselves-7f3a"


def public_addresses(event: BlockEvent) -> list[str]:
    assert event.page is not None
    assert event.authority is not None
    rows = {
        "events": event.public_id,
        "groups": event.group.public_id,
        "pages": event.page.public_id,
        "authorities": event.authority.public_id,
        "orders": event.orders.get().public_id,
    }
    found = ["/", f"/events/{event.public_id}/", "/api/v1/", "/api/v1/schema/", "/api/v1/stats/?axis_x=month"]
    for noun, public_id in rows.items():
        found += [f"/api/v1/{noun}/", f"/api/v1/{noun}/?format=csv", f"/api/v1/{noun}/{public_id}/"]
    found += [
        f"/api/v1/{noun}/" for noun in ("measurements", "status-changes", "platforms", "labels", "rules")
    ]
    return found


def test_no_public_address_says_what_internal_notes_say(full: BlockEvent) -> None:
    operations.correct_event(event=full, by=None, now=NOW, because=CANARY, internal_notes=CANARY)
    group = full.group
    group.internal_notes = CANARY
    operations.keep(group, by=None, now=NOW, because=CANARY)
    reader = Client()
    for address in public_addresses(full):
        answer = reader.get(address)
        assert answer.status_code == 200 or "format=csv" in address, address
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert CANARY.encode() not in body, address
    searched = reader.get("/api/v1/events/", {"q": CANARY}).json()
    assert searched["results"] == []


def test_every_list_of_the_api_is_among_those_that_were_asked(full: BlockEvent) -> None:
    """A noun that is added later is asked as well, or this fails."""
    api = next(p for p in get_resolver().url_patterns if isinstance(p, URLResolver) and p.namespace == "api")
    lists = {p.name.removesuffix("-list") for p in api.url_patterns if str(p.name).endswith("-list")}
    asked = " ".join(public_addresses(full))
    plural = {"authority": "authorities", "status-change": "status-changes"}
    assert [name for name in lists if f"/{plural.get(name, name + 's')}/" not in asked] == []
