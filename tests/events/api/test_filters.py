"""What each parameter keeps, and that it keeps nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.events.api.conftest import NOW, World, dated, ids


def kept(get: Any, **parameters: Any) -> set[str]:
    return set(ids(get("events/", **parameters)))


def test_an_unknown_parameter_is_named_with_those_that_are_known(world: World, refused: Any) -> None:
    problem = refused("events/", colour="red")
    assert problem["status"] == 400
    (error,) = problem["errors"]
    assert error["parameter"] == "colour"
    assert {"q", "platform", "status", "cursor", "page_size", "ordering", "format"} <= set(error["known"])
    assert "colour" in problem["detail"]


def test_every_value_that_is_not_understood_is_named_at_once(world: World, refused: Any) -> None:
    problem = refused("events/", status="dead", blocked_after="yesterday", territory="RUS")
    assert {error["parameter"] for error in problem["errors"]} == {"status", "blocked_after", "territory"}
    known = {error["parameter"]: error["known"] for error in problem["errors"]}
    assert "likely_blocked" in known["status"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("platform", "myspace"),
        ("group", "000000000000"),
        ("group", "1"),
        ("authority", "nobody"),
        ("authority_country", "Russia"),
        ("order", "no such number"),
        ("restriction", "banned"),
        ("reason_category", "none"),
        ("territory", "ZZ"),
        ("status", "BLOCKED"),
        ("blocked_after", "2022-13"),
        ("blocked_after", "27.11.2022"),
        ("blocked_before", "2022-02-30"),
        ("blocked_before", "0000"),
        ("updated_since", "now"),
        ("updated_since", "0001-01-01T00:00:00+23:59"),
        ("ordering", "name"),
        ("format", "csv2"),
        ("q", "«»"),
        ("q", ""),
    ],
)
def test_an_unknown_value_is_named(world: World, refused: Any, name: str, value: str) -> None:
    problem = refused("events/", **{name: value})
    assert [error["parameter"] for error in problem["errors"]] == [name]


def test_each_filter_keeps_its_own(world: World, get: Any) -> None:
    office = world.authority("Prosecutor General's Office", country="RU")
    agency = world.authority("Access Directorate", country="TR", kind="regulator")
    order = world.order("27-31-2022/Треб1335-22", authority=office)
    wanted = world.event(
        status="blocked",
        authority=office,
        orders=(order,),
        restriction="withheld",
        reason_category="protest",
    )
    other = world.event(
        status="reachable",
        platform=world.platform("youtube"),
        authority=agency,
        territory="TR",
        restriction="removed",
        reason_category="criticism",
    )
    for name, value in {
        "platform": "vk",
        "group": wanted.group.public_id,
        "authority": office.public_id,
        "authority_country": "RU",
        "order": order.public_id,
        "restriction": "withheld",
        "reason_category": "protest",
        "territory": "ru",
        "status": "blocked",
    }.items():
        assert kept(get, **{name: value}) == {wanted.public_id}, name
    assert kept(get) == {wanted.public_id, other.public_id}


def test_a_repeated_parameter_means_or_and_different_ones_mean_and(world: World, get: Any) -> None:
    blocked, down, alive = (world.event(status=state) for state in ("blocked", "down", "reachable"))
    assert kept(get, status=["blocked", "down"]) == {blocked.public_id, down.public_id}
    assert kept(get, status=["blocked", "down"], territory="BY") == set()
    assert alive.public_id in kept(get, territory=["RU", "BY"])


def test_status_is_that_of_the_events_own_territory(world: World, get: Any) -> None:
    event = world.event(status="blocked")
    world.watch(event.page, "DE", status="reachable")
    assert kept(get, status="reachable") == set()
    assert kept(get, status="blocked") == {event.public_id}


def test_the_word_null_keeps_what_is_not_known(world: World, get: Any) -> None:
    unknown = world.event(territory=None)
    known = world.event(status="blocked", authority=world.authority(), reason_category="protest")
    for name in ("authority", "authority_country", "reason_category", "territory", "status"):
        assert kept(get, **{name: "null"}) == {unknown.public_id}, name
    assert kept(get, status=["null", "blocked"]) == {unknown.public_id, known.public_id}


def test_imprecise_dates_are_intervals(world: World, get: Any) -> None:
    day, month, year, unknown = (
        world.event(blocked=text).public_id for text in ("2022-11-27", "2022-11", "2022", None)
    )
    assert kept(get, blocked_after="2022-11-27") == {day, month, year}
    assert kept(get, blocked_after="2022-11-28") == {month, year}
    assert kept(get, blocked_after="2022-12-01") == {year}
    assert kept(get, blocked_before="2022-11-27") == {day, month, year}
    assert kept(get, blocked_before="2022-11-26") == {month, year}
    assert kept(get, blocked_before="2022-10-31") == {year}
    assert kept(get, blocked_after="2022-11", blocked_before="2022-11") == {day, month, year}
    assert unknown not in kept(get, blocked_before="9999")
    assert unknown not in kept(get, blocked_after="0001")


def test_updated_since_includes_its_moment_and_reads_offsets(world: World, get: Any) -> None:
    event = world.event(updated_at=NOW)
    for text in (
        "2026-03-12T14:02:00Z",
        "2026-03-12T17:02:00+03:00",
        "2026-03-12T17:02:00 03:00",
        "2026-03-12",
    ):
        assert kept(get, updated_since=text) == {event.public_id}, text
    assert kept(get, updated_since=(NOW + timedelta(seconds=1)).isoformat()) == set()


@pytest.mark.parametrize(
    "said",
    [
        "Council of Wives",
        "wives COUNCIL",
        "совет матерей и жён",
        "СОВЕТ МАТЕРЕЙ И ЖЕН",
        "«Совет матерей»",
        "sovetmateri",
        "vk.example/club_sovet",
        "27-31-2022",
        "№ 27-31-2022 / треб1335-22",
    ],
)
def test_a_search_finds_names_aliases_addresses_and_numbers(world: World, get: Any, said: str) -> None:
    group = world.group(also=("Совет матерей и жён",))
    page = world.page(group, url="https://vk.example/club_sovet", handle="SOVETMATERI")
    order = world.order("27-31-2022/Треб1335-22")
    wanted = world.event(group=group, page=page, orders=(order,))
    world.event(group=world.group("Somebody else"))
    assert kept(get, q=said) == {wanted.public_id}


def test_wildcards_are_signs_like_any_other(world: World, get: Any, refused: Any) -> None:
    world.event(group=world.group("Plain"))
    wanted = world.event(group=world.group("100% fair_play"))
    assert kept(get, q="fair_p") == kept(get, q="100%") == {wanted.public_id}
    assert "nothing that could be searched" in refused("events/", q="%")["errors"][0]["detail"]


def test_an_order_is_found_by_its_number_in_any_spelling(world: World, get: Any) -> None:
    wanted = world.event(orders=(world.order("27-31-2022/Треб1335-22"), world.order("5-22")))
    assert kept(get, order="№27-31-2022/ТРЕБ1335-22") == {wanted.public_id}
    assert len(ids(get("events/", order=["27-31-2022/Треб1335-22", "5-22"]))) == 1


def test_values_of_drafts_are_as_unknown_as_if_they_did_not_exist(world: World, refused: Any) -> None:
    office = world.authority("Hidden office")
    draft = world.draft(orders=(world.order("hidden-7", authority=office),), authority=office)
    for name, value in {
        "group": draft.group.public_id,
        "authority": office.public_id,
        "order": "hidden-7",
    }.items():
        assert refused("events/", **{name: value})["errors"][0]["parameter"] == name


def test_format_json_is_accepted_and_repetition_where_one_is_meant_is_not(
    world: World, get: Any, refused: Any
) -> None:
    assert get("events/", format="json")["results"] == []
    for name in ("page_size", "ordering", "cursor"):
        assert refused("events/", **{name: ["5", "6"]})["errors"][0]["parameter"] == name


def test_the_lists_beside_events_have_filters_of_their_own(world: World, get: Any) -> None:
    office = world.authority("Prosecutor General's Office", country="RU")
    group = world.group("Wanted group", also=("Желанная группа",))
    page = world.page(group, handle="wanted")
    order = world.order("77-1", authority=office)
    world.event(group=group, page=page, authority=office, orders=(order,))
    agency = world.authority("Agency", country="TR", kind="regulator")
    elsewhere = world.group("Another")
    unwanted = world.page(elsewhere, platform=world.platform("youtube"))
    world.event(
        group=elsewhere, page=unwanted, authority=agency, orders=(world.order("88-2", authority=agency),)
    )
    expected: dict[str, Any] = {
        "groups/?q=желанная": group,
        "pages/?platform=vk": page,
        f"pages/?group={group.public_id}": page,
        "pages/?q=WANTED": page,
        "authorities/?country=ru": office,
        "authorities/?kind=prosecutor": office,
        "authorities/?q=general": office,
        "orders/?q=77": order,
        f"orders/?authority={office.public_id}": order,
    }
    for path, wanted in expected.items():
        assert ids(get(path)) == [wanted.public_id], path


def test_dates_that_touch_the_edges_of_the_calendar_are_read(world: World, get: Any) -> None:
    event = world.event(**dated("restored", None))
    assert kept(get, blocked_after="0001-01-01", blocked_before="9999-12-31") == {event.public_id}
