"""Entering an event as a researcher does: through the form, in the order in which a source tells it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from events.models import Authority, BlockEvent, Order, Platform, Source
from tests import make
from tests.events.admin.forms import errors_of, filled
from tracker.models import Watch

ADD = "/admin/events/blockevent/add/"


def change(event: BlockEvent) -> str:
    return reverse("admin:events_blockevent_change", args=[event.pk])


def one_source(**values: Any) -> dict[str, Any]:
    told = {
        "url": "https://www.themoscowtimes.com/a79516",
        "publisher": "The Moscow Times",
        "published": "2022-11-28",
    }
    told |= {"kind": "news", "stance": "supports", "language": "en", **values}
    return {"sources-TOTAL_FORMS": "1", **{f"sources-0-{name}": value for name, value in told.items()}}


@pytest.fixture
def founding(platforms: dict[str, Platform]) -> dict[str, Any]:
    """The event that the project began with, as the sources tell it: no page's address, and no reason given."""
    group = make.make_group(name="Council of Wives and Mothers", kind="community", country="RU")
    prosecutor = make.make_authority(name="Prosecutor General's Office", kind="prosecutor")
    return {
        "group": group.pk,
        "platform": platforms["vk"].pk,
        "territory": "ru",
        "authority": prosecutor.pk,
        "restriction": "withheld",
        "blocked": "2022-11-27",
        "blocked_kind": "observed",
        "cited_reason_status": "none_given",
        "because": "from three newspapers",
        **one_source(),
        "dates-TOTAL_FORMS": "1",
        "dates-0-kind": "ordered",
        "dates-0-on": "2022-11-26",
    }


def test_the_founding_event_is_entered_to_the_letter(
    desk: Client, administrator: User, founding: dict[str, Any]
) -> None:
    answer = desk.post(ADD, filled(desk, ADD, **founding))
    assert answer.status_code == 302, errors_of(answer)
    event = BlockEvent.objects.get()
    assert (event.page, event.watch, event.territory) == (None, None, "RU")
    assert (event.blocked_earliest.isoformat(), event.blocked_precision, event.blocked_kind) == (
        "2022-11-27",
        "day",
        "observed",
    )
    assert (event.cited_reason_status, event.cited_reason) == ("none_given", "")
    assert (event.publication, event.created_by) == ("draft", administrator)
    assert [(d.kind, d.on_earliest.isoformat()) for d in event.dates.all()] == [("ordered", "2022-11-26")]
    source = event.sources.get()
    assert (source.url, source.published_earliest.isoformat()) == (
        "https://www.themoscowtimes.com/a79516",
        "2022-11-28",
    )


def test_who_and_why_are_in_the_history(desk: Client, administrator: User, founding: dict[str, Any]) -> None:
    desk.post(ADD, filled(desk, ADD, **founding))
    event = BlockEvent.objects.get()
    for row in (event, event.sources.get(), event.dates.get(), event.episodes.get()):
        version = row.history.latest()
        assert (version.history_user, version.history_change_reason) == (
            administrator,
            "from three newspapers",
        )


def test_an_event_without_a_page_says_that_it_cannot_be_checked(
    desk: Client, founding: dict[str, Any]
) -> None:
    desk.post(ADD, filled(desk, ADD, **founding))
    page = desk.get(change(BlockEvent.objects.get())).content.decode()
    assert "in none of the sources: recorded, not yet checkable." in page.replace("&#x27;", "'")


def test_a_page_brings_its_group_and_platform_and_is_watched(desk: Client, db: None) -> None:
    page = make.make_page()
    answer = desk.post(ADD, filled(desk, ADD, page=page.pk, territory="RU", blocked="2022-11"))
    assert answer.status_code == 302, errors_of(answer)
    event = BlockEvent.objects.get()
    assert (event.group, event.platform) == (page.group, page.platform)
    assert event.watch == Watch.objects.get(territory="RU", target__url=page.canonical_url)
    assert (event.blocked_precision, event.blocked_latest.isoformat()) == ("month", "2022-11-30")


