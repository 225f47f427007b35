"""No page of the admin asks the database more than fifteen times, whoever opens it and whatever its row has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from bench.admin import MOST_QUERIES
from bench.rich import enrich
from events.models import BlockEvent
from tests.access import table
from tests.access.test_every_page import TABLES, signed_in, standard_pages
from tests.access.world import World
from tests.make import NOW

ROLES = [role for role in table.ROLES if role != "anonymous"]
OURS = ("/admin/", "/accounts/")


@pytest.fixture
def rich(world: World, accounts: dict[str, User], settings: Any) -> World:
    """Everybody has a second factor, as where it is required; the event has much of everything."""
    settings.MFA = "required"
    for user in accounts.values():
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    people = [User.objects.create_user(f"hand-{n}", is_staff=True) for n in range(3)]
    enrich(world.row("events.blockevent", ""), people, NOW)
    return world


def asked(world: World, role: str) -> Iterator[str]:
    """Every address that the role may open: the pages of ``docs/access.md``, and those of every table."""
    for page in table.pages():
        if "GET" in page.methods and page.address.startswith(OURS) and page.answers[role] == "yes":
            yield world.address(page.address)
    for row in TABLES:
        for _page, method, address, is_allowed in standard_pages(world, row, role):
            if method == "GET" and is_allowed:
                yield address


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.timeout(300)
def test_no_page_asks_more_than_the_bar(rich: World, accounts: dict[str, User], role: str) -> None:
    client, found = signed_in(role, accounts), {}
    for address in dict.fromkeys(asked(rich, role)):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        assert answer.status_code in {200, 302}, (address, answer.status_code)
        found[address] = len(captured)
    assert {address: n for address, n in found.items() if n > MOST_QUERIES} == {}
    assert len(found) > {"no role": 5, "contributor": 40}.get(role, 100)


SENSITIVE = {"is_sensitive": True, "published_at": None, "withdrawn_at": None}


@pytest.mark.parametrize(
    ("role", "publication"),
    [
        ("contributor", "draft"),
        ("editor", "draft"),
        ("editor", "in_review"),
        ("reviewer", "in_review"),
        ("administrator", "in_review"),
    ],
)
def test_the_page_of_a_sensitive_event_does_not_either(
    rich: World, accounts: dict[str, User], role: str, publication: str
) -> None:
    """Whether somebody may publish it is read from its history, which is long."""
    event = rich.row("events.blockevent", "")
    author = accounts[role] if role == "contributor" else accounts["editor"]
    changed = {**SENSITIVE, "publication": publication, "created_by": author}
    QuerySet(BlockEvent).filter(pk=event.pk).update(**changed)
    client = signed_in(role, accounts)
    for page in ("change", "step/publish", "step/end"):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(f"/admin/events/blockevent/{event.pk}/{page}/")
        assert answer.status_code == 200 or page != "change"
        assert len(captured) <= MOST_QUERIES, (page, [query["sql"][:200] for query in captured])
