"""Save Page Now 2, against a server that speaks it: what it is asked, and each way in which it says no."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.core.management import CommandError, call_command

from tracker.evidence.wayback import Refused, Saved, Wayback
from tracker.networks import network_of
from tracker.probing.asking import NoAnswer

JOB = "spn2-" + "0a" * 20
PAGE = "https://vk.com/club1"
DONE = {"status": "success", "timestamp": "20261124120000", "original_url": PAGE}
PENDING = {"status": "pending"}


class Service(BaseHTTPRequestHandler):
    """Answers /save with ``begun`` and each question for the job with the next of ``told``."""

    begun: Any
    told: list[Any]
    heard: list[dict[str, Any]]
    status = 200

    def do_POST(self) -> None:
        fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.heard.append({"path": self.path, "key": self.headers["Authorization"]} | fields)
        self._say(self.begun)

    def do_GET(self) -> None:
        self.heard.append({"path": self.path, "key": self.headers["Authorization"]})
        self._say(self.told.pop(0) if len(self.told) > 1 else self.told[0])

    def _say(self, what: Any) -> None:
        content = what if isinstance(what, bytes) else json.dumps(what).encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


Serve = Callable[..., tuple[Wayback, list[dict[str, Any]]]]


@pytest.fixture
def serve(origin: Callable[[str, int], None], settings: Any) -> Iterator[Serve]:
    servers: list[ThreadingHTTPServer] = []

    def start(begun: Any, *told: Any, status: int = 200) -> tuple[Wayback, list[dict[str, Any]]]:
        heard: list[dict[str, Any]] = []
        names = {"begun": begun, "told": list(told), "heard": heard, "status": status}
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Serving", (Service,), names))
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        origin(base, server.server_port)
        settings.WAYBACK_KEY, settings.WAYBACK_URL = "access:secret", base
        return Wayback(network_of("direct"), "access:secret", base), heard

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def save(wayback: Wayback, **how: Any) -> Saved:
    return asyncio.run(wayback.capture(PAGE, **{"pause": 0.0} | how))


def test_a_page_is_saved_whatever_its_status_and_waited_for(serve: Serve) -> None:
    wayback, heard = serve({"job_id": JOB, "url": PAGE}, PENDING, PENDING, DONE)
    saved = save(wayback)
    assert saved == Saved(JOB, PAGE, "20261124120000", wayback.base)
    assert saved.snapshot_url == f"{wayback.base}/web/20261124120000/{PAGE}"
    assert heard[0] == {
        "path": "/save",
        "key": "LOW access:secret",
        "url": [PAGE],
        "capture_all": ["1"],
        "skip_first_archive": ["1"],
    }
    assert [asked["path"] for asked in heard[1:]] == [f"/save/status/{JOB}"] * 3


@pytest.mark.parametrize(
    "reason",
    ["error:blocked-url", "error:no-access", "error:too-many-daily-captures", "error:user-session-limit"],
)
def test_an_error_that_comes_with_200_and_no_job_is_an_error(serve: Serve, reason: str) -> None:
    wayback, _ = serve({"status": "error", "status_ext": reason, "message": "This cannot be archived."})
    with pytest.raises(Refused, match="This cannot be archived") as raised:
        save(wayback)
    assert raised.value.reason == reason


def test_a_job_that_fails_says_why(serve: Serve) -> None:
    failed = {"status": "error", "status_ext": "error:soft-time-limit-exceeded", "message": "Too slow."}
    wayback, _ = serve({"job_id": JOB}, PENDING, failed)
    with pytest.raises(Refused, match=r"error:soft-time-limit-exceeded: Too slow\."):
        save(wayback)


def test_too_many_questions_are_refused(serve: Serve) -> None:
    wayback, _ = serve(b"Too Many Requests", status=429)
    with pytest.raises(Refused, match="error:too-many-requests"):
        save(wayback)


def test_a_job_that_never_ends_is_left(serve: Serve) -> None:
    wayback, heard = serve({"job_id": JOB}, PENDING)
    with pytest.raises(Refused, match="still pending"):
        save(wayback, tries=3)
    assert len(heard) == 4


@pytest.mark.parametrize("job", ["../../login", "spn2-1", 5, None])
def test_an_id_that_is_none_is_not_asked_for(serve: Serve, job: Any) -> None:
    wayback, heard = serve({"job_id": job})
    with pytest.raises(Refused):
        save(wayback)
    assert len(heard) == 1


@pytest.mark.parametrize("content", [b"<html>", b"[]", b"", b"[" * 5000])
def test_what_is_no_object_is_no_answer(serve: Serve, content: bytes) -> None:
    wayback, _ = serve(content)
    with pytest.raises(NoAnswer):
        save(wayback)


@pytest.mark.parametrize("timestamp", ["2026", None, "2026112412000x", "../../../../.."])
def test_a_time_that_is_none_is_not_believed(serve: Serve, timestamp: Any) -> None:
    wayback, _ = serve({"job_id": JOB}, DONE | {"timestamp": timestamp})
    with pytest.raises(Refused):
        save(wayback)


def test_the_command_tells_of_each_page_and_fails_when_one_did(serve: Serve) -> None:
    serve({"job_id": JOB}, DONE)
    out = StringIO()
    call_command("save_outside", PAGE, "--pause", "0", stdout=out)
    assert json.loads(out.getvalue())["snapshot"].endswith(f"/web/20261124120000/{PAGE}")
    with pytest.raises(CommandError, match="1 of 2"):
        call_command("save_outside", "http://10.0.0.1/", PAGE, "--pause", "0", stdout=out)


def test_without_a_key_nobody_is_asked(settings: Any) -> None:
    settings.WAYBACK_KEY = ""
    with pytest.raises(CommandError, match="STILLBLOCKED_WAYBACK_KEY"):
        call_command("save_outside", PAGE)
