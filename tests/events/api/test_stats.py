"""Counts for charts: by the database, with what is not known said as null."""

from __future__ import annotations

from typing import Any

import pytest

from events.api.stats import AXES
from tests.events.api.conftest import World


def cells(answer: Any) -> dict[Any, int]:
    return {
        (row["x"], row.get("y")) if answer["axis_y"] else row["x"]: row["count"] for row in answer["results"]
    }


@pytest.mark.parametrize(
    ("axis", "expected"),
    [
        ("day", {"2022-11-27": 1, None: 3}),
        ("month", {"2022-11": 2, None: 2}),
        ("year", {"2022": 3, None: 1}),
    ],
)
def test_an_imprecise_date_counts_only_where_it_is_known(
    world: World, get: Any, axis: str, expected: dict[str | None, int]
) -> None:
    for blocked in ("2022-11-27", "2022-11", "2022", None):
        world.event(blocked=blocked)
    answer = get("stats/", axis_x=axis)
    assert cells(answer) == expected
    assert answer["total"] == 4


def test_an_interval_over_the_turn_of_a_month_is_in_neither(world: World, get: Any) -> None:
    event = world.event()
    event.blocked_earliest, event.blocked_latest = "2022-11-30", "2022-12-01"
    event.save()
    assert cells(get("stats/", axis_x="month")) == {None: 1}
    assert cells(get("stats/", axis_x="year")) == {"2022": 1}


def test_two_axes_cross_with_labels(world: World, get: Any) -> None:
    office = world.authority()
    for blocked in ("2022-11-27", "2022-11", "2022-12"):
        world.event(blocked=blocked, authority=office)
    world.event(blocked="2022-12")
    answer = get("stats/", axis_x="month", axis_y="authority")
    assert answer["results"] == [
        {"x": "2022-11", "y": office.public_id, "y_label": office.name, "count": 2},
        {"x": "2022-12", "y": office.public_id, "y_label": office.name, "count": 1},
        {"x": "2022-12", "y": None, "y_label": None, "count": 1},
    ]


@pytest.mark.parametrize("axis", sorted(AXES))
def test_every_axis_counts_every_event_once(world: World, get: Any, axis: str) -> None:
    world.full_event(reason_category="protest")
    world.event(territory=None, blocked=None)
    world.draft()
    answer = get("stats/", axis_x=axis)
    assert answer["total"] == 2
    assert sum(row["count"] for row in answer["results"]) == 2
    expected = 1 if axis in {"platform", "restriction"} else 2
    assert len(answer["results"]) == expected


def test_a_count_equals_the_list_behind_it(world: World, get: Any) -> None:
    for status in ("blocked", "blocked", "reachable", None):
        world.event(status=status)
    for row in get("stats/", axis_x="status")["results"]:
        listed = get("events/", status="null" if row["x"] is None else row["x"])["results"]
        assert len(listed) == row["count"]


def test_filters_narrow_the_count_and_are_repeated_in_the_answer(world: World, get: Any) -> None:
    world.event(status="blocked", orders=(world.order("1-1"), world.order("1-2")))
    world.event(status="reachable")
    answer = get("stats/", axis_x="status", status=["blocked", "down"], q="1-")
    assert answer["filters"] == {"status": ["blocked", "down"], "q": ["1-"]}
    assert cells(answer) == {"blocked": 1}


def test_status_is_told_in_words(world: World, get: Any) -> None:
    world.event(status="blocked")
    (row,) = get("stats/", axis_x="status")["results"]
    assert (row["x"], row["x_label"]) == ("blocked", "Still blocked")


def test_a_code_that_is_no_country_is_counted_without_a_label(world: World, get: Any) -> None:
    world.event(territory="SU", authority=world.authority("Old office", country="QQ"))
    assert get("stats/", axis_x="territory")["results"] == [{"x": "SU", "x_label": None, "count": 1}]
    assert get("stats/", axis_x="authority_country")["results"][0]["x_label"] is None


def test_nothing_to_count_is_an_empty_answer(world: World, get: Any) -> None:
    assert get("stats/", axis_x="month", axis_y="authority")["results"] == []


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({}, "axis_x"),
        ({"axis_x": "weekday"}, "axis_x"),
        ({"axis_x": "month", "axis_y": "name"}, "axis_y"),
        ({"axis_x": "month", "axis_y": "month"}, "axis_y"),
        ({"axis_x": ["month", "year"]}, "axis_x"),
        ({"axis_x": "month", "page_size": "5"}, "page_size"),
        ({"axis_x": "month", "ordering": "blocked_on"}, "ordering"),
        ({"axis_x": "month", "status": "dead"}, "status"),
        ({"axis_x": "", "axis_y": ""}, "axis_x"),
    ],
)
def test_what_cannot_be_counted_is_named(world: World, refused: Any, parameters: Any, named: str) -> None:
    assert named in {error["parameter"] for error in refused("stats/", **parameters)["errors"]}


def test_counting_takes_one_query(world: World, get: Any, django_assert_num_queries: Any) -> None:
    world.full_event()
    with django_assert_num_queries(1):
        get("stats/", axis_x="month", axis_y="status")
    with django_assert_num_queries(2):  # the authorities that a word names are looked up first
        get("stats/", axis_x="month", axis_y="status", q="council")
