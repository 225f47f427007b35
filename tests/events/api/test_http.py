"""How the API behaves as a thing on the web: methods, origins, caches, problems, documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from tests.events.api.conftest import World, dated

COMMITTED = Path(__file__).resolve().parents[3] / "docs" / "openapi.yaml"


def test_the_committed_schema_is_what_the_views_say(tmp_path: Path) -> None:
    fresh = tmp_path / "openapi.yaml"
    call_command("spectacular", file=str(fresh), validate=True, fail_on_warn=True)
    assert fresh.read_text() == COMMITTED.read_text(), (
        "docs/openapi.yaml is old: run manage.py spectacular --file docs/openapi.yaml"
    )


def test_the_schema_is_valid_and_served_as_committed(client: Any) -> None:
    committed = yaml.safe_load(COMMITTED.read_text())
    validate(committed)
    assert committed["openapi"] == "3.1.1"
    for query in ({}, {"format": "json"}):
        answer = client.get("/api/v1/schema/", query, headers={"accept-language": "ru"})
        assert yaml.safe_load(answer.content) == committed


def test_every_address_in_the_schema_documents_its_problems() -> None:
    for path, methods in yaml.safe_load(COMMITTED.read_text())["paths"].items():
        assert set(methods) == {"get"}
        codes = set(methods["get"]["responses"])
        assert {"200", "400"} <= codes
        assert ("404" in codes) == path.endswith("{id}/")
        assert ("410" in codes) == (path == "/api/v1/events/{id}/")


def test_what_is_answered_is_what_the_schema_says(world: World, get: Any, client: Any) -> None:
    """Every answer validates against the schema, closed: a key that is not in the schema would be an error."""
    event = world.full_event()
    world.event(territory=None, blocked=None, **dated("restored", None))
    world.change(event.watch, verdict=world.measurement(event.watch).verdicts.get())
    document = yaml.safe_load(COMMITTED.read_text())
    for schema in document["components"]["schemas"].values():
        if schema["type"] == "object":
            schema["additionalProperties"] = False
    paths = {path.removeprefix("/api/v1/"): path for path in document["paths"] if "{" not in path}
    for path, pointer in paths.items():
        answer = get(path, **({"axis_x": "month", "axis_y": "status"} if path == "stats/" else {}))
        told = document["paths"][pointer]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        OAS31Validator({**told, "components": document["components"]}).validate(answer)
    problem = {"$ref": "#/components/schemas/Problem", "components": document["components"]}
    for path in ("events/?x=1", "events/nosuch/"):
        OAS31Validator(problem).validate(client.get(f"/api/v1/{path}").json())


@pytest.mark.parametrize("path", ["nosuch/", "events/nosuch/", "events/%00/", "platforms/%F0%9F/", "a/b/c/"])
def test_what_is_not_there_is_a_problem_and_not_a_page(world: World, client: Any, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_an_address_without_its_slash_leads_to_the_one_with_it(world: World, client: Any) -> None:
    answer = client.get("/api/v1/events?status=blocked")
    assert answer.status_code == 301
    assert answer["Location"] == "/api/v1/events/?status=blocked"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(world: World, client: Any, method: str) -> None:
    for path in ("events/", f"events/{world.event().public_id}/", "stats/"):
        answer = getattr(client, method)(f"/api/v1/{path}", "{}", content_type="application/json")
        assert answer.status_code == 405
        assert answer["Content-Type"] == "application/problem+json"
        assert "GET" in answer["Allow"]


def test_every_origin_may_read(world: World, client: Any) -> None:
    for path in ("", "events/", "events/nosuch/", "nosuch/", "labels/", "schema/", "stats/"):
        assert client.get(f"/api/v1/{path}")["Access-Control-Allow-Origin"] == "*", path
    asked = client.options("/api/v1/events/")
    assert asked.status_code == 204
    assert "GET" in asked["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in asked


def test_answers_may_be_kept_a_minute_and_problems_not_at_all(world: World, client: Any) -> None:
    assert client.get("/api/v1/events/")["Cache-Control"] == "public, max-age=60"
    assert client.get("/api/v1/events/?x=1")["Cache-Control"] == "no-store"
    assert "Cookie" not in client.get("/api/v1/events/").get("Vary", "")
    assert not client.get("/api/v1/events/").cookies


def test_a_head_request_has_no_body(world: World, client: Any) -> None:
    answer = client.head("/api/v1/events/")
    assert answer.status_code == 200
    assert answer.content == b""


def test_what_cannot_be_negotiated_is_a_problem(world: World, client: Any) -> None:
    answer = client.get("/api/v1/events/", headers={"accept": "image/png"})
    assert answer.status_code == 406
    assert answer.json()["title"] == "Not Acceptable"


def test_a_browsers_own_request_is_answered_in_json(world: World, client: Any) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = client.get("/api/v1/events/", headers={"accept": accept})
    assert answer["Content-Type"] == "application/json"
    json.loads(answer.content)


def test_the_documentation_loads_nothing_from_elsewhere(world: World, client: Any) -> None:
    page = client.get("/api/v1/docs/")
    assert "style-src 'self' 'unsafe-inline'" in page["Content-Security-Policy"]
    assert "script-src 'self';" in page["Content-Security-Policy"]
    text = page.content.decode()
    assert "http://" not in text.replace("http://testserver", "")
    assert "https://" not in text
    assert "'unsafe-inline'" not in client.get("/api/v1/events/")["Content-Security-Policy"]
