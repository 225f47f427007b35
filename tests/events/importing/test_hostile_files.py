"""Malformed and hostile files: nothing is stored, and every bad row is named."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from events.importing import Choices, Summary, import_file, reading
from events.models import Authority, BlockEvent, Group, ImportBatch, Page
from tests.make import NOW
from tracker.models import Watch

pytestmark = pytest.mark.django_db


def take_in(tmp_path: Path, content: bytes | str, name: str = "events.csv", **choices: Any) -> Summary:
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    summary = import_file(file, Choices(by=None, now=NOW, **choices))
    if summary.errors:
        for model in (BlockEvent, Group, Page, Authority, ImportBatch, Watch):
            assert not model.objects.exists(), model
    return summary


def places(summary: Summary) -> list[tuple[int | None, str | None]]:
    return [(problem.row, problem.field) for problem in summary.errors]


@pytest.mark.parametrize(
    ("cells", "field", "said"),
    [
        ({"platform": ""}, "platform", "required"),
        ({"platform": "myspace"}, "platform", "write one of: vk"),
        ({"group": ""}, "group", "Give “group” or “url”"),
        ({"group": "\u200b\u200e"}, "group", "no visible character"),
        ({"group": "x" * 301}, "group", "the limit is 300"),
        ({"group": "\ufdfa" * 300}, "group", "ligatures"),
        ({"group_kind": "gang"}, "group_kind", "community"),
        ({"url": "not an address"}, "url", "Give "),
        ({"url": "http://127.0.0.1/admin"}, "url", "Give "),
        ({"url": "http://10.0.0.1/"}, "url", "Give "),
        ({"url": "javascript:alert(1)"}, "url", "http"),
        ({"url": "https://vk.com@t.me/a"}, "url", "user name"),
        ({"url": "https://t.me/somebody"}, "url", "“telegram”"),
        ({"authority_country": "RU"}, "authority_country", "needs an “authority”"),
        ({"authority": "A", "authority_country": "UK"}, "authority_country", "such as GB"),
        ({"territory": "Russia"}, "territory", "ISO 3166"),
        ({"blocked_on": "27.11.2022"}, "blocked_on", "write 2022-11-27"),
        ({"blocked_on": "2022-02-30"}, "blocked_on", "not a day"),
        ({"blocked_on": "0000-01-01"}, "blocked_on", "not a day"),
        ({"blocked_on": "1022-01-01"}, "blocked_on", "before there were pages"),
        ({"blocked_on": "2031-01-01"}, "blocked_on", "not come yet"),
        ({"blocked_on": "２０２２-11-27"}, "blocked_on", "write 2022-11-27"),
        ({"blocked_on": "2022", "date_precision": "day"}, "date_precision", "says day"),
        ({"blocked_on": "2022", "date_precision": "unknown"}, "date_precision", "says unknown"),
        ({"date_precision": "day"}, "date_precision", "is empty"),
        ({"date_precision": "circa"}, "date_precision", "day, month, year"),
        ({"blocked_on": "2022-05-01", "restored_on": "2022-04-30"}, "restored_on", "before the block"),
        ({"order_date": "yesterday"}, "order_date", "not a date"),
        ({"law": "149-ФЗ"}, "law", "order_number"),
        ({"restriction": "gone"}, "restriction", "withheld"),
        ({"reason_category": "bad"}, "reason_category", "extremism"),
        ({"source_url": "ftp://news.example/"}, "source_url", "http"),
        ({"source_published": "2022"}, "source_published", "needs a source"),
        ({"language": "po-russki, please"}, "language", "16"),
        ({"language": "русский"}, "language", "BCP 47"),
        ({"external_id": "x" * 201}, "external_id", "200"),
        ({"notes": "a\x00b"}, "notes", "NUL"),
    ],
)
def test_a_bad_cell_is_named_with_its_row_and_field(
    tmp_path: Path, cells: dict[str, str], field: str, said: str
) -> None:
    row = {"platform": "vk", "group": "A"} | cells
    good = {"platform": "vk", "group": "Good"}
    text = "\n".join(json.dumps(line) for line in (good, row, good | {"group": "Also good"}))
    summary = take_in(tmp_path, text, "events.jsonl")
    assert places(summary) == [(2, field)]
    assert said in summary.errors[0].message


def test_every_bad_row_is_named_not_the_first_only(tmp_path: Path) -> None:
    summary = take_in(tmp_path, "platform,group,territory\nvk,A,RU\nvk,,RU\n\nvk,B,Mars\nnone,C,Moon\n")
    assert places(summary) == [(3, "group"), (5, "territory"), (6, "platform"), (6, "territory")]
    assert summary.rows == 4


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    """A line break inside quotation marks is no new row, and an empty line is one."""
    summary = take_in(tmp_path, 'platform,group,notes\r\nvk,A,"one\r\ntwo\r\nthree"\r\n\r\nvk,B,\r\nvk,,\r\n')
    assert places(summary) == [(5, "group")]


@pytest.mark.parametrize(
    "column", ["status", "published_at", "created_by", "publication", "id", "Platform", "=1+1"]
)
def test_an_unknown_column_is_refused_by_name(tmp_path: Path, column: str) -> None:
    summary = take_in(tmp_path, f"platform,group,{column}\nvk,A,published\n")
    assert places(summary) == [(1, column)]
    assert column in summary.errors[0].message
    assert "external_id" in summary.errors[0].message
    in_json = take_in(tmp_path, json.dumps({"platform": "vk", "group": "A", column: "x"}), "events.jsonl")
    assert places(in_json) == [(1, column)]


def test_required_columns_are_asked_for(tmp_path: Path) -> None:
    assert places(take_in(tmp_path, "notes\nx\n")) == [(1, "platform"), (1, "group")]


def test_a_column_twice_or_without_a_name_is_refused(tmp_path: Path) -> None:
    assert places(take_in(tmp_path, "platform,group,group\nvk,A,B\n")) == [(1, "group")]
    assert places(take_in(tmp_path, "platform,group,\nvk,A,B\n")) == [(1, None)]


def test_ragged_rows_are_named(tmp_path: Path) -> None:
    summary = take_in(tmp_path, "platform,group\nvk\nvk,A\nvk,A,B\n")
    assert places(summary) == [(2, None), (4, None)]
    assert "3 cells, and the header has 2" in summary.errors[1].message


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", " \n"])
@pytest.mark.parametrize("name", ["events.csv", "events.jsonl"])
def test_an_empty_file_is_an_error(tmp_path: Path, content: str, name: str) -> None:
    summary = take_in(tmp_path, content, name)
    assert "empty" in summary.errors[0].message


def test_a_header_alone_is_a_file_without_rows(tmp_path: Path) -> None:
    summary = take_in(tmp_path, "platform,group\n")
    assert (summary.rows, summary.created, summary.errors) == (0, 0, ())


def test_unbalanced_quotation_marks_stop_at_their_row(tmp_path: Path) -> None:
    assert places(take_in(tmp_path, 'platform,group\nvk,A\nvk,"B\nvk,C\n')) == [(3, None)]
    assert places(take_in(tmp_path, 'platform,group\nvk,"B"C\nvk,C\n')) == [(2, None)]


def test_bytes_of_another_encoding_are_named_row_by_row(tmp_path: Path) -> None:
    text = "platform,group\nvk,Abc\nvk,Совет\nvk,Матери\n"
    summary = take_in(tmp_path, text.encode("windows-1251"))
    assert places(summary) == [(3, "group"), (4, "group")]
    assert "not UTF-8 (bytes 0xD1" in summary.errors[0].message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_spreadsheets_of_any_country_are_read(tmp_path: Path, encoding: str, mark: str) -> None:
    text = f"platform{mark}group\r\nvk{mark}Совет жён и матерей\r\n"
    assert take_in(tmp_path, text.encode(encoding)).errors == ()
    assert Group.objects.get().name == "Совет жён и матерей"


def test_half_a_utf16_file_and_a_workbook_are_refused(tmp_path: Path) -> None:
    assert "UTF-16" in take_in(tmp_path, "platform,group\nvk,A\n".encode("utf-16")[:-1]).errors[0].message
    assert "workbook" in take_in(tmp_path, b"PK\x03\x04rest").errors[0].message


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[1]", "object"),
        ('"text"', "object"),
        ('{"platform": "vk", "group": ["A"]}', "must be text"),
        ('{"platform": "vk", "group": true}', "must be text"),
        ('{"platform": "vk", "group": NaN}', "not JSON"),
        ('{"platform": "vk", "platform": "ok", "group": "A"}', "twice"),
        ('{"platform": "vk", "group": "\\ud800"}', "surrogate"),
        ("[" * 100_000, "nested"),
        ('{"platform": "vk", "group": ' + "9" * 5000 + "}", ""),
    ],
)
def test_a_broken_record_is_named(tmp_path: Path, line: str, said: str) -> None:
    good, other = (json.dumps({"platform": "vk", "group": name}) for name in "AB")
    summary = take_in(tmp_path, f"{good}\n{line}\n{other}\n", "events.jsonl")
    assert [problem.row for problem in summary.errors] == [2]
    assert said in summary.errors[0].message


def test_limits_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = take_in(tmp_path, "platform,group\nvk," + "x" * (reading.MAX_CELL + 1) + "\n")
    assert places(huge) == [(2, "group")]
    vast = take_in(tmp_path, "platform,group\nvk," + "x" * 200_000 + "\n")
    assert places(vast) == [(2, None)]
    monkeypatch.setattr(reading, "MAX_ROWS", 2)
    many = take_in(tmp_path, "platform,group\nvk,A\nvk,B\nvk,C\nvk,D\n")
    assert ["more than 2 rows" in problem.message for problem in many.errors] == [True]
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    assert "MB" in take_in(tmp_path, "platform,group\nvk,A\n").errors[0].message


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.csv", Path("/dev/zero")):
        summary = import_file(path, Choices(by=None, now=NOW))
        assert "no such file" in summary.errors[0].message


def test_a_row_that_contradicts_what_is_recorded_undoes_the_file(tmp_path: Path) -> None:
    text = (
        "platform,group,url,external_id,blocked_on,restored_on\n"
        "vk,A,https://vk.com/club1,a,2022-05-01,\n"
        "vk,B,https://vk.com/club2,b,2022-05-01,\n"
        "ok,C,,c,,\n"
    )
    assert take_in(tmp_path, text).errors == ()
    history = BlockEvent.history.count()
    changed = (
        "platform,group,url,external_id,blocked_on,restored_on\n"
        "vk,A,https://vk.com/club2,a,,\n"
        "vk,B,,b,,2022-01-01\n"
        "vk,C,,c,,\n"
        "vk,D,https://vk.com/club4,d,,\n"
    )
    (tmp_path / "changed.csv").write_text(changed, encoding="utf-8")
    summary = import_file(tmp_path / "changed.csv", Choices(by=None, now=NOW))
    assert [problem.row for problem in summary.errors] == [2, 3, 4]
    assert "belongs to “B”" in summary.errors[0].message
    assert "before the block" in summary.errors[1].message
    assert "recorded as a block on Odnoklassniki" in summary.errors[2].message
    assert (BlockEvent.objects.count(), BlockEvent.history.count()) == (3, history)


def test_rows_that_are_repeated_are_named(tmp_path: Path) -> None:
    summary = take_in(tmp_path, "platform,group\nvk,A\nvk,B\nvk, A\n")
    assert places(summary) == [(4, None)]
    assert "row 2" in summary.errors[0].message
    text = "platform,group,external_id\nvk,A,x\nvk,B,x\nvk,C,y\n"
    assert places(take_in(tmp_path, text)) == [(3, "external_id")]


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        " =A1",
        "＝A1",
        "+SUM(A1)",
        "-cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        '=HYPERLINK("x")',
    ],
)
def test_a_formula_is_asked_about(tmp_path: Path, cell: str) -> None:
    quoted = cell.replace('"', '""')
    summary = take_in(tmp_path, f'platform,group\nvk,A\nvk,"{quoted}"\n')
    assert places(summary) == [(3, "group")]
    assert "apostrophe" in summary.errors[0].message
    assert take_in(tmp_path, f'platform,group\nvk,"\'{quoted.strip()}"\n').errors == ()
    assert Group.objects.get().name == cell.strip()


@pytest.mark.parametrize("name", ["-ВСЕМ-", "+100500", "@durov", "'Abd al-Rahman", "- 5"])
def test_a_name_that_is_no_formula_is_stored_as_typed(tmp_path: Path, name: str) -> None:
    assert take_in(tmp_path, f"platform,group\nvk,{name}\n").errors == ()
    assert Group.objects.get().name == name


@pytest.mark.parametrize("character", sorted(reading.OVERRIDES))
def test_text_that_reads_otherwise_than_it_is_written_is_refused(tmp_path: Path, character: str) -> None:
    assert places(take_in(tmp_path, f"platform,group\nvk,A\nvk,Б{character}gnp.exe\n")) == [(3, "group")]


def test_marks_and_isolates_of_direction_are_text(tmp_path: Path) -> None:
    name = "\u2067قناة\u2069 VK\u200f"
    assert take_in(tmp_path, f"platform,group\nvk,{name}\n").errors == ()
    assert Group.objects.get().name == name


@pytest.mark.parametrize(
    "host", ["vк.com", "аpple.com", "раураl.com", "googlе.com", "аррӏе.com", "exampΙe.org", "ｖк.com"]
)
def test_a_host_that_looks_like_another_is_refused(tmp_path: Path, host: str) -> None:
    text = f"platform,group,url,source_url\nweb,A,https://news.example/a,\nweb,B,https://{host}/a,\n"
    assert places(take_in(tmp_path, text)) == [(3, "url")]
    source = f"platform,group,source_url\nvk,A,https://{host}/a\n"
    assert places(take_in(tmp_path, source)) == [(2, "source_url")]


@pytest.mark.parametrize(
    "host", ["пример.рф", "bücher.example", "例え.jp", "xn--80ak6aa92e.com", "почта.рус"]
)
def test_a_host_in_its_own_script_is_an_address(tmp_path: Path, host: str) -> None:
    assert take_in(tmp_path, f"platform,group,url\nweb,A,https://{host}/a\n").errors == ()


def test_the_wrong_header_for_the_asked_format_is_refused(tmp_path: Path) -> None:
    summary = take_in(tmp_path, "platform,group\nvk,A\n", format="citizenlab-vk")
    assert places(summary) == [(1, None)]


def test_no_mutilated_file_raises_or_is_half_stored(tmp_path: Path) -> None:
    dice = random.Random(20221127)
    good = (
        "platform,group,url,authority,authority_country,order_number,order_date,blocked_on,cited_reason,language\r\n"
        'vk,Совет,https://vk.com/club1,Прокуратура,RU,27-31/Ид1,2022-11-26,2022-11-27,"none ""given""",ru\r\n'
        "telegram,Канал,https://t.me/channel,,,,,2022-11,,\r\n"
    ).encode()
    for _ in range(300):
        summary = take_in(tmp_path, _mutilated(good, dice), dry_run=True)
        assert not BlockEvent.objects.exists()
        assert summary.errors or summary.created + summary.updated + summary.unchanged == summary.rows


def _mutilated(content: bytes, dice: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(changed))
        match dice.randrange(4):
            case 0:
                changed[place] = dice.randrange(256)
            case 1:
                del changed[place : place + dice.randint(1, 20)]
            case 2:
                changed[place:place] = dice.choice([b'"', b",", b"\n", b"\r", b"\x00", b"\xff", b"'", b";"])
            case _:
                changed[place:place] = changed[place : place + 10]
    return bytes(changed)
