"""From draft to published to withdrawn: what can be done to an event, and what is refused."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError

from events import operations
from events.dates import ImpreciseDate
from events.models import BlockEvent, Episode, Erratum, Group, Order, Page, Source
from events.operations import Inconsistent
from tests.make import NOW, TOLD, make_authority, make_event, make_group, make_page, make_source
from tracker.models import Watch

pytestmark = pytest.mark.django_db
DAY = ImpreciseDate.parse("2022-11-27")


def test_a_page_brings_its_group_and_platform() -> None:
    page = make_page(url="https://vk.com/club77")
    event = operations.record_event(by=None, now=NOW, page=page, blocked=DAY)
    assert (event.group, event.platform, event.publication) == (page.group, page.platform, "draft")
    assert (event.created_at, event.updated_at, event.created_by) == (NOW, NOW, None)


def test_an_event_may_know_no_page_no_authority_no_date_and_no_territory() -> None:
    page = make_page()
    event = operations.record_event(by=None, now=NOW, group=page.group, platform=page.platform)
    event.refresh_from_db()
    assert (event.page, event.authority, event.territory, event.watch) == (None, None, None, None)
    assert (event.blocked_earliest, event.blocked_precision, event.restored_precision) == (
        None,
        "unknown",
        None,
    )
    assert event.cited_reason_status == "not_known"


def test_an_event_is_about_the_group_and_platform_of_its_page() -> None:
    page, other = make_page(), make_page(url="https://t.me/another")
    with pytest.raises(Inconsistent, match="The page belongs to"):
        make_event(page=page, group=other.group)
    with pytest.raises(Inconsistent, match="The page is on"):
        make_event(page=page, platform=other.platform)
    assert not BlockEvent.objects.exists()


def test_a_published_event_has_a_source() -> None:
    draft = make_event(publish=False, sources=[])
    with pytest.raises(Inconsistent, match="at least one source"):
        operations.publish_event(event=draft, by=None, now=NOW)
    draft.refresh_from_db()
    operations.add_source(event=draft, source=make_source(), by=None, now=NOW)
    operations.publish_event(event=draft, by=None, now=NOW)
    draft.refresh_from_db()
    assert (draft.publication, draft.published_at) == ("published", NOW)


def test_a_published_event_keeps_a_source() -> None:
    event = make_event()
    with pytest.raises(Inconsistent, match="add another one first"):
        operations.remove(event.sources.get(), by=None, now=NOW)
    operations.add_source(event=event, source=make_source(), by=None, now=NOW)
    operations.remove(event.sources.earliest("pk"), by=None, now=NOW, correction=TOLD)
    assert event.sources.count() == 1


def test_review_comes_between_draft_and_published_and_may_be_left_out() -> None:
    event = make_event(publish=False)
    operations.send_to_review(event=event, by=None, now=NOW)
    with pytest.raises(Inconsistent, match="Only a draft"):
        operations.send_to_review(event=event, by=None, now=NOW)
    operations.publish_event(event=event, by=None, now=NOW)
    with pytest.raises(Inconsistent, match="Only a draft or an event in review"):
        operations.publish_event(event=event, by=None, now=NOW)


@pytest.mark.parametrize("because", ["", "  \n"])
def test_a_withdrawal_says_why(because: str) -> None:
    event = make_event()
    with pytest.raises(Inconsistent, match="Say why"):
        operations.withdraw_event(event=event, by=None, now=NOW, because=because)
    event.refresh_from_db()
    assert event.publication == "published"


def test_a_withdrawn_event_stays_with_its_reason_and_is_not_published_again() -> None:
    event = make_event()
    operations.withdraw_event(event=event, by=None, now=NOW, because=" Two groups were mixed up. ")
    event.refresh_from_db()
    assert (event.publication, event.withdrawn_at) == ("withdrawn", NOW)
    assert event.withdrawn_because == "Two groups were mixed up."
    assert event.published_at == NOW
    with pytest.raises(Inconsistent):
        operations.publish_event(event=event, by=None, now=NOW)


def test_a_draft_is_not_withdrawn() -> None:
    with pytest.raises(Inconsistent, match="Only a published event"):
        operations.withdraw_event(event=make_event(publish=False), by=None, now=NOW, because="Wrong.")


def test_what_was_published_is_not_deleted_and_a_draft_may_be() -> None:
    with pytest.raises(Inconsistent, match="withdraw it"):
        operations.remove(make_event(), by=None, now=NOW)
    draft = make_event(publish=False)
    operations.remove(draft, by=None, now=NOW)
    assert BlockEvent.objects.count() == 1
    assert not Source.objects.filter(event_id=draft.pk).exists()


def test_an_erratum_is_for_what_was_published(administrator: User) -> None:
    researcher = administrator
    with pytest.raises(Inconsistent, match="Only what was published"):
        operations.add_erratum(event=make_event(publish=False), text="Wrong.", by=researcher, now=NOW)
    event = make_event()
    erratum = operations.add_erratum(event=event, text="The date was wrong.", by=researcher, now=NOW)
    assert (erratum.published_at, erratum.by, erratum.event) == (NOW, researcher, event)
    operations.withdraw_event(event=event, by=None, now=NOW, because="Wrong.")
    operations.add_erratum(event=event, text="And the group.", by=researcher, now=NOW)
    assert Erratum.objects.filter(event=event).count() == 2


def test_a_correction_changes_what_it_names_and_nothing_else() -> None:
    event = make_event(summary="As it was.", cited_reason_status="none_given")
    before = dict(BlockEvent.objects.values().get(pk=event.pk))
    operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, restriction="removed")
    after = dict(BlockEvent.objects.values().get(pk=event.pk))
    assert {name for name in before if before[name] != after[name]} == {"restriction"}
    assert event.orders.count() == 0


def test_a_correction_of_a_column_that_is_none_is_refused() -> None:
    with pytest.raises(TypeError, match="An event has no cited_raeson"):
        operations.correct_event(
            correction=TOLD, event=make_event(), by=None, now=NOW, cited_raeson="Extremism."
        )


def test_one_order_blocks_many_pages() -> None:
    order = operations.record_order(
        by=None, now=NOW, authority=make_authority(), number="27-31-2022", dated=DAY
    )
    events = [make_event(orders=[order]) for _ in range(3)]
    assert set(order.events.all()) == set(events)
    assert Order.objects.count() == 1


def test_the_same_number_of_another_body_or_day_is_another_order() -> None:
    one, other = make_authority(), make_authority()
    orders = [
        operations.record_order(by=None, now=NOW, authority=body, number="27-31", dated=dated)
        for body in (one, other, None)
        for dated in (DAY, ImpreciseDate.parse("2022-11-26"), ImpreciseDate.unknown())
    ]
    assert len(set(orders)) == 9
    again = operations.record_order(by=None, now=NOW, authority=one, number="№27-31", dated=DAY)
    assert again == orders[0]


def test_a_correction_replaces_the_orders_only_when_it_names_them() -> None:
    old, new = (
        operations.record_order(by=None, now=NOW, authority=None, number=number, dated=DAY) for number in "12"
    )
    event = make_event(orders=[old])
    operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, summary="Other words.")
    assert list(event.orders.all()) == [old]
    operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, orders=[new])
    assert list(event.orders.all()) == [new]
    operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, orders=[])
    assert list(event.orders.all()) == []


def test_further_dates_stand_beside_the_event_and_with_their_source() -> None:
    event = make_event(blocked="2022-11-27")
    source = event.sources.get()
    operations.add_date(
        event=event, kind="ordered", on=ImpreciseDate.parse("2022-11-26"), source=source, by=None, now=NOW
    )
    operations.add_date(event=event, kind="reported", on=ImpreciseDate.parse("2022-11"), by=None, now=NOW)
    dates = {row.kind: (str(row.on_earliest), row.on_precision, row.source) for row in event.dates.all()}
    assert dates == {
        "ordered": ("2022-11-26", "day", source),
        "reported": ("2022-11-01", "month", None),
    }


def test_an_empty_external_id_is_none() -> None:
    one, other = make_event(external_id=""), make_event(external_id="")
    assert one.external_id is None
    assert other.external_id is None


def test_the_same_page_group_name_and_authority_twice_is_one() -> None:
    page = make_page(url="https://vk.com/club77")
    again = operations.record_page(group=make_group(), url="http://m.vk.com/club77?w=wall", by=None, now=NOW)
    assert again == page
    assert operations.find_page(url="https://vk.com/club77") == page
    group = page.group
    names = [operations.name_group(group=group, by=None, now=NOW, name="Совет") for _ in range(2)]
    assert names[0] == names[1]
    body = make_authority(name="Court", country=None)
    assert operations.record_authority(by=None, now=NOW, name="COURT", country=None) == body
    other = operations.record_authority(by=None, now=NOW, name="Court", country=None, region="Tver")
    assert other != body


def test_two_groups_may_share_a_name() -> None:
    one, other = make_group(name="Совет"), make_group(name="Совет")
    assert one != other
    assert one.public_id != other.public_id


def test_a_page_that_is_not_blocked_is_a_page_too() -> None:
    group = make_group()
    channel = make_page(url="https://t.me/SOVETMATERI", group=group)
    event = operations.record_event(
        by=None, now=NOW, group=group, platform=make_page(url="https://vk.com/club1").platform, blocked=DAY
    )
    assert event.page is None
    assert list(group.pages.all()) == [channel]
    assert channel.target is None
    assert not Watch.objects.exists()


# --- All or nothing


def test_an_event_whose_source_is_refused_is_not_recorded_at_all() -> None:
    page, source = make_page(), make_source(url="https://news.example/twice")
    with pytest.raises(IntegrityError):
        make_event(page=page, sources=[source, make_source(url=source.url)])
    assert not BlockEvent.objects.exists()
    assert not BlockEvent.history.exists()
    assert not Episode.objects.exists()
    assert not Watch.objects.exists()
    page.refresh_from_db()
    assert page.target is None


def test_a_correction_that_fails_at_its_end_changes_nothing() -> None:
    event = make_event(blocked="2022-11-27")
    seen = (BlockEvent.history.count(), Episode.history.count(), Watch.objects.count())
    unsaved = Order(number="never stored")
    with pytest.raises(ValueError, match=re.compile("order", re.I)):
        operations.correct_event(
            correction=TOLD,
            event=event,
            by=None,
            now=NOW,
            page=make_page(group=event.group),
            blocked=ImpreciseDate.parse("2023"),
            orders=[unsaved],
        )
    stored = BlockEvent.objects.get(pk=event.pk)
    assert str(stored.blocked_earliest) == "2022-11-27"
    assert (BlockEvent.history.count(), Episode.history.count(), Watch.objects.count()) == seen


def test_publishing_at_once_without_a_source_records_nothing() -> None:
    with pytest.raises(Inconsistent):
        make_event(sources=[], publish=True)
    assert not BlockEvent.objects.exists()


def test_a_page_that_is_no_address_is_not_recorded() -> None:
    with pytest.raises(ValueError, match=r".+") as refusal:
        make_page(url="file:///etc/passwd")
    assert "\n" not in str(refusal.value)
    assert not Page.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_row_is_not_stored_without_its_history() -> None:
    """The history points at a person who does not exist; the row beside it must not stay either."""
    nobody = User(pk=10**6, username="nobody")
    with pytest.raises(IntegrityError):
        operations.record_group(by=nobody, now=NOW, name="Совет")
    assert not Group.objects.exists()
