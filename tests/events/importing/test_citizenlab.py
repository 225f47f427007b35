"""Citizen Lab's data of pages that VK withholds in Russia, read from beside the project, and rows of our own."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.db.models import Count, Q, QuerySet

from events import operations
from events.importing import Choices, Summary, import_file
from events.models import BlockEvent, Group, Order, Page
from tests.make import NOW
from tracker.models import Watch

pytestmark = pytest.mark.django_db

HEADER = "lang,query,url,title,error\n"
PROSECUTOR = (
    "Этот материал заблокирован на территории РФ на основании требования "
    "Генеральной прокуратуры Российской Федерации от 02.03.2021 № 27-31-2021/Ид1-21"
)
PASSED_ON = (
    "Этот материал заблокирован на территории РФ по требованию Роскомнадзора "
    "на основании решения Генеральной прокуратуры № 27-27-2014 от 04.03.2014"
)


def take_in(file: Path) -> Summary:
    return import_file(file, Choices(by=None, now=NOW))


def table(events: QuerySet[BlockEvent]) -> dict[str, int]:
    """Events by who decided, as data/README.md beside the project counts them."""
    is_passed_on = Q(transmitted_by__name="Роскомнадзор")
    counts = {
        "Prosecutor General": Q(authority__kind="prosecutor") & ~is_passed_on,
        "Roskomnadzor on a decision of the Prosecutor General": Q(authority__kind="prosecutor")
        & is_passed_on,
        "court or authorised body": Q(authority__kind__in=["court", "court_or_agency"]),
        "of them court only": Q(authority__kind="court")
        & ~Q(sources__quote__contains="уполномоченного федерального органа"),
        "Roszdravnadzor": Q(authority__name="Росздравнадзор"),
        "Federal Tax Service": Q(authority__kind="tax"),
    }
    return {name: events.filter(condition).distinct().count() for name, condition in counts.items()}


@pytest.mark.shared_data
def test_839_rows_are_424_pages_groups_and_events_and_the_second_time_nothing(shared_data: Path) -> None:
    file = shared_data / "vk" / "RU_communities_inscope.dev.csv"
    started = time.process_time()
    first = take_in(file)
    assert time.process_time() - started < 30
    assert (first.format, first.rows, first.created, first.updated, first.unchanged, first.errors) == (
        "citizenlab-vk",
        839,
        424,
        0,
        415,
        (),
    )
    events = BlockEvent.objects.published().filter(
        territory="RU", restriction="withheld", blocked_kind="ordered"
    )
    assert (events.count(), Page.objects.count(), Group.objects.count()) == (424, 424, 424)
    assert Page.objects.filter(kind="community").count() == 424
    assert Watch.objects.filter(territory="RU").count() == 424
    assert table(events) == {
        "Prosecutor General": 149,
        "Roskomnadzor on a decision of the Prosecutor General": 8,
        "court or authorised body": 155,
        "of them court only": 63,
        "Roszdravnadzor": 89,
        "Federal Tax Service": 23,
    }
    largest = Order.objects.annotate(n=Count("events")).order_by("-n").first()
    assert largest.number == "27-31-2015/Ид831-15"
    assert largest.dated_earliest.isoformat() == "2015-03-12"
    assert (
        largest.n
        == events.filter(sources__quote__contains="от 12.03.2015 № 27-31-2015/Ид831-15").count()
        > 40
    )
    assert Order.objects.exclude(suspect="").count() == 2
    second = take_in(file)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 839)
    assert BlockEvent.objects.count() == 424


@pytest.mark.shared_data
def test_pages_of_people_are_read_too(shared_data: Path) -> None:
    summary = take_in(shared_data / "vk" / "RU_people_inscope.dev.csv")
    assert (summary.rows, summary.created, summary.errors) == (6, 6, ())
    assert set(Page.objects.values_list("kind", "group__kind")) == {("profile", "person")}
    assert set(BlockEvent.objects.values_list("authority__kind", flat=True)) == {"prosecutor"}


def test_an_event_says_who_decided_who_passed_it_on_and_where_it_was_read(tmp_path: Path) -> None:
    file = tmp_path / "pages.csv"
    file.write_text(HEADER + f"ru,река,https://vk.com/public17,Река,{PASSED_ON}\n", encoding="utf-8")
    assert take_in(file).created == 1
    event = BlockEvent.objects.get()
    assert (event.authority.kind, event.authority.country) == ("prosecutor", "RU")
    assert event.transmitted_by.name == "Роскомнадзор"
    assert (event.group.name, event.page.url, event.page.title) == ("Река", "https://vk.com/public17", "Река")
    assert operations.interval(event, "blocked").iso == "2014-03-04"
    assert event.cited_reason_status == "not_known"
    order = event.orders.get()
    assert (order.number, order.authority) == ("27-27-2014", event.authority)
    source = event.sources.get()
    assert (source.kind, source.publisher, source.quote) == ("dataset", "Citizen Lab", PASSED_ON)


def test_searches_that_found_one_page_are_one_event_and_one_title_on_two_pages_is_two_groups(
    tmp_path: Path,
) -> None:
    rows = [
        f"ru,a,https://vk.com/club1,Река,{PROSECUTOR}",
        f"uk,b,https://m.vk.com/public1,Река,{PROSECUTOR}",
        f"uk,b,https://vk.com/club2,Река,{PROSECUTOR}",
    ]
    file = tmp_path / "pages.csv"
    file.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    summary = take_in(file)
    assert (summary.created, summary.updated, summary.unchanged) == (2, 0, 1)
    assert (Group.objects.count(), Order.objects.count()) == (2, 1)


def test_the_platforms_own_rules_name_the_platform(tmp_path: Path) -> None:
    notice = "Материал заблокирован на территории РФ на основании нарушения правил сайта"
    file = tmp_path / "pages.csv"
    file.write_text(HEADER + f"ru,a,https://vk.com/id5,Имя,{notice}\n", encoding="utf-8")
    assert take_in(file).errors == ()
    event = BlockEvent.objects.get()
    assert (event.authority.name, event.authority.kind) == ("VK", "platform")
    assert event.reason_category == "platform_rules"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (f"ru,a,https://t.me/river,Река,{PROSECUTOR}", "url"),
        (f"ru,a,,Река,{PROSECUTOR}", "url"),
        ("ru,a,https://vk.com/club1,Река,", "error"),
        ("ru,a,https://vk.com/club1,Река,Access to this video has been restricted by its creator", "error"),
    ],
)
def test_a_row_that_is_no_block_on_vk_is_named(tmp_path: Path, row: str, field: str) -> None:
    file = tmp_path / "pages.csv"
    file.write_text(HEADER + f"ru,a,https://vk.com/club9,Река,{PROSECUTOR}\n{row}\n", encoding="utf-8")
    summary = take_in(file)
    assert [(problem.row, problem.field) for problem in summary.errors] == [(3, field)]
    assert not BlockEvent.objects.exists()
