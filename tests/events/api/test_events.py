"""Block events as dashboards read them: every key, what is not known, what never leaves."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.events.api.conftest import NOW, World, dated, ids, saved

KEYS = (
    "id url platform group page authority transmitted_by orders restriction territory blocked_on restored_on "
    "cited_reason reason_category sources errata status published_at updated_at"
).split()


def test_an_event_has_every_key_of_the_contract(world: World, get: Any) -> None:
    event = world.full_event()
    told = get(f"events/{event.public_id}/")
    assert set(KEYS) <= set(told)
    assert set(told["blocked_on"]) >= {"date", "precision", "earliest", "latest"}
    assert set(told["cited_reason"]) == {"status", "text", "language", "translation"}
    assert set(told["status"][0]) >= {
        *("territory state mechanism rule_id since last_measured_at measurements vantages".split())
    }


def test_the_list_tells_an_event_as_its_own_address_does(world: World, get: Any) -> None:
    event = world.full_event()
    (listed,) = get("events/")["results"]
    assert listed["id"] == event.public_id
    assert get(listed["url"]) == listed


def test_every_link_of_an_event_leads_somewhere(world: World, get: Any) -> None:
    told = get(f"events/{world.full_event(transmitted_by=world.authority('Roskomnadzor')).public_id}/")
    nested = [told[name] for name in ("platform", "group", "page", "authority", "transmitted_by")]
    for small in [*nested, *told["orders"]]:
        assert get(small["url"])["id"] == small["id"]


def test_an_event_without_a_page_says_that_it_cannot_be_checked(world: World, get: Any) -> None:
    told = get(f"events/{world.event().public_id}/")
    assert told["page"] is None
    assert told["checkable"] is False
    assert told["check_note"] == "The page's address is in none of the sources."
    assert told["status"] == []


def test_a_known_page_that_nobody_watches_is_not_called_checkable(world: World, get: Any) -> None:
    group = world.group()
    event = world.event(group=group, page=world.page(group, watched=False))
    told = get(f"events/{event.public_id}/")
    assert told["checkable"] is False
    assert "nobody looks at it" in told["check_note"]


def test_the_events_own_territory_comes_first(world: World, get: Any) -> None:
    event = world.event(status="blocked")
    for territory in ("AM", "ZA"):
        world.watch(event.page, territory, status="reachable")
    told = get(f"events/{event.public_id}/")
    assert [status["territory"] for status in told["status"]] == ["RU", "AM", "ZA"]
    assert told["checkable"] is True


def test_a_held_watch_says_by_which_rule_no_look_is_made(world: World, get: Any) -> None:
    group = world.group()
    page = world.page(group)
    watch = world.watch(page, held_rule_id="vantage.no_internet", held_since=NOW)
    told = get(f"events/{world.event(group=group, page=page, watch=watch).public_id}/")["status"][0]
    assert told["state"] == "insufficient"
    assert told["rule_id"] == "vantage.no_internet"
    assert told["held"]["rule_id"] == "vantage.no_internet"


def test_a_watch_at_which_nobody_has_looked_has_no_rule(world: World, get: Any) -> None:
    told = get(f"events/{world.event(status='insufficient').public_id}/")["status"][0]
    assert (told["rule_id"], told["since"], told["measurements"]) == (None, None, 0)
    assert told["held"] is None


@pytest.mark.parametrize(
    ("blocked", "date", "earliest", "latest"),
    [
        ("2022-11-27", "2022-11-27", "2022-11-27", "2022-11-27"),
        ("2022-11", "2022-11", "2022-11-01", "2022-11-30"),
        ("2022", "2022", "2022-01-01", "2022-12-31"),
        (None, None, None, None),
    ],
)
def test_a_date_has_as_many_digits_as_are_known(
    world: World, get: Any, blocked: str | None, date: str | None, earliest: str | None, latest: str | None
) -> None:
    told = get(f"events/{world.event(blocked=blocked).public_id}/")["blocked_on"]
    assert (told["date"], told["earliest"], told["latest"]) == (date, earliest, latest)


def test_an_end_is_null_until_it_is_told_and_may_lack_a_date(world: World, get: Any) -> None:
    assert get(f"events/{world.event().public_id}/")["restored_on"] is None
    ended = world.event(**dated("restored", None))
    assert get(f"events/{ended.public_id}/")["restored_on"]["precision"] == "unknown"


def test_no_reason_given_is_told_apart_from_no_reason_known(world: World, get: Any) -> None:
    for status in ("none_given", "not_known"):
        told = get(f"events/{world.event(cited_reason_status=status).public_id}/")["cited_reason"]
        assert told == {"status": status, "text": None, "language": None, "translation": None}


def test_drafts_are_not_found(world: World, client: Any, get: Any) -> None:
    draft = world.draft()
    assert client.get(f"/api/v1/events/{draft.public_id}/").status_code == 404
    assert ids(get("events/")) == []


def test_a_withdrawn_event_is_gone_and_says_why(world: World, client: Any, get: Any) -> None:
    event = world.event(publication="withdrawn", withdrawn_at=NOW, withdrawn_because="It was a hoax.")
    answer = client.get(f"/api/v1/events/{event.public_id}/")
    assert answer.status_code == 410
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "Gone"
    assert "It was a hoax." in answer.json()["detail"]
    assert ids(get("events/")) == []


def test_what_is_internal_never_leaves(world: World, client: Any, researcher: Any) -> None:
    group = world.group(internal_notes="hidden-1")
    event = world.full_event(
        group=group, internal_notes="hidden-2", external_id="hidden-3", created_by=researcher
    )
    world.measurement(event.watch)
    world.change(event.watch)
    lists = "events groups pages platforms authorities orders measurements status-changes"
    for path in lists.split():
        text = client.get(f"/api/v1/{path}/").content.decode()
        assert "hidden" not in text
        assert "researcher" not in text
        assert "127.0.0.53" not in text


def test_no_sequential_id_is_in_any_answer(world: World, client: Any) -> None:
    """Rows are given internal ids that no other number could be mistaken for."""
    base = 918_273_000
    group = saved_with(world.group(), base)
    platform = saved_with(world.platform("telegram"), base)
    event = world.full_event(group=group, platform=platform, id=base + 1)
    for path in (f"events/{event.public_id}/", "events/?page_size=1", "groups/", "pages/"):
        assert str(base)[:6] not in client.get(f"/api/v1/{path}").content.decode()


def saved_with(row: Any, key: int) -> Any:
    row.pk = key
    row.public_id = row.public_id[::-1] if hasattr(row, "public_id") else None
    if hasattr(row, "key"):
        row.key = "ok"
    return saved(row)


def test_one_event_and_fifty_cost_the_same_number_of_queries(
    world: World, get: Any, django_assert_num_queries: Any
) -> None:
    world.full_event()
    with django_assert_num_queries(7):
        get("events/")
    for _ in range(49):
        world.full_event()
    with django_assert_num_queries(7):
        assert len(get("events/")["results"]) == 50


def test_one_event_costs_as_many_queries_as_a_list(
    world: World, get: Any, django_assert_num_queries: Any
) -> None:
    event = world.full_event()
    with django_assert_num_queries(7):
        get(f"events/{event.public_id}/")


def test_names_in_any_script_travel_unharmed(world: World, get: Any) -> None:
    names = ["Совет матерей и жён", "مجلس الأمهات", "母親會", "Ça & <b>là</b> \u200f‮"]
    for name in names:
        world.event(group=world.group(name))
    told = {row["group"]["name"] for row in get("events/")["results"]}
    assert told == set(names)
    assert json.dumps(sorted(told))
