"""Groups, pages, authorities and orders: found in any spelling, and never entered twice without a word."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from events.models import Authority, BlockEvent, Group, Order, Page
from tests import make
from tests.events.admin.forms import errors_of, filled


def found(client: Client, field: str, model: str, term: str) -> list[str]:
    """What an autocomplete of the event form offers."""
    asked = {"app_label": "events", "model_name": "blockevent", "field_name": field, "term": term}
    answer = client.get(reverse("admin:autocomplete"), asked)
    return [row["text"] for row in json.loads(answer.content)["results"]]


def test_a_group_is_found_by_any_name_in_any_spelling(desk: Client, full: BlockEvent) -> None:
    full.group.name = "Совет матерей и жён"
    from events import operations

    operations.keep(full.group, by=None, now=make.NOW, correction=make.TOLD)
    for term in ("совет жен", "ЖЁН", "другое ИМЯ", "“Совет"):
        assert found(desk, "group", "group", term) == ["Совет матерей и жён"]
    assert found(desk, "group", "group", "никто") == []


def test_a_page_is_found_however_its_address_is_spelt(desk: Client, db: None) -> None:
    make.make_page(url="https://vk.com/club4242")
    assert found(desk, "page", "page", "http://m.vk.com/club4242?w=1") == ["https://vk.com/club4242"]


def test_an_order_is_found_by_its_number_however_it_is_spelt(desk: Client, full: BlockEvent) -> None:
    assert len(found(desk, "orders", "order", "№27-31-2022")) == 1
    assert len(found(desk, "orders", "order", "27-31-2022 2022-11-26")) == 1


def test_a_typed_address_becomes_canonical_and_stays_as_typed(desk: Client, administrator: User) -> None:
    add, group = "/admin/events/page/add/", make.make_group()
    answer = desk.post(
        add, filled(desk, add, group=group.pk, url="HTTP://M.VK.COM/club77?from=x", because="typed")
    )
    assert answer.status_code == 302, errors_of(answer)
    page = Page.objects.get()
    assert (page.url, page.canonical_url) == ("HTTP://M.VK.COM/club77?from=x", "https://vk.com/club77")
    assert (page.platform.key, page.history.latest().history_user) == ("vk", administrator)


@pytest.mark.parametrize(
    "url", ["not an address", "javascript:alert(1)", "http://127.0.0.1/x", "ftp://vk.com/club1"]
)
def test_what_is_no_address_gets_a_sentence(desk: Client, db: None, url: str) -> None:
    add, group = "/admin/events/page/add/", make.make_group()
    answer = desk.post(add, filled(desk, add, group=group.pk, url=url))
    assert answer.status_code == 200
    assert len(errors_of(answer)) > 20
    assert not Page.objects.exists()


def test_the_same_page_twice_names_the_one_that_is_there(desk: Client, db: None) -> None:
    known = make.make_page(url="https://vk.com/club4242")
    add = "/admin/events/page/add/"
    answer = desk.post(add, filled(desk, add, group=make.make_group().pk, url="https://m.vk.com/club4242"))
    assert f"it is a page of “{known.group}”" in errors_of(answer)


def test_a_group_comes_with_its_names_and_pages(desk: Client, administrator: User) -> None:
    add = "/admin/events/group/add/"
    typed = {
        "name": "Группа",
        "kind": "community",
        "country": "ru",
        "because": "new",
        "names-TOTAL_FORMS": "1",
        "names-0-name": "Group",
        "names-0-language": "en",
        "pages-TOTAL_FORMS": "1",
        "pages-0-url": "https://vk.com/club99",
        "pages-0-kind": "other",
    }
    answer = desk.post(add, filled(desk, add, **typed))
    assert answer.status_code == 302, errors_of(answer)
    group = Group.objects.get()
    assert (group.country, group.names.get().name) == ("RU", "Group")
    page = group.pages.get()
    assert (page.kind, page.history.latest().history_change_reason) == ("community", "new")


def test_a_bad_address_under_a_group_stores_neither(desk: Client, db: None) -> None:
    add = "/admin/events/group/add/"
    typed = {"name": "G", "pages-TOTAL_FORMS": "1", "pages-0-url": "nonsense", "pages-0-kind": "other"}
    answer = desk.post(add, filled(desk, add, **typed))
    assert answer.status_code == 200
    assert errors_of(answer)
    assert not Group.objects.exists()


def test_the_same_authority_twice_is_refused_beside_its_name(desk: Client, db: None) -> None:
    make.make_authority(name="Генеральная прокуратура", country="RU")
    add = "/admin/events/authority/add/"
    answer = desk.post(add, filled(desk, add, name="генеральная  ПРОКУРАТУРА", country="RU"))
    assert "recorded already" in errors_of(answer)
    assert Authority.objects.count() == 1


def test_an_order_needs_a_number_or_a_date_and_is_kept_once(desk: Client, db: None) -> None:
    add, body = "/admin/events/order/add/", make.make_authority()
    empty = desk.post(add, filled(desk, add, authority=body.pk))
    assert "number or its date" in errors_of(empty)
    typed = {"authority": body.pk, "number": "№ 27-31", "dated": "2022-11"}
    assert desk.post(add, filled(desk, add, **typed)).status_code == 302
    assert Order.objects.get().dated_precision == "month"
    again = desk.post(add, filled(desk, add, **(typed | {"number": "27-31"})))
    assert "recorded already" in errors_of(again)


def test_a_group_that_nothing_speaks_of_is_deleted_with_its_names(desk: Client, administrator: User) -> None:
    from events import operations

    group = make.make_group()
    operations.name_group(group=group, by=None, now=make.NOW, name="Другое имя")
    desk.post(reverse("admin:events_group_delete", args=[group.pk]), {"post": "yes"})
    assert not Group.objects.exists()
    assert Group.history.filter(history_type="-").get().history_user == administrator


def test_a_group_with_an_event_is_not_deleted(desk: Client, full: BlockEvent) -> None:
    desk.post(reverse("admin:events_group_delete", args=[full.group_id]), {"post": "yes"})
    assert Group.objects.filter(pk=full.group_id).exists()
