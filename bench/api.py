"""How the events list costs as the table grows: the first page at ten times the rows, in time and in queries."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import BlockEvent
from tests.make import make_event, make_page

ROUNDS = 9
SMALL, LARGE = 2_000, 20_000


def lines() -> Iterator[str]:
    settings.ALLOWED_HOSTS.append("testserver")
    _grow(SMALL)
    small_seconds, small_queries = _first_page()
    _grow(LARGE)
    large_seconds, large_queries = _first_page()
    yield (
        f"events list, page of 100 with status: {large_seconds * 1000:.0f} ms at {LARGE} events, "
        f"{small_seconds * 1000:.0f} ms at {SMALL}; ratio {large_seconds / small_seconds:.2f}, "
        f"queries {large_queries} and {small_queries} (yardstick: the same page of the smaller table)"
    )


def _grow(size: int) -> None:
    """Rows beyond the operations, for their number only: history would take minutes."""
    model = make_event(page=make_page())
    missing = size - BlockEvent.objects.count()
    first = date(2015, 1, 1)
    rows = [
        BlockEvent(
            group=model.group,
            platform=model.platform,
            page=model.page,
            authority=model.authority,
            watch=model.watch,
            territory="RU",
            blocked_earliest=first + timedelta(days=number % 4000),
            blocked_latest=first + timedelta(days=number % 4000),
            blocked_precision="day",
            publication="published",
            published_at=timezone.now(),
            created_at=timezone.now(),
            updated_at=timezone.now(),
        )
        for number in range(missing)
    ]
    QuerySet(BlockEvent).bulk_create(rows, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _first_page() -> tuple[float, int]:
    client = Client()
    times, queries = [], 0
    for _ in range(ROUNDS):
        with CaptureQueriesContext(connection) as captured:
            began = time.perf_counter()
            answer = client.get("/api/v1/events/")
            times.append(time.perf_counter() - began)
        assert answer.status_code == 200
        queries = len(captured)
    return statistics.median(times), queries
