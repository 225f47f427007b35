"""From a contributor's draft to an event that a second person published, in Chromium, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group as AccountGroup
from django.contrib.auth.models import User

from events import operations
from events.dates import ImpreciseDate
from events.models import BlockEvent
from tests import make
from tests.e2e.test_desk_in_chromium import shot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [(1280, "light", "en"), (1280, "dark", "ru"), (390, "light", "ru"), (390, "dark", "en")]


@pytest.fixture
def people(transactional_db: None) -> dict[str, User]:
    operations.ensure_roles()
    people = {name: User.objects.create_user(name, is_staff=True) for name in ("contributor", "reviewer")}
    for name, user in people.items():
        user.groups.add(AccountGroup.objects.get(name=name))
    return people


def enter(watched: Any, user: User) -> None:
    """Signed in as by the sign-in page, whose own tests are elsewhere."""
    from django.test import Client

    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    watched.page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": watched.origin}])


def draft(by: User) -> BlockEvent:
    event = make.make_event(
        publish=False,
        by=by,
        is_sensitive=True,
        summary="The group's page does not open in Russia.",
        sources=[
            make.make_source(title="What VK wrote to the group", publisher="The group", quote="Withheld.")
        ],
    )
    operations.add_date(
        event=event, kind="ordered", on=ImpreciseDate.parse("2022-11-26"), by=by, now=make.NOW
    )
    return event


def press(watched: Any, words: str) -> None:
    watched.page.locator(".steps a, .steps button", has_text=words).first.focus()
    with watched.page.expect_navigation():
        watched.page.keyboard.press("Enter")
    watched.settle()


def test_what_is_sensitive_is_published_by_a_second_person(open_page: Any, people: dict[str, User]) -> None:
    event = draft(people["contributor"])
    change = f"/admin/events/blockevent/{event.pk}/change/"
    hers, his = open_page(), open_page()
    enter(hers, people["contributor"])
    enter(his, people["reviewer"])

    hers.go(change)
    assert hers.page.locator(".steps", has_text="Publish").count() == 0
    press(hers, "Send to review")
    hers.page.locator("#id_because").fill("Is the date right?")
    hers.page.locator("button.default").click()
    hers.page.wait_for_selector(".messagelist .success")

    his.go("/admin/events/blockevent/?needs=review")
    with his.page.expect_navigation():
        his.page.locator("#result_list tbody th a").first.click()
    his.settle()
    assert "Is the date right?" in his.page.locator(".review-comment").inner_text()
    press(his, "Send back")
    his.page.locator("#id_because").fill("Name the page in the summary.")
    his.page.locator("button.default").click()
    his.page.wait_for_selector(".messagelist .success")

    hers.go(change)
    assert "Name the page" in hers.page.locator(".review-comment").inner_text()
    hers.page.locator("#id_summary").fill("The group's page vk.com/mothers does not open in Russia.")
    hers.page.locator("input[name=_save]").click()
    hers.page.wait_for_selector(".messagelist .success")
    hers.go(change)
    press(hers, "Send to review")
    hers.page.locator("button.default").click()
    hers.page.wait_for_selector(".messagelist .success")

    his.go(change)
    press(his, "Publish")
    assert "vk.com/mothers" in his.page.locator(".review ins").inner_text()
    assert his.page.locator(".review del").count() == 0
    his.page.locator("button.default").focus()
    his.page.keyboard.press("Enter")
    his.page.wait_for_selector(".messagelist .success")
    hers.go("/")  # a form that stays open goes on to say so
    his.go("/")
    assert str(event.group) in his.page.locator(".events tbody").inner_text()
    for watched in (hers, his):
        assert (watched.violations, watched.outside, watched.errors) == ([], [], [])


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_the_page_before_publishing_is_clean_for_everyone(
    open_page: Any, people: dict[str, User], width: int, scheme: str, language: str
) -> None:
    event = draft(people["contributor"])
    operations.send_to_review(
        event=event, by=people["contributor"], now=make.NOW, because="Is the date right?"
    )
    operations.return_event(event=event, by=people["reviewer"], now=make.NOW, because="Name the page.")
    operations.correct_event(
        event=event, by=people["contributor"], now=make.NOW, summary="The page vk.com/mothers does not open."
    )
    operations.send_to_review(event=event, by=people["contributor"], now=make.NOW, because="Now it does.")
    watched = open_page(width=width, scheme=scheme, language=language)
    enter(watched, people["reviewer"])
    at = f"/admin/events/blockevent/{event.pk}"
    for name, path in (
        ("review", f"{at}/step/publish/"),
        ("return", f"{at}/step/return/"),
        ("form", f"{at}/change/"),
    ):
        watched.go(path)
        shot(watched, f"review-{name}-{width}-{scheme}-{language}")
        assert not watched.is_scrolled_sideways(), path
        assert (watched.violations, watched.outside, watched.errors) == ([], [], []), path
        if name != "form":
            assert watched.accessibility() == [], path
            watched.errors.clear()
    watched.go("/")  # a form that stays open goes on to say so
