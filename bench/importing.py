"""What an import costs over the bare work: reading the file and putting as many rows into one table."""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from events.importing import Choices, import_file
from events.models import BlockEvent
from tests.make import make_event, make_page

ROWS = 2_000
COLUMNS = (
    "platform url group authority authority_country order_number order_date blocked_on territory source_url external_id"
).split()


def lines() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="stillblocked-import-") as folder:
        file = _written(Path(folder) / "events.csv")
        first, again = _taken_in(file, created=ROWS), _taken_in(file, created=0)
        bare = _bare(file)
    yield (
        f"import of {ROWS} rows: {first:.1f} s, the same again {again:.1f} s; "
        f"ratios {first / bare:.0f} and {again / bare:.0f} "
        f"(yardstick: the csv module and one bare insert of as many events, {bare:.2f} s)"
    )


def _written(file: Path) -> Path:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for number in range(ROWS):
            day = (date(2015, 1, 1) + timedelta(days=number % 3000)).isoformat()
            page, source = f"https://vk.com/club{10**6 + number}", f"https://news.example/{number}"
            who = [f"Community {number}", f"Body {number % 50}", "RU", f"27-31/{number // 7}", "2015-01-01"]
            writer.writerow(["vk", page, *who, day, "RU", source, f"b-{number}"])
    return file


def _taken_in(file: Path, *, created: int) -> float:
    began = time.perf_counter()
    summary = import_file(file, Choices(by=None, now=timezone.now()))
    assert (summary.errors, summary.created) == ((), created)
    return time.perf_counter() - began


def _bare(file: Path) -> float:
    """No page, no watch, no order, no history: what reading and writing cost when nothing is asked."""
    model = make_event(page=make_page())
    began = time.perf_counter()
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    with transaction.atomic():
        QuerySet(BlockEvent).bulk_create(
            [
                BlockEvent(
                    group=model.group,
                    platform=model.platform,
                    territory=row["territory"],
                    created_at=model.created_at,
                    updated_at=model.updated_at,
                )
                for row in rows
            ],
            batch_size=1000,
        )
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    return seconds
