"""Typing instead of choosing, in Chromium: an address is recognised, an order is found by its number."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from events import operations
from events.dates import ImpreciseDate
from events.models import BlockEvent
from tests import make
from tests.e2e.test_desk_in_chromium import LOOKS, choose, shot, sign_in, someone, type_into
from tests.make import NOW

__all__ = ["someone"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBER = "27-31-2022/Ид10925-22"


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_an_event_is_entered_from_an_address_and_a_number(
    open_page: Any, someone: User, width: int, scheme: str, language: str
) -> None:
    page = make.make_page(url="https://vk.com/club12345", group=make.make_group(name="Совет матерей"))
    body = make.make_authority(name="Prosecutor General's Office")
    for authority in (body, make.make_authority(name="A court")):
        operations.record_order(
            by=None, now=NOW, authority=authority, number=NUMBER, dated=ImpreciseDate.parse("2022-08-05")
        )
    watched = open_page(width=width, scheme=scheme, language=language)
    sign_in(watched)
    watched.go("/admin/events/blockevent/add/")
    type_into(watched, "address", "m.vk.com/club12345")
    watched.page.locator(".field-address .recognised", has_text="Совет матерей").wait_for()
    assert watched.page.locator("#id_page").input_value() == str(page.pk)
    assert watched.page.locator("#id_group").input_value() == str(page.group_id)
    type_into(watched, "territory", "ru")
    choose(watched, "authority", "Prosecutor General")
    type_into(watched, "order_number", "№27-31-2022/ид10925-22")
    watched.page.locator(".recognised input[type=radio]").first.wait_for()
    watched.page.locator(".recognised input[type=radio]").first.focus()
    watched.page.keyboard.press("Space")
    type_into(watched, "blocked", "2022-11-27")
    assert "2022" in watched.page.locator("#id_blocked + output").inner_text()
    shot(watched, f"desk-typed-{width}-{scheme}-{language}")
    assert not watched.is_scrolled_sideways()
    watched.page.keyboard.press("Control+Enter")
    watched.page.locator(".messagelist .success").wait_for()
    watched.settle()
    event = BlockEvent.objects.get()
    assert (event.page, event.territory, event.orders.get().authority) == (page, "RU", body)
    assert (watched.violations, watched.outside, watched.errors) == ([], [], [])


def test_a_new_page_and_group_need_no_second_window(open_page: Any, someone: User) -> None:
    make.make_group(name="Совет матерей")
    watched = open_page()
    sign_in(watched)
    watched.go("/admin/events/blockevent/add/")
    type_into(watched, "address", "https://t.me/sovet")
    watched.page.locator(".field-address .recognised p").wait_for()
    type_into(watched, "new_group", "совет МАТЕРЕЙ")
    watched.page.locator(".recognised .button", has_text="Совет матерей").wait_for()
    assert watched.accessibility() == []
    watched.page.locator(".recognised .button").focus()
    watched.page.keyboard.press("Enter")
    assert watched.page.locator("#id_new_group").input_value() == ""
    watched.page.keyboard.press("Control+KeyS")
    watched.page.locator(".messagelist .success").wait_for()
    event = BlockEvent.objects.get()
    assert event.page is not None
    assert (event.group.name, event.page.canonical_url) == ("Совет матерей", "https://t.me/sovet")


def test_the_tab_key_walks_from_the_first_field_to_the_last_button(open_page: Any, someone: User) -> None:
    event = make.make_event(publish=False)
    watched = open_page()
    sign_in(watched)
    watched.go(f"/admin/events/blockevent/{event.pk}/change/")
    page = watched.page
    page.locator("#id_address").focus()
    walked = []
    for _ in range(120):
        page.keyboard.press("Tab")
        here = page.evaluate("[document.activeElement.id || '', document.activeElement.name || '']")
        walked.append(here[0] or here[1])
        if here[1] == "_continue":
            break
    assert walked[-1] == "_continue"
    order = [
        walked.index(f"id_{name}")
        for name in ("territory", "order_number", "blocked", "cited_reason", "summary")
    ]
    assert order == sorted(order)
