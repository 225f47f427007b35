"""The researchers' tables refuse what must not be: every constraint, and every public id."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction

from events import operations
from events.dates import ImpreciseDate
from events.models import (
    Appeal,
    Authority,
    AuthorityName,
    BlockEvent,
    BulkChange,
    Episode,
    Erratum,
    EventDate,
    FormDraft,
    FormOpened,
    Group,
    GroupName,
    ImportBatch,
    ImportRow,
    ImportUpload,
    Intake,
    NoticeMark,
    Order,
    OrderProposal,
    Page,
    Platform,
    PreviewRow,
    ProposedCorrection,
    RegisterEntry,
    RegisterSnapshot,
    SavedView,
    Source,
    Twin,
)
from events.operations import registers
from tests.breaking import Break, assert_refused, promises, tables
from tests.make import NOW, make_authority, make_event, make_group, make_measurement, make_page
from tracker.public_ids import ALPHABET, LENGTH, new_public_id

pytestmark = pytest.mark.django_db
DAY, DAY_BEFORE = date(2022, 11, 27), date(2022, 11, 26)


def _platform() -> Platform:
    operations.ensure_platforms(by=None, now=NOW)
    return Platform.objects.get(key="vk")


def _group_name() -> GroupName:
    return operations.name_group(group=make_group(), by=None, now=NOW, name="Совет")


def _authority_name() -> AuthorityName:
    return operations.name_authority(authority=make_authority(), by=None, now=NOW, name="Prosecutor")


def _order() -> Order:
    return operations.record_order(
        by=None, now=NOW, authority=make_authority(), number="27-31-2022", dated=ImpreciseDate.on(DAY)
    )


def _event() -> BlockEvent:
    return make_event()


def _given() -> BlockEvent:
    return make_event(external_id="ours-1", cited_reason_status="given", cited_reason="Extremism.")


def _withdrawn() -> BlockEvent:
    event = make_event()
    operations.withdraw_event(event=event, by=None, now=NOW, because="Two groups were mixed up.")
    return event


def _ended() -> Episode:
    event = make_event()
    operations.end_block(event=event, on=ImpreciseDate.on(DAY), how="restored", by=None, now=NOW)
    return event.episodes.get()


def _date() -> EventDate:
    return operations.add_date(event=make_event(), kind="ordered", on=ImpreciseDate.on(DAY), by=None, now=NOW)


def _source() -> Source:
    return make_event().sources.get()


def _erratum() -> Erratum:
    return operations.add_erratum(event=make_event(), text="The date was wrong.", by=None, now=NOW)


def _appeal() -> Appeal:
    row = Appeal(
        event=make_event(), outcome="lifted", filed_earliest=DAY, filed_latest=DAY, filed_precision="day"
    )
    operations.keep(row, by=None, now=NOW)
    return row


def _batch() -> ImportBatch:
    counts = {"rows": 1, "created": 1, "updated": 0, "unchanged": 0}
    return operations.record_batch(
        by=None, now=NOW, file_name="a.csv", file_sha256="0" * 64, format="csv", **counts
    )


def _undone() -> ImportBatch:
    batch = _batch()
    batch.state, batch.undone_at, batch.undone_because = "undone", NOW, "The wrong file."
    batch.save()
    return batch


def _import_row() -> ImportRow:
    batch = _batch()
    operations.record_rows(batch=batch, rows=[(2, "created", make_event())])
    return batch.lines.get()


def _upload() -> ImportUpload:
    by = User.objects.create_user(f"uploader-{User.objects.count()}")
    return ImportUpload.objects.create(by=by, uploaded_at=NOW, state_since=NOW, file_name="a.csv", size=1)


def _preview_row() -> PreviewRow:
    return PreviewRow.objects.create(upload=_upload(), number=2, outcome="created")


def _snapshot() -> RegisterSnapshot:
    return registers.record_snapshot(register="rkn", of=NOW, entries=1, state="taken", batch=_batch())


def _entry() -> RegisterEntry:
    registers.record_entries(register="rkn", events={"a": make_event()}, seen_at=NOW)
    return RegisterEntry.objects.get()


def _correction(**values: Any) -> ProposedCorrection:
    return ProposedCorrection.objects.create(
        event=make_event(),
        changes={"summary": ["", "Words."]},
        erratum="The words were missing.",
        proposed_at=NOW,
        **values,
    )


def _taken() -> ProposedCorrection:
    one, other = (User.objects.create_user(name) for name in ("one", "other"))
    return _correction(proposed_by=one, state="taken", decided_by=other, decided_at=NOW)


def _proposal() -> OrderProposal:
    return OrderProposal.objects.create(
        event=make_event(),
        measurement=make_measurement(),
        notice={"order_number": "1"},
        notice_key="0" * 64,
        reason="not_a_draft",
        proposed_at=NOW,
    )


def _mark() -> NoticeMark:
    return NoticeMark.objects.create(name="order proposals", verdict=1)


def _draft() -> FormDraft:
    user = User.objects.create_user("typing")
    entry = operations.Entry(user, "events.blockevent", "", "0123456789abcdef")
    operations.keep_draft(entry=entry, fields=[("summary", "x")], now=NOW)
    return FormDraft.objects.get()


def _opened() -> FormOpened:
    operations.say_open(entry=operations.Entry(User.objects.create_user("there"), "f", "1"), now=NOW)
    return FormOpened.objects.get()


def _intake() -> Intake:
    giver = User.objects.create_user("giver")
    return operations.begin_intake(by=giver, now=NOW, given="address", url="https://news.example/a")


def _view() -> SavedView:
    owner = User.objects.create_user("owner")
    return operations.save_view(name="Mine", query="needs=mine", is_shared=False, by=owner, now=NOW)


def _twin() -> Twin:
    make_event(page=make_event().page)
    return Twin.objects.get()


def _bulk() -> BulkChange:
    draft = make_event(publish=False)
    bulk, _outcomes = operations.change_many(kind="review", events=[draft], by=None, now=NOW)
    return bulk


def _same_id(row: Any) -> str:
    return str(row.public_id)


def _another_event(_row: Any) -> int:
    return make_event().pk


def _itself(row: Any) -> Any:
    return row.pk


SAME_ID = {"public_id": _same_id}
BREAKS: dict[str, Break] = {
    "events_platform.key": (_platform, {}),
    "platform_country": (_platform, {"key": "other", "country": "R"}),
    "platform_has_key": (_platform, {"key": ""}),
    "events_group.public_id": (make_group, SAME_ID),
    "group_kind_known": (make_group, {"kind": "herd"}),
    "group_country": (make_group, {"country": "R"}),
    "group_has_name": (make_group, {"name": ""}),
    "group_name_once": (_group_name, {}),
    "group_name_not_empty": (_group_name, {"name": ""}),
    "events_page.public_id": (make_page, {"canonical_url": "https://vk.com/other"} | SAME_ID),
    "page_once_per_platform": (make_page, {"url": "https://vk.com/spelt-otherwise"}),
    "page_kind_known": (make_page, {"kind": "scroll"}),
    "page_has_canonical_url": (make_page, {"canonical_url": ""}),
    "page_has_url": (make_page, {"url": ""}),
    "events_authority.public_id": (make_authority, {"name": "Another"} | SAME_ID),
    "authority_once": (make_authority, {}),
    "authority_kind_known": (make_authority, {"kind": "oracle"}),
    "authority_country": (make_authority, {"country": "R"}),
    "authority_has_name": (make_authority, {"name": ""}),
    "authority_not_its_own_parent": (make_authority, {"id": 10**6, "parent_id": 10**6}),
    "authority_name_once": (_authority_name, {}),
    "authority_name_not_empty": (_authority_name, {"name": ""}),
    "events_order.public_id": (_order, {"number": "another"} | SAME_ID),
    "order_once": (_order, {"number": "№ 27-31-2022"}),
    "order_date_whole": (_order, {"number": "another", "dated_latest": DAY_BEFORE}),
    "order_has_number_or_date": (
        _order,
        {"number": "", "dated_earliest": None, "dated_latest": None, "dated_precision": "unknown"},
    ),
    "events_blockevent.public_id": (_event, SAME_ID),
    "events_blockevent.external_id": (_given, {}),
    "event_restriction_known": (_event, {"restriction": "magic"}),
    "event_date_kind_known": (_event, {"blocked_kind": "dreamt"}),
    "event_reason_status_known": (_event, {"cited_reason_status": "maybe"}),
    "event_reason_category_known": (_event, {"reason_category": "weather"}),
    "event_publication_known": (
        _withdrawn,
        {"publication": "lost", "withdrawn_at": None, "withdrawn_because": ""},
    ),
    "event_audience_date_has_size": (_event, {"audience_on": DAY}),
    "event_territory": (_event, {"watch_id": None, "territory": "R"}),
    "event_blocked_whole": (_event, {"blocked_precision": "unknown"}),
    "event_restored_whole": (_event, {"restored_earliest": DAY}),
    "event_reason_three_valued": (_given, {"external_id": None, "cited_reason_status": "none_given"}),
    "event_restored_after_blocked": (
        _event,
        {"restored_earliest": DAY_BEFORE, "restored_latest": DAY_BEFORE, "restored_precision": "day"},
    ),
    "event_published_has_time": (_event, {"published_at": None}),
    "event_withdrawn_has_reason": (_withdrawn, {"withdrawn_because": ""}),
    "event_withdrawn_after_published": (_withdrawn, {"withdrawn_at": NOW - timedelta(seconds=1)}),
    "event_published_after_embargo": (_event, {"embargoed_until": NOW + timedelta(seconds=1)}),
    "event_watched_has_page_and_territory": (_event, {"page_id": None}),
    "event_external_id_not_empty": (_event, {"external_id": ""}),
    "episode_number_once": (_ended, {}),
    "episode_numbers_from_one": (_ended, {"number": 0}),
    "episode_began_whole": (_ended, {"number": 2, "began_latest": None}),
    "episode_ended_whole": (_ended, {"number": 2, "ended_latest": None}),
    "episode_ending_known": (_ended, {"number": 2, "ended_how": "vanished"}),
    "episode_end_has_manner": (_ended, {"number": 2, "ended_how": None}),
    "episode_ends_after_it_began": (
        _ended,
        {"number": 2, "ended_earliest": DAY_BEFORE, "ended_latest": DAY_BEFORE},
    ),
    "date_kind_known": (_date, {"kind": "dreamt"}),
    "date_whole": (_date, {"on_precision": "unknown"}),
    "date_is_known": (_date, {"on_earliest": None, "on_latest": None, "on_precision": "unknown"}),
    "source_once_per_event": (_source, {}),
    "source_has_address_title_or_quote": (_source, {"url": "", "title": ""}),
    "source_kind_known": (_source, {"url": "", "kind": "rumour"}),
    "source_stance_known": (_source, {"url": "", "stance": "shrugs"}),
    "source_reliability_known": (_source, {"url": "", "reliability": "Z"}),
    "source_credibility_range": (_source, {"url": "", "credibility": 7}),
    "source_date_whole": (_source, {"url": "", "published_precision": "day"}),
    "events_erratum.public_id": (_erratum, SAME_ID),
    "erratum_has_text": (_erratum, {"text": ""}),
    "events_importbatch.public_id": (_batch, SAME_ID),
    "events_orderproposal.public_id": (_proposal, {"notice_key": "1"} | SAME_ID),
    "appeal_by_known": (_appeal, {"filed_by": "a ghost"}),
    "appeal_outcome_known": (_appeal, {"outcome": "won"}),
    "appeal_filed_whole": (_appeal, {"filed_latest": None}),
    "appeal_decided_whole": (_appeal, {"decided_latest": DAY}),
    "appeal_decided_after_filed": (
        _appeal,
        {"decided_earliest": DAY_BEFORE, "decided_latest": DAY_BEFORE, "decided_precision": "day"},
    ),
    "appeal_pending_is_undecided": (
        _appeal,
        {"outcome": "pending", "decided_earliest": DAY, "decided_latest": DAY, "decided_precision": "day"},
    ),
    "correction_state_known": (_correction, {"state": "maybe", "decided_at": NOW}),
    "correction_decided_has_time": (_correction, {"state": "dismissed"}),
    "correction_taken_by_another": (_taken, {"decided_by_id": lambda row: row.proposed_by_id}),
    "correction_is_told": (_correction, {"erratum": ""}),
    "proposal_once_per_notice": (_proposal, {}),
    "proposal_state_known": (_proposal, {"notice_key": "1", "state": "maybe", "decided_at": NOW}),
    "proposal_reason_known": (_proposal, {"notice_key": "1", "reason": "whim"}),
    "proposal_has_key": (_proposal, {"notice_key": ""}),
    "proposal_decided_has_time": (_proposal, {"notice_key": "1", "state": "accepted"}),
    "events_noticemark.name": (_mark, {}),
    "form_draft_once_per_opening": (_draft, {}),
    "form_draft_is_of_a_form": (_draft, {"token": ""}),
    "form_draft_closed_is_empty": (_draft, {"token": "1", "closed_at": NOW}),
    "form_opened_once_a_person": (_opened, {}),
    "form_opened_in_order": (_opened, {"object_id": "2", "seen_at": NOW - timedelta(seconds=1)}),
    "intake_form_known": (_intake, {"given": "dream"}),
    "intake_state_known": (_intake, {"state": "lost"}),
    "intake_failed_has_problem": (_intake, {"state": "failed"}),
    "intake_read_has_draft": (_intake, {"state": "read"}),
    "intake_has_text_or_address": (_intake, {"url": ""}),
    "intake_with_event_is_used": (_intake, {"event_id": lambda row: make_event().pk}),
    "batch_state_known": (_batch, {"state": "lost"}),
    "batch_undone_has_reason": (_undone, {"undone_because": ""}),
    "import_row_outcome_known": (_import_row, {"number": 3, "outcome": "eaten"}),
    "import_row_once": (_import_row, {}),
    "events_importupload.public_id": (_upload, SAME_ID),
    "upload_state_known": (_upload, {"state": "lost"}),
    "preview_outcome_known": (_preview_row, {"outcome": "eaten"}),
    "snapshot_state_known": (_snapshot, {"state": "lost"}),
    "register_entry_once": (_entry, {"event_id": _another_event}),
    "events_registerentry.event_id": (_entry, {"key": "b"}),
    "saved_view_once_per_person": (_view, {}),
    "saved_view_has_name": (_view, {"name": ""}),
    "twin_once": (_twin, {}),
    "twin_in_order": (
        _twin,
        {"event_id": lambda pair: pair.other_id, "other_id": lambda pair: pair.event_id},
    ),
    "twin_reason_known": (
        _twin,
        {
            "event_id": lambda pair: make_event().pk,
            "other_id": lambda pair: make_event().pk,
            "why": "a hunch",
        },
    ),
    "events_bulkchange.public_id": (_bulk, SAME_ID),
    "bulk_change_kind_known": (_bulk, {"kind": "burn"}),
    "bulk_change_row_once": (lambda: _bulk().changed.get(), {}),
}


@pytest.mark.parametrize("promise", BREAKS)
def test_the_database_refuses_a_row_that_breaks(promise: str) -> None:
    assert_refused("events", promise, BREAKS[promise])


def test_every_constraint_of_the_events_is_tried() -> None:
    assert set(promises("events")) == set(BREAKS)


@pytest.mark.parametrize(
    "reason",
    [
        ("given", "Extremism.", True),
        ("none_given", "", True),
        ("not_known", "", True),
        ("given", "", False),
        ("none_given", "Extremism.", False),
        ("not_known", "Extremism.", False),
    ],
)
def test_no_reason_given_is_another_thing_than_no_reason_known(reason: tuple[str, str, bool]) -> None:
    status, text, is_sound = reason
    event = make_event(publish=False)
    event.cited_reason_status, event.cited_reason = status, text
    if is_sound:
        event.save()
        return
    with pytest.raises(IntegrityError, match="event_reason_three_valued"), transaction.atomic():
        event.save()


@pytest.mark.parametrize(
    ("earliest", "latest", "precision"),
    [
        (None, DAY, "day"),
        (DAY, None, "day"),
        (None, None, "day"),
        (DAY, DAY, None),
        (DAY, DAY, "unknown"),
        (DAY, DAY, "week"),
        (DAY, DAY_BEFORE, "day"),
    ],
)
def test_a_date_is_whole_or_missing(
    earliest: date | None, latest: date | None, precision: str | None
) -> None:
    """Nulls too: a check that compares with null is not false, and passes."""
    wrong = {"restored_earliest": earliest, "restored_latest": latest, "restored_precision": precision}
    assert_refused("events", "event_restored_whole", (lambda: make_event(blocked=""), wrong))


@pytest.mark.parametrize("code", ["ru", "Ru", "R", ""])
def test_a_country_has_one_code(code: str) -> None:
    assert_refused("events", "event_territory", (make_event, {"watch_id": None, "territory": code}))


def test_an_order_without_a_number_is_no_key() -> None:
    body, day = make_authority(), ImpreciseDate.on(DAY)
    one, other = (
        operations.record_order(by=None, now=NOW, authority=body, number="", dated=day) for _ in "ab"
    )
    assert one.pk != other.pk


def test_unknown_bodies_and_dates_still_make_an_order_one() -> None:
    """A null is not another null to a unique index, so the index must not see them."""
    order = operations.record_order(
        by=None, now=NOW, authority=None, number="5-17", dated=ImpreciseDate.unknown()
    )
    with pytest.raises(IntegrityError, match="order_once"), transaction.atomic():
        Order(number=order.number).save()


WITH_PUBLIC_ID: dict[type[models.Model], Callable[[], Any]] = {
    Group: make_group,
    Page: make_page,
    Authority: make_authority,
    Order: _order,
    BlockEvent: _event,
    Erratum: _erratum,
    ImportBatch: _batch,
    ImportUpload: _upload,
    OrderProposal: _proposal,
    BulkChange: _bulk,
}


@pytest.mark.parametrize("model", WITH_PUBLIC_ID, ids=lambda model: model.__name__)
def test_a_public_id_never_changes(model: type[models.Model]) -> None:
    row = WITH_PUBLIC_ID[model]()
    before = row.public_id
    past_the_guard: models.QuerySet[Any] = models.QuerySet(model).filter(pk=row.pk)
    with pytest.raises(IntegrityError, match="these columns never change"), transaction.atomic():
        past_the_guard.update(public_id=new_public_id())
    row.refresh_from_db()
    assert row.public_id == before


def test_every_table_with_a_public_id_is_among_them() -> None:
    with_id = {m for m in tables("events") if any(field.name == "public_id" for field in m._meta.fields)}
    assert with_id == set(WITH_PUBLIC_ID)


def test_public_ids_have_one_form() -> None:
    assert all(re.fullmatch(f"[{ALPHABET}]{{{LENGTH}}}", new_public_id()) for _ in range(1000))
    assert not set("iluo") & set(ALPHABET)


def test_public_ids_do_not_repeat_and_tell_neither_order_nor_number() -> None:
    made = [make_group().public_id for _ in range(40)]
    assert len(set(made)) == len(made)
    assert made != sorted(made)
    assert made != sorted(made, reverse=True)
    # A counter or a clock would show as a beginning in common; of random ones 40 share none.
    assert len({public_id[:2] for public_id in made}) > 20
