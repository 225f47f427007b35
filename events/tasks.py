"""What events do by themselves. Tasks only wake: what was read already stands in the database."""

from __future__ import annotations

import time
from typing import Any

from celery import shared_task
from django.utils import timezone

from events import operations
from events.importing import jobs

_ROUND_SECONDS = 60
"""How long one wake-up goes on while there is work; another one follows by the timetable."""


@shared_task(name="events.tasks.read_notices")
def read_notices(**_newer: Any) -> int:
    """Fill in or propose what new notices say of events. How many verdicts were considered."""
    until, considered = time.monotonic() + _ROUND_SECONDS, 0
    while time.monotonic() < until:
        taken = operations.consider_notices(now=timezone.now())
        if not taken:
            break
        considered += taken
    return considered


@shared_task(name="events.tasks.drop_old_drafts")
def drop_old_drafts() -> int:
    """What was typed and never saved is not kept for ever. How many drafts went."""
    return operations.drop_old_drafts(now=timezone.now())


@shared_task(name="events.tasks.fetch_intakes")
def fetch_intakes(**_newer: Any) -> int:
    """Fetch the addresses that people gave to be read. How many rows were considered."""
    until, considered = time.monotonic() + _ROUND_SECONDS, 0
    while time.monotonic() < until and operations.fetch_next_intake(clock=timezone.now):
        considered += 1
    return considered


@shared_task(name="events.tasks.forget_old_intakes")
def forget_old_intakes(**_newer: Any) -> int:
    """Forget what people gave to be read and no event came of. How many."""
    return operations.forget_old_intakes(now=timezone.now())


@shared_task(name="events.tasks.work_off_imports")
def work_off_imports() -> int:
    """Try, take in or undo what people uploaded. How many jobs were done."""
    done = 0
    while jobs.work_off(timezone.now):
        done += 1
    return done


@shared_task(name="events.tasks.tidy_imports")
def tidy_imports() -> int:
    """Uploaded files that nobody decided about go. How many."""
    return jobs.tidy(timezone.now)
