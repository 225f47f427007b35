"""One line a record, plain or JSON, and nothing that a page sends can forge another or drive a terminal."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from django.conf import settings

from config.logging import configure

FORGED = "title\n2026-11-24 [info] all is well\x1b[2J\x9b31m\u202e"


@pytest.fixture
def _restored() -> Iterator[None]:
    """Handlers as they were: pytest's own among them."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    configure(settings.LOGGING)
    root.handlers[:] = before
    root.setLevel(level)


def said(capsys: pytest.CaptureFixture[str], format: str, *, error: str = "") -> str:
    configure({"format": format})
    log = structlog.get_logger("tracker.test")
    if error:
        try:
            raise ValueError(error)
        except ValueError:
            log.exception("look_failed", watch_id=7)
    else:
        log.warning("looked", title=FORGED, watch_id=7)
    return capsys.readouterr().err


@pytest.mark.usefixtures("_restored")
def test_a_hostile_title_stays_on_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    line = said(capsys, "plain")
    assert line.count("\n") == 1
    assert not {"\x1b", "\x9b", "\u202e"} & set(line)
    assert "looked" in line
    assert "watch_id=7" in line
    assert r"\n2026-11-24" in line


@pytest.mark.usefixtures("_restored")
def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "json"))
    assert (found["event"], found["level"], found["logger"], found["watch_id"]) == (
        "looked",
        "warning",
        "tracker.test",
        7,
    )
    assert found["timestamp"].endswith("Z")
    assert "\x1b" not in found["title"]


@pytest.mark.usefixtures("_restored")
def test_a_hostile_error_keeps_its_trace_and_drives_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    trace = said(capsys, "plain", error="bad\x1b[2Jpage")
    assert "Traceback" in trace
    assert "\x1b" not in trace
    assert r"bad\x1b[2Jpage" in trace
    found = json.loads(said(capsys, "json", error="bad\x1b[2Jpage"))
    assert "Traceback" in found["exception"]


@pytest.mark.usefixtures("_restored")
def test_what_other_libraries_log_comes_out_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    configure({"format": "json"})
    logging.getLogger("some.library").warning("seen %s", "a\nb")
    found = json.loads(capsys.readouterr().err)
    assert (found["event"], found["logger"]) == (r"seen a\nb", "some.library")


def test_a_foreign_host_header_writes_no_line() -> None:
    assert not logging.getLogger("django.security.DisallowedHost").isEnabledFor(logging.ERROR)
