"""Files made to fill the memory or the day: each is read in a process of its own, which is measured.

The peak is the kernel's (VmHWM), which begins anew with the process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.events.importing.workbooks import cells, packed, parts, sheet
from tests.services.installation import ROOT

pytestmark = pytest.mark.timeout(300)
MOST_MEGABYTES = 256

MEASURED = """
import json, sys
import django
django.setup()
from pathlib import Path
from datetime import date
from events.importing import formats, reading, running
from events.importing.understood import Understood
path = Path(sys.argv[1])
problems = []
try:
    reading.size_of(path)
    table = formats.table(path, path.name, "auto")
    with Understood() as understood:
        problems = running._check(table, date(2026, 11, 24), understood, lambda *_: None)
except reading.Unreadable as unreadable:
    problems = unreadable.problems
peak = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) // 1024
print(json.dumps({"peak": peak, "problems": len(problems), "rows": sorted({p.row or 0 for p in problems})[:5]}))
"""


def measured(path: Path) -> dict[str, Any]:
    """The peak of a process that understands the file, in megabytes, and what it found wrong."""
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings", "STILLBLOCKED_DATA_DIR": str(path.parent)}
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)],
        env=environment | {"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _one_line(path: Path) -> None:
    path.write_bytes(b"platform,group\nvk," + b"x" * (60 * 2**20))


def _open_quote(path: Path) -> None:
    path.write_bytes(b'platform,group\nvk,"' + b"line\n" * (10 * 2**20))


def _wide_header(path: Path) -> None:
    path.write_bytes(b",".join(b"a%d" % number for number in range(400_000)))


def _bad_rows(path: Path) -> None:
    path.write_bytes(b"platform,group,territory\n" + b"nowhere,,Mars\n" * 150_000)


def _rows_bad_each_in_its_way(path: Path) -> None:
    rows = "".join(f"place{n},a,Mars{n}\n" for n in range(199_999))
    path.write_text("platform,group,territory\n" + rows, encoding="ascii")


def _other_encoding(path: Path) -> None:
    path.write_bytes(b"platform,group\n" + "vk,Совет матерей\n".encode("windows-1251") * 150_000)


def _nested_json(path: Path) -> None:
    path.write_bytes(b"[" * (3 * 2**20))


def _wide_json(path: Path) -> None:
    path.write_text("{" + ",".join(f'"a{number}":1' for number in range(200_000)) + "}\n", encoding="ascii")


def _same_names(path: Path) -> None:
    path.write_text("{" + ",".join('"a":1' for _ in range(400_000)) + "}\n", encoding="ascii")


def _zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts(sheet(cells(1, "platform", "group"))).items():
            package.writestr(name, text)
        with package.open("xl/sharedStrings.xml", "w", force_zip64=False) as part:
            for _ in range(400):
                part.write(b" " * 2**20)


def _long_string(path: Path) -> None:
    strings = "<sst><si><t>" + "x" * (150 * 2**20) + "</t></si></sst>"
    named = '<row r="2">' + '<c t="s"><v>0</v></c>' * 2 + "</row>"
    path.write_bytes(
        packed(parts(sheet(cells(1, "platform", "group") + named), **{"xl/sharedStrings.xml": strings}))
    )


def _many_strings(path: Path) -> None:
    strings = "<sst>" + "<si><t>a</t></si>" * 2_000_000 + "</sst>"
    path.write_bytes(packed(parts(sheet(cells(1, "platform", "group")), **{"xl/sharedStrings.xml": strings})))


def _repeated_string(path: Path) -> None:
    strings = "<sst><si><t>" + "x" * 90_000 + "</t></si></sst>"
    rows = "".join(f'<row r="{n}"><c t="s"><v>0</v></c></row>' for n in range(2, 50_000))
    content = parts(sheet(cells(1, "platform", "group") + rows), **{"xl/sharedStrings.xml": strings})
    path.write_bytes(packed(content))


def _entities(path: Path) -> None:
    defined = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};&a{n - 1};&a{n - 1};">' for n in range(1, 30))
    bomb = f'<!DOCTYPE a [<!ENTITY a0 "x">{defined}]><worksheet><sheetData>&a29;</sheetData></worksheet>'
    path.write_bytes(packed(parts(bomb)))


def _far_cell(path: Path) -> None:
    far = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    path.write_bytes(packed(parts(sheet(cells(1, "platform", "group") + far))))


def _many_parts(path: Path) -> None:
    path.write_bytes(packed({f"p{number}": "" for number in range(60_000)}))


HOSTILE: list[tuple[str, Callable[[Path], None]]] = [
    ("a.csv", _one_line),
    ("a.csv", _open_quote),
    ("a.csv", _wide_header),
    ("a.csv", _bad_rows),
    ("a.csv", _rows_bad_each_in_its_way),
    ("a.csv", _other_encoding),
    ("a.jsonl", _nested_json),
    ("a.jsonl", _wide_json),
    ("a.jsonl", _same_names),
    ("a.xlsx", _zip_bomb),
    ("a.xlsx", _long_string),
    ("a.xlsx", _many_strings),
    ("a.xlsx", _repeated_string),
    ("a.xlsx", _entities),
    ("a.xlsx", _far_cell),
    ("a.xlsx", _many_parts),
]


@pytest.mark.parametrize(("name", "make"), HOSTILE, ids=lambda value: getattr(value, "__name__", value))
def test_a_hostile_file_is_refused_within_bounds(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    make(tmp_path / name)
    found = measured(tmp_path / name)
    assert found["problems"] > 0
    assert found["peak"] < MOST_MEGABYTES


def test_ten_times_the_rows_need_no_more_memory(tmp_path: Path) -> None:
    peaks = []
    for rows in (3_000, 30_000):
        lines = (f"vk,Совет {n},https://vk.com/club{n},id-{n}\n" for n in range(1, rows + 1))
        (tmp_path / "a.csv").write_text("platform,group,url,external_id\n" + "".join(lines), encoding="utf-8")
        found = measured(tmp_path / "a.csv")
        assert found["problems"] == 0
        peaks.append(found["peak"])
    assert peaks[1] < peaks[0] + 24
