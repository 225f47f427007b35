"""A correction of a sensitive event in the admin: the form proposes it, and another account takes it beside it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from events import operations
from events.models import BlockEvent, ProposedCorrection
from tests import make
from tests.events.admin.forms import errors_of, filled
from tests.make import NOW


@pytest.fixture
def event(administrator: User) -> BlockEvent:
    event = make.make_event(publish=False, is_sensitive=True, summary="Old words.")
    operations.publish_event(event=event, by=administrator, now=NOW)
    return event


def page_of(row: object) -> str:
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])  # type: ignore[attr-defined]


def button(row: ProposedCorrection, decision: str) -> str:
    return reverse("admin:events_blockevent_correction", args=[row.event_id, row.pk, decision])


def test_the_form_proposes_and_another_account_takes(
    desk: Client, client: Client, event: BlockEvent, administrator: User
) -> None:
    typed = filled(
        desk, page_of(event), summary="New words.", internal_notes="Called.", erratum="Wrong words."
    )
    answer = desk.post(page_of(event), typed, follow=True)
    assert errors_of(answer) == ""
    row = ProposedCorrection.objects.get()
    event.refresh_from_db()
    assert (event.summary, event.internal_notes) == ("Old words.", "Called.")
    assert "once a second person takes your correction" in answer.content.decode()
    shown = desk.get(page_of(event)).content.decode()
    assert "<del>Old</del>" in shown
    assert button(row, "dismiss") in shown
    assert button(row, "take") not in shown
    assert "somebody else has to take it" in desk.post(button(row, "take"), follow=True).content.decode()

    second = Client()
    second.force_login(User.objects.create_superuser("second", password="a-long-passphrase"))
    listed = second.get(reverse("admin:events_blockevent_changelist"), {"needs": "corrections"})
    assert list(listed.context["cl"].result_list) == [event]
    assert button(row, "take") in second.get(page_of(event)).content.decode()
    assert second.get(button(row, "take")).status_code == 405
    second.post(button(row, "take"))
    event.refresh_from_db()
    assert (event.summary, event.errata.get().text) == ("New words.", "Wrong words.")
    assert button(row, "take") not in second.get(page_of(event)).content.decode()


def test_a_group_that_readers_see_asks_for_an_erratum(desk: Client) -> None:
    group = make.make_event().group
    refused = desk.post(page_of(group), filled(desk, page_of(group), name="Another", erratum=""))
    assert "say in an erratum what was wrong" in errors_of(refused)
    desk.post(page_of(group), filled(desk, page_of(group), name="Another", erratum="It was another name."))
    group.refresh_from_db()
    assert group.name == "Another"
    unseen = make.make_event(publish=False).group
    assert 'name="erratum"' not in desk.get(page_of(unseen)).content.decode()
