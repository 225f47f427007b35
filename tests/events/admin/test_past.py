"""Beside the entry: who changed what and why in the words of the form, the last evidence, further presences."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from events import operations
from events.admin.past import past
from events.dates import ImpreciseDate
from events.models import BlockEvent
from tests import make
from tests.make import NOW


def change(event: BlockEvent) -> str:
    return reverse("admin:events_blockevent_change", args=[event.pk])


def corrected(event: BlockEvent, **values: Any) -> None:
    operations.correct_event(event=event, **({"by": None, "now": NOW, "because": "a second source"} | values))


def said(event: BlockEvent) -> list[tuple[str, str, str]]:
    """The changes of the newest entry."""
    return [(c.label, c.old, c.new) for _, changes in past(event)[0].parts for c in changes]


def test_a_change_is_told_with_labels_and_words_of_the_form(administrator: User) -> None:
    event = make.make_event(publish=False, restriction="withheld", blocked="2022-11")
    body = make.make_authority(name="Court")
    was = str(event.authority)
    corrected(
        event,
        by=administrator,
        authority=body,
        restriction="suspended",
        blocked=ImpreciseDate.parse("2022-11-27"),
    )
    entry = past(event)[0]
    assert (entry.who, entry.because) == ("administrator", "a second source")
    changes = said(event)
    assert ("Decided by", was, "Court") in changes
    assert ("Restriction", "withheld from a territory", "account suspended") in changes
    assert ("Blocked on", "November 2022", "27 November 2022") in changes
    assert not [label for label, _, _ in changes if "_" in label or "earliest" in label]


def test_orders_come_and_go_by_their_numbers(db: None) -> None:
    event = make.make_event(publish=False)
    order = operations.record_order(
        by=None, now=NOW, authority=event.authority, number="27-31", dated=ImpreciseDate.parse("2022-11-26")
    )
    corrected(event, orders=[order])
    operations.correct_event(event=event, by=None, now=NOW, because="again", summary="x")
    assert ("Orders", "", "27-31 of 2022-11-26") in [
        (c.label, c.old, c.new) for entry in past(event) for _, changes in entry.parts for c in changes
    ]


def test_a_long_text_is_compared_word_by_word(db: None) -> None:
    before = (
        "The page was blocked at the request of the prosecutor, as the newspaper says, in the whole country."
    )
    event = make.make_event(publish=False, summary=before)
    corrected(event, summary=before.replace("prosecutor", "court"))
    (changed,) = [c for _, changes in past(event)[0].parts for c in changes if c.label == "Summary"]
    assert [(p.kind, p.text) for p in changed.pieces if p.kind != "same"] == [
        ("old", "prosecutor"),
        ("new", "court"),
    ]
    assert "".join(p.text for p in changed.pieces if p.kind != "old") == event.summary


def test_what_stands_under_the_event_is_in_its_past(db: None) -> None:
    event = make.make_event(publish=False)
    operations.add_source(
        event=event, source=make.make_source(title="Second"), by=None, now=NOW, because="found it"
    )
    told = [what for entry in past(event) for what, _ in entry.parts]
    assert "Source “Second” recorded" in told


def test_a_past_costs_the_same_however_long_it_is(db: None, django_assert_max_num_queries: Any) -> None:
    event = make.make_event(publish=False)
    for i in range(30):
        at = NOW + timedelta(minutes=i)
        corrected(event, summary=f"Version {i}", authority=make.make_authority(), now=at)
    with django_assert_max_num_queries(16):
        assert len(past(event)) == 8


def test_the_page_shows_past_evidence_and_presences(desk: Client, full: BlockEvent) -> None:
    operations.record_page(group=full.group, url="https://t.me/elsewhere", by=None, now=NOW)
    operations.correct_event(
        event=full, by=None, now=NOW, because="<b>why</b>", assessed_reason="<script>alert(1)</script>",
        correction=operations.Correction(erratum="It was wrong."),
    )  # fmt: skip
    page = desk.get(change(full)).content.decode()
    assert "What was changed" in page
    assert "&lt;b&gt;why&lt;/b&gt;" in page
    assert "<script>alert(1)" not in page
    assert "https://t.me/elsewhere" in page
    assert "Last evidence" in page


def test_the_list_of_versions_uses_the_same_words(desk: Client, db: None) -> None:
    event = make.make_event(publish=False)
    corrected(event, restriction="suspended", blocked=ImpreciseDate.parse("2022"))
    page = desk.get(reverse("admin:events_blockevent_history", args=[event.pk])).content.decode()
    assert "account suspended" in page
    assert "blocked_earliest" not in page
    assert "Blocked earliest" not in page


def test_a_contributor_does_not_read_the_past_of_what_others_published(
    client: Client, full: BlockEvent
) -> None:
    operations.ensure_roles()
    from django.contrib.auth.models import Group as Role

    person = User.objects.create_user("contributor", password="a-long-passphrase", is_staff=True)
    person.groups.add(Role.objects.get(name="contributor"))
    client.force_login(person)
    page = client.get(change(full))
    assert page.status_code == 200
    assert "What was changed" not in page.content.decode()
