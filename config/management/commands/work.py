"""``manage.py work``: worker and beat in one process, over Celery's in-memory broker."""

from __future__ import annotations

import sys
import warnings
from typing import Any

from celery.beat import EmbeddedService
from celery.exceptions import SecurityWarning
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.celery import app
from config.tether import end_with_parent
from tracker.places import ensure_places


class Command(BaseCommand):
    help = "Makes the looks that are due, in the embedded default: worker and beat in one process."

    def handle(self, **options: Any) -> None:
        if not settings.IS_EMBEDDED:
            raise CommandError(
                "REDIS_URL is set: start `celery -A config worker` and `celery -A config beat` instead."
            )
        end_with_parent()
        # Before the first look, or it would find no place to look from and wait.
        ensure_places()
        sys.exit(_work())


def _work() -> int:
    """Runs until SIGTERM or Ctrl-C, finishes the looks in hand, and returns the exit code."""
    # Root or not is for whoever typed the command; Celery would recommend an option that it has not here.
    warnings.simplefilter("ignore", SecurityWarning)
    beat: Any = EmbeddedService(app, thread=True, scheduler_cls=app.conf.beat_scheduler)
    worker = app.Worker(
        pool_cls="threads",
        concurrency=settings.WORKER_THREADS,
        loglevel="WARNING",
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    beat.start()
    try:
        worker.start()
    finally:
        beat.stop()
    return int(worker.exitcode or 0)
