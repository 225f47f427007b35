"""What gunicorn does besides its command line: it refuses unreadable settings, and ends when its parent has gone."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from django.conf import settings

from config.env import Unreadable
from config.tether import end_with_parent


def on_starting(server: Any) -> None:
    """In the arbiter, once: a worker could only say it with a traceback, and is started again and again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        getattr(settings, "DATABASES")  # noqa: B009  reading one reads them all
    except Unreadable as error:
        sys.exit(str(error))


def post_worker_init(worker: Any) -> None:
    """In each worker, not in the arbiter, which forks: a thread beside a fork is a deadlock in waiting."""
    arbiter = os.getppid()
    end_with_parent(lambda: os.kill(arbiter, signal.SIGTERM))
