"""Two people change one event at the same time: neither loses anything, and both are told."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from events import operations
from events.dates import ImpreciseDate
from events.models import BlockEvent, Order
from tests import make
from tests.events.admin.forms import errors_of, filled


@pytest.fixture
def vera(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("vera", password="a-long-passphrase"))
    return client


def change(event: BlockEvent) -> str:
    return reverse("admin:events_blockevent_change", args=[event.pk])


def opened(client: Client, event: BlockEvent) -> dict[str, Any]:
    """The form as it stands in a browser, with what the page carries along."""
    opening = client.get(change(event)).context["opening"]
    carried = {"_base": opening.base, "_version": opening.version, "_draft": opening.token}
    return filled(client, change(event)) | carried


def asked(answer: Any) -> list[tuple[str, str, str]]:
    return [(q.label, q.mine, q.theirs) for q in answer.context["opening"].questions]


def again(answer: Any, **values: Any) -> dict[str, Any]:
    """The form that came back, as it is sent once more."""
    opening, posted = answer.context["opening"], answer.wsgi_request.POST
    kept = {name: posted.getlist(name) for name in posted if not name.startswith("_")}
    carried = {"_base": opening.base, "_version": opening.version, "_draft": opening.token}
    return kept | carried | {"_conflict": [q.html for q in opening.questions]} | values


def test_what_each_changed_alone_is_joined_and_said(desk: Client, vera: Client, full: BlockEvent) -> None:
    mine = opened(desk, full)
    assert (
        vera.post(change(full), opened(vera, full) | {"summary": "Of Vera.", "territory": "TR"}).status_code
        == 302
    )
    answer = desk.post(change(full), mine | {"assessed_reason": "Of mine."}, follow=True)
    full.refresh_from_db()
    assert (full.summary, full.territory, full.assessed_reason) == ("Of Vera.", "TR", "Of mine.")
    page = answer.content.decode()
    assert "Joined with what vera saved meanwhile: Territory, Summary." in page


def test_what_both_changed_comes_back_side_by_side_and_nothing_is_saved(
    desk: Client, vera: Client, full: BlockEvent
) -> None:
    mine = opened(desk, full)
    vera.post(change(full), opened(vera, full) | {"summary": "Of Vera.", "assessed_reason": "Hers."})
    answer = desk.post(change(full), mine | {"summary": "Of mine.", "internal_notes": "And a note."})
    assert answer.status_code == 200
    assert asked(answer) == [("Summary", "Of mine.", "Of Vera.")]
    assert "Nothing is saved and nothing is lost." in errors_of(answer)
    page = answer.content.decode()
    for words in ("Of mine.", "Of Vera.", "And a note.", "Hers.", "vera saved this while you were writing"):
        assert words in page
    full.refresh_from_db()
    assert (full.summary, full.internal_notes) == ("Of Vera.", "")


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Of mine."), ("theirs", "Of Vera.")])
def test_a_choice_settles_it(desk: Client, vera: Client, full: BlockEvent, choice: str, kept: str) -> None:
    mine = opened(desk, full)
    vera.post(change(full), opened(vera, full) | {"summary": "Of Vera."})
    answer = desk.post(change(full), mine | {"summary": "Of mine.", "internal_notes": "And a note."})
    unanswered = desk.post(change(full), again(answer))
    assert asked(unanswered) == [("Summary", "Of mine.", "Of Vera.")]
    html = unanswered.context["opening"].questions[0].html
    settled = desk.post(change(full), again(unanswered, **{f"_choose:{html}": choice}))
    assert settled.status_code == 302, errors_of(settled)
    full.refresh_from_db()
    assert (full.summary, full.internal_notes) == (kept, "And a note.")


def test_the_same_change_twice_is_no_question(desk: Client, vera: Client, full: BlockEvent) -> None:
    mine = opened(desk, full)
    vera.post(change(full), opened(vera, full) | {"summary": "The same."})
    assert desk.post(change(full), mine | {"summary": " The same.\r\n"}).status_code == 302


def test_orders_that_both_added_are_united(desk: Client, vera: Client, full: BlockEvent) -> None:
    one, other = (
        operations.record_order(
            by=None, now=make.NOW, authority=None, number=n, dated=ImpreciseDate.unknown()
        )
        for n in ("A-1", "B-2")
    )
    first = full.orders.get()
    mine = opened(desk, full)
    vera.post(change(full), opened(vera, full) | {"orders": [first.pk, one.pk]})
    assert desk.post(change(full), mine | {"orders": [other.pk]}).status_code == 302
    assert set(full.orders.all()) == {one, other}
    assert Order.objects.filter(pk=first.pk).exists()


def test_a_source_that_the_other_added_stays(desk: Client, vera: Client, full: BlockEvent) -> None:
    mine = opened(desk, full)
    added = opened(vera, full) | {
        "sources-TOTAL_FORMS": "2", "sources-1-url": "https://news.example/hers", "sources-1-kind": "news",
        "sources-1-stance": "denies",
    }  # fmt: skip
    assert vera.post(change(full), added).status_code == 302
    also = mine | {
        "sources-TOTAL_FORMS": "2", "sources-1-url": "https://news.example/mine", "sources-1-kind": "news",
        "sources-1-stance": "supports", "sources-0-title": "A better title",
    }  # fmt: skip
    assert desk.post(change(full), also).status_code == 302
    assert sorted(full.sources.values_list("url", "stance"))[-2:] == [
        ("https://news.example/hers", "denies"),
        ("https://news.example/mine", "supports"),
    ]
    assert full.sources.filter(title="A better title").count() == 1


def test_one_source_that_both_changed_is_asked_about(desk: Client, vera: Client, full: BlockEvent) -> None:
    mine = opened(desk, full)
    vera.post(change(full), opened(vera, full) | {"sources-0-title": "Hers", "sources-0-stance": "denies"})
    answer = desk.post(change(full), mine | {"sources-0-title": "Mine"})
    assert asked(answer) == [("Source “Hers”: Title", "Mine", "Hers")]
    assert answer.wsgi_request.POST["sources-0-stance"] == "denies"


def two_sources(event: BlockEvent) -> tuple[int, int]:
    operations.add_source(event=event, source=make.make_source(title="Second"), by=None, now=make.NOW)
    first, second = event.sources.order_by("pk").values_list("pk", flat=True)
    return first, second


def test_a_source_removed_meanwhile_goes_when_it_was_not_touched(
    desk: Client, vera: Client, full: BlockEvent
) -> None:
    first, second = two_sources(full)
    mine = opened(desk, full)
    assert vera.post(change(full), opened(vera, full) | {"sources-0-DELETE": "on"}).status_code == 302
    answer = desk.post(change(full), mine | {"sources-1-title": "Second, and better"})
    assert answer.status_code == 302, errors_of(answer)
    assert list(full.sources.values_list("pk", "title")) == [(second, "Second, and better")]
    assert first != second


def test_a_source_removed_meanwhile_stays_when_it_was_changed(
    desk: Client, vera: Client, full: BlockEvent
) -> None:
    two_sources(full)
    mine = opened(desk, full)
    vera.post(change(full), opened(vera, full) | {"sources-0-DELETE": "on"})
    answer = desk.post(change(full), mine | {"sources-0-quote": "What I added."})
    assert answer.status_code == 200
    assert answer.context["opening"].revived == ["Source"]
    assert desk.post(change(full), again(answer)).status_code == 302
    assert full.sources.filter(quote="What I added.").count() == 1
    assert full.sources.count() == 2


def test_removing_what_the_other_changed_is_asked_about(desk: Client, vera: Client, full: BlockEvent) -> None:
    two_sources(full)
    mine = opened(desk, full)
    vera.post(change(full), opened(vera, full) | {"sources-0-quote": "What she added."})
    answer = desk.post(change(full), mine | {"sources-0-DELETE": "on"})
    assert [(label, mine) for label, mine, _ in asked(answer)] == [("Source “A report”", "removed")]
    html = answer.context["opening"].questions[0].html
    assert desk.post(change(full), again(answer, **{f"_choose:{html}": "theirs"})).status_code == 302
    assert full.sources.filter(quote="What she added.").exists()


@pytest.mark.parametrize("base", ["", "{", "[]", '{"": 3}', '{"": {"": {"summary": 5}}}', "null", "[[[["])
def test_an_unreadable_base_asks_about_every_difference(desk: Client, full: BlockEvent, base: str) -> None:
    operations.correct_event(correction=make.TOLD, event=full, by=None, now=make.NOW, summary="Stored.")
    mine = opened(desk, full) | {"_base": base, "summary": "Mine."}
    answer = desk.post(change(full), mine)
    assert asked(answer) == [("Summary", "Mine.", "Stored.")]


def test_whoever_saves_between_comparison_and_saving_is_not_overwritten(
    desk: Client, full: BlockEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    from events.admin.events import BlockEventAdmin

    join, hers = BlockEventAdmin._join, ["Of a faster one."]

    def then_somebody_saves(self: Any, request: Any, object_id: Any) -> None:
        join(self, request, object_id)
        if hers:
            other = BlockEvent.objects.get(pk=full.pk)
            operations.correct_event(
                correction=make.TOLD, event=other, by=None, now=make.NOW, summary=hers.pop()
            )

    mine = opened(desk, full)
    monkeypatch.setattr(BlockEventAdmin, "_join", then_somebody_saves)
    assert desk.post(change(full), mine | {"assessed_reason": "Of mine."}).status_code == 302
    full.refresh_from_db()
    assert (full.summary, full.assessed_reason) == ("Of a faster one.", "Of mine.")


def test_both_see_each_other_and_what_was_saved(desk: Client, vera: Client, full: BlockEvent) -> None:
    at = reverse("admin:events_blockevent_open", args=[full.pk])
    version = desk.get(change(full)).context["opening"].version
    assert desk.post(at, {"_version": version}).json() == {"says": []}
    (said,) = vera.post(at, {"_version": version}).json()["says"]
    assert said.startswith("administrator is editing this since ")
    assert "administrator is editing this since" in vera.get(change(full)).content.decode()
    vera.post(change(full), opened(vera, full) | {"summary": "Of Vera."})
    assert [line.split(" since")[0] for line in desk.post(at, {"_version": version}).json()["says"]] == [
        "vera is editing this",
        "vera has saved this meanwhile. What you save is joined with it.",
    ]
    vera.post(at, {"left": "1"})
    assert len(desk.post(at, {"_version": version}).json()["says"]) == 1


def test_whoever_may_not_change_an_event_is_not_told_who_does(client: Client, full: BlockEvent) -> None:
    client.force_login(User.objects.create_user("reader", password="a-long-passphrase", is_staff=True))
    assert client.post(reverse("admin:events_blockevent_open", args=[full.pk])).status_code == 403
    assert client.get(reverse("admin:events_blockevent_open", args=[full.pk])).status_code == 405
