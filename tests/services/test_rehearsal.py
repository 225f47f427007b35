"""The rehearsal platform: who sees what, through which door."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from config.rehearsal.store import START, Kind
from tests.services.installation import Installation
from tests.services.servers import answers, free_port, wait_until


@pytest.fixture(scope="module")
def port() -> int:
    return free_port(run=2)


@pytest.fixture(scope="module")
def platform(port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    origin = f"http://127.0.0.1:{port}"
    installed = Installation(tmp_path_factory.mktemp("platform"), {"STILLBLOCKED_REHEARSAL_ORIGIN": origin})
    installed.start("python", "manage.py", "rehearsal")
    wait_until(lambda: answers(port) and answers(port + 1), 20, what="both doors are open")
    yield installed
    installed.end()


def outside(port: int, path: str, *, method: str = "GET", host: str | None = None) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as talk:
        talk.request(method, path, headers={"Host": host} if host else {})
        answer = talk.getresponse()
        return answer.status, answer.read().decode()


def inside(port: int, path: str) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port + 1, timeout=5)) as talk:
        talk.set_tunnel("127.0.0.1", port)
        talk.request("GET", path)
        answer = talk.getresponse()
        return answer.status, answer.read().decode()


@pytest.mark.usefixtures("platform")
def test_a_withheld_page_is_withheld_inside_only(port: int) -> None:
    status, html = inside(port, "/river-watch")
    assert status == 200
    assert 'data-rehearsal="withheld"' in html
    assert "Этот материал заблокирован на территории" in html
    status, html = outside(port, "/river-watch")
    assert status == 200
    assert '<meta name="rehearsal-page" content="river-watch">' in html
    assert f'content="http://127.0.0.1:{port}/river-watch"' in html


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize(
    ("name", "status", "mark"),
    [
        ("village-choir", 200, 'name="rehearsal-page"'),
        ("loud-jokes", 200, 'data-rehearsal="removed"'),
        ("old-forum", 404, 'data-rehearsal="deleted"'),
        ("members-only", 200, 'data-rehearsal="login"'),
        ("night-radio", 503, "out of order"),
        ("never-was", 404, 'data-rehearsal="deleted"'),
        ("canary", 200, "rehearsal canary"),
    ],
)
def test_the_other_pages_look_the_same_through_both_doors(
    port: int, name: str, status: int, mark: str
) -> None:
    assert outside(port, f"/{name}") == inside(port, f"/{name}")
    found, html = outside(port, f"/{name}")
    assert found == status
    assert mark in html


@pytest.mark.usefixtures("platform")
def test_every_page_says_that_it_is_a_rehearsal(port: int) -> None:
    for name in [*(page.name for page in START), "canary", ""]:
        _, html = inside(port, f"/{name}")
        assert "Rehearsal: a practice page on your own computer" in html
        assert "Репетиция: учебная страница" in html


@pytest.mark.usefixtures("platform")
def test_the_proxy_leads_nowhere_else(port: int) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port + 1, timeout=5)) as elsewhere:
        elsewhere.set_tunnel("127.0.0.1", port + 2)
        with pytest.raises(OSError, match="403"):
            elsewhere.request("GET", "/")
    status, _ = outside(port + 1, f"http://127.0.0.1:{port}/river-watch")
    assert status == 403


@pytest.mark.usefixtures("platform")
def test_only_reading_at_its_own_name_is_answered(port: int) -> None:
    assert outside(port, "/village-choir", method="POST")[0] == 405
    assert outside(port, "/village-choir", host="example.org")[0] == 421
    assert outside(port, "/village-choir", method="HEAD") == (200, "")


@pytest.mark.usefixtures("platform")
def test_noise_ends_one_visit_and_not_the_platform(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as noise:
        noise.sendall(b"\x16\x03\x01 not http\r\n\r\n")
        assert noise.recv(100) == b""
    assert outside(port, "/canary")[0] == 200


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        ("block", Kind.WITHHELD),
        ("restore", Kind.ALIVE),
        ("delete", Kind.DELETED),
        ("remove", Kind.REMOVED),
        ("login", Kind.LOGIN),
        ("outage", Kind.OUTAGE),
    ],
)
def test_rehearse_changes_what_a_page_is(platform: Installation, act: str, kind: Kind) -> None:
    done = platform.manage("rehearse", act, "evening-paper")
    assert done.returncode == 0, done.stderr
    assert "Its status should be" in done.stdout
    listed = platform.manage("rehearse", "list").stdout
    assert f"evening-paper    {kind}" in listed


def test_an_unknown_page_is_answered_with_those_there_are(platform: Installation) -> None:
    done = platform.manage("rehearse", "block", "nobody")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert all(page.name in done.stderr for page in START)


def test_without_its_setting_it_says_which(tmp_path: Path) -> None:
    done = Installation(tmp_path, {}).manage("rehearsal")
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: Set STILLBLOCKED_REHEARSAL_ORIGIN")
