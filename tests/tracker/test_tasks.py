"""Tasks wake: what is due, and who holds it, stands in the database."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from config.celery import app
from tests.make import make_status_change
from tests.tracker.conftest import Rehearsal
from tracker import tasks
from tracker.models import Measurement, VantagePoint, Watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent() -> Iterator[Any]:
    """The in-process broker of a test's own: how many messages wait in it."""
    queue = app.connection_for_write()
    channel: Any = queue.channel()
    channel.queue_declare("celery", durable=True)
    channel.queue_purge("celery")
    yield lambda: channel._size("celery")
    channel.queue_purge("celery")
    queue.release()


def watch_many(rehearsal: Rehearsal, number: int) -> None:
    for name in range(number):
        rehearsal.watch(f"page-{name}")
    Watch.objects.update(next_probe_at=timezone.now())


@pytest.mark.parametrize(("due", "wakeups"), [(0, 0), (1, 1), (5, 1), (6, 2), (11, 3), (40, 4)])
def test_as_many_wakeups_are_sent_as_there_is_work_for(
    rehearsal: Rehearsal, sent: Any, settings: Any, due: int, wakeups: int
) -> None:
    settings.LOOKS_AT_ONCE, settings.WORKER_THREADS = 5, 4
    watch_many(rehearsal, due)
    assert tasks.dispatch_due() == wakeups
    assert sent() == wakeups
    assert Watch.objects.leased(timezone.now()).count() == 0


def test_a_wakeup_looks_until_nothing_is_due(rehearsal: Rehearsal, settings: Any) -> None:
    settings.LOOKS_AT_ONCE = 2
    watch_many(rehearsal, 5)
    assert tasks.probe_due() == 5
    assert Measurement.objects.filter(role="experiment").count() == 5
    assert tasks.probe_due() == 0


def test_every_place_in_use_is_asked_whether_it_works(rehearsal: Rehearsal) -> None:
    VantagePoint.objects.filter(name="home").update(is_active=False)
    tasks.look_at_canaries()
    asked = VantagePoint.objects.filter(canary_ok=True).values_list("name", flat=True)
    assert set(asked) == {"home-control", "rehearsal-inside", "rehearsal-outside"}


def test_places_are_there_before_the_first_canary(rehearsal: Rehearsal) -> None:
    VantagePoint.objects.all().delete()
    tasks.look_at_canaries()
    assert VantagePoint.objects.filter(canary_ok=True).count() == 4


def test_old_statuses_decay_by_themselves() -> None:
    change = make_status_change()
    Watch.objects.update(
        confirmed_at=timezone.now() - 2 * (timezone.now() - timezone.now().replace(year=2025))
    )
    assert tasks.decay_statuses() == 1
    change.watch.refresh_from_db()
    assert change.watch.status == "insufficient"


def test_the_timetable_names_tasks_that_are_there() -> None:
    app.loader.import_default_modules()
    named = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert named <= set(app.tasks)
    assert {name for name in app.tasks if name.startswith("tracker.")} - named == {"tracker.tasks.probe_due"}


def test_a_message_of_a_newer_version_does_no_harm(rehearsal: Rehearsal) -> None:
    """While versions change, an old worker may get a message with an argument that it does not know."""
    for task in (tasks.dispatch_due, tasks.probe_due, tasks.look_at_canaries, tasks.decay_statuses):
        assert inspect.signature(task.run).parameters.keys() == {"_newer"}
    assert tasks.probe_due(shard=3) == 0
