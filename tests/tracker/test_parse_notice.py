"""``manage.py parse_notice`` as a script uses it: notices in, one line out for each, as they come."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

MANAGE = [sys.executable, str(Path(__file__).resolve().parents[2] / "manage.py"), "parse_notice"]
NOTICE = (
    "Этот материал заблокирован на территории РФ на основании решения суда "
    "(Речной районный суд - Озёрная область) от 05.06.2019 № 2-17/2019"
)


def test_each_line_gives_one_json_line_before_the_next_is_written() -> None:
    with subprocess.Popen([*MANAGE, "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin
        assert running.stdout
        answers = []
        for line in (NOTICE.encode(), b"", b"\xff no notice"):
            running.stdin.write(line + b"\r\n")
            running.stdin.flush()
            answers.append(json.loads(running.stdout.readline()))
        running.stdin.close()
        assert running.wait(10) == 0
    found, empty, broken = answers
    assert (
        list(found)
        == (
            "text authority authority_kind transmitted_by court region order_number order_date law territory language "
            "confidence suspect reason"
        ).split()
    )
    assert (found["court"], found["region"]) == ("Речной районный суд", "Озёрная область")
    assert (found["order_number"], found["order_date"], found["law"]) == ("2-17/2019", "2019-06-05", None)
    assert (empty["text"], empty["authority"]) == ("", None)
    assert broken["text"] == "\ufffd no notice"


def test_without_json_a_line_is_for_people() -> None:
    done = subprocess.run(MANAGE, input=NOTICE, capture_output=True, text=True, check=True)
    assert "order number 2-17/2019; order date 2019-06-05" in done.stdout


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    command = f"yes notice | head -50000 | {' '.join(MANAGE)} | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
