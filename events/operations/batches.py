"""Each import leaves a row."""

from __future__ import annotations

from datetime import datetime

from events.models import ImportBatch
from events.operations.writing import Actor


def record_batch(
    *, by: Actor, now: datetime, file_name: str, file_sha256: str, format: str, **counts: int
) -> ImportBatch:
    """An import that was taken in, with its counts."""
    return ImportBatch.objects.create(
        by=by, imported_at=now, file_name=file_name[:300], file_sha256=file_sha256, format=format, **counts
    )


def count_batch(*, batch: ImportBatch, **counts: int) -> None:
    """Write down what an import changed, once it is through. A batch stands before its events, which point to it."""
    for name, value in counts.items():
        setattr(batch, name, value)
    batch.save(update_fields=list(counts))
