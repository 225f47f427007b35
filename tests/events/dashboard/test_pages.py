"""The public pages: what they say, what they keep to themselves, and how they are paged."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from events import operations
from events.dates import ImpreciseDate
from events.models import BlockEvent
from tests import make
from tests.make import NOW
from tracker.models import Watch


def told(client: Client, address: str, language: str = "en") -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode().replace("&#x27;", "'")


def of(event: BlockEvent) -> str:
    return f"/events/{event.public_id}/"


def unchecked(**values: Any) -> BlockEvent:
    platform = make.make_page().platform
    return make.make_event(page=None, group=make.make_group(name="Council"), platform=platform, **values)


def test_an_empty_database_says_so(client: Client, db: None) -> None:
    assert "No event is published yet." in told(client, "/")


def test_the_front_page_counts_what_still_holds(client: Client, db: None) -> None:
    for status in ("blocked", "likely_blocked", "reachable", "gone", "insufficient"):
        watch = make.make_event().watch
        Watch.objects.filter(pk=watch.pk).update(status=status, status_since=NOW, status_rule_id="r")
    unchecked()
    make.make_event(publish=False)
    page = told(client, "/")
    assert "Of 6 recorded blocks, <strong>2</strong> held" in page
    assert "(1 without a known address)" in page


def test_the_rehearsal_is_not_counted_as_real(client: Client, settings: Any, db: None) -> None:
    settings.REHEARSAL_ORIGIN = "http://127.0.0.1:8001"
    make.make_event(page=make.make_page(url="http://127.0.0.1:8001/blocked"), territory="XX")
    page = told(client, "/")
    assert "No event is published yet." in page
    assert "Besides, 1 rehearsal page is played" in page


def test_drafts_are_nobodys_business(client: Client, db: None) -> None:
    draft = make.make_event(publish=False)
    assert draft.public_id not in told(client, "/")
    assert client.get(of(draft)).status_code == 404


def test_the_sentence_comes_first_and_claims_no_more_than_is_known(client: Client, db: None) -> None:
    event = unchecked(blocked_kind="observed", authority=make.make_authority(name="The Prosecutor"))
    page = told(client, of(event))
    assert "VK blocked “Council” at the request of The Prosecutor." in page
    assert "The block was observed on 27 November 2022." in page
    assert "in none of the sources" in page


def test_a_platform_that_decided_by_itself_is_not_said_to_obey_anybody(client: Client, db: None) -> None:
    event = make.make_event(authority=make.make_authority(name="VK itself", kind="platform"))
    assert "by its own decision." in told(client, of(event))


def test_what_is_not_known_is_said_in_words(client: Client, db: None) -> None:
    page = told(client, of(unchecked(authority=None, blocked="", territory=None, restriction="unknown")))
    for sentence in (
        "no source names who asked for it",
        "No source gives the date of the block.",
        "No source says in which territory",
        "No source says whether a reason was given.",
        "No source gives the number or date of an order.",
    ):
        assert sentence in page


@pytest.mark.parametrize(
    ("blocked", "words"), [("2022-11-27", "27 November 2022"), ("2022-11", "November 2022"), ("2022", "2022")]
)
def test_dates_are_as_precise_as_known(client: Client, db: None, blocked: str, words: str) -> None:
    make.make_event(blocked=blocked)
    assert f">{words}</td>" in told(client, "/")


def test_a_reason_that_was_expressly_not_given_is_said(client: Client, db: None) -> None:
    assert "Expressly none." in told(client, of(make.make_event(cited_reason_status="none_given")))


def test_internal_notes_stay_inside(client: Client, db: None) -> None:
    event = make.make_event(internal_notes="our informant")
    assert "informant" not in told(client, of(event)) + told(client, "/")


def test_a_withdrawn_event_says_so_and_why_at_its_old_address(client: Client, db: None) -> None:
    event = make.make_event()
    operations.withdraw_event(event=event, by=None, now=NOW, because="It was another group.")
    answer = client.get(of(event))
    assert answer.status_code == 410
    assert "It was another group." in answer.content.decode()
    assert event.public_id not in told(client, "/")


def test_errata_stand_above_the_facts(client: Client, db: None) -> None:
    event = make.make_event()
    operations.add_erratum(event=event, text="The date was wrong.", by=None, now=NOW)
    page = told(client, of(event))
    assert page.index("The date was wrong.") < page.index("What is recorded")


_INERT = "&lt;script&gt;alert(1)&lt;/script&gt; \u202e"


def test_hostile_words_stay_words(client: Client, db: None) -> None:
    group = make.make_group(name="<script>alert(1)</script> \u202e" + "x" * 200)
    source = make.make_source(url="javascript:alert(2)", title='" onmouseover="alert(3)', quote="y" * 10_000)
    event = make.make_event(page=None, group=group, platform=make.make_page().platform, sources=[source])
    for address in ("/", of(event)):
        page = told(client, address)
        assert "<script>alert" not in page
        assert 'href="javascript' not in page
        assert '" onmouseover=' not in page
        held_apart = page.count(f"<bdi>{_INERT}") + page.count(f"\u2068{_INERT}")
        assert page.count("\u202e") == held_apart


def test_the_list_is_paged_without_loss_or_repetition(client: Client, db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr("events.dashboard.reading.PAGE_SIZE", 3)
    page = make.make_page()
    dates = ["2022", "2022-01-01", "", "2023-05", "2022", "", "2021", "2022-01-01"]
    events = {make.make_event(page=page, authority=None, blocked=blocked).public_id for blocked in dates}
    seen: list[str] = []
    after = ""
    for _ in range(4):
        listed = client.get("/", {"after": after} if after else {}).context["listed"]
        seen += [event.public_id for event in listed.events]
        after = listed.next_after
        if not after:
            break
    assert len(seen) == len(dates)
    assert set(seen) == events


def test_a_place_that_is_none_is_not_found(client: Client, db: None) -> None:
    assert client.get("/", {"after": "nonsense"}).status_code == 404


def test_the_front_page_asks_the_database_a_constant_number_of_times(
    client: Client, db: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(8):
        make.make_event()
    with django_assert_max_num_queries(9):
        client.get("/")


def test_an_interval_of_two_days_is_told_as_one(client: Client, db: None) -> None:
    from datetime import date

    from events.dates import Precision

    event = make.make_event()
    about = ImpreciseDate(date(2022, 11, 26), date(2022, 11, 27), Precision.DAY)
    operations.correct_event(correction=make.TOLD, event=event, by=None, now=NOW, blocked=about)
    assert "between 26 November 2022 and 27 November 2022" in told(client, of(event))


def test_the_pages_work_without_scripts(client: Client, db: None) -> None:
    assert "<script" not in told(client, "/") + told(client, of(make.make_event()))


def test_only_safe_methods_are_answered(client: Client, db: None) -> None:
    assert client.post("/").status_code == 405
