"""The export of a list: what its filters leave, for whoever sees it, and such that it can be imported again."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group as AccountGroup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from events import operations
from events.importing import Choices, import_file
from tests import make
from tests.make import NOW

LIST = reverse("admin:events_blockevent_changelist")


def exported(client: Client, file_format: str = "csv", **listed: str) -> str:
    answer: Any = client.get(reverse("admin:events_blockevent_export", args=[file_format]), listed)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="events.{file_format}"'
    return b"".join(answer.streaming_content).decode()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_what_the_filters_leave_is_exported_from_every_page_and_comes_back_unchanged(
    desk: Client, tmp_path: Path
) -> None:
    for number in range(3):
        make.make_event(territory="TR", external_id=f"t-{number}")
    make.make_event(territory="RU", external_id="r")
    text = exported(desk, territory="TR", p="2")
    assert [row["external_id"] for row in rows(text)] == ["t-0", "t-1", "t-2"]
    (tmp_path / "events.csv").write_text(text, encoding="utf-8")
    summary = import_file(tmp_path / "events.csv", Choices(by=None, now=NOW))
    assert (summary.errors, summary.created, summary.updated, summary.unchanged) == ((), 0, 0, 3)
    lines = [json.loads(line) for line in exported(desk, "jsonl", territory="TR").splitlines()]
    assert [line["external_id"] for line in lines] == ["t-0", "t-1", "t-2"]
    assert "export/csv/?territory=TR" in desk.get(LIST, {"territory": "TR"}).content.decode()


def test_no_cell_begins_as_a_formula_does(desk: Client) -> None:
    page = make.make_page(group=make.make_group(name="=HYPERLINK(1)"))
    make.make_event(page=page)
    assert rows(exported(desk))[0]["group"] == "'=HYPERLINK(1)"


def test_a_contributor_exports_neither_the_drafts_of_others_nor_internal_notes(
    client: Client, db: None
) -> None:
    operations.ensure_roles()
    contributor = User.objects.create_user("contributor", is_staff=True)
    contributor.groups.add(AccountGroup.objects.get(name="contributor"))
    make.make_event(external_id="seen", internal_notes="Called them.")
    make.make_event(publish=False, external_id="hidden")
    client.force_login(contributor)
    text = exported(client)
    assert [row["external_id"] for row in rows(text)] == ["seen"]
    assert "Called them." not in text


@pytest.mark.parametrize("wrong", ["xml", "exe"])
def test_another_format_is_not_found(desk: Client, wrong: str) -> None:
    assert desk.get(reverse("admin:events_blockevent_export", args=[wrong])).status_code == 404
