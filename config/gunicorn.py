"""What gunicorn does besides its command line: it ends when ``manage.py up`` has gone."""

from __future__ import annotations

import os
import signal
from typing import Any

from config.tether import end_with_parent


def post_worker_init(worker: Any) -> None:
    """In each worker, not in the arbiter, which forks: a thread beside a fork is a deadlock in waiting."""
    arbiter = os.getppid()
    end_with_parent(lambda: os.kill(arbiter, signal.SIGTERM))
