"""XLSX: what a workbook says is taken exactly, and what cannot be known is asked about."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import operations
from events.importing import Choices, Summary, import_file, packages, reading, workbook
from events.models import BlockEvent, Group
from tests.events.importing.workbooks import cells, packed, parts, saved, sheet, written
from tests.make import NOW

pytestmark = pytest.mark.django_db

HEADER = ["platform", "group", "url", "order_number", "order_date", "blocked_on", "notes"]
ROW = [
    "vk",
    "Совет",
    "https://vk.com/club1",
    "27-31-2022/Ид1",
    date(2022, 11, 26),
    date(2022, 11, 27),
    "note",
]


def take_in(tmp_path: Path, content: bytes, **choices: Any) -> Summary:
    file = tmp_path / "events.xlsx"
    file.write_bytes(content)
    summary = import_file(file, Choices(by=None, now=NOW, **choices))
    assert not summary.errors or not BlockEvent.objects.exists()
    return summary


def said(summary: Summary) -> str:
    assert len(summary.errors) == 1, summary.errors
    return summary.errors[0].message


def test_a_workbook_holds_the_same_columns(tmp_path: Path) -> None:
    summary = take_in(tmp_path, written([HEADER, ROW]))
    assert (summary.format, summary.rows, summary.created, summary.errors) == ("xlsx", 1, 1, ())
    event = BlockEvent.objects.get()
    assert (event.group.name, event.page.canonical_url) == ("Совет", "https://vk.com/club1")
    assert operations.interval(event, "blocked").iso == "2022-11-27"
    assert event.orders.get().dated_earliest == date(2022, 11, 26)
    again = take_in(tmp_path, written([HEADER, ROW]))
    assert (again.created, again.unchanged) == (0, 1)


def test_rows_are_numbered_as_the_sheet_shows_them(tmp_path: Path) -> None:
    rows = [HEADER, ["vk", "A"], [], ["nowhere", "B"], ["vk", "C"], ["vk"]]
    summary = take_in(tmp_path, written(rows))
    assert [(problem.row, problem.field) for problem in summary.errors] == [(4, "platform"), (6, "group")]


@pytest.mark.parametrize(
    ("value", "field", "sentence"),
    [
        ("=1+1", "group", "formula"),
        ('=HYPERLINK("https://a.example")', "notes", "formula"),
        (True, "notes", "true or false"),
        (datetime(2022, 11, 27, 14, 2), "blocked_on", "time of day"),  # noqa: DTZ001 as sheets do
        (date(2022, 3, 12), "order_number", "format it as text"),
        (31.1, "order_number", "only nearly"),
        (1234567890123456789, "order_number", "only nearly"),
        (44892, "blocked_on", "not a date"),
        ("30.02.2022", "blocked_on", "write 2022-11-27"),
        ("\u202egnp.exe", "notes", "U+202E"),
    ],
)
def test_a_cell_that_is_not_what_it_seems_is_named(
    tmp_path: Path, value: Any, field: str, sentence: str
) -> None:
    row = list(ROW)
    row[HEADER.index(field)] = value
    summary = take_in(tmp_path, written([HEADER, ROW, row]))
    assert [(problem.row, problem.field) for problem in summary.errors] == [(3, field)]
    assert sentence in said(summary)


def test_numbers_and_dates_of_either_count_are_exact(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 as openpyxl wants it
    book.active.append(["platform", "group", "order_number", "order_date", "blocked_on"])
    book.active.append(["vk", 2022, 17, date(2022, 2, 28), 2022])
    assert take_in(tmp_path, saved(book)).errors == ()
    event = BlockEvent.objects.get()
    assert (event.group.name, event.orders.get().number) == ("2022", "17")
    assert event.orders.get().dated_earliest == date(2022, 2, 28)
    assert operations.interval(event, "blocked").iso == "2022"


def test_a_date_in_a_format_of_ones_own_is_a_date(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["platform", "group", "blocked_on"])
    book.active.append(["vk", "A", date(2022, 2, 28)])
    book.active["C2"].number_format = 'dd"th of" mmmm yyyy'
    assert take_in(tmp_path, saved(book)).errors == ()
    assert operations.interval(BlockEvent.objects.get(), "blocked").iso == "2022-02-28"


def test_text_that_only_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["platform", "group"])
    book.active.append(["vk", "placeholder"])
    book.active["B2"].value, book.active["B2"].data_type = "=A1", "s"
    assert take_in(tmp_path, saved(book)).errors == ()
    assert Group.objects.get().name == "=A1"


def test_rich_text_loses_its_looks_and_phonetic_readings(tmp_path: Path) -> None:
    rich = (
        '<row r="1"><c t="inlineStr"><is><t>platform</t></is></c><c t="inlineStr"><is><t>group</t></is></c></row>'
        '<row r="2"><c t="inlineStr"><is><t>vk</t></is></c><c t="s"><v>0</v></c></row>'
    )
    strings = "<sst><si><r><t>東</t></r><r><b/><t>京_x0041_</t></r><rPh><t>トウキョウ</t></rPh></si></sst>"
    assert take_in(tmp_path, packed(parts(sheet(rich), **{"xl/sharedStrings.xml": strings}))).errors == ()
    assert Group.objects.get().name == "東京A"


def test_several_sheets_or_merged_cells_are_asked_about(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Empty")
    book.active.append(["platform", "group"])
    book.active.append(["vk", "A"])
    assert take_in(tmp_path, saved(book), dry_run=True).errors == ()
    book["Empty"]["D7"] = "notes to self"
    assert "“Empty”" in said(take_in(tmp_path, saved(book)))
    del book["Empty"]
    book.active.merge_cells("A2:A3")
    assert "merged" in said(take_in(tmp_path, saved(book)))


def test_a_cell_outside_the_header_and_a_header_lower_down_are_named(tmp_path: Path) -> None:
    summary = take_in(tmp_path, written([["platform", "group"], ["vk", "A", None, "stray"]]))
    assert [problem.row for problem in summary.errors] == [2]
    assert "4 cells, and the header has 2" in said(summary)
    assert "first row" in said(take_in(tmp_path, written([[], ["platform", "group"], ["vk", "A"]])))
    assert "not known" in said(
        take_in(tmp_path, written([["platform", "group", "status"], ["vk", "A", "b"]]))
    )


def test_an_empty_workbook_and_a_header_alone(tmp_path: Path) -> None:
    assert "empty" in said(take_in(tmp_path, written([])))
    summary = take_in(tmp_path, written([["platform", "group"]]))
    assert (summary.rows, summary.errors) == (0, ())


OUTSIDE = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x"><sst/>'
GOOD = sheet(cells(1, "platform", "group") + cells(2, "vk", "A"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04rest", "damaged"),
        (b"PK\x05\x06" + bytes(18), "no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        (packed({"readme.txt": "an archive"}), "no workbook"),
        (packed(parts(GOOD, **{"xl/vbaProject.bin": "x"})), "macros"),
        (packed(parts(GOOD, **{"xl/externalLinks/externalLink1.xml": "<a/>"})), "other files"),
        (packed(parts("<worksheet><sheetData><row r='1'>")), "well-formed"),
        (packed(parts(f'<!DOCTYPE a [<!ENTITY b "c">]>{GOOD}')), "entities"),
        (
            packed(
                parts(GOOD, **{"xl/sharedStrings.xml": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x"><sst/>'})
            ),
            "entities",
        ),
        (packed(parts(sheet(cells(2, "platform") + cells(1, "vk")))), "in order"),
        (packed(parts(sheet('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'))), "twice"),
        (packed(parts(sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>'))), "beyond column"),
        (packed(parts(sheet('<row r="1"><c t="s"><v>9</v></c></row>'))), "missing"),
        (packed(parts(sheet('<c t="n"><v>9</v></c>'))), "in no row"),
        (packed({f"xl/{number}.xml": "" for number in range(1001)}), "more parts"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_workbook_that_no_spreadsheet_writes_is_refused(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    assert sentence in said(take_in(tmp_path, content, format="xlsx"))


def test_a_damaged_or_cut_package_is_refused(tmp_path: Path) -> None:
    whole = written([HEADER, ROW])
    for place in range(60, len(whole), 97):
        damaged = whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]
        summary = take_in(tmp_path, damaged, dry_run=True)
        assert summary.errors or summary.rows == 1
    for place in range(10, len(whole), 211):
        assert take_in(tmp_path, whole[:place]).errors


def test_bounds_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swollen = packed(parts(sheet(cells(1, "platform", "group") + cells(2, "vk", " " * 1_000_000))))
    monkeypatch.setattr(packages, "MAX_UNPACKED", 900_000)
    assert "unpacks to more than" in said(take_in(tmp_path, swollen))
    monkeypatch.undo()
    monkeypatch.setattr(packages, "MAX_ELEMENTS", 10)
    assert "more cells" in said(take_in(tmp_path, packed(parts(GOOD))))
    monkeypatch.undo()
    monkeypatch.setattr(workbook, "MAX_TEXT", 5)
    rows = cells(1, "platform", "group") + "".join(cells(2 + n, "vk", f"A{n}") for n in range(3))
    assert "more text" in said(take_in(tmp_path, packed(parts(sheet(rows)))))
    monkeypatch.undo()
    monkeypatch.setattr(reading, "MAX_ROWS", 2)
    assert "more than 2 rows" in said(take_in(tmp_path, packed(parts(sheet(rows)))))


def test_a_size_that_is_not_true_does_not_help(tmp_path: Path) -> None:
    """A part that says that it is small, and is not, is cut where it said and fails its check."""
    content = bytearray(packed(parts(GOOD)))
    name = b"xl/worksheets/sheet1.xml"
    place = content.rfind(name) - 46
    content[place + 24 : place + 28] = (40).to_bytes(4, "little")
    assert "damaged" in said(take_in(tmp_path, bytes(content)))


def test_a_workbook_under_the_name_of_another_format_is_refused(tmp_path: Path) -> None:
    for format in ("csv", "jsonl", "citizenlab-vk"):
        assert "workbook" in said(take_in(tmp_path, written([HEADER, ROW]), format=format))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="".join(reading.OVERRIDES)),
        min_size=1,
        max_size=50,
    ).filter(lambda text: text == text.strip() and not text.startswith("="))
)
def test_any_text_comes_out_as_it_was_written(tmp_path: Path, text: str) -> None:
    file = tmp_path / "any.xlsx"
    file.write_bytes(written([["platform", "notes"], ["vk", text]]))
    header = workbook.header_of(file)
    (row,) = workbook.rows(file, header, ())
    assert not isinstance(row, list)
    assert row.cells == {"platform": "vk", "notes": text}


def test_the_reader_agrees_with_another_reader(tmp_path: Path) -> None:
    rows = [
        HEADER,
        *([*ROW[:3], f"{n}-РИ", date(2022, 1, 1 + n), f"2022-0{n}", "x\ny" * n] for n in range(1, 9)),
    ]
    content = written(rows)
    (tmp_path / "a.xlsx").write_bytes(content)
    sheet_read = openpyxl.load_workbook(io.BytesIO(content), read_only=True).active
    theirs = [
        {
            name: value.date().isoformat() if isinstance(value, datetime) else value
            for name, value in zip(HEADER, row, strict=True)
        }
        for row in sheet_read.iter_rows(min_row=2, values_only=True)
    ]
    ours = list(workbook.rows(tmp_path / "a.xlsx", workbook.header_of(tmp_path / "a.xlsx"), ["order_date"]))
    assert [row.cells for row in ours if not isinstance(row, list)] == theirs
    assert zipfile.is_zipfile(tmp_path / "a.xlsx")
