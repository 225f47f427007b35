"""The desk and the front page as Chromium shows them: by keyboard, under the strict policy, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from events import operations
from events.models import BlockEvent
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [(1280, "light", "en"), (1280, "dark", "ru"), (390, "light", "ru"), (390, "dark", "en")]


@pytest.fixture
def someone(transactional_db: None) -> User:
    return User.objects.create_superuser("researcher", password="a-long-passphrase")


def sign_in(watched: Any) -> None:
    watched.go("/admin/")
    watched.page.locator("#id_username").focus()
    keys = watched.page.keyboard
    keys.type("researcher")
    keys.press("Tab")
    keys.type("a-long-passphrase")
    keys.press("Enter")
    watched.page.wait_for_selector("#user-tools")
    watched.settle()


def choose(watched: Any, field: str, words: str) -> None:
    """Pick from an autocomplete by keyboard alone."""
    page = watched.page
    page.locator(f"#id_{field} + .select2 .select2-selection").focus()
    page.keyboard.press("Enter")
    page.locator(".select2-container--open .select2-search__field").wait_for()
    page.keyboard.type(words)
    page.locator(".select2-results__option--highlighted", has_text=words).wait_for()
    page.keyboard.press("Enter")


def type_into(watched: Any, field: str, words: str) -> None:
    watched.page.locator(f"#id_{field}").focus()
    watched.page.keyboard.type(words)


def shot(watched: Any, name: str) -> None:
    folder = settings.BASE_DIR / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    watched.page.screenshot(path=folder / f"{name}.png", full_page=True)


def test_an_event_is_entered_by_keyboard_and_read_on_the_front_page(open_page: Any, someone: User) -> None:
    operations.ensure_platforms(by=None, now=make.NOW)
    make.make_group(name="Council of Wives and Mothers")
    make.make_authority(name="Prosecutor General's Office")
    watched = open_page()
    sign_in(watched)
    watched.go("/admin/events/blockevent/add/")
    choose(watched, "group", "Council of Wives")
    watched.page.locator("#id_platform").focus()
    watched.page.keyboard.type("VK")
    type_into(watched, "territory", "RU")
    choose(watched, "authority", "Prosecutor General")
    type_into(watched, "blocked", "2022-11-27")
    watched.page.locator("#sources-group .add-row a").focus()
    watched.page.keyboard.press("Enter")
    type_into(watched, "sources-0-url", "https://www.themoscowtimes.com/a79516")
    type_into(watched, "because", "from a newspaper")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_selector(".messagelist .success")
    event = BlockEvent.objects.get()
    watched.go(f"/admin/events/blockevent/{event.pk}/change/")
    watched.page.locator(".steps button", has_text="Publish").focus()
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_selector(".messagelist .success")
    watched.go("/")
    row = watched.page.locator(".events tbody tr").inner_text()
    for words in (
        "Council of Wives and Mothers",
        "Prosecutor General's Office",
        "27 November 2022",
        "not checkable",
    ):
        assert words in row
    assert (watched.violations, watched.outside, watched.errors) == ([], [], [])


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_the_public_pages_are_clean_for_everyone(
    open_page: Any, transactional_db: None, width: int, scheme: str, language: str
) -> None:
    event = make.make_event(cited_reason_status="none_given")
    hostile = make.make_group(name="<script>document.title='owned'</script>" + "x" * 250)
    make.make_event(page=make.make_page(group=hostile), summary="A" * 5000)
    watched = open_page(width=width, scheme=scheme, language=language)
    for name, path in (("front", "/"), ("event", f"/events/{event.public_id}/"), ("404", "/nothing/")):
        watched.go(path)
        assert watched.page.locator("html").get_attribute("lang") == language
        assert not watched.is_scrolled_sideways(), path
        shot(watched, f"{name}-{width}-{scheme}-{language}")
        assert watched.accessibility() == [], path
        assert "owned" not in watched.page.title()
    assert (watched.violations, watched.outside) == ([], [])


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_the_desk_keeps_the_policy_and_the_width(
    open_page: Any, someone: User, width: int, scheme: str, language: str
) -> None:
    event = make.make_event()
    watched = open_page(width=width, scheme=scheme, language=language)
    sign_in(watched)
    change = f"/admin/events/blockevent/{event.pk}/"
    for name, path in (
        ("index", "/admin/"),
        ("list", "/admin/events/blockevent/"),
        ("change", f"{change}change/"),
        ("history", f"{change}history/"),
        ("step", f"{change}step/withdraw/"),
        ("watch", f"/admin/tracker/watch/{event.watch_id}/change/"),
        ("group", f"/admin/events/group/{event.group_id}/change/"),
    ):
        watched.go(path)
        shot(watched, f"desk-{name}-{width}-{scheme}-{language}")
        assert not watched.is_scrolled_sideways(), path
    assert (watched.violations, watched.outside, watched.errors) == ([], [], [])


@pytest.mark.parametrize(
    "path",
    ["/admin/", "/admin/events/blockevent/", "/admin/events/blockevent/add/", "/admin/events/group/add/"],
)
def test_the_desk_has_a_name_for_everything(open_page: Any, someone: User, path: str) -> None:
    make.make_event()
    watched = open_page()
    sign_in(watched)
    watched.go(path)
    assert watched.accessibility() == []


def test_the_public_pages_say_everything_without_scripts(open_page: Any, transactional_db: None) -> None:
    event = make.make_event()
    watched = open_page(java_script_enabled=False)
    watched.page.goto(f"{watched.origin}/")
    watched.page.get_by_role("link", name=str(event.group)).click()
    assert "at the request of" in watched.page.locator("h1").inner_text()
    watched.page.get_by_role("button", name="Русский").click()
    watched.page.wait_for_selector('html[lang="ru"]')
