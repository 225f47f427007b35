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
