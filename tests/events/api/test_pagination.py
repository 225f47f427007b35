"""Every row exactly once, whatever shares its date and whatever is added meanwhile."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings

from events.api import visible
from events.api.pagination import Cursor, in_order
from events.api.views.events import EventList
from events.models import BlockEvent
from tests.events.api.conftest import NOW, World, dated, ids

SCOPE = "events.api.views.events.EventList"


def walk(get: Any, path: str, link: str = "next", **parameters: Any) -> list[list[str]]:
    answer = get(path, **parameters)
    pages = [ids(answer)]
    while answer[link]:
        answer = get(answer[link])
        pages.append(ids(answer))
        assert len(pages) < 200, "the cursor goes round in circles"
    return pages


def test_every_event_of_one_date_comes_once(world: World, get: Any) -> None:
    world.many_events(1200)
    found = [each for page in walk(get, "events/", page_size=100) for each in page]
    assert len(found) == 1200
    assert len(set(found)) == 1200


@pytest.mark.parametrize("ordering", sorted(EventList.orderings))
def test_each_ordering_gives_every_event_once_there_and_back(world: World, get: Any, ordering: str) -> None:
    for blocked in ("2022-11-27", "2022-11", "2022", None):
        world.many_events(3, **dated("blocked", blocked))
    forth = walk(get, "events/", page_size=5, ordering=ordering)
    assert sorted(map(len, forth)) == [2, 5, 5]
    last = get("events/", page_size=5, ordering=ordering)
    while last["next"]:
        last = get(last["next"])
    back = [ids(last)]
    while last["previous"]:
        last = get(last["previous"])
        back.insert(0, ids(last))
    assert back == forth


def test_the_newest_block_comes_first_and_unknown_dates_last(world: World, get: Any) -> None:
    unknown, old, new = (world.event(blocked=day).public_id for day in (None, "2014", "2022-11"))
    assert ids(get("events/")) == [new, old, unknown]
    assert ids(get("events/", ordering="blocked_on")) == [unknown, old, new]


def test_the_first_page_leads_nowhere_back_and_the_last_nowhere_on(world: World, get: Any) -> None:
    world.many_events(3)
    first = get("events/", page_size=2)
    assert first["previous"] is None
    second = get(first["next"])
    assert second["next"] is None
    again = get(second["previous"])
    assert again["previous"] is None
    assert again["results"] == first["results"]


def test_rows_that_are_added_or_lost_meanwhile_disturb_no_other(world: World, get: Any) -> None:
    world.many_events(10)
    first = get("events/", page_size=5)
    world.event(blocked="2023")
    world.event(blocked="2022-11-27")
    row = world.event(blocked="2021")
    rest = get(first["next"])
    assert not set(ids(first)) & set(ids(rest))
    assert row.public_id in [each for page in walk(get, first["next"]) for each in page]


def test_the_row_beside_which_a_page_begins_may_vanish(world: World, get: Any) -> None:
    world.many_events(6)
    first = get("events/", page_size=3)
    BlockEvent.objects.get(public_id=ids(first)[-1]).delete()
    assert len(ids(get(first["next"]))) == 3


def test_an_emptied_page_still_leads_back(world: World, get: Any) -> None:
    world.many_events(4)
    first = get("events/", page_size=3)
    for event in BlockEvent.objects.exclude(public_id__in=ids(first)):
        event.delete()
    emptied = get(first["next"])
    assert emptied["results"] == []
    assert emptied["next"] is None
    assert get(emptied["previous"])["results"]


def test_a_cursor_keeps_the_filters_beside_it(world: World, get: Any) -> None:
    world.many_events(3)
    world.many_events(3, territory="BY")
    found = [each for page in walk(get, "events/", page_size=2, territory="BY") for each in page]
    assert len(found) == 3


def test_a_cursor_is_bound_to_its_ordering(world: World, get: Any, client: Any) -> None:
    world.many_events(3)
    link = get("events/", page_size=2)["next"]
    answer = client.get(link + "&ordering=updated_at")
    assert answer.status_code == 400
    assert "-blocked_on" in answer.json()["detail"]


def test_a_cursor_is_bound_to_its_list(world: World, get: Any, refused: Any) -> None:
    cursor = Cursor("-started_at", NOW.isoformat(), 1).seal(SCOPE)
    assert refused("measurements/", cursor=cursor)["errors"][0]["parameter"] == "cursor"


def test_a_cursor_reveals_no_internal_id() -> None:
    sealed = Cursor("-blocked_on", "2022-11-27", 918273645).seal(SCOPE)
    raw = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    assert b"918273645" not in raw
    assert b"blocked_on" not in raw
    assert Cursor.open(sealed, SCOPE).id == 918273645


def test_a_cursor_of_the_key_before_still_opens() -> None:
    with override_settings(SECRET_KEY="the key before"):
        sealed = Cursor("-blocked_on", "2022-11-27", 7).seal(SCOPE)
    with override_settings(SECRET_KEY="the key of today", SECRET_KEY_FALLBACKS=["the key before"]):
        assert Cursor.open(sealed, SCOPE).id == 7
    with override_settings(SECRET_KEY="the key of today"), pytest.raises(ValueError):
        Cursor.open(sealed, SCOPE)


@pytest.mark.parametrize(
    "cursor", ["x", "", "AAAA", "é", "=" * 50, "a" * 3000, "gAAAAA", "\x00", "..", "null"]
)
def test_a_cursor_that_was_not_given_out_is_refused(world: World, refused: Any, cursor: str) -> None:
    assert refused("events/", cursor=cursor)["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize("size", ["0", "-1", "501", "1e2", "", " 5", "٣", "2.0", "9" * 5000, "x\x00"])
def test_a_page_size_out_of_range_is_refused(world: World, refused: Any, size: str) -> None:
    assert refused("events/", page_size=size)["errors"][0]["parameter"] == "page_size"


def test_page_size_goes_to_five_hundred_and_defaults_to_a_hundred(world: World, get: Any) -> None:
    world.many_events(501)
    assert len(get("events/", page_size=500)["results"]) == 500
    assert len(get("events/")["results"]) == 100


@pytest.mark.parametrize("cursor", [None, Cursor("-blocked_on", "2022-11-27", 5)])
def test_the_default_order_is_read_from_its_index(world: World, cursor: Cursor | None) -> None:
    world.many_events(50)
    if connection.vendor == "postgresql":  # with so few rows it would rather read them all
        with connection.cursor() as session:
            session.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    plan = in_order(visible.events(), EventList.orderings["-blocked_on"], cursor)[:10].explain()
    assert "event_newest_block" in plan
    assert "TEMP B-TREE" not in plan
