"""The buttons beside an event: each calls one operation, and a refusal is a sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from events.models import BlockEvent
from tests import make
from tests.make import NOW
from tracker.models import Watch


def step(event: BlockEvent, name: str) -> str:
    return reverse("admin:events_blockevent_step", args=[event.pk, name])


def test_check_now_makes_the_looks_due(desk: Client, full: BlockEvent) -> None:
    Watch.objects.update(next_probe_at=NOW + timedelta(days=9000))
    answer = desk.post(step(full, "check-now"), follow=True)
    assert "2 looks are due now." in answer.content.decode()
    assert not Watch.objects.filter(next_probe_at__gt=NOW + timedelta(days=8000)).exists()


def test_check_now_of_a_list_makes_them_due(desk: Client, full: BlockEvent) -> None:
    Watch.objects.update(next_probe_at=NOW + timedelta(days=9000))
    chosen = {"action": "check_selected", "_selected_action": [full.pk]}
    answer = desk.post("/admin/events/blockevent/", chosen, follow=True)
    assert "2 looks are due now." in answer.content.decode()


def test_check_now_without_a_page_says_that_nothing_became_due(desk: Client, db: None) -> None:
    event = make.make_event(page=None, group=make.make_group(), platform=make.make_page().platform)
    answer = desk.post(step(event, "check-now"), follow=True)
    assert "Nothing became due" in answer.content.decode()


def test_a_step_is_never_taken_by_following_a_link(desk: Client, full: BlockEvent) -> None:
    draft = make.make_event(publish=False)
    desk.get(step(draft, "publish"))
    draft.refresh_from_db()
    assert draft.publication == "draft"


def test_from_draft_to_published_by_two_buttons(desk: Client, administrator: User) -> None:
    draft = make.make_event(publish=False)
    desk.post(step(draft, "review"))
    draft.refresh_from_db()
    assert draft.publication == "in_review"
    desk.post(step(draft, "publish"))
    draft.refresh_from_db()
    assert draft.publication == "published"
    assert draft.history.order_by("-history_id").first().history_user == administrator


def test_publishing_without_a_source_is_refused_in_words(desk: Client, db: None) -> None:
    draft = make.make_event(publish=False, sources=[])
    answer = desk.post(step(draft, "publish"), follow=True)
    assert "at least one source" in answer.content.decode()


def test_withdrawing_asks_why(desk: Client, full: BlockEvent) -> None:
    assert desk.get(step(full, "withdraw")).status_code == 200
    assert "required" in desk.post(step(full, "withdraw"), {"because": " "}).content.decode()
    full.refresh_from_db()
    assert full.publication == "published"
    desk.post(step(full, "withdraw"), {"because": "It was another group."})
    full.refresh_from_db()
    assert (full.publication, full.withdrawn_because) == ("withdrawn", "It was another group.")


def test_a_block_ends_and_begins_again(desk: Client, db: None) -> None:
    event = make.make_event()
    assert (
        "is not a date" in desk.post(step(event, "end"), {"on": "soon", "how": "restored"}).content.decode()
    )
    desk.post(step(event, "end"), {"on": "2023-05", "how": "order_lifted"})
    event.refresh_from_db()
    assert event.restored_precision == "month"
    desk.post(step(event, "again"), {"on": "2024"})
    assert event.episodes.count() == 2
    refused = desk.post(step(event, "again"), {"on": "2025"}).content.decode()
    assert "cannot begin again" in refused


@pytest.mark.parametrize("name", ["nonsense", "publish"])
def test_unknown_steps_and_events_are_not_found(desk: Client, db: None, name: str) -> None:
    assert desk.post(f"/admin/events/blockevent/9999/step/{name}/").status_code == 404


def test_whoever_may_only_look_takes_no_step(client: Client, full: BlockEvent, researcher: User) -> None:
    from django.contrib.auth.models import Permission

    researcher.user_permissions.set(Permission.objects.filter(codename="view_blockevent"))
    client.force_login(researcher)
    assert client.post(step(full, "withdraw"), {"because": "no"}).status_code == 403


def test_the_status_and_the_last_looks_stand_beside_the_entry(desk: Client, full: BlockEvent) -> None:
    page = desk.get(reverse("admin:events_blockevent_change", args=[full.pk])).content.decode()
    assert "451, unavailable for legal reasons" in page
    assert "/admin/tracker/measurement/" in page
    assert "<code>http_451</code>" in page
