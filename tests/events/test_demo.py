"""The demo workspace: the founding event to the letter, a dozen more, and the rehearsal."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from config.rehearsal.store import START
from events import operations
from events.demo import load_demo
from events.models import BlockEvent, Order, Page, Source
from tests.make import NOW, make_event
from tracker.facts import REHEARSAL_TERRITORY
from tracker.models import Watch

pytestmark = pytest.mark.django_db

ORIGIN = "http://127.0.0.1:8101"


def founding_event() -> BlockEvent:
    return BlockEvent.objects.get(group__name="Council of Wives and Mothers")


def test_the_founding_event_is_recorded_to_the_letter() -> None:
    load_demo(now=NOW)
    event = founding_event()
    assert (event.platform.key, event.publication, event.territory) == ("vk", "published", "RU")
    assert event.authority.kind == "prosecutor"
    assert event.authority.names.filter(name="Prosecutor General's Office of Russia").exists()
    order = event.orders.get()
    assert (order.number, order.dated_earliest.isoformat(), order.authority) == (
        "",
        "2022-11-26",
        event.authority,
    )
    assert operations.interval(event, "blocked").iso == "2022-11-27"
    assert event.blocked_kind == "observed"
    assert (event.cited_reason_status, event.cited_reason) == ("none_given", "")


def test_the_days_of_order_sight_and_reports_are_kept_apart_with_who_says_so() -> None:
    load_demo(now=NOW)
    dates = founding_event().dates.select_related("source").order_by("on_earliest", "kind")
    assert [(row.kind, row.on_earliest.isoformat(), row.source.publisher) for row in dates] == [
        ("ordered", "2022-11-26", "Novaya Gazeta Europe"),
        ("observed", "2022-11-27", "Meduza"),
        ("reported", "2022-11-27", "Meduza"),
        ("reported", "2022-11-28", "The Moscow Times"),
    ]


def test_what_sources_disagree_on_stands_beside_each_other() -> None:
    load_demo(now=NOW)
    event = founding_event()
    names = set(event.group.names.exclude(note="").values_list("name", flat=True))
    assert names == {"Council of Wives and Mothers", "Council of Mothers and Wives"}
    notes = {source.publisher: source.note for source in event.sources.all()}
    assert "Peyunova" in notes["Meduza"]
    assert "Tsukanova" in notes["Novaya Gazeta Europe"]


def test_the_telegram_channel_is_a_page_and_not_the_blocked_one() -> None:
    load_demo(now=NOW)
    event = founding_event()
    page = event.group.pages.get()
    assert (page.platform.key, page.canonical_url) == ("telegram", "https://t.me/sovetmateri")
    assert (event.page, event.watch, page.target) == (None, None, None)


def test_the_other_events_are_many_and_of_many_kinds() -> None:
    loaded = load_demo(now=NOW)
    events = BlockEvent.objects.published()
    assert loaded.documented == events.count() >= 13
    assert events.values("platform").distinct().count() >= 8
    assert events.exclude(territory=None).values("territory").distinct().count() >= 5
    assert set(events.values_list("cited_reason_status", flat=True)) == {"given", "none_given", "not_known"}
    assert {"day", "month", "year"} == set(events.values_list("blocked_precision", flat=True))
    assert events.filter(restored_precision="day").exists()
    assert events.filter(reason_category="platform_rules", authority__kind="platform").exists()
    assert events.exclude(transmitted_by=None).exists()
    assert events.exclude(watch=None).exists()
    assert Order.objects.filter(dated_earliest="2022-02-24").get().events.count() == 3


def test_every_event_says_who_says_so() -> None:
    load_demo(now=NOW)
    for event in BlockEvent.objects.all():
        assert event.summary
        for source in event.sources.all():
            assert source.url.startswith("https://") or source.title
            assert source.publisher
    assert not Source.objects.exclude(quote="").exists()


def test_the_rehearsal_is_loaded_only_at_its_origin(settings: Settings) -> None:
    settings.REHEARSAL_ORIGIN = ORIGIN
    loaded = load_demo(now=NOW, rehearsal_origin=ORIGIN)
    rehearsed = BlockEvent.objects.filter(platform__key="rehearsal")
    assert loaded.rehearsed == rehearsed.count() == 8
    assert set(rehearsed.values_list("territory", flat=True)) == {REHEARSAL_TERRITORY}
    assert all(event.group.name.startswith("Rehearsal: ") and event.watch for event in rehearsed)
    assert Watch.objects.filter(territory=REHEARSAL_TERRITORY).count() == 8
    authority = rehearsed[0].authority
    assert (authority.name, authority.country) == ("Rehearsal authority (no real body)", None)


def test_the_rehearsal_has_an_event_for_every_page_that_is_served(settings: Settings) -> None:
    settings.REHEARSAL_ORIGIN = ORIGIN
    load_demo(now=NOW, rehearsal_origin=ORIGIN)
    pages = Page.objects.filter(platform__key="rehearsal").values_list("canonical_url", "title")
    assert dict(pages) == {f"{ORIGIN}/{page.name}": page.title for page in START}


def test_no_rehearsal_without_its_origin() -> None:
    assert load_demo(now=NOW).rehearsed == 0
    assert not BlockEvent.objects.filter(territory=REHEARSAL_TERRITORY).exists()


def test_a_database_with_events_is_left_alone() -> None:
    make_event()
    with pytest.raises(CommandError, match="empty database"):
        call_command("load_demo")
    assert BlockEvent.objects.count() == 1


def test_an_origin_that_the_settings_do_not_name_loads_nothing() -> None:
    with pytest.raises(CommandError, match="STILLBLOCKED_REHEARSAL_ORIGIN"):
        call_command("load_demo", "--rehearsal-origin", ORIGIN)
    assert not BlockEvent.objects.exists()


def test_the_command_says_what_it_loaded() -> None:
    said = StringIO()
    call_command("load_demo", stdout=said)
    assert (
        said.getvalue() == f"Loaded {BlockEvent.objects.count()} documented events and 0 of the rehearsal.\n"
    )
