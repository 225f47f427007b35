"""Two people and a crash in Chromium: what is typed is kept, each sees the other, a question is settled by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from events.models import BlockEvent, FormDraft
from tests import make
from tests.e2e.test_desk_in_chromium import LOOKS, shot, sign_in, someone, type_into

__all__ = ["someone"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at(event: BlockEvent) -> str:
    return f"/admin/events/blockevent/{event.pk}/change/"


def sign_in_as(watched: Any, name: str) -> None:
    watched.go("/admin/")
    watched.page.fill("#id_username", name)
    watched.page.fill("#id_password", "a-long-passphrase")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_selector("#user-tools")
    watched.settle()


def wait_until_kept(watched: Any) -> None:
    watched.page.locator("#opening-kept:not([hidden]):not(.wrong)").wait_for()


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_two_people_change_one_event_and_lose_nothing(
    open_page: Any, someone: User, width: int, scheme: str, language: str
) -> None:
    User.objects.create_superuser("vera", password="a-long-passphrase")
    event = make.make_event(publish=False)
    mine, hers = open_page(width=width, scheme=scheme, language=language), open_page(language=language)
    sign_in(mine)
    sign_in_as(hers, "vera")
    mine.go(at(event))
    hers.go(at(event))
    hers.page.locator("#opening-others .note", has_text="researcher").wait_for()
    type_into(hers, "summary", "As Vera tells it.")
    type_into(hers, "assessed_reason", "What Vera thinks.")
    hers.page.keyboard.press("Control+KeyS")
    hers.page.locator(".messagelist .success").wait_for()

    type_into(mine, "summary", "As I tell it.")
    type_into(mine, "internal_notes", "And a note.")
    mine.page.keyboard.press("Control+Enter")
    mine.page.locator(".question").wait_for()
    mine.settle()
    shot(mine, f"desk-question-{width}-{scheme}-{language}")
    assert not mine.is_scrolled_sideways()
    assert mine.page.locator(".question bdi").all_inner_texts()[1:] == ["As I tell it.", "As Vera tells it."]
    assert mine.page.locator("#id_assessed_reason").input_value() == "What Vera thinks."
    mine.page.locator(".question input[value=theirs]").focus()
    mine.page.keyboard.press("Space")
    mine.page.keyboard.press("Control+Enter")
    mine.page.locator(".messagelist .success").wait_for()
    event.refresh_from_db()
    assert (event.summary, event.assessed_reason, event.internal_notes) == (
        "As Vera tells it.", "What Vera thinks.", "And a note.",
    )  # fmt: skip
    for watched in (mine, hers):
        watched.settle()
        assert (watched.violations, watched.outside, watched.errors) == ([], [], [])


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_what_was_typed_survives_a_browser_that_dies(
    open_page: Any, someone: User, width: int, scheme: str, language: str
) -> None:
    watched = open_page(width=width, scheme=scheme, language=language)
    sign_in(watched)
    watched.go("/admin/events/blockevent/add/")
    type_into(watched, "summary", "Half a sentence")
    watched.page.locator("#sources-group .add-row a").click()
    type_into(watched, "sources-0-url", "https://news.example/1")
    wait_until_kept(watched)
    watched.page.wait_for_function("document.getElementById('opening-kept').textContent !== ''")
    while "news.example" not in str(FormDraft.objects.get().fields):
        watched.page.wait_for_timeout(200)
    watched.page.context.close()

    back = open_page(width=width, scheme=scheme, language=language)
    sign_in(back)
    back.go("/admin/events/blockevent/add/")
    shot(back, f"desk-left-unsaved-{width}-{scheme}-{language}")
    assert not back.is_scrolled_sideways()
    back.page.locator(".left-unsaved button").first.focus()
    back.page.keyboard.press("Enter")
    back.page.locator(".restored").wait_for(state="attached")
    back.settle()
    shot(back, f"desk-restored-{width}-{scheme}-{language}")
    assert back.page.locator("#id_summary").input_value() == "Half a sentence"
    assert back.page.locator("#id_sources-0-url").input_value() == "https://news.example/1"
    assert (back.violations, back.outside, back.errors) == ([], [], [])
    assert [line for line in back.accessibility() if "opening" in line or "left-unsaved" in line] == []


def test_signing_out_keeps_what_was_typed_a_moment_before(open_page: Any, someone: User) -> None:
    event = make.make_event(publish=False)
    watched = open_page()
    sign_in(watched)
    watched.go(at(event))
    type_into(watched, "summary", "Typed and left at once")
    watched.page.locator("#logout-form button").click()
    watched.page.wait_for_url("**/admin/logout/")
    watched.settle()
    sign_in(watched)
    watched.go(at(event))
    watched.page.locator(".left-unsaved button").first.click()
    watched.page.locator(".restored").wait_for(state="attached")
    assert watched.page.locator("#id_summary").input_value() == "Typed and left at once"


def test_a_saved_form_leaves_no_draft_behind(open_page: Any, someone: User) -> None:
    event = make.make_event(publish=False)
    watched = open_page()
    sign_in(watched)
    watched.go(at(event))
    type_into(watched, "summary", "Saved.")
    watched.page.keyboard.press("Control+KeyS")
    watched.page.locator(".messagelist .success").wait_for()
    watched.settle()
    assert watched.page.locator(".left-unsaved").count() == 0
    assert not FormDraft.objects.filter(closed_at__isnull=True).exists()
