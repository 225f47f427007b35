"""Processes are killed, doubled and left without their servers: nothing that is due is lost or done twice."""

from __future__ import annotations

import http.cookiejar
import random
import shlex
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator

import psycopg
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.services.composed import SERVICES, Composed
from tests.services.installation import ROOT, kill_group
from tests.services.looks import account, watch
from tests.services.servers import PostgresServer, RedisServer, wait_until

pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.timeout(180)]

PAGES = [f"page-{number:02}" for number in range(16)]
"""The platform knows none of them, and says so to whoever looks: each look takes the same short way."""


@pytest.fixture(scope="module")
def busy(composed: Composed) -> Composed:
    """An installation in which something is always due."""
    composed.start_rehearsal()
    watch(composed, PAGES)
    return composed


@pytest.fixture(autouse=True)
def only_what_the_test_starts(busy: Composed) -> Iterator[None]:
    before = list(busy._running)
    yield
    for process in busy._running[len(before) :]:
        kill_group(process)
    busy._running[len(before) :] = []


def seconds_waited(busy: Composed) -> float:
    waited = account(busy).least_recent
    return 1e9 if waited is None else waited


def assert_that_nothing_was_doubled(busy: Composed) -> None:
    found = account(busy)
    assert (found.twice, found.miscounted, found.held) == (0, 0, [])


def test_kill_9_at_any_moment_loses_no_due_check_and_stores_none_twice(busy: Composed) -> None:
    dice = random.Random()  # another moment at every run; what must hold, holds at each
    running = {name: busy.start_service(name) for name in ("web", "worker", "beat")}
    wait_until(lambda: account(busy).never_measured == 0, 40, what="every page was looked at once")
    for name in ("worker", "beat", "worker", "web", "worker"):
        time.sleep(dice.uniform(0.3, 2.5))
        kill_group(running[name])
        running[name] = busy.start_service(name)
    killed = time.monotonic()
    wait_until(
        lambda: seconds_waited(busy) < time.monotonic() - killed,
        60,
        what="every page was looked at after the last kill",
    )
    wait_until(lambda: busy.get("/readyz")[0] == 200, 20, what="web is ready again")
    assert_that_nothing_was_doubled(busy)


def test_two_workers_and_two_beats_measure_nothing_twice(busy: Composed) -> None:
    watch(busy, [f"due-at-once-{number}" for number in range(40)])
    for number in (1, 2):
        busy.start_service("worker", "--hostname", f"worker{number}@%h")
        busy.start_service("beat")
    wait_until(lambda: account(busy).never_measured == 0, 60, what="every page was looked at")
    assert_that_nothing_was_doubled(busy)


def test_without_redis_the_admin_saves_and_readyz_says_which_part(
    busy: Composed, redis_server: RedisServer
) -> None:
    busy.start_service("web")
    wait_until(lambda: busy.get("/readyz")[0] == 200, 30, what="web is ready")
    redis_server.stop()
    try:
        status, ready = busy.get("/readyz")
        assert (status, ready["ready"], ready["broker"], ready["database"]) == (503, False, "down", "ok")
        assert busy.get("/healthz")[0] == 200
        save_an_event_in_the_admin(busy)
    finally:
        redis_server.start()
    with psycopg.connect(busy.database_url()) as connection:
        saved = connection.execute("SELECT summary, territory, watch_id IS NULL FROM events_blockevent")
        assert saved.fetchall() == [("Saved without Redis", "XX", False)]


