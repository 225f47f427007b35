"""Our own columns in CSV and JSON Lines, through the command as it is typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from events import operations
from events.dates import ImpreciseDate
from events.models import Authority, BlockEvent, Group, ImportBatch, Order, Page
from tests.make import NOW, make_event, make_page
from tracker.models import Watch

pytestmark = pytest.mark.django_db

FULL = {
    "platform": "vk",
    "url": "https://vk.com/club123",
    "group": "Совет",
    "group_kind": "community",
    "authority": "Генеральная прокуратура",
    "authority_country": "RU",
    "transmitted_by": "Роскомнадзор",
    "order_number": "27-31-2022/Ид1",
    "order_date": "2022-11-26",
    "law": "149-ФЗ",
    "blocked_on": "2022-11-27",
    "cited_reason": "призывы",
    "reason_category": "protest",
    "restriction": "withheld",
    "territory": "ru",
    "source_url": "https://news.example/1",
    "source_title": "Report",
    "source_published": "2022-11",
    "language": "ru",
    "notes": "seen by a friend",
}


def write_csv(path: Path, *rows: dict[str, str]) -> Path:
    header = list(dict.fromkeys(name for row in rows for name in row))
    lines = [header, *([row.get(name, "") for name in header] for row in rows)]
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    file = path / "events.csv"
    file.write_text("\n".join(quoted) + "\n", encoding="utf-8")
    return file


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[dict[str, Any], int]:
    """The summary of the last file, and the exit code."""
    code = 0
    try:
        call_command("import_events", "--json", *map(str, arguments))
    except SystemExit as stop:
        code = int(stop.code or 0)
    return json.loads(capsys.readouterr().out.splitlines()[-1]), code


def test_every_column_reaches_the_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    summary, code = run(capsys, write_csv(tmp_path, FULL))
    assert code == 0
    assert {key: summary[key] for key in ("format", "rows", "created", "errors")} == {
        "format": "csv",
        "rows": 1,
        "created": 1,
        "errors": [],
    }
    event = BlockEvent.objects.get()
    assert (event.page.canonical_url, event.group.name, event.group.kind) == (
        "https://vk.com/club123",
        "Совет",
        "community",
    )
    assert (event.authority.name, event.authority.country) == ("Генеральная прокуратура", "RU")
    assert event.transmitted_by.name == "Роскомнадзор"
    order = event.orders.get()
    assert (order.number, order.dated_earliest.isoformat(), order.law) == (
        "27-31-2022/Ид1",
        "2022-11-26",
        "149-ФЗ",
    )
    assert operations.interval(event, "blocked").iso == "2022-11-27"
    assert (event.cited_reason_status, event.cited_reason, event.cited_reason_language) == (
        "given",
        "призывы",
        "ru",
    )
    assert (event.restriction, event.territory, event.reason_category) == ("withheld", "RU", "protest")
    assert event.internal_notes == "seen by a friend"
    source = event.sources.get()
    assert (source.url, operations.interval(source, "published").iso) == ("https://news.example/1", "2022-11")
    assert event.batch.public_id == summary["batch"]
    assert event.watch is not None


def test_summary_has_the_keys_of_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    summary, _ = run(capsys, write_csv(tmp_path, FULL))
    keys = "file format rows created updated unchanged closed reopened errors batch"
    assert list(summary) == keys.split()


def test_own_rows_become_drafts_unless_publishing_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, write_csv(tmp_path, FULL))
    assert BlockEvent.objects.get().publication == "draft"
    other = FULL | {"url": "https://vk.com/club124"}
    sourceless = {"platform": "vk", "group": "No source"}
    run(capsys, "--publish", write_csv(tmp_path, other, sourceless))
    assert [event.publication for event in BlockEvent.objects.order_by("id")] == [
        "draft",
        "published",
        "draft",
    ]


def test_the_same_file_twice_creates_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        FULL,
        {"platform": "ok", "group": "Only a name"},
        {
            "platform": "telegram",
            "url": "https://t.me/somewhere",
            "blocked_on": "2023",
            "order_date": "2023-01-02",
        },
        {"platform": "x", "group": "Титул", "external_id": "row-4", "cited_reason": "none given"},
        {"platform": "tiktok", "group": "Back", "blocked_on": "2022-01", "restored_on": "2022-02-01"},
    ]
    file = write_csv(tmp_path, *rows)
    first, _ = run(capsys, file)
    history = BlockEvent.history.count()
    second, _ = run(capsys, file)
    assert (first["created"], first["updated"], first["unchanged"]) == (5, 0, 0)
    assert (second["created"], second["updated"], second["unchanged"]) == (0, 0, 5)
    assert BlockEvent.history.count() == history
    assert (Order.objects.count(), Group.objects.count(), Authority.objects.count()) == (2, 5, 2)


def test_one_block_told_in_two_ways_is_one_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elsewhere = FULL | {"url": "https://m.vk.com/club123?from=feed"}
    sourced = FULL | {"source_url": "https://news.example/2"}
    summary, _ = run(capsys, write_csv(tmp_path, FULL, elsewhere, sourced))
    assert (summary["created"], summary["unchanged"], summary["updated"]) == (1, 1, 1)
    assert [source.url[-1] for source in BlockEvent.objects.get().sources.order_by("pk")] == ["1", "2"]


def test_another_order_or_another_date_is_another_event(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other_order = FULL | {
        "order_number": "27-31-2023/Ид2",
        "order_date": "2023-01-10",
        "blocked_on": "2023-01-11",
    }
    unnumbered = {"platform": "vk", "url": FULL["url"], "blocked_on": "2024-05-05"}
    summary, _ = run(capsys, write_csv(tmp_path, FULL, other_order, unnumbered))
    assert summary["created"] == 3
    assert Page.objects.count() == 1


def test_a_second_file_adds_what_is_missing_and_changes_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = {
        name: FULL[name] for name in ("platform", "url", "group", "order_number", "order_date", "restriction")
    }
    run(capsys, write_csv(tmp_path, bare))
    summary, _ = run(capsys, write_csv(tmp_path, FULL | {"restriction": "removed"}))
    assert (summary["created"], summary["updated"]) == (0, 1)
    event = BlockEvent.objects.get()
    assert event.territory == "RU"
    assert event.cited_reason == "призывы"
    assert event.restriction == "withheld"
    assert event.sources.count() == 1


def test_an_external_id_changes_the_row_that_has_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = FULL | {"external_id": "a-1"}
    run(capsys, write_csv(tmp_path, row))
    changed = row | {"restriction": "removed", "blocked_on": "2022-11-28", "order_number": "27-31-2022/Ид9"}
    summary, _ = run(capsys, write_csv(tmp_path, changed | {"cited_reason": "none given", "notes": ""}))
    assert (summary["created"], summary["updated"]) == (0, 1)
    event = BlockEvent.objects.get()
    assert event.restriction == "removed"
    assert operations.interval(event, "blocked").iso == "2022-11-28"
    assert [order.number for order in event.orders.all()] == ["27-31-2022/Ид9"]
    assert (event.cited_reason_status, event.cited_reason) == ("none_given", "")
    assert event.internal_notes == "seen by a friend"  # an empty cell does not speak


def test_an_external_id_is_adopted_by_the_event_that_agrees(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, write_csv(tmp_path, FULL))
    summary, _ = run(capsys, write_csv(tmp_path, FULL | {"external_id": "a-1"}))
    assert (summary["created"], summary["updated"]) == (0, 1)
    assert BlockEvent.objects.get().external_id == "a-1"


def test_restored_on_closes_a_block_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, write_csv(tmp_path, FULL))
    file = write_csv(tmp_path, FULL | {"restored_on": "2023-02"})
    summary, _ = run(capsys, file)
    assert (summary["updated"], summary["closed"]) == (1, 1)
    assert BlockEvent.objects.get().episodes.get().ended_how == "restored"
    again, _ = run(capsys, file)
    assert (again["updated"], again["closed"], again["unchanged"]) == (0, 0, 1)


def test_a_page_that_becomes_known_joins_the_event_that_waits_for_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unknown = FULL | {"url": ""}
    run(capsys, write_csv(tmp_path, unknown))
    assert BlockEvent.objects.get().watch is None
    summary, _ = run(capsys, write_csv(tmp_path, FULL))
    assert (summary["created"], summary["updated"]) == (0, 1)
    assert BlockEvent.objects.get().watch is not None


def test_one_name_on_two_platforms_is_one_group_and_two_pages_on_one_platform_are_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {"platform": "vk", "group": "Meduza", "url": "https://vk.com/meduza"},
        {"platform": "ok", "group": "«MEDUZA»", "url": "https://ok.ru/meduza"},
        {"platform": "vk", "group": "Meduza", "url": "https://vk.com/meduza_fans"},
    ]
    run(capsys, write_csv(tmp_path, *rows))
    first, second, third = BlockEvent.objects.order_by("id")
    assert first.group == second.group
    assert first.group != third.group


def test_a_page_that_is_recorded_keeps_its_group_and_learns_the_new_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = make_page(url=FULL["url"])
    run(capsys, write_csv(tmp_path, FULL))
    assert BlockEvent.objects.get().group == page.group
    assert [row.name for row in page.group.names.all()] == ["Совет"]


def test_without_a_name_a_group_is_called_by_its_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, write_csv(tmp_path, {"platform": "vk", "url": "https://vk.com/public77"}))
    assert Group.objects.get().name == "vk.com/club77"


def test_a_precision_widens_a_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"platform": "vk", "group": "A", "blocked_on": "2022-11-27", "date_precision": "month"}
    run(capsys, write_csv(tmp_path, row))
    assert operations.interval(BlockEvent.objects.get(), "blocked") == ImpreciseDate.parse("2022-11")


def test_a_withdrawn_event_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    event = make_event(page=make_page(url=FULL["url"]), authority=None, blocked="2022-11-27")
    operations.withdraw_event(event=event, by=None, now=NOW, because="a mistake")
    summary, _ = run(capsys, write_csv(tmp_path, FULL))
    assert (summary["created"], summary["unchanged"]) == (0, 1)
    event.refresh_from_db()
    assert (event.publication, event.authority) == ("withdrawn", None)


def test_dry_run_counts_and_stores_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    summary, code = run(capsys, "--dry-run", write_csv(tmp_path, FULL))
    assert (code, summary["created"], summary["batch"]) == (0, 1, None)
    stored = [BlockEvent, Group, Page, Authority, Order, ImportBatch, Watch]
    assert [model.objects.count() for model in stored] == [0] * len(stored)


def test_by_names_who_did_it(tmp_path: Path, capsys: pytest.CaptureFixture[str], researcher: User) -> None:
    run(capsys, "--by", "researcher", write_csv(tmp_path, FULL))
    event = BlockEvent.objects.get()
    assert (event.created_by, event.history.first().history_user) == (researcher, researcher)
    assert event.history.first().history_change_reason == ImportBatch.objects.get().because
    assert ImportBatch.objects.get().by == researcher


def test_an_unknown_user_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nobody"):
        call_command("import_events", "--by", "nobody", str(write_csv(tmp_path, FULL)))


def test_json_lines_hold_the_same_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "events.jsonl"
    rows = [FULL, {"platform": "vk", "group": "A\u2028B", "order_number": 17, "order_date": None}]
    file.write_text("\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    summary, code = run(capsys, file)
    assert (code, summary["format"], summary["rows"], summary["created"]) == (0, "jsonl", 2, 2)
    assert Order.objects.filter(number="17").exists()


def test_good_files_are_stored_beside_a_bad_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = write_csv(tmp_path, FULL)
    bad = tmp_path / "bad.csv"
    bad.write_text("platform,group\nnowhere,A\n", encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        call_command("import_events", "--json", str(bad), str(good))
    assert stop.value.code == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["created"] for line in lines] == [0, 1]


def test_words_instead_of_json_name_the_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("platform,group\nnowhere,A\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("import_events", str(bad))
    said = capsys.readouterr().out
    assert "nothing was stored" in said
    assert "row 2, platform: “nowhere” is not known" in said
