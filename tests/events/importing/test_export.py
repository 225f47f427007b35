"""What is exported comes back exactly, and no spreadsheet takes a cell of it for a formula."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import operations
from events.dates import ImpreciseDate, Precision
from events.importing import Choices, export, import_file
from events.importing.columns import COLUMNS
from events.importing.formulas import formula_problem, marked, unmarked
from events.importing.reading import OVERRIDES
from events.importing.told import Row
from events.models import BlockEvent, Group, Page
from tests.events.importing.test_own_columns import FULL
from tests.make import NOW, make_authority, make_event, make_group, make_page

pytestmark = pytest.mark.django_db
_STARTS = re.compile("[=+\\-@\t\r\n＝＋－＠]")


def take_in(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    summary = import_file(file, Choices(by=None, now=NOW))
    assert summary.errors == ()


def exported(path: Path, *arguments: str) -> list[dict[str, str]]:
    call_command("export_events", "--out", str(path), *arguments)
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_column_goes_out_as_it_came(tmp_path: Path) -> None:
    row = FULL | {"external_id": "a-1", "restored_on": "2023-02", "territory": "RU"}
    take_in(tmp_path, [row])
    (out,) = exported(tmp_path / "out.csv")
    assert list(out) == COLUMNS
    assert {name: cell for name, cell in out.items() if cell} == row
    assert exported(tmp_path / "out.jsonl", "--format", "jsonl") == [
        {name: row[name] for name in COLUMNS if name in row}
    ]


TEXT = st.text(
    st.one_of(
        st.sampled_from("=+-@'\t\n\r\"',;|!(＝＋－＠"),
        st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="".join(OVERRIDES)),
    ),
    min_size=1,
    max_size=40,
).map(str.strip)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXT.filter(bool), min_size=1, max_size=4, unique=True))
def test_any_text_comes_back_exactly(tmp_path: Path, texts: list[str]) -> None:
    clear()
    rows = [
        {
            "platform": "vk",
            "group": f"Group {n}",
            "cited_reason": text,
            "notes": text,
            "external_id": f"row {n}",
        }
        for n, text in enumerate(texts)
    ]
    take_in(tmp_path, rows)
    out = exported(tmp_path / "out.csv")
    assert not [cell for row in out for cell in row.values() if _STARTS.match(cell)]
    again = import_file(tmp_path / "out.csv", Choices(by=None, now=NOW))
    assert (again.errors, again.unchanged) == ((), len(rows))
    clear()
    assert import_file(tmp_path / "out.csv", Choices(by=None, now=NOW)).created == len(rows)
    assert exported(tmp_path / "again.csv") == out
    stored = BlockEvent.objects.order_by("pk").values_list(
        "cited_reason", "internal_notes", "cited_reason_status"
    )
    for (reason, notes, status), text in zip(stored, texts, strict=True):
        assert notes == text
        assert (reason, status) in ((text, "given"), ("", "none_given"))


def clear() -> None:
    for event in BlockEvent.objects.all():
        operations.remove(event, by=None, now=NOW)
    for model in (Page, Group):
        for row in model.objects.all():
            operations.remove(row, by=None, now=NOW)


@given(TEXT)
def test_a_mark_is_taken_off_as_it_was_put_on(text: str) -> None:
    cell = marked(text)
    assert not _STARTS.match(cell)
    assert formula_problem(2, "notes", cell) is None
    assert unmarked(Row(2, {"notes": cell})) == Row(2, {"notes": text})


def test_dates_go_out_only_as_far_as_they_are_known(tmp_path: Path) -> None:
    for first, last in ((3, 3), (3, 5)):
        when = ImpreciseDate(date(2022, 11, first), date(2022, 11, last), Precision.DAY)
        event = operations.record_event(
            group=make_group(), platform=make_page().platform, blocked=when, by=None, now=NOW
        )
        assert event.blocked_precision == "day"
    when = ImpreciseDate(date(2022, 12, 30), date(2023, 1, 2), Precision.DAY)
    record(when)
    assert [row["blocked_on"] for row in exported(tmp_path / "out.csv")] == ["2022-11-03", "2022-11", ""]


def record(when: ImpreciseDate) -> None:
    platform = make_page().platform
    operations.record_event(group=make_group(), platform=platform, blocked=when, by=None, now=NOW)


def test_a_body_of_another_country_has_no_place(tmp_path: Path) -> None:
    make_event(authority=make_authority(country="RU"), transmitted_by=make_authority(country="KZ"))
    (row,) = exported(tmp_path / "out.csv")
    assert (row["authority_country"], row["transmitted_by"]) == ("RU", "")


def test_what_may_be_given_away_has_no_drafts_and_no_notes(tmp_path: Path) -> None:
    make_event(internal_notes="whom we asked")
    make_event(publish=False)
    assert [row["notes"] for row in exported(tmp_path / "out.csv")] == ["whom we asked", ""]
    assert [row["notes"] for row in exported(tmp_path / "out.csv", "--published")] == [""]


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_event()
    out = tmp_path / "out.csv"
    call_command("export_events", "--out", str(out))
    before = out.read_bytes()
    assert out.stat().st_mode & 0o077 == 0
    call_command("export_events")
    assert capsys.readouterr().out.encode() == before

    def fails(*_: Any, **__: Any) -> Any:
        yield "half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "as_csv", fails)
    with pytest.raises(CommandError, match="No space left"):
        call_command("export_events", "--out", str(out))
    assert out.read_bytes() == before
    assert list(tmp_path.iterdir()) == [out]


def test_rows_are_streamed(django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "AT_ONCE", 2)
    for _ in range(5):
        make_event()
    lines = export.as_csv(BlockEvent.objects.order_by("pk"), with_notes=False)
    with django_assert_max_num_queries(3):  # the first portion, its orders, its sources
        assert next(lines).startswith("platform,url,group")
        assert "vk.com" in next(lines)
