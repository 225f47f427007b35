"""Groups, pages, platforms, authorities, orders: visible only through a published event."""

from __future__ import annotations

from typing import Any

import pytest

from tests.events.api.conftest import World, ids

LISTS = ("groups/", "pages/", "authorities/", "orders/")


@pytest.mark.parametrize("path", LISTS)
def test_nothing_is_visible_without_a_published_event(world: World, get: Any, client: Any, path: str) -> None:
    office = world.authority()
    order = world.order(authority=office)
    draft = world.draft(status="blocked", authority=office, orders=(order,))
    assert ids(get(path)) == []
    known = {"groups/": draft.group, "pages/": draft.page, "authorities/": office, "orders/": order}
    assert client.get(f"/api/v1/{path}{known[path].public_id}/").status_code == 404


def test_presences_that_are_not_blocked_are_visible_with_their_group(world: World, get: Any) -> None:
    group = world.group(also=("Совет матерей и жён",))
    channel = world.page(
        group, url="https://t.example/SOVETMATERI", platform=world.platform("telegram"), note="Open."
    )
    world.event(group=group)
    told = get(f"groups/{group.public_id}/")
    assert [page["id"] for page in told["pages"]] == [channel.public_id]
    assert told["pages"][0]["platform"]["id"] == "telegram"
    assert told["names"][0]["name"] == "Совет матерей и жён"
    assert get(f"pages/{channel.public_id}/")["events"] == []


def test_a_page_tells_its_status_and_its_published_events(world: World, get: Any) -> None:
    event = world.event(status="blocked")
    world.draft(group=event.group, page=event.page)
    told = get(f"pages/{event.page.public_id}/")
    assert [row["id"] for row in told["events"]] == [event.public_id]
    assert told["status"][0]["state"] == "blocked"
    assert told["address"] == event.page.url


@pytest.mark.parametrize("role", ["authority", "transmitted_by"])
def test_an_authority_is_visible_by_deciding_or_transmitting(world: World, get: Any, role: str) -> None:
    office = world.authority()
    values: dict[str, Any] = {role: office}
    world.event(**values)
    assert ids(get("authorities/")) == [office.public_id]


def test_an_authority_is_visible_by_its_order_and_so_are_those_above_it(world: World, get: Any) -> None:
    top = world.authority("Ministry")
    middle = world.authority("Regional directorate", parent=top)
    office = world.authority("District office", parent=middle)
    world.authority("Another office", parent=top)
    world.event(orders=(world.order(authority=office),))
    assert set(ids(get("authorities/"))) == {top.public_id, middle.public_id, office.public_id}
    told = get(f"authorities/{office.public_id}/")
    assert get(told["parent"]["url"])["id"] == middle.public_id


def test_platforms_are_known_by_their_word(world: World, get: Any) -> None:
    world.platform("vk", name="VKontakte")
    assert get("platforms/vk/")["name"] == "VKontakte"
    assert ids(get("platforms/")) == ["vk"]


def test_events_of_a_thing_are_behind_its_link(world: World, get: Any) -> None:
    office = world.authority()
    order = world.order(authority=office)
    event = world.event(authority=office, orders=(order,))
    world.event()
    for path in (
        f"groups/{event.group.public_id}/",
        f"authorities/{office.public_id}/",
        f"orders/{order.public_id}/",
    ):
        assert ids(get(get(path)["events_url"])) == [event.public_id], path
    assert len(ids(get(get("platforms/vk/")["events_url"]))) == 2


@pytest.mark.parametrize(
    ("path", "queries"), [("groups/", 3), ("pages/", 3), ("authorities/", 2), ("orders/", 1)]
)
def test_lists_take_as_many_queries_for_many_as_for_one(
    world: World, get: Any, django_assert_num_queries: Any, path: str, queries: int
) -> None:
    for _ in range(2):
        for _ in range(10):
            world.full_event(group=world.group(also=("Иное имя",)))
        with django_assert_num_queries(queries):
            assert ids(get(path))


def test_every_list_is_paged_by_cursor(world: World, get: Any) -> None:
    for number in range(3):
        event = world.full_event(group=world.group(f"Same name {number % 2}"))
        world.measurement(event.watch)
        world.change(event.watch)
        world.event(authority=world.authority(f"Office {number}"))
        world.platform(f"p{number}")
    for path in (*LISTS, "events/", "platforms/", "measurements/", "status-changes/", "rules/"):
        whole, single = get(path, page_size=500), []
        answer = get(path, page_size=1)
        single += answer["results"]
        while answer["next"]:
            answer = get(answer["next"])
            single += answer["results"]
        assert len(whole["results"]) >= 3, path
        assert single == whole["results"], path
