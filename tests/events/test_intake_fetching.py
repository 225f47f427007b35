"""An address that somebody gave is fetched through the guard, once, and what went wrong is said in one word."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from events import operations, tasks
from events.models import Intake
from tests.make import NOW
from tests.tracker.conftest import origin

__all__ = ["origin"]
pytestmark = pytest.mark.django_db

SENTENCES = (
    "YouTube has blocked the channel «River News» at the request of Roskomnadzor, its editors said on Friday. "
    "They learned of it from a letter in which no reason was given, and will go to court over it."
)
ARTICLE = (
    "<html lang=en><head><title>Paper</title><meta property='article:published_time' content='2024-05-11T08:00:00Z'>"
    f"</head><body><article><h1>A channel is blocked</h1><p>{SENTENCES}</p></article></body></html>"
)
CHALLENGE = (
    "<html><head><title>Just a moment...</title></head><body><div id=challenge-error-text>Enable JavaScript and "
    "cookies to continue</div><script>window._cf_chl_opt={}</script></body></html>"
)
ANSWERS: dict[str, tuple[int, str, bytes]] = {
    "/article": (200, "text/html; charset=utf-8", ARTICLE.encode()),
    "/missing": (404, "text/html", b"<p>No such page.</p>"),
    "/broken": (500, "text/html", b"<p>Sorry.</p>"),
    "/withheld": (451, "text/html", b"<p>Unavailable for legal reasons.</p>"),
    "/picture": (200, "image/png", b"\x89PNG" + b"\0" * 500),
    "/empty": (200, "text/html", b"<html><body></body></html>"),
    "/challenge": (403, "text/html", CHALLENGE.encode()),
    "/large": (200, "text/html", b"<html><body><script>" + b"x" * 1_200_000),
    "/nul": (200, "text/html", ARTICLE.replace("River", "Ri\0ver").encode()),
}


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, kind, body = ANSWERS.get(self.path, ANSWERS["/missing"])
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if self.path == "/challenge":
            self.send_header("cf-mitigated", "challenge")
            self.send_header("Server", "cloudflare")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def site(origin: Callable[[str, int], None]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    origin(address, server.server_port)
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


def give(by: User, url: str, **values: Any) -> Intake:
    return operations.begin_intake(by=by, now=NOW, given="address", url=url, **values)


def fetched(intake: Intake) -> Intake:
    assert operations.fetch_next_intake(clock=lambda: NOW)
    intake.refresh_from_db()
    return intake


def test_an_article_is_fetched_and_read(administrator: User, site: str) -> None:
    intake = fetched(give(administrator, f"{site}/article"))
    assert (intake.state, intake.problem) == ("read", "")
    assert (intake.title, intake.published, intake.language) == ("A channel is blocked", "2024-05-11", "en")
    assert intake.draft["kind"] == "block"
    assert intake.draft["authority"] == "Roskomnadzor"
    assert not operations.fetch_next_intake(clock=lambda: NOW)


def test_what_a_person_said_of_it_goes_before_what_the_page_says(administrator: User, site: str) -> None:
    intake = fetched(give(administrator, f"{site}/article", title="Mine", published="2024-05-12"))
    assert (intake.title, intake.published) == ("Mine", "2024-05-12")


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/missing", "not_found"),
        ("/broken", "status"),
        ("/withheld", "blocked"),
        ("/picture", "not_html"),
        ("/empty", "no_text"),
        ("/challenge", "challenge"),
        ("/large", "too_big"),
    ],
)
def test_what_goes_wrong_is_told(
    client: Client, administrator: User, site: str, path: str, problem: str
) -> None:
    intake = fetched(give(administrator, site + path))
    assert (intake.state, intake.problem) == ("failed", problem)
    client.force_login(administrator)
    told = client.get(f"/admin/intake/{intake.pk}/state/").json()
    assert (told["state"], told["is_over"]) == ("failed", True)
    page = client.get(f"/admin/intake/{intake.pk}/").content.decode()
    assert told["sentence"] in page
    assert "paste the article" in page


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "http://10.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "https://a.example:22/",
    ],
)
def test_an_address_that_is_not_public_is_refused_and_nothing_is_contacted(
    administrator: User, url: str
) -> None:
    intake = fetched(give(administrator, url))
    assert (intake.state, intake.problem) == ("failed", "refused")


def test_a_nul_in_a_page_is_never_stored(administrator: User, site: str) -> None:
    intake = fetched(give(administrator, f"{site}/nul"))
    assert intake.state == "read"
    assert "\0" not in intake.text


def test_a_page_that_waits_says_how_far_it_is(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    intake = give(administrator, "https://news.example/a")
    page = client.get(f"/admin/intake/{intake.pk}/").content.decode()
    assert 'http-equiv="refresh"' in page
    assert "Waiting for a worker" in page
    told = client.get(f"/admin/intake/{intake.pk}/state/").json()
    assert told == {"state": "waiting", "is_over": False, "sentence": "Waiting for a worker …"}


def test_what_a_worker_left_behind_has_failed(administrator: User) -> None:
    intake = give(administrator, "https://news.example/a")
    Intake.objects.update(state="fetching")
    assert not operations.fetch_next_intake(clock=lambda: NOW + timedelta(minutes=2))
    assert not operations.fetch_next_intake(clock=lambda: NOW + timedelta(minutes=4))
    intake.refresh_from_db()
    assert (intake.state, intake.problem) == ("failed", "interrupted")


def test_what_was_forgotten_meanwhile_stays_forgotten(administrator: User, site: str) -> None:
    intake = give(administrator, f"{site}/article")
    row = Intake.objects.get()
    operations.forget_intake(intake=intake)
    assert not operations.fetch_next_intake(clock=lambda: NOW)
    assert row.pk
    assert not Intake.objects.exists()


def test_the_task_fetches_all_that_wait(administrator: User, site: str) -> None:
    for path in ("/article", "/missing"):
        give(administrator, site + path)
    assert tasks.fetch_intakes() == 2
    assert set(Intake.objects.values_list("state", flat=True)) == {"read", "failed"}


def test_the_timetable_fetches_within_seconds_and_forgets() -> None:
    from config.celery import app

    entries = app.conf.beat_schedule
    assert entries["fetch-intakes"]["schedule"] <= 3
    assert entries["fetch-intakes"]["task"] == tasks.fetch_intakes.name
    assert entries["forget-old-intakes"]["task"] == tasks.forget_old_intakes.name
