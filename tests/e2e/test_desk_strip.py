"""The strip in Chromium: one stop of the Tab key, arrow keys walk it, it says each cell, and it fits a phone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from events import operations
from events.dates import ImpreciseDate
from events.models import BlockEvent
from tests import make
from tests.e2e.test_desk_in_chromium import LOOKS, shot, sign_in, someone
from tests.events.strip.test_strip import many_looks
from tests.make import NOW

__all__ = ["someone"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def seen_event() -> BlockEvent:
    sources = [make.make_source(title="A report"), make.make_source(title="Another report")]
    for source, day in zip(sources, ("2026-11-29", "2027-01"), strict=True):
        operations.set_interval(source, "published", ImpreciseDate.parse(day))
    event = make.make_event(blocked="2026-11", restored=ImpreciseDate.parse("2027-02-03"), sources=sources)
    order = operations.record_order(
        by=None,
        now=NOW,
        authority=event.authority,
        number="27-31-2022",
        dated=ImpreciseDate.parse("2026-12-20"),
    )
    operations.correct_event(correction=make.TOLD, event=event, by=None, now=NOW, orders=[order])
    many_looks(event, 400, places=3, spread=timedelta(hours=5))
    return event


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_a_strip_is_walked_by_keyboard(
    open_page: Any, someone: User, width: int, scheme: str, language: str
) -> None:
    event = seen_event()
    watched = open_page(width=width, scheme=scheme, language=language)
    sign_in(watched)
    watched.go(f"/admin/events/blockevent/{event.pk}/change/")
    page = watched.page
    page.locator(".strip-vantages summary").click()
    page.locator(".strip .cell[tabindex='0']").focus()
    assert page.locator(".strip .cell[tabindex='0']").count() == 1
    first = page.locator(".strip-said").inner_text()
    page.keyboard.press("ArrowLeft")
    assert page.locator(".strip-said").inner_text() not in ("", first)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    assert not watched.is_scrolled_sideways()
    shot(watched, f"desk-strip-{width}-{scheme}-{language}")
    page.locator(".strip").screenshot(path=f"var/screenshots/strip-{width}-{scheme}-{language}.png")
    page.locator(".strip-table summary").click()
    page.locator(".strip-table").screenshot(
        path=f"var/screenshots/strip-table-{width}-{scheme}-{language}.png"
    )
    assert (watched.violations, watched.outside, watched.errors) == ([], [], [])
    assert [
        line for line in watched.accessibility() if "strip" in line or "cell" in line or "svg" in line
    ] == []
