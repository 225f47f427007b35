"""The strip: true to what was seen, bounded however much was seen, and the same without eyes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from events import operations
from events.dates import ImpreciseDate
from events.models import BlockEvent
from events.strip import MAX_CELLS, Strip, drawn, read_strip
from events.strip.facts import Look
from events.strip.scale import MOST_TICKS, ticks
from tests import make
from tests.make import NOW, TOLD
from tracker.facts import State
from tracker.models import Measurement, Verdict

LATER = NOW + timedelta(days=30)


def of_nowhere(look: Look) -> str:
    return ""


def strip_of(event: BlockEvent, now: datetime = LATER) -> Strip:
    strip = read_strip(event, now=now)
    assert strip is not None
    return strip


def event_of_web_page(**values: Any) -> BlockEvent:
    """An event of a page of no platform, which the plain rules of ``make_seen`` read."""
    return make.make_event(page=make.make_page(url="https://page.example/one"), **values)


def many_looks(event: BlockEvent, n: int, *, places: int = 1, spread: timedelta = timedelta(hours=6)) -> None:
    """Rows as looks leave them, in bulk: what a page has after years."""
    vantages = [make.make_vantage(name=f"place-{i:02}") for i in range(places)]
    states = [State.BLOCKED, State.BLOCKED, State.INSUFFICIENT, State.REACHABLE]
    rows = Measurement.objects.bulk_create(
        Measurement(
            watch=event.watch, vantage=vantages[i % places], role="experiment", look=f"{i:032x}", seconds=1.0,
            started_at=NOW + i * spread, facts={}, http_status=451,
        )
        for i in range(n)
    )  # fmt: skip
    Verdict.objects.bulk_create(
        Verdict(
            measurement=row, rules_version="1", rule_id="http_451", state=states[i // places % 4].value,
            judged_at=row.started_at, notice={"order_number": "27-31-2022/Ид10925-22"},
        )
        for i, row in enumerate(rows)
    )  # fmt: skip


@pytest.mark.django_db
def test_every_look_is_counted_once_in_the_state_that_its_newest_verdict_gives() -> None:
    event = event_of_web_page()
    many_looks(event, 500, places=3)
    corrected = Measurement.objects.earliest("pk")
    Verdict.objects.create(
        measurement=corrected, rules_version="2", rule_id="gone_404", state="gone", judged_at=LATER
    )
    line = strip_of(event).territories[0]
    assert line.code == "RU"
    assert line.line.n == 500
    assert sum(each.n for each in line.by_vantage) == 500
    for seen in ([line.line], line.by_vantage):
        counts: dict[str, int] = {}
        for state, n in (pair for each in seen for cell in each.cells for pair in cell.counts):
            counts[state] = counts.get(state, 0) + n
        expected = {"gone": 1}
        for state in Verdict.objects.exclude(measurement=corrected).values_list("state", flat=True):
            expected[state] = expected.get(state, 0) + 1
        assert counts == expected


@pytest.mark.django_db
def test_a_cell_stands_where_its_looks_were_made() -> None:
    event = event_of_web_page()
    many_looks(event, 300, spread=timedelta(hours=5, minutes=7))
    strip = strip_of(event, NOW + timedelta(days=90))
    width = (strip.ends - strip.begins) / strip.slots
    for cell in strip.territories[0].line.cells:
        begins = strip.begins + cell.slot * width
        assert (
            begins - timedelta(seconds=1) <= cell.first <= cell.last <= begins + width + timedelta(seconds=1)
        )
        assert cell.newest.started_at == cell.last


@pytest.mark.django_db
@pytest.mark.parametrize("n", [3, 4000])
def test_a_strip_costs_the_same_however_much_was_seen(n: int, django_assert_max_num_queries: Any) -> None:
    event = event_of_web_page()
    many_looks(event, n, places=3, spread=timedelta(minutes=95))
    event = BlockEvent.objects.select_related("page").get(pk=event.pk)
    with django_assert_max_num_queries(8):
        strip = strip_of(event)
    assert 0 < strip.n_cells <= MAX_CELLS


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_drawing_stays_small_with_many_places(language: str) -> None:
    event = event_of_web_page()
    many_looks(event, 6000, places=40, spread=timedelta(minutes=70))
    strip = strip_of(event)
    assert strip.n_cells <= MAX_CELLS
    assert strip.lines_left_out == 40 + 2 - MAX_CELLS // 14
    with translation.override(language):
        assert drawn(strip, link=lambda look: f"/admin/tracker/measurement/{look.pk}/change/").size < 50_000


@pytest.mark.django_db
def test_a_single_look_says_what_it_saw_and_how() -> None:
    event = event_of_web_page()
    make.look_at(event.watch, State.BLOCKED, at=NOW, vantage=make.make_vantage(name="moscow"))
    picture = drawn(strip_of(event), link=of_nowhere)
    assert (
        "24 November 2026, 12:00 UTC, Russia via moscow: still blocked, HTTP 451."
        in picture.territories[0].svg
    )
    assert [(row.where, row.state) for row in picture.rows] == [("Russia via moscow", "blocked")]


@pytest.mark.django_db
def test_looks_that_disagree_are_never_drawn_as_one_state() -> None:
    event = event_of_web_page()
    for minutes, state in enumerate([State.BLOCKED, State.BLOCKED, State.REACHABLE]):
        make.look_at(
            event.watch, state, at=NOW + timedelta(minutes=minutes), vantage=make.make_vantage(name="one")
        )
    picture = drawn(strip_of(event), link=of_nowhere)
    svg = picture.territories[0].svg
    assert svg.count('class="cell"') == 1
    assert re.findall(r'href="#strip-(\w+)"', svg) == ["blocked", "reachable"]
    assert "3 looks: 2 × still blocked, 1 × reachable" in svg
    assert picture.rows[0].saw == "3 looks: 2 × still blocked, 1 × reachable"


@pytest.mark.django_db
def test_orders_sources_and_episodes_stand_on_the_same_scale() -> None:
    event = make.make_event(
        blocked="2026-11-25",
        sources=[make.make_source(title="A report"), make.make_source(title="An old report")],
    )
    for source, day in zip(event.sources.order_by("pk"), ("2026-12", "2019"), strict=True):
        operations.set_interval(source, "published", ImpreciseDate.parse(day))
        operations.keep(source, by=None, now=NOW, correction=TOLD)
    order = operations.record_order(
        by=None, now=NOW, authority=event.authority, number="A-1", dated=ImpreciseDate.parse("2026-11-25")
    )
    operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, orders=[order])
    many_looks(event, 40, spread=timedelta(hours=12))
    picture = drawn(strip_of(event), link=of_nowhere)
    assert f"25 November 2026: order A-1 of {event.authority}" in picture.marks
    assert "December 2026: source, supports: A report" in picture.marks
    assert 'class="mark mark-source earlier"' in picture.marks
    assert "Episode 1: from 25 November 2026; no source says that it ended" in picture.episodes
    assert len(picture.dated) == 4


@pytest.mark.django_db
def test_an_event_that_nobody_looked_at_shows_what_sources_date() -> None:
    event = make.make_event(page=None, group=make.make_group(), platform=make.make_page().platform)
    picture = drawn(strip_of(event), link=of_nowhere)
    assert (picture.n_looks, picture.territories) == (0, [])
    assert "Episode 1" in picture.episodes
    bare = make.make_event(blocked="")
    assert read_strip(bare, now=LATER) is None


HOSTILE = '"><script>alert(1)</script> \u202e'


@pytest.mark.django_db
def test_hostile_names_stay_inside_their_attributes() -> None:
    event = event_of_web_page(sources=[make.make_source(title=HOSTILE)])
    source = event.sources.get()
    operations.set_interval(source, "published", ImpreciseDate.parse("2026-11-20"))
    operations.keep(source, by=None, now=NOW, correction=TOLD)
    many_looks(event, 5)
    Verdict.objects.create(
        measurement=Measurement.objects.latest("pk"), rules_version="2", rule_id="x", state="blocked",
        judged_at=LATER, notice={"order_number": HOSTILE},
    )  # fmt: skip
    picture = drawn(strip_of(event), link=of_nowhere)
    parts = [picture.marks, picture.episodes, picture.glyphs, *(each.svg for each in picture.territories)]
    for part in parts:
        root = ElementTree.fromstring(part)
        assert not [element for element in root.iter() if element.tag.endswith("script")]
        assert not [element for element in root.iter() if element.get("style")]


@pytest.mark.parametrize("hours", [6, 30, 24 * 9, 24 * 200, 24 * 365 * 5, 24 * 365 * 80])
def test_the_axis_never_has_more_words_than_fit(hours: int) -> None:
    begins = datetime(2026, 1, 30, 22, 17, tzinfo=UTC)
    found = ticks(begins, begins + timedelta(hours=hours))
    assert 1 <= len(found) <= MOST_TICKS
    assert [tick.share for tick in found] == sorted(tick.share for tick in found)


@pytest.mark.django_db
def test_the_strip_stands_beside_the_entry(client: Client, administrator: Any) -> None:
    event = event_of_web_page()
    make.look_at(event.watch, State.BLOCKED)
    client.force_login(administrator)
    page = client.get(reverse("admin:events_blockevent_change", args=[event.pk])).content.decode()
    look = reverse("admin:tracker_measurement_change", args=[Measurement.objects.latest("pk").pk])
    assert f'<a class="cell" href="{look}"' in page
