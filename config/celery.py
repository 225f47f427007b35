"""The Celery app and the timetable of everything that happens by itself."""

from __future__ import annotations

import os
import sys

from celery import Celery
from django.conf import settings

from config.env import Unreadable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

try:
    _broker = settings.REDIS_URL or "memory://localhost/"
except Unreadable as error:
    sys.exit(str(error))

app = Celery("stillblocked")
app.conf.update(
    broker_url=_broker,
    broker_connection_retry_on_startup=True,
    # The lease in the database brings a lost look back; the broker need not, and must not do it twice.
    task_acks_late=False,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=False,
    worker_max_tasks_per_child=1000,
    task_serializer="json",
    accept_content=["json"],
    timezone="UTC",
    broker_transport_options=(
        {"visibility_timeout": 3600} if settings.REDIS_URL else {"polling_interval": 0.05}
    ),
    # In memory: two beats, or one that was killed, leave nothing behind that could be wrong.
    beat_scheduler="celery.beat:Scheduler",
    beat_schedule={
        # Counted tries and ended sessions are kept no longer than they are of use.
        "forget-what-has-expired": {
            "task": "config.accounts.tasks.forget_what_has_expired",
            "schedule": 1800.0,
            "options": {"expires": 1800},
        },
        # Finds what is due and wakes workers. Short, because a look that nobody claims is a look too late.
        "dispatch-due": {
            "task": "tracker.tasks.dispatch_due",
            "schedule": float(settings.DISPATCH_SECONDS),
            "options": {"expires": 5 * settings.DISPATCH_SECONDS},
        },
        # A vantage point's health is at most ten minutes old when it is used.
        "look-at-canaries": {
            "task": "tracker.tasks.look_at_canaries",
            "schedule": 300.0,
            "options": {"expires": 300},
        },
        # Each platform's known pages are looked at every six hours; whose time has come is found here.
        "look-at-known-pages": {
            "task": "tracker.tasks.look_at_known_pages",
            "schedule": 600.0,
            "options": {"expires": 600},
        },
        # What notices say of the orders of events is filled in or proposed.
        "read-notices": {
            "task": "events.tasks.read_notices",
            "schedule": 300.0,
            "options": {"expires": 300},
        },
        # What was typed and never saved goes after a month.
        "drop-old-drafts": {
            "task": "events.tasks.drop_old_drafts",
            "schedule": 3600.0,
            "options": {"expires": 3600},
        },
        # Somebody waits before the page: an address is fetched within seconds of being given.
        "fetch-intakes": {
            "task": "events.tasks.fetch_intakes",
            "schedule": 2.0,
            "options": {"expires": 10},
        },
        "forget-old-intakes": {
            "task": "events.tasks.forget_old_intakes",
            "schedule": 21600.0,
            "options": {"expires": 21600},
        },
        # Somebody waits before a page for what they uploaded; when there is nothing, this is one query.
        "work-off-imports": {
            "task": "events.tasks.work_off_imports",
            "schedule": float(settings.DISPATCH_SECONDS),
            "options": {"expires": settings.DISPATCH_SECONDS},
        },
        # What was uploaded and not taken in goes after a day.
        "tidy-imports": {
            "task": "events.tasks.tidy_imports",
            "schedule": 3600.0,
            "options": {"expires": 3600},
        },
        # A status that nothing has confirmed for long is not known any more.
        "decay-statuses": {
            "task": "tracker.tasks.decay_statuses",
            "schedule": 3600.0,
            "options": {"expires": 3600},
        },
    },
)
app.autodiscover_tasks(["tracker", "events", "config.accounts"])