def test_orders_are_kept_with_the_event(desk: Client, full: BlockEvent) -> None:
    other = make.make_authority()
    second = Order(authority=other, number="A-2")
    from events import operations
    from events.dates import ImpreciseDate

    second = operations.record_order(
        by=None, now=make.NOW, authority=other, number="A-2", dated=ImpreciseDate.parse("2023")
    )
    answer = desk.post(
        change(full), filled(desk, change(full), orders=[second.pk], erratum="It was another order.")
    )
    assert answer.status_code == 302, errors_of(answer)
    assert list(full.orders.all()) == [second]


def test_saving_without_a_change_changes_nothing_that_is_told(desk: Client, full: BlockEvent) -> None:
    before = BlockEvent.objects.filter(pk=full.pk).values().get()
    sources = list(Source.objects.values())
    answer = desk.post(change(full), filled(desk, change(full)))
    assert answer.status_code == 302, errors_of(answer)
    after = BlockEvent.objects.filter(pk=full.pk).values().get()
    assert {k: v for k, v in before.items() if k != "updated_at"} == {
        k: v for k, v in after.items() if k != "updated_at"
    }
    assert list(Source.objects.values()) == sources


def test_an_interval_of_two_days_survives_the_form(desk: Client, full: BlockEvent) -> None:
    from datetime import date

    from events import operations
    from events.dates import ImpreciseDate, Precision

    about = ImpreciseDate(date(2022, 11, 26), date(2022, 11, 27), Precision.DAY)
    operations.correct_event(correction=make.TOLD, event=full, by=None, now=make.NOW, blocked=about)
    assert desk.post(change(full), filled(desk, change(full))).status_code == 302
    full.refresh_from_db()
    assert (full.blocked_earliest, full.blocked_latest) == (about.earliest, about.latest)


BAD = [
    ({"blocked": "27.11.2022"}, "is not a date. Write 2022-11-27, 2022-11 or 2022."),
    ({"blocked": "2022-02-30"}, "is not a date. Write"),
    ({"territory": "Russia"}, "Write the two letters of a country"),
    ({"territory": "QQ"}, "Write the two letters of a country"),
    ({"blocked": "2022-11-27", "restored": "2022-11-26"}, "A block cannot end before it began"),
    ({"cited_reason_status": "given"}, "Write the reason as the source gives it"),
    ({"cited_reason_status": "none_given", "cited_reason": "because"}, "say “given” here"),
    ({"group": ""}, "Choose one, or choose the page: it brings its group"),
    ({"audience_size": "-5"}, "greater than or equal to 0"),
    ({"audience_on": "2022-11-26"}, "say how many there were"),
    ({"summary": "x" * 200, "external_id": "y" * 201}, "at most 200 characters"),
    ({"because": "z" * 101}, "at most 100 characters"),
    (one_source(url="javascript:alert(1)"), "begins with https:// or http://"),
    (one_source(url="", title="", quote=""), "Give the source's address, its title or a quote"),
    (one_source(title="t" * 501), "at most 500 characters"),
    (one_source(published="yesterday"), "is not a date."),
    ({"dates-TOTAL_FORMS": "1", "dates-0-kind": "ordered", "dates-0-on": ""}, "required"),
]


@pytest.mark.parametrize(("typed", "sentence"), BAD)
def test_bad_input_gets_a_sentence_and_stores_nothing(
    desk: Client, founding: dict[str, Any], typed: dict[str, Any], sentence: str
) -> None:
    answer = desk.post(ADD, filled(desk, ADD, **(founding | typed)))
    assert answer.status_code == 200
    assert sentence in errors_of(answer)
    assert not BlockEvent.objects.exists()


def test_what_an_operation_refuses_is_said_on_the_form(desk: Client, db: None) -> None:
    page, stranger = make.make_page(), make.make_group(name="Somebody else")
    answer = desk.post(ADD, filled(desk, ADD, page=page.pk, group=stranger.pk))
    assert answer.status_code == 200
    assert "The page belongs to" in errors_of(answer)
    assert not BlockEvent.objects.exists()


def test_the_same_source_twice_is_refused_in_words(desk: Client, founding: dict[str, Any]) -> None:
    twice = one_source() | {
        "sources-TOTAL_FORMS": "2",
        "sources-1-url": "https://www.themoscowtimes.com/a79516",
    }
    twice |= {"sources-1-kind": "news", "sources-1-stance": "supports"}
    answer = desk.post(ADD, filled(desk, ADD, **(founding | twice)))
    assert answer.status_code == 200
    assert errors_of(answer)
    assert not BlockEvent.objects.exists()


