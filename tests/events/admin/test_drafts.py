"""What is typed and not saved is kept for whoever typed it, comes back, and is seen by nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events import operations
from events.models import BlockEvent, FormDraft
from events.operations import Entry, Inconsistent
from events.tasks import drop_old_drafts
from tests import make
from tests.events.admin.forms import filled
from tests.make import NOW

ADD = "/admin/events/blockevent/add/"
TOKEN = "0123456789abcdef"
CANARY = "known-to-one-person-only"


def change(event: BlockEvent) -> str:
    return reverse("admin:events_blockevent_change", args=[event.pk])


def left(token: str, decision: str, event: BlockEvent | None = None) -> str:
    return reverse("admin:events_blockevent_left", args=[*([event.pk] if event else []), token, decision])


def draft(token: str, event: BlockEvent | None = None) -> str:
    return reverse("admin:events_blockevent_draft", args=[*([event.pk] if event else []), token])


def of(user: User, object_id: str = "", token: str = TOKEN) -> Entry:
    return Entry(user, "events.blockevent", object_id, token)


def type_and_leave(client: Client, event: BlockEvent | None = None, **typed: Any) -> str:
    """Open the form, type, and go away; the token of that opening."""
    at = change(event) if event else ADD
    opening = client.get(at).context["opening"]
    carried = {"_base": opening.base, "_version": opening.version} if event else {}
    fields = filled(client, at) | carried | {"_draft": opening.token} | typed
    assert client.post(draft(opening.token, event), fields).json()["kept"] is True
    return str(opening.token)


def test_an_unsaved_form_is_offered_with_its_time_and_comes_back_whole(
    desk: Client, administrator: User, db: None
) -> None:
    group = make.make_group(name="Council of Wives and Mothers")
    token = type_and_leave(
        desk, group=group.pk, blocked="2022-11-2", summary=CANARY, internal_notes="Ask her.",
        **{"sources-TOTAL_FORMS": "1", "sources-0-url": "https://news.example/1", "sources-0-quote": "«…»"},
    )  # fmt: skip
    row = FormDraft.objects.get()
    offered = desk.get(ADD).content.decode()
    assert "You left this form unsaved on" in offered
    assert f"{row.saved_at:%H:%M} UTC" in offered
    page = desk.post(left(token, "restore"))
    form = page.context["adminform"].form
    assert (form["blocked"].value(), form["summary"].value(), form["internal_notes"].value()) == (
        "2022-11-2",
        CANARY,
        "Ask her.",
    )
    sources = next(i for i in page.context["inline_admin_formsets"] if i.formset.prefix == "sources")
    assert sources.formset.forms[0]["quote"].value() == "«…»"
    assert page.context["opening"].token == token
    assert "Nothing of it is saved yet." in page.content.decode()
    assert not BlockEvent.objects.exists()


def test_a_restored_form_is_saved_to_its_own_address_and_its_draft_is_gone(
    desk: Client, full: BlockEvent
) -> None:
    token = type_and_leave(desk, full, summary="Taken up again.")
    page = desk.post(left(token, "restore", full))
    assert f'action="{change(full)}"' in page.content.decode()
    post = page.wsgi_request.POST
    assert desk.post(change(full), {name: post.getlist(name) for name in post}).status_code == 302
    full.refresh_from_db()
    assert full.summary == "Taken up again."
    row = FormDraft.objects.get()
    assert (row.fields, row.closed_at is None) == ([], False)
    assert desk.get(change(full)).context["opening"].drafts == []


def test_a_draft_that_is_older_than_the_event_is_joined_with_it(desk: Client, full: BlockEvent) -> None:
    token = type_and_leave(desk, full, summary="Mine.", internal_notes="A note.")
    operations.correct_event(
        correction=make.TOLD, event=full, by=None, now=NOW, summary="Stored since.", assessed_reason="Also."
    )
    page = desk.post(left(token, "restore", full))
    assert [(q.label, q.mine, q.theirs) for q in page.context["opening"].questions] == [
        ("Summary", "Mine.", "Stored since.")
    ]
    assert page.context["adminform"].form["assessed_reason"].value() == "Also."


def test_a_page_that_reports_after_saving_brings_nothing_back(desk: Client, full: BlockEvent) -> None:
    opening = desk.get(change(full)).context["opening"]
    typed = filled(desk, change(full)) | {"_draft": opening.token, "summary": "Saved."}
    assert desk.post(change(full), typed).status_code == 302
    assert desk.post(draft(opening.token, full), typed).json() == {"kept": False, "says": ""}
    assert not FormDraft.objects.filter(closed_at__isnull=True).exists()


def test_two_openings_never_overwrite_each_other(desk: Client, db: None) -> None:
    one = type_and_leave(desk, summary="First tab.")
    other = type_and_leave(desk, summary="Second tab.")
    assert one != other
    drafts = desk.get(ADD).context["opening"].drafts
    assert [hint for _, hint in drafts] == ["Second tab.", "First tab."]


def test_what_is_thrown_away_is_gone(desk: Client, db: None) -> None:
    token = type_and_leave(desk, summary=CANARY)
    assert desk.post(left(token, "discard")).status_code == 302
    assert CANARY not in str(FormDraft.objects.values_list("fields"))
    assert desk.post(left(token, "restore")).status_code == 404


def test_a_draft_is_seen_by_nobody_else(desk: Client, full: BlockEvent) -> None:
    token = type_and_leave(desk, full, internal_notes=CANARY)
    other = Client()
    other.force_login(User.objects.create_superuser("vera", password="a-long-passphrase"))
    assert CANARY not in other.get(change(full)).content.decode()
    for decision in ("restore", "discard"):
        assert other.post(left(token, decision, full)).status_code == 404
    fields = filled(other, change(full)) | {"_draft": token, "summary": "Hers."}
    assert other.post(draft(token, full), fields).json()["kept"] is True
    assert FormDraft.objects.filter(token=token).count() == 2
    assert CANARY in str(desk.post(left(token, "restore", full)).content)


def test_a_draft_leaves_by_no_public_door(desk: Client, full: BlockEvent) -> None:
    type_and_leave(desk, full, internal_notes=CANARY, summary=CANARY)
    for at in ("/", f"/events/{full.public_id}/", "/api/v1/events/", f"/api/v1/events/{full.public_id}/"):
        assert CANARY not in Client().get(at).content.decode()


def test_whoever_may_not_write_keeps_no_draft(client: Client, full: BlockEvent) -> None:
    client.force_login(User.objects.create_user("reader", password="a-long-passphrase", is_staff=True))
    for of_what in ("", f"{full.pk}/", "999999/", "_2E_2E/", "x/y/"):
        answer = client.post(f"/admin/events/blockevent/{of_what}draft/{TOKEN}/")
        assert answer.status_code == 403, of_what
    assert not FormDraft.objects.exists()


def test_nobody_keeps_a_draft_without_signing_in(db: None) -> None:
    assert Client().post(draft(TOKEN)).status_code == 302
    assert not FormDraft.objects.exists()


@pytest.mark.parametrize("token", ["x", "0" * 33, "ABCDEF0123", "-" * 8, "_" * 12])
def test_a_token_that_is_none_keeps_nothing(desk: Client, db: None, token: str) -> None:
    answer = desk.post(draft(token))
    assert (answer.status_code, answer.json()["kept"]) == (400, False)
    assert not FormDraft.objects.exists()


def test_what_is_too_large_is_refused_in_words(administrator: User) -> None:
    with pytest.raises(Inconsistent, match="too large"):
        operations.keep_draft(entry=of(administrator), fields=[("summary", "x" * 2_000_001)], now=NOW)


def test_the_oldest_of_many_drafts_make_room(administrator: User) -> None:
    for i in range(25):
        entry = of(administrator, token=f"{i:08x}")
        operations.keep_draft(entry=entry, fields=[], now=NOW + timedelta(seconds=i))
    assert sorted(FormDraft.objects.values_list("token", flat=True)) == [f"{i:08x}" for i in range(5, 25)]


def test_drafts_go_after_thirty_days(administrator: User) -> None:
    for days, token in ((31, "0" * 8), (29, "1" * 8)):
        entry = of(administrator, token=token)
        operations.keep_draft(entry=entry, fields=[("a", "b")], now=timezone.now() - timedelta(days=days))
    assert drop_old_drafts() == 1
    assert FormDraft.objects.get().token == "1" * 8


def test_a_draft_goes_with_its_person(administrator: User) -> None:
    operations.keep_draft(entry=of(administrator), fields=[("a", "b")], now=NOW)
    administrator.delete()
    assert not FormDraft.objects.exists()
