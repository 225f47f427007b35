"""Each import leaves a row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from events.models import BlockEvent, ImportBatch, ImportRow
from events.operations.writing import Actor
from tracker.models.inserting import insert


def record_batch(
    *, by: Actor, now: datetime, file_name: str, file_sha256: str, format: str, **counts: int
) -> ImportBatch:
    """An import that was taken in, with its counts."""
    return ImportBatch.objects.create(
        by=by, imported_at=now, file_name=file_name[:300], file_sha256=file_sha256, format=format, **counts
    )


def count_batch(*, batch: ImportBatch, state: str = "stored", **counts: int) -> None:
    """Write down what an import changed, once it is through. A batch stands before its events, which point to it."""
    batch.state = state
    for name, value in counts.items():
        setattr(batch, name, value)
    batch.save(update_fields=["state", *counts])


def record_rows(*, batch: ImportBatch, rows: Iterable[tuple[int, str, BlockEvent | None]]) -> None:
    """What became of rows of the file: number, outcome, event."""
    insert(
        [
            ImportRow(batch=batch, number=number, outcome=outcome, event_id=event.pk if event else None)
            for number, outcome, event in rows
        ]
    )
