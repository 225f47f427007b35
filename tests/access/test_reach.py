"""A contributor finds no trace of anybody else's draft: by list, search, choice, filter, history, or a posted key."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from events import operations
from events.dates import ImpreciseDate
from events.models import BlockEvent
from tests import make
from tests.events.admin.forms import errors_of, filled
from tests.make import NOW

SECRET = "Pomegranate"


@pytest.fixture
def contributor(client: Client, accounts: dict[str, User]) -> Client:
    client.force_login(accounts["contributor"])
    return client


@pytest.fixture
def hidden(accounts: dict[str, User]) -> BlockEvent:
    """An editor's draft, with a group, a page, an order and a source that nothing else names."""
    by = accounts["editor"]
    operations.ensure_platforms(by=None, now=NOW)
    group = operations.record_group(by=by, now=NOW, name=f"{SECRET} orchard", internal_notes=SECRET)
    page = operations.record_page(group=group, url=f"https://vk.com/{SECRET}_orchard", by=by, now=NOW)
    order = operations.record_order(
        by=by, now=NOW, authority=None, number=f"{SECRET}-orchard", dated=ImpreciseDate.parse("2022")
    )
    sources = [make.make_source(title=f"{SECRET} orchard")]
    return make.make_event(
        publish=False, by=by, page=page, orders=[order], sources=sources, summary=SECRET, territory="TM"
    )


def public(**values: str) -> BlockEvent:
    return make.make_event(internal_notes="Rosemary", **values)


LISTS = ("blockevent", "group", "page", "order", "source", "eventdate", "episode", "groupname")


def test_no_list_shows_it(contributor: Client, hidden: BlockEvent) -> None:
    for table in LISTS:
        for query in ("", "?q=orchard", "?q=Orchard", "?all=", "?e=1"):
            address = reverse(f"admin:events_{table}_changelist") + query
            page = contributor.get(address, follow=True).content.decode().lower()
            assert SECRET.lower() not in page, address


def test_no_filter_offers_what_only_it_has(contributor: Client, hidden: BlockEvent) -> None:
    public()
    page = contributor.get(reverse("admin:events_blockevent_changelist")).content.decode()
    assert "territory=TM" not in page
    assert "territory__exact=TM" not in page


@pytest.mark.parametrize(
    ("model", "field"), [("blockevent", "group"), ("blockevent", "page"), ("blockevent", "orders")]
)
def test_no_choice_offers_it(contributor: Client, hidden: BlockEvent, model: str, field: str) -> None:
    asked = {"app_label": "events", "model_name": model, "field_name": field}
    for term in ("", SECRET, SECRET.lower()):
        found = contributor.get(reverse("admin:autocomplete"), asked | {"term": term})
        assert SECRET.lower() not in found.content.decode().lower()


def test_its_key_cannot_be_posted_into_a_draft_of_ones_own(contributor: Client, hidden: BlockEvent) -> None:
    add = reverse("admin:events_blockevent_add")
    for changes in (
        {"group": hidden.group_id, "platform": hidden.platform_id},
        {"page": hidden.page_id},
        {"orders": [hidden.orders.get().pk]},
    ):
        answer = contributor.post(add, filled(contributor, add, **changes))
        assert answer.status_code == 200
        assert "valid choice" in errors_of(answer) or "not one of the available" in errors_of(answer)
        assert SECRET not in answer.content.decode()
    assert BlockEvent.objects.count() == 1


def test_no_history_tells_of_it_or_of_what_was_before_publication(
    contributor: Client, hidden: BlockEvent
) -> None:
    event = public()
    for row in (hidden, event, hidden.group, event.group, hidden.page, event.sources.get()):
        name = f"admin:events_{row._meta.model_name}"
        version = row.history.latest().pk
        for address in (
            reverse(f"{name}_history", args=[row.pk]),
            reverse(f"{name}_simple_history", args=[row.pk, version]),
        ):
            assert contributor.get(address).status_code in {403, 404}, address


def test_internal_notes_of_others_are_not_shown_and_not_asked_for(contributor: Client, db: None) -> None:
    event = public()
    page = contributor.get(reverse("admin:events_blockevent_change", args=[event.pk]))
    assert page.status_code == 200
    assert "Rosemary" not in page.content.decode()
    oracle = contributor.get(
        reverse("admin:events_blockevent_changelist"), {"internal_notes__contains": "Rosemary"}, follow=True
    )
    assert oracle.status_code in {200, 400}
    assert str(event.group) not in oracle.content.decode()


def test_ones_own_draft_is_there_with_everything(
    contributor: Client, accounts: dict[str, User], hidden: BlockEvent
) -> None:
    own = make.make_event(publish=False, by=accounts["contributor"], internal_notes="Rosemary")
    change = reverse("admin:events_blockevent_change", args=[own.pk])
    assert "Rosemary" in contributor.get(change).content.decode()
    assert contributor.post(change, filled(contributor, change, summary="Mine.")).status_code == 302
    own.refresh_from_db()
    assert own.summary == "Mine."


def test_an_auditor_reads_it_all(client: Client, accounts: dict[str, User], hidden: BlockEvent) -> None:
    client.force_login(accounts["auditor"])
    change = reverse("admin:events_blockevent_change", args=[hidden.pk])
    assert SECRET in client.get(change).content.decode()
    assert client.get(reverse("admin:events_blockevent_history", args=[hidden.pk])).status_code == 200
    assert client.post(change, {}).status_code == 403


@pytest.mark.parametrize("who", ["administrator", "editor", "reviewer"])
def test_nobody_makes_themselves_a_superuser(client: Client, accounts: dict[str, User], who: str) -> None:
    client.force_login(accounts[who])
    own = accounts[who]
    change = reverse("admin:auth_user_change", args=[own.pk])
    client.post(change, {"username": own.username, "is_superuser": "on", "is_staff": "on", "is_active": "on"})
    own.refresh_from_db()
    assert not own.is_superuser


def test_an_administrator_does_not_touch_a_superuser(client: Client, accounts: dict[str, User]) -> None:
    root = User.objects.create_superuser("root", password="a-long-passphrase")
    client.force_login(accounts["administrator"])
    change = reverse("admin:auth_user_change", args=[root.pk])
    assert client.post(change, {"username": "mine"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    assert client.post(password, {"password1": "x" * 20, "password2": "x" * 20}).status_code == 403


def test_the_roles_are_made_right_again(accounts: dict[str, User]) -> None:
    from django.contrib.auth.models import Group as AccountGroup

    assert operations.ensure_roles() == []
    AccountGroup.objects.get(name="auditor").permissions.set(
        AccountGroup.objects.get(name="reviewer").permissions.all()
    )
    AccountGroup.objects.get(name="editor").delete()
    assert operations.ensure_roles() == ["editor", "auditor"]
    assert operations.ensure_roles() == []