def save_an_event_in_the_admin(busy: Composed) -> None:
    """Signs in and enters a block of a rehearsal page, as a researcher's browser does."""
    busy.python(
        "from django.contrib.auth.models import User as U; U.objects.create_superuser('anna', password='pass')"
    )
    page_pk, group_pk, platform_pk = busy.python(
        "from django.utils import timezone; from events import operations as o; now = timezone.now(); "
        "o.ensure_platforms(by=None, now=now); group = o.record_group(by=None, now=now, name='G'); "
        f"page = o.record_page(group=group, url='{busy.origin}/river-watch', by=None, now=now); "
        "print([page.pk, page.group_id, page.platform_id])"
    )
    web = f"http://127.0.0.1:{busy.web_port}"
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    _submit(browser, f"{web}/accounts/login/", {"login": "anna", "password": "pass", "next": "/admin/"})
    event = {
        "group": str(group_pk),
        "platform": str(platform_pk),
        "page": str(page_pk),
        "territory": "XX",
        "summary": "Saved without Redis",
    }
    done = _submit(browser, f"{web}/admin/events/blockevent/add/", event)
    assert "/admin/events/blockevent/" in done
    assert not done.endswith("/add/")


def _submit(browser: urllib.request.OpenerDirector, url: str, fields: dict[str, str]) -> str:
    """Opens a form, fills some of its fields and sends all of them; returns where the browser ends up."""
    with browser.open(url, timeout=20) as form:
        body = urllib.parse.urlencode(_as_served(form.read().decode()) | fields).encode()
    with browser.open(urllib.request.Request(url, body, {"Referer": url}), timeout=20) as answer:
        return str(answer.url)


def _as_served(markup: str) -> dict[str, str]:
    """What a browser would send of a form that nobody touched."""
    page = HTMLParser(markup)
    inputs = page.css("input[name]:not([type=checkbox]):not([type=submit])")
    chosen = page.css("select[name]:not([multiple]) option[selected]")
    values = {node.attributes["name"] or "": node.attributes.get("value") or "" for node in inputs}
    return values | {
        option.parent.attributes["name"] or "": option.attributes["value"] or "" for option in chosen
    }


def test_without_its_database_readyz_says_so_and_everything_recovers(
    busy: Composed, postgres_server: PostgresServer
) -> None:
    for name in ("web", "worker", "beat"):
        busy.start_service(name)
    wait_until(lambda: busy.get("/readyz")[0] == 200, 30, what="web is ready")
    postgres_server.stop()
    try:
        status, ready = busy.get("/readyz")
        assert (status, ready["ready"], ready["database"], ready["broker"]) == (503, False, "down", "ok")
        assert busy.get("/healthz")[0] == 200
    finally:
        postgres_server.start()
    wait_until(lambda: busy.get("/readyz")[0] == 200, 20, what="web is ready again")
    back = time.monotonic()
    wait_until(
        lambda: seconds_waited(busy) < time.monotonic() - back, 60, what="every page was looked at again"
    )
    assert_that_nothing_was_doubled(busy)


SENTENCE = "STILLBLOCKED_LEASE_SECONDS=soon: write a whole number from 2 to 3600."


@pytest.mark.parametrize("command", ["migrate", "up", "work"])
def test_an_unreadable_setting_stops_a_command_with_one_sentence(busy: Composed, command: str) -> None:
    done = run_unreadable(busy, "python manage.py " + command)
    assert done.returncode == 1
    assert done.stderr == f"{SENTENCE}\n"


@pytest.mark.parametrize("service", ["migrate", "web", "worker", "beat"])
def test_an_unreadable_setting_stops_every_service_and_is_the_last_thing_said(
    busy: Composed, service: str
) -> None:
    done = run_unreadable(
        busy, SERVICES[service]["command"].replace("0.0.0.0:8000", f"127.0.0.1:{busy.web_port}")
    )
    assert done.returncode != 0
    assert done.stderr.rstrip().endswith(SENTENCE)


def run_unreadable(busy: Composed, command: str) -> subprocess.CompletedProcess[str]:
    variables = {**busy.variables, "STILLBLOCKED_LEASE_SECONDS": "soon"}
    return subprocess.run(
        shlex.split(command), cwd=ROOT, env=variables, capture_output=True, text=True, timeout=60
    )