def test_the_last_source_of_a_published_event_stays(desk: Client, full: BlockEvent) -> None:
    answer = desk.post(change(full), filled(desk, change(full)) | {"sources-0-DELETE": "on"})
    assert answer.status_code == 200
    assert "keeps at least one source" in errors_of(answer)
    assert full.sources.count() == 1


def test_a_source_can_be_taken_away_and_its_history_stays(desk: Client, full: BlockEvent) -> None:
    from events import operations

    source = full.sources.get()
    operations.add_source(event=full, source=make.make_source(), by=None, now=make.NOW)
    typed = filled(desk, change(full), because="wrong article", erratum="One article was another's.") | {
        "sources-0-DELETE": "on"
    }
    assert desk.post(change(full), typed).status_code == 302
    assert not full.sources.filter(pk=source.pk).exists()
    assert (
        Source.history.filter(id=source.pk).order_by("-history_id").first().history_change_reason
        == "wrong article"
    )


def test_several_episodes_keep_their_own_dates(desk: Client, full: BlockEvent) -> None:
    from events import operations
    from events.dates import ImpreciseDate

    operations.block_again(event=full, on=ImpreciseDate.parse("2024"), by=None, now=make.NOW)
    answer = desk.post(change(full), filled(desk, change(full), blocked="2001", restored="2002"))
    assert answer.status_code == 302, errors_of(answer)
    began = list(full.episodes.order_by("number").values_list("began_earliest__year", flat=True))
    assert began == [2022, 2024]


def test_events_are_not_deleted(desk: Client, full: BlockEvent) -> None:
    assert (
        desk.post(reverse("admin:events_blockevent_delete", args=[full.pk]), {"post": "yes"}).status_code
        == 403
    )
    assert BlockEvent.objects.filter(pk=full.pk).exists()


def test_an_authority_in_use_cannot_be_deleted(desk: Client, full: BlockEvent) -> None:
    address = reverse("admin:events_authority_delete", args=[full.authority_id])
    answer = desk.post(address, {"post": "yes"})
    assert Authority.objects.filter(pk=full.authority_id).exists()
    assert b"protected" in answer.content


HOSTILE = "<script>alert(1)</script> \u202e evil"


def test_hostile_titles_stay_inert(desk: Client, full: BlockEvent) -> None:
    from events import operations

    full.group.name = HOSTILE
    operations.keep(full.group, by=None, now=make.NOW, correction=make.TOLD)
    operations.correct_event(
        correction=make.TOLD,
        event=full,
        by=None,
        now=make.NOW,
        summary="<img src=x onerror=alert(1)>" + "A" * 10_000,
    )
    for address in (
        "/admin/events/blockevent/",
        change(full),
        reverse("admin:events_blockevent_history", args=[full.pk]),
    ):
        page = desk.get(address).content.decode()
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page


def test_a_published_event_is_not_changed_without_a_word_to_readers(desk: Client, full: BlockEvent) -> None:
    refused = desk.post(change(full), filled(desk, change(full), summary="Other words.", erratum=""))
    assert "say in an erratum what was wrong" in errors_of(refused)
    told = filled(desk, change(full), summary="Other words.", erratum="The summary named another group.")
    assert desk.post(change(full), told).status_code == 302
    assert full.errata.latest("pk").text == "The summary named another group."
    page = desk.get(change(full)).content.decode()
    assert "The summary named another group." in page


def test_a_typing_error_needs_no_erratum(desk: Client, full: BlockEvent) -> None:
    before = full.errata.count()
    typed = filled(desk, change(full), summary="Words.", is_typo="on", erratum="")
    assert desk.post(change(full), typed).status_code == 302
    assert full.errata.count() == before
    refused = desk.post(change(full), filled(desk, change(full), territory="TR", is_typo="on", erratum=""))
    assert "more than a typing error" in errors_of(refused)


def test_a_draft_asks_for_no_erratum(desk: Client, db: None) -> None:
    draft = make.make_event(publish=False)
    assert 'name="erratum"' not in desk.get(change(draft)).content.decode()
    assert 'name="erratum"' not in desk.get(ADD).content.decode()
