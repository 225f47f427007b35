"""Whether the process lives, whether it can work, and what there is to measure about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from tests.make import make_status_change, make_web_watch
from tracker import operations
from tracker.models import Watch


@pytest.fixture
def no_database() -> Iterator[None]:
    """The database's place is empty: what is asked of it fails as when the server is down."""
    before = connections["default"]
    wrapper: Any = type(before)
    nowhere = (
        {"NAME": "/dev/null/none.sqlite3"}
        if before.vendor == "sqlite"
        else {"HOST": "127.0.0.1", "PORT": "1"}
    )
    connections["default"] = wrapper({**before.settings_dict, **nowhere}, "default")
    yield
    connections["default"] = before


def test_alive_touches_no_database() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


@pytest.mark.django_db
def test_ready_names_each_part_and_how_late_the_oldest_look_is() -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.json() == {"ready": True, "database": "ok", "broker": "embedded", "oldest_due_seconds": 0.0}
    make_web_watch(now=timezone.now() - timedelta(minutes=5))
    make_web_watch(now=timezone.now() + timedelta(minutes=5))
    late = Client().get("/readyz").json()["oldest_due_seconds"]
    assert 300 <= late < 330


@pytest.mark.django_db
def test_what_is_held_or_no_longer_watched_is_not_late() -> None:
    early = timezone.now() - timedelta(minutes=5)
    held, ended = make_web_watch(now=early), make_web_watch(now=early)
    operations.claim_one(watch_id=held.pk, now=timezone.now())
    operations.unwatch(watch_id=ended.pk)
    assert Client().get("/readyz").json()["oldest_due_seconds"] == 0.0


@pytest.mark.django_db
def test_a_broker_that_is_down_is_named(settings: Any) -> None:
    settings.IS_EMBEDDED, settings.REDIS_URL = False, "redis://127.0.0.1:1/0"
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert (answer.json()["ready"], answer.json()["database"], answer.json()["broker"]) == (
        False,
        "ok",
        "down",
    )


@pytest.mark.usefixtures("no_database")
@pytest.mark.django_db
def test_a_database_that_is_down_is_named_and_the_process_is_alive() -> None:
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "database": "down",
        "broker": "embedded",
        "oldest_due_seconds": None,
    }
    assert Client().get("/healthz").status_code == 200


@pytest.mark.django_db
def test_metrics_count_watches_by_status_and_what_is_due() -> None:
    make_status_change()
    make_web_watch()
    late, held = make_web_watch(), make_web_watch()
    Watch.objects.exclude(pk__in=[late.pk, held.pk]).update(next_probe_at=timezone.now() + timedelta(days=1))
    operations.claim_one(watch_id=held.pk, now=timezone.now())
    Watch.objects.filter(pk=late.pk).update(next_probe_at=timezone.now() - timedelta(seconds=90))
    answer = Client().get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    lines = dict(
        line.rsplit(" ", 1) for line in answer.content.decode().splitlines() if not line.startswith("#")
    )
    assert float(lines['stillblocked_watches{status="blocked"}']) == 1
    assert float(lines['stillblocked_watches{status="insufficient"}']) == 3
    assert float(lines["stillblocked_watches_due"]) == 1
    assert float(lines["stillblocked_watches_leased"]) == 1
    assert float(lines["stillblocked_platforms_drifted"]) == 0
    assert 90 <= float(lines["stillblocked_oldest_due_seconds"]) < 120
