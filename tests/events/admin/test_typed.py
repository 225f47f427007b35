"""A pasted address, a new group's name, an order's number: found where recorded, else recorded in the same save."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from events import operations
from events.dates import ImpreciseDate
from events.models import BlockEvent, Group, Order, Page, Platform
from tests import make
from tests.events.admin.forms import errors_of, filled
from tests.make import NOW

ADD = "/admin/events/blockevent/add/"
ASK = "/admin/events/blockevent/recognise/"
NUMBER = "27-31-2022/Ид10925-22"


def save(desk: Client, at: str = ADD, **typed: Any) -> Any:
    return desk.post(at, filled(desk, at, **typed))


def change(event: BlockEvent) -> str:
    return reverse("admin:events_blockevent_change", args=[event.pk])


def order(number: str = NUMBER, *, authority: Any = None, dated: str = "2022-08-05") -> Order:
    return operations.record_order(
        by=None, now=NOW, authority=authority, number=number, dated=ImpreciseDate.parse(dated)
    )


def test_a_pasted_address_and_a_name_make_page_and_group_in_one_save(
    desk: Client, administrator: User, db: None
) -> None:
    assert not Platform.objects.exists()
    answer = save(
        desk, address="m.vk.com/sovet_materey?w=wall-1_2", new_group="Совет матерей", territory="RU",
        because="a leaflet",
        presences="https://t.me/sovet_materey\n\n https://www.youtube.com/@sovet_materey ",
    )  # fmt: skip
    assert answer.status_code == 302, errors_of(answer)
    event = BlockEvent.objects.get()
    assert event.page is not None
    assert (event.group.name, event.platform.key) == ("Совет матерей", "vk")
    assert event.watch is not None
    assert sorted(Page.objects.filter(group=event.group).values_list("platform__key", flat=True)) == [
        "telegram",
        "vk",
        "youtube",
    ]
    for row in (event.group, event.page):
        version = row.history.earliest()
        assert (version.history_user, version.history_change_reason) == (administrator, "a leaflet")


def test_a_recorded_page_is_found_however_its_address_is_spelt(desk: Client, db: None) -> None:
    page = make.make_page(url="https://vk.com/club12345")
    answer = save(desk, address=" http://m.vk.com/club12345?from=search ")
    assert answer.status_code == 302, errors_of(answer)
    event = BlockEvent.objects.get()
    assert (event.page, event.group, Page.objects.count()) == (page, page.group, 1)


def test_a_page_that_becomes_known_later_is_added_to_the_event(desk: Client, db: None) -> None:
    page = make.make_page()
    event = make.make_event(page=None, group=make.make_group(), platform=page.platform)
    assert save(desk, change(event), address="https://vk.com/known_now").status_code == 302
    event.refresh_from_db()
    assert event.page is not None
    assert (event.page.canonical_url, event.page.group) == ("https://vk.com/known_now", event.group)


ONE = {"new_group": "N", "address": "https://t.me/one"}
BAD = [
    ({"address": "hello"}, "Give a whole address that a browser can open"),
    ({"address": "javascript:alert(1)"}, "begins with http:// or https://"),
    ({"address": "https://vk.com/club1"}, "or name a new group beside"),
    ({"address": "https://vk.com/club777", "new_group": "X"}, "comes with the page: empty that field"),
    ({"new_group": "Recorded  group"}, "A group of this name is recorded: choose it"),
    ({"new_group": "A new one"}, "or paste its address: it brings its platform"),
    (ONE | {"presences": "https://vk.com/club777"}, "is recorded as a page of"),
    (ONE | {"presences": "https://vk.com/club9\nnonsense"}, "“nonsense”: Give a"),
    ({"order_law": "Law 149-FZ"}, "Give the order's number or its date"),
    ({"order_number": "1-2", "order_dated": "soon"}, "is not a date"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "sentence"), BAD)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_recorded(
    desk: Client, db: None, typed: dict[str, Any], sentence: str
) -> None:
    group = make.make_group(name="Recorded group")
    make.make_page(url="https://vk.com/club777", group=group)
    before = (Group.objects.count(), Page.objects.count())
    answer = save(desk, **typed)
    assert answer.status_code == 200
    assert sentence in errors_of(answer)
    assert (BlockEvent.objects.count(), Order.objects.count()) == (0, 0)
    assert (Group.objects.count(), Page.objects.count()) == before


def test_an_address_of_another_platform_than_chosen_is_refused_beside_it(
    desk: Client, platforms: dict[str, Platform]
) -> None:
    answer = save(desk, address="https://t.me/one", platform=platforms["vk"].pk, group=make.make_group().pk)
    assert "The address belongs to “Telegram”, and below stands “VK”" in errors_of(answer)


def test_another_group_of_the_same_name_is_recorded_when_it_is_said(desk: Client, db: None) -> None:
    make.make_group(name="Открытая группа")
    typed = {"new_group": "ОТКРЫТАЯ ГРУППА", "address": "https://vk.com/other_one", "is_another_group": "on"}
    assert save(desk, **typed).status_code == 302
    assert Group.objects.count() == 2


def test_an_order_is_found_by_its_number_however_it_is_spelt(desk: Client, db: None) -> None:
    body = make.make_authority()
    known = order(authority=body)
    page = make.make_page()
    typed = {
        "page": page.pk,
        "authority": body.pk,
        "order_number": "№ 27-31-2022/ИД10925-22",
        "order_dated": "2022-08-05",
    }
    assert save(desk, **typed).status_code == 302
    assert list(BlockEvent.objects.get().orders.all()) == [known]
    assert Order.objects.count() == 1


def test_a_number_that_is_not_recorded_makes_an_order_with_the_event(
    desk: Client, administrator: User
) -> None:
    body = make.make_authority()
    typed = {
        "page": make.make_page().pk,
        "authority": body.pk,
        "order_number": NUMBER,
        "order_dated": "2022-08",
    }
    answer = save(desk, order_law="149-FZ, article 15.3", **typed)
    assert answer.status_code == 302, errors_of(answer)
    made = BlockEvent.objects.get().orders.get()
    assert (made.number, made.authority, made.dated_precision, made.law) == (
        NUMBER,
        body,
        "month",
        "149-FZ, article 15.3",
    )
    assert made.history.latest().history_user == administrator


def test_which_of_several_orders_is_meant_is_asked_and_never_guessed(desk: Client, db: None) -> None:
    one, other = make.make_authority(name="Prosecutor"), make.make_authority(name="Court")
    first, second = order(authority=one), order(authority=other)
    page = make.make_page()
    asked = save(desk, page=page.pk, order_number=NUMBER)
    assert "Orders with this number are recorded: say which one it is." in errors_of(asked)
    shown = asked.content.decode()
    for words in (f"{NUMBER} · 5 August 2022 · Prosecutor", f"{NUMBER} · 5 August 2022 · Court"):
        assert words in shown
    assert not BlockEvent.objects.exists()
    assert save(desk, page=page.pk, order_number=NUMBER, order_choice=second.pk).status_code == 302
    assert list(BlockEvent.objects.get().orders.all()) == [second]
    assert first != second


def test_another_order_of_the_same_number_is_recorded_when_it_is_said(desk: Client, db: None) -> None:
    order(authority=make.make_authority())
    body = make.make_authority()
    typed = {"authority": body.pk, "order_number": NUMBER, "order_choice": "new"}
    assert save(desk, page=make.make_page().pk, **typed).status_code == 302
    assert set(Order.objects.values_list("authority", flat=True)) >= {body.pk}
    assert Order.objects.count() == 2


def test_an_order_of_another_body_or_day_is_not_offered_as_the_same(desk: Client, db: None) -> None:
    order(authority=make.make_authority())
    body = make.make_authority()
    typed = {"authority": body.pk, "order_number": NUMBER, "order_dated": "2023-01-01"}
    assert save(desk, page=make.make_page().pk, **typed).status_code == 302
    assert BlockEvent.objects.get().orders.get().authority == body


def test_what_is_typed_is_answered_while_it_is_typed(desk: Client, db: None) -> None:
    page = make.make_page(url="https://vk.com/club12345", group=make.make_group(name="Совет матерей"))
    known = order(authority=make.make_authority(name="Prosecutor"))
    asked = {
        "address": "m.vk.com/club12345",
        "new_group": "совет МАТЕРЕЙ",
        "order_number": "27-31-2022/ид10925-22",
    }
    told = desk.get(ASK, asked).json()
    assert told["address"]["page"] == [[str(page.pk), page.canonical_url]]
    assert told["address"]["says"].startswith("VK · ")
    assert "Recorded as a page of “Совет матерей”." in told["address"]["says"]
    assert told["new_group"]["group"] == [[str(page.group_id), "Совет матерей"]]
    assert told["order_number"]["orders"] == [[str(known.pk), f"{NUMBER} · 5 August 2022 · Prosecutor"]]
    assert desk.get(ASK, {"address": "nonsense"}).json()["address"]["is_wrong"] is True
    assert desk.get(ASK).json() == {}


def test_nothing_is_told_of_what_an_account_does_not_see(db: None, desk: Client) -> None:
    somebody = User.objects.create_user("somebody", password="a-long-passphrase", is_staff=True)
    group = operations.record_group(by=somebody, now=NOW, name="Known to few")
    operations.ensure_platforms(by=None, now=NOW)
    page = operations.record_page(group=group, url="https://vk.com/known_to_few", by=somebody, now=NOW)
    order("7-7")
    contributor = User.objects.create_user("contributor", password="a-long-passphrase", is_staff=True)
    rights = [
        f"{verb}_{table}"
        for verb in ("add", "change", "view")
        for table in ("blockevent", "group", "page", "order")
    ]
    contributor.user_permissions.set(
        Permission.objects.filter(codename__in=rights, content_type__app_label="events")
    )
    client = Client()
    client.force_login(contributor)
    told = client.get(ASK, {"address": page.url, "new_group": "Known to few", "order_number": "7-7"}).json()
    assert "Known to few" not in str(told)
    assert told["address"].keys() == {"says", "is_wrong"}
    assert (told["new_group"]["group"], told["order_number"]["orders"]) == ([], [])
    refused = save(client, address=page.url, new_group="Mine")
    assert "ask an editor" in errors_of(refused)
    assert "Known to few" not in refused.content.decode()


def test_a_reader_is_told_nothing(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("reader", password="a-long-passphrase", is_staff=True))
    assert client.get(ASK, {"address": "https://vk.com/club1"}).status_code == 403
    assert client.post(ASK).status_code == 405
