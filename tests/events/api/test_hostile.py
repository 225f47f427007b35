"""Whatever a stranger sends: an answer or a problem that says what is wrong, never a failure of ours."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.api.filters import EVENTS
from events.api.stats import AXES
from tests.events.api.conftest import World

HOSTILE = [
    "\x00",
    "a\x00b",
    "%00",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "\u202e\u0000",
    "' OR 1=1 --",
    '"; DROP TABLE events_blockevent; --',
    "a" * 201,
    "a" * 100_000,
    "%" * 200,
    "\\" * 200,
    "[" * 150,
    "٣٤٥٦",
    "９９９９-１２-３１",
    "-1",
    "1e309",
    "NaN",
    "99999999999999999999",
    "0000-00-00",
    "9999-12-31T23:59:59.999999-23:59",
    "0001-01-01T00:00:00+14:00",
    "2022-11-27T25:00:00",
    "2022-W48-7",
    "20221127",
    "<script>alert(1)</script>",
    "{}",
    "null",
    "true",
    "\r\nSet-Cookie: a=b",
    " ",
    "ﷺ" * 200,
    "İ" * 200,
    "ß" * 200,
]
NAMES = [each.name for each in EVENTS] + ["cursor", "page_size", "ordering", "format", "unknown"]


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_value_is_an_answer_or_a_problem(world: World, client: Any, name: str) -> None:
    world.full_event()
    for value in HOSTILE:
        answer = client.get("/api/v1/events/", {name: value})
        assert answer.status_code in {200, 400}, (value[:40], answer.status_code)
        if answer.status_code == 400:
            assert answer["Content-Type"] == "application/problem+json"
            (error,) = answer.json()["errors"]
            assert error["parameter"] == name
            assert len(answer.content) < 4_000
        assert "\x00" not in json.dumps(answer.json(), ensure_ascii=False)


def test_a_hostile_name_is_a_problem_and_is_not_repeated_at_length(world: World, client: Any) -> None:
    for value in HOSTILE:
        answer = client.get("/api/v1/events/", {value: "x"})
        assert answer.status_code == 400
        assert len(answer.content) < 4_000


@pytest.mark.parametrize(
    "path", ["events", "groups", "pages", "platforms", "authorities", "orders", "measurements"]
)
def test_a_hostile_id_is_not_found(world: World, client: Any, path: str) -> None:
    for value in HOSTILE:
        answer = client.get(f"/api/v1/{path}/{quote(value[:2000], safe='')}/")
        assert answer.status_code == 404, value[:40]
        assert answer["Content-Type"] == "application/problem+json"


def test_values_of_every_other_list_are_guarded_too(world: World, client: Any) -> None:
    lists = {
        "groups": "q",
        "pages": "q platform group kind",
        "authorities": "q country kind",
        "orders": "q authority",
        "measurements": "event page territory role vantage state since until",
        "status-changes": "event page territory new old since until",
        "stats": "axis_x axis_y",
        "rules": "cursor page_size",
    }
    for path, names in lists.items():
        for name in names.split():
            for value in HOSTILE[::3]:
                answer = client.get(f"/api/v1/{path}/", {name: value})
                assert answer.status_code in {200, 400}, (path, name, value[:40])


def test_the_documents_are_guarded_too(world: World, client: Any) -> None:
    for value in HOSTILE:
        for path, name in (
            ("docs", "lang"),
            ("docs", "script"),
            ("docs", "version"),
            ("schema", "format"),
            ("", "q"),
        ):
            answer = client.get(f"/api/v1/{path}/".replace("//", "/"), {name: value})
            assert answer.status_code in {200, 400}, (path, name, value[:40])
            if path == "docs":  # a page and a script; a problem may repeat the value, being JSON
                assert "<script>alert" not in answer.content.decode()


def test_a_thousand_repetitions_are_refused(world: World, client: Any) -> None:
    for name in ("status", "q", "group"):
        answer = client.get("/api/v1/events/", {name: ["blocked"] * 1000})
        assert answer.status_code == 400


def test_fifty_searches_at_once_are_answered(world: World, client: Any) -> None:
    """The most that is allowed must not be more than the database can take."""
    world.full_event()
    said = [" ".join(f"w{n}{m}" for m in range(12)) for n in range(50)]
    assert client.get("/api/v1/events/", {"q": said}).status_code in {200, 400}


GOOD = {
    "platform": ["vk"],
    "status": ["blocked", "null"],
    "territory": ["RU", "null"],
    "blocked_after": ["2022", "2022-11"],
    "blocked_before": ["2022-11-27"],
    "updated_since": ["2026-01-01T00:00:00Z"],
    "ordering": ["-blocked_on", "updated_at"],
    "page_size": ["1", "500"],
    "axis_x": list(AXES),
    "axis_y": list(AXES),
}
value = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="0123456789-:T.+Z ", max_size=30),
    st.sampled_from(HOSTILE),
    st.datetimes().map(str),
    st.dates().map(str),
)
pairs = st.lists(
    st.sampled_from([*NAMES, "axis_x", "axis_y"]).flatmap(
        lambda name: st.tuples(st.just(name), st.one_of(value, st.sampled_from(GOOD.get(name, ["x"]))))
    ),
    max_size=4,
)


@settings(
    max_examples=500,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(asked=pairs, path=st.sampled_from(["events", "events", "stats"]))
def test_no_query_string_makes_the_server_fail(world: World, client: Any, asked: Any, path: str) -> None:
    parameters: dict[str, list[str]] = {}
    for name, text in asked:
        parameters.setdefault(name, []).append(text.encode("utf-8", "replace").decode())
    answer = client.get(f"/api/v1/{path}/", parameters)
    assert answer.status_code in {200, 400}
    if answer.status_code == 400:
        assert answer.json()["errors"]
