"""A notice on a watched page: it fills an untouched draft, is proposed everywhere else, and overwrites nobody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from config.celery import app
from events import operations
from events.dates import ImpreciseDate
from events.models import BlockEvent, NoticeMark, OrderProposal
from events.tasks import read_notices
from tests.make import NOW, TOLD, look_at, make_authority, make_event, make_page
from tracker.facts import Notice, State
from tracker.models import Verdict
from tracker.operations import parse_notice

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
HERE = "Этот материал заблокирован на территории РФ "
GROUND = "на основании требования Генеральной прокуратуры Российской Федерации "
PROSECUTOR = "Генеральная прокуратура Российской Федерации"
WHOLE = HERE + GROUND + "от 05.08.2022 № 27-31-2022/Ид10925-22"
OTHER = HERE + GROUND + "от 06.09.2022 № 27-31-2022/Ид12445-22"


def as_stored(notice: Notice) -> dict[str, Any]:
    names = (
        "text authority authority_kind transmitted_by court region order_number order_date law territory language "
        "confidence suspect"
    ).split()
    return {name: getattr(notice, name) for name in names}


def see(event: BlockEvent, text: str, *, version: str = "with a notice", state: str = "blocked") -> Verdict:
    """A look at the event's page that read the notice, stored as the tracker stores it."""
    assert event.watch is not None
    event.watch.refresh_from_db()
    at = NOW + timedelta(seconds=event.watch.n_measurements)
    measured = look_at(event.watch, State.BLOCKED, at=at).measurement_id
    return Verdict.objects.create(
        measurement_id=measured,
        rules_version=version,
        rule_id="tests.notice",
        state=state,
        mechanism="notice",
        notice=as_stored(parse_notice(text)),
        judged_at=at,
    )


def make_draft(**values: Any) -> BlockEvent:
    page = make_page(url=values.pop("url", "https://page.example/a-page"))
    return make_event(**({"publish": False, "authority": None, "page": page} | values))


def read(now: Any = LATER) -> int:
    return operations.consider_notices(now=now)


def again(event: BlockEvent) -> BlockEvent:
    return BlockEvent.objects.get(pk=event.pk)


def proposed(event: BlockEvent) -> list[tuple[str, str]]:
    return [(row.reason, row.state) for row in event.proposals.order_by("pk")]


def test_an_untouched_draft_is_filled_and_its_history_names_the_measurement() -> None:
    event = make_draft()
    verdict = see(event, WHOLE + ", как содержащего призывы к чему-либо")
    assert read() == 1
    filled = again(event)
    order = filled.orders.get()
    assert filled.authority is not None
    assert (filled.authority.name, filled.authority.kind, filled.authority.country) == (
        PROSECUTOR,
        "prosecutor",
        "RU",
    )
    assert (order.number, order.dated_earliest, order.dated_latest, order.authority) == (
        "27-31-2022/Ид10925-22",
        date(2022, 8, 5),
        date(2022, 8, 5),
        filled.authority,
    )
    assert (filled.cited_reason_status, filled.cited_reason) == (
        "given",
        "как содержащего призывы к чему-либо",
    )
    newest = filled.history.first()
    assert newest is not None
    assert (newest.history_user, newest.history_change_reason) == (
        None,
        f"read in a notice, measurement {verdict.measurement.public_id}",
    )
    assert proposed(event) == [("filled", "filled")]


def test_the_timetable_wakes_the_reader() -> None:
    event = make_draft()
    see(event, WHOLE)
    entry = app.conf.beat_schedule["read-notices"]
    assert entry["task"] == read_notices.name
    assert read_notices() == 1
    assert proposed(event) == [("filled", "filled")]


def test_two_events_of_one_order_share_it() -> None:
    first, second = make_draft(), make_draft(url="https://page.example/another-page")
    see(first, WHOLE)
    see(second, WHOLE.replace("Ид10925", "ид10925"))
    read()
    assert again(first).orders.get() == again(second).orders.get()


@pytest.mark.parametrize(
    ("values", "text", "reason"),
    [
        ({"publish": True}, WHOLE, "not_a_draft"),
        ({"authority": "entered"}, WHOLE, "entered"),
        ({}, HERE + GROUND + "от 10.05.2022 № 27-31-2002/Ид6260-22", "suspect"),
        ({}, HERE + GROUND + "от 10.05.2022", "incomplete"),
        ({}, HERE + "на основании решения суда от 03.02.2017 № 2-495/2017", "incomplete"),
    ],
)
def test_everything_else_is_proposed_and_changes_nothing(
    values: dict[str, Any], text: str, reason: str
) -> None:
    if values.get("authority") == "entered":
        values = {**values, "authority": make_authority(name="Another body")}
    event = make_draft(**values)
    before = (event.authority_id, event.updated_at)
    see(event, text)
    read()
    assert proposed(event) == [(reason, "open")]
    assert (again(event).authority_id, again(event).updated_at) == before
    assert not event.orders.exists()


def test_an_event_in_review_is_no_untouched_draft() -> None:
    event = make_draft()
    operations.send_to_review(event=event, by=None, now=NOW)
    see(event, WHOLE)
    read()
    assert proposed(event) == [("not_a_draft", "open")]


