"""``manage.py up``: one command, the main job seen within a minute, and nothing left behind."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.rehearsal.pages import NOTICE
from config.rehearsal.store import START
from events.demo.described import read
from tests.services.installation import Installation, get
from tests.services.servers import answers, free_port, wait_until
from tracker.judging.notices import parse_notice

pytestmark = pytest.mark.timeout(240)

AS_PLAYED = {
    "alive": "reachable",
    "withheld": "blocked",
    "removed": "removed",
    "deleted": "gone",
    "login": "restricted",
    "outage": "down",
}
"""The status that each kind of page must reach, by its kind."""


@pytest.fixture(scope="module")
def port() -> int:
    return free_port(run=3)


@pytest.fixture(scope="module")
def installed(port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("up")
    (folder / "data").mkdir()
    # Nothing but this machine is asked whether the way out works.
    installation = Installation(folder, {"STILLBLOCKED_CANARY_URLS": f"http://127.0.0.1:{port + 1}/canary"})
    yield installation
    installation.end()


@pytest.fixture(scope="module")
def up(installed: Installation, port: int) -> subprocess.Popen[bytes]:
    return start(installed, port)


def start(installed: Installation, port: int, *more: str) -> subprocess.Popen[bytes]:
    process = installed.start("python", "manage.py", "up", "--port", str(port), *more)
    wait_until(lambda: get(f"http://127.0.0.1:{port}/healthz")[0] == 200, 60, what="the web server answers")
    return process


def statuses(port: int) -> dict[str, str]:
    """Page name to status, as a dashboard reads them."""
    code, listed = get(f"http://127.0.0.1:{port}/api/v1/events/?territory=XX&page_size=100")
    assert code == 200
    return {_page(event): event["status"][0]["state"] for event in listed["results"] if event["status"]}


def _page(event: dict[str, Any]) -> str:
    return str(event["page"]["canonical_url"]).rpartition("/")[2]


def test_the_demo_is_about_the_pages_that_the_platform_plays() -> None:
    assert {entry["page"] for entry in read("rehearsal.yaml")["events"]} == {page.name for page in START}


def test_the_notice_that_is_played_reads_like_a_real_one() -> None:
    notice = parse_notice(NOTICE)
    assert (notice.order_number, notice.order_date) == ("00-01-2026/Уч1-26", "2026-02-01")


@pytest.mark.usefixtures("up")
def test_every_status_is_reached_within_a_minute_by_real_checks(port: int) -> None:
    expected = {page.name: AS_PLAYED[page.kind] for page in START}
    wait_until(lambda: statuses(port) == expected, 60, what="every status was reached")
    code, blocked = get(f"http://127.0.0.1:{port}/api/v1/events/?status=blocked")
    assert code == 200
    assert {_page(event) for event in blocked["results"]} == {p.name for p in START if p.kind == "withheld"}


@pytest.mark.usefixtures("up")
def test_a_status_follows_what_is_done_to_the_page(installed: Installation, port: int) -> None:
    assert installed.manage("rehearse", "restore", "river-watch").returncode == 0
    assert installed.manage("rehearse", "block", "village-choir").returncode == 0
    wait_until(
        lambda: (statuses(port)["river-watch"], statuses(port)["village-choir"]) == ("reachable", "blocked"),
        60,
        what="both statuses followed",
    )


@pytest.mark.usefixtures("up")
def test_it_says_where_everything_is_and_makes_one_first_user(installed: Installation, port: int) -> None:
    kept = installed.folder / "data" / "first-password"
    wait_until(lambda: "Ctrl-C stops everything." in installed.log.read_text(), 5, what="the greeting")
    said = installed.log.read_text()
    for path in ("/", "/admin/", "/api/v1/"):
        assert f"http://127.0.0.1:{port}{path}\n" in said
    assert said.count(kept.read_text().strip()) == 1
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.usefixtures("up")
def test_a_child_that_was_killed_is_started_again(installed: Installation) -> None:
    before = worker(installed)
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: worker(installed) not in {0, before}, 20, what="another worker runs")


def worker(installed: Installation) -> int:
    lines = {pid: Path(f"/proc/{pid}/cmdline") for pid in installed.processes()}
    return next((pid for pid, path in lines.items() if path.exists() and b"\0work\0" in path.read_bytes()), 0)


@pytest.mark.usefixtures("up")
def test_a_port_that_is_taken_gives_one_sentence(installed: Installation, port: int) -> None:
    done = installed.manage("up", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"127.0.0.1:{port} cannot be listened on" in done.stderr
    assert done.stdout == ""


def test_ctrl_c_ends_everything_in_good_order(installed: Installation, up: subprocess.Popen[bytes]) -> None:
    assert len(installed.processes()) >= 5  # itself, gunicorn and its two workers, worker, rehearsal
    started = time.monotonic()
    up.send_signal(signal.SIGINT)
    assert up.wait(20) == 0
    assert time.monotonic() - started < 12, "somebody had to be killed"
    assert installed.processes() == []


def test_a_second_start_keeps_the_statuses_and_kill_9_of_it_leaves_no_process(
    installed: Installation, port: int
) -> None:
    process = start(installed, port)
    assert statuses(port)["evening-paper"] == "blocked"
    process.kill()
    wait_until(lambda: installed.processes() == [], 45, what="every child ended")


def test_without_the_demo_nothing_is_loaded_and_no_platform_runs(tmp_path: Path) -> None:
    port = free_port(run=2)
    (tmp_path / "data").mkdir()
    empty = Installation(tmp_path, {"STILLBLOCKED_CANARY_URLS": f"http://127.0.0.1:{port}/healthz"})
    try:
        process = start(empty, port, "--no-demo")
        assert get(f"http://127.0.0.1:{port}/api/v1/events/")[1]["results"] == []
        assert not answers(port + 1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        empty.end()
