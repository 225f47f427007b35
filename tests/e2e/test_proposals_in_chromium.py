"""A notice's proposal in Chromium: nothing overflows, the policy holds, and a keyboard decides."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from tests import make
from tests.e2e.test_desk_in_chromium import LOOKS, shot, sign_in, someone
from tests.events.admin.conftest import NOTICE, propose
from tracker.facts import State

__all__ = ["someone"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_a_proposal_is_read_and_accepted_by_keyboard(
    open_page: Any, someone: User, width: int, scheme: str, language: str
) -> None:
    event = make.make_event(page=make.make_page(url="https://page.example/a-page"))
    make.look_at(event.watch, State.BLOCKED)
    row = propose(
        event, NOTICE + ", как содержащего призывы к массовым беспорядкам, с нарушением установленного поря"
    )
    watched = open_page(width=width, scheme=scheme, language=language)
    sign_in(watched)
    watched.go(f"/admin/events/blockevent/{event.pk}/change/")
    shot(watched, f"desk-proposal-{width}-{scheme}-{language}")
    assert not watched.is_scrolled_sideways()
    assert watched.page.locator(".proposal mark").all_inner_texts()[-2] == "27-31-2022/Ид10925-22"
    watched.page.locator(".proposal button").first.focus()
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_selector(".messagelist .success")
    watched.settle()
    assert watched.page.locator(".proposal").count() == 0
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("accepted", someone)
    assert (watched.violations, watched.outside, watched.errors) == ([], [], [])
    assert [line for line in watched.accessibility() if "proposal" in line] == []