def test_the_same_notice_is_proposed_once_and_a_dismissed_one_never_comes_back(researcher: User) -> None:
    event = make_draft(publish=True)
    see(event, WHOLE, version="1")
    read()
    see(event, WHOLE.replace("от 05", "от от 05"), version="2")
    read()
    assert proposed(event) == [("not_a_draft", "open")]
    operations.dismiss_proposal(proposal=event.proposals.get(), by=researcher, now=LATER)
    see(event, WHOLE, version="3")
    read()
    row = event.proposals.get()
    assert (row.state, row.decided_by, row.decided_at) == ("dismissed", researcher, LATER)
    see(event, OTHER, version="4")
    read()
    assert proposed(event) == [("not_a_draft", "dismissed"), ("not_a_draft", "open")]


def test_what_a_researcher_took_out_again_is_not_filled_a_second_time(researcher: User) -> None:
    event = make_draft()
    see(event, WHOLE, version="1")
    read()
    operations.correct_event(
        correction=TOLD, event=again(event), by=researcher, now=LATER, orders=[], authority=None
    )
    see(event, WHOLE, version="2")
    read()
    assert (again(event).authority, again(event).orders.count()) == (None, 0)


def test_accepting_adds_the_order_and_leaves_what_was_written(researcher: User) -> None:
    body = make_authority(name="Another body")
    event = make_draft(publish=True, authority=body, cited_reason_status="none_given")
    verdict = see(event, WHOLE + ", как содержащего призывы к чему-либо")
    read()
    operations.accept_proposal(proposal=event.proposals.get(), by=researcher, now=LATER)
    accepted = again(event)
    assert (accepted.authority, accepted.cited_reason_status, accepted.publication) == (
        body,
        "none_given",
        "published",
    )
    assert accepted.orders.get().number == "27-31-2022/Ид10925-22"
    newest = accepted.history.first()
    assert newest is not None
    assert (newest.history_user, newest.history_change_reason) == (
        researcher,
        f"accepted from a notice, measurement {verdict.measurement.public_id}",
    )
    row = event.proposals.get()
    assert (row.state, row.decided_by) == ("accepted", researcher)
    with pytest.raises(operations.Inconsistent, match="decided already"):
        operations.dismiss_proposal(proposal=row, by=researcher, now=LATER)


def test_an_event_that_says_it_already_gets_no_proposal() -> None:
    body = make_authority(name=PROSECUTOR)
    order = operations.record_order(
        by=None,
        now=NOW,
        authority=body,
        number="27-31-2022/ИД10925-22",
        dated=ImpreciseDate.on(date(2022, 8, 5)),
    )
    event = make_draft(publish=True, authority=body, orders=[order])
    see(event, WHOLE)
    read()
    assert proposed(event) == []


@pytest.mark.parametrize(
    ("territory", "text", "state"),
    [
        ("RU", "Access to this page is blocked in Turkey by decision no. 2021/12 of the Ankara 2. Criminal Court dated 01.02.2021", "blocked"),
        ("RU", "Ничего о том, кто и почему.", "blocked"),
        ("RU", WHOLE, "insufficient"),
        ("BY", WHOLE, "blocked"),
    ],
)  # fmt: skip
# ruff: noqa: E501 -- notices are long sentences
def test_a_notice_of_another_country_or_of_nothing_reaches_no_event(
    territory: str, text: str, state: str
) -> None:
    event = make_draft(territory=territory)
    see(event, text, state=state)
    read()
    assert proposed(event) == []


def test_a_block_that_was_over_before_the_notice_was_seen_is_not_touched() -> None:
    event = make_draft(restored=ImpreciseDate.on(date(2023, 1, 2)))
    see(event, WHOLE)
    read()
    assert proposed(event) == []


def test_the_mark_waits_for_verdicts_that_may_still_be_overtaken() -> None:
    event = make_draft()
    see(event, WHOLE)
    assert read(NOW + timedelta(minutes=1)) == 0
    assert proposed(event) == []
    assert read() == 1
    assert read() == 0


def test_a_run_that_was_cut_off_is_run_again_without_a_second_proposal() -> None:
    event = make_draft(publish=True)
    see(event, WHOLE)
    read()
    NoticeMark.objects.update(verdict=0)
    assert read() == 1
    assert len(proposed(event)) == 1


def test_batches_go_through_all_verdicts() -> None:
    event = make_draft(publish=True)
    for number in range(5):
        see(event, f"{HERE}{GROUND}от 05.08.2022 № 27-31-2022/Ид{number + 100}-22", version=str(number))
    taken = [operations.consider_notices(now=LATER, limit=2) for _ in range(4)]
    assert taken == [2, 2, 1, 0]
    assert len(proposed(event)) == 5


def test_one_event_that_refuses_does_not_hold_up_the_others() -> None:
    broken, sound = make_draft(publish=True), make_draft(url="https://page.example/another-page")
    verdict = see(broken, WHOLE)
    broken_notice = {**(verdict.notice or {}), "order_date": "2022-02-31"}
    Verdict.objects.create(
        measurement=verdict.measurement, rules_version="broken", rule_id="x", state="blocked",
        notice=broken_notice, judged_at=NOW,
    )  # fmt: skip
    see(sound, OTHER)
    assert read() == 3
    assert proposed(sound) == [("filled", "filled")]


def test_the_database_refuses_to_change_what_a_notice_said() -> None:
    event = make_draft(publish=True)
    see(event, WHOLE)
    read()
    for column, value in [
        ("notice", {}),
        ("notice_key", "x"),
        ("reason", "suspect"),
        ("proposed_at", LATER + timedelta(1)),
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            OrderProposal.objects.update(**{column: value})
