"""What a worker does with uploaded files: try one, import one, undo a batch. One job at a time, and each to its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import Error

from events import operations
from events.importing import kept
from events.importing.running import Choices, Line, Summary, import_file
from events.models import ImportBatch, ImportUpload, PreviewRow
from events.operations import Inconsistent, uploads

LABEL_MOST = 300
_COUNTS = ("rows", "created", "updated", "unchanged", "closed", "reopened")


def work_off(clock: Callable[[], datetime]) -> bool:
    """Do the next job. Whether there was one."""
    upload = uploads.claim_upload(now=clock())
    if upload is not None:
        try:
            _try(upload, clock) if upload.state == "checking" else _import(upload, clock)
        except (Error, OSError) as error:
            note = f"Nothing was stored: {type(error).__name__}."
            uploads.fail_upload(upload=upload, now=clock(), note=note)
        return True
    batch = uploads.undo_asked()
    if batch is not None:
        _undo(batch, clock)
    return batch is not None


def tidy(clock: Callable[[], datetime]) -> int:
    """Files that nobody decided about within a day go, and what a worker that died left behind."""
    dropped = uploads.drop_old_uploads(now=clock())
    kept.sweep(uploads.stored_names(), older_than=3600)
    return dropped


def _try(upload: ImportUpload, clock: Callable[[], datetime]) -> None:
    """Everything is done and undone again; what would come of each row is kept to be looked at."""
    told: list[tuple[int, str, str]] = []

    def note(lines: list[Line]) -> None:
        told.extend((line.number, line.outcome, line.label) for line in lines)

    summary = _run(upload, clock, dry_run=True, note=note)
    rows = (
        PreviewRow(upload=upload, number=number, outcome=outcome, label=label[:LABEL_MOST])
        for number, outcome, label in told
    )
    uploads.finish_check(
        upload=upload,
        now=clock(),
        format=summary.format,
        preview=_errors(upload, summary) if summary.errors else rows,
        n_errors=len(summary.errors),
        note="\n".join(summary.notes),
        **_counted(summary),
    )


def _import(upload: ImportUpload, clock: Callable[[], datetime]) -> None:
    stored_as = upload.stored_as
    summary = _run(upload, clock, dry_run=False, note=lambda _lines: None)
    note = "\n".join((*summary.notes, *(problem.message for problem in summary.errors[:20])))
    batch = ImportBatch.objects.get(public_id=summary.batch) if summary.batch else None
    uploads.finish_import(
        upload=upload, now=clock(), batch=batch, n_errors=len(summary.errors), note=note, **_counted(summary)
    )
    kept.forget(stored_as)


def _run(
    upload: ImportUpload, clock: Callable[[], datetime], *, dry_run: bool, note: Callable[[list[Line]], None]
) -> Summary:
    choices = Choices(
        by=upload.by,
        now=clock(),
        format=upload.format,
        publish=upload.publish,
        dry_run=dry_run,
        name=upload.file_name,
    )
    return import_file(kept.path(upload.stored_as), choices, kept.Progress(upload.stored_as), note)


def _errors(upload: ImportUpload, summary: Summary) -> list[PreviewRow]:
    return [
        PreviewRow(
            upload=upload,
            number=problem.row,
            outcome="error",
            field=(problem.field or "")[:100],
            sentence=problem.message,
        )
        for problem in summary.errors
    ]


def _counted(summary: Summary) -> dict[str, int]:
    return {name: getattr(summary, name) for name in _COUNTS}


def _undo(batch: ImportBatch, clock: Callable[[], datetime]) -> None:
    refused = ""
    try:
        operations.undo_batch(batch=batch, by=batch.undo_asked_by, now=clock(), because=batch.undo_because)
    except (Inconsistent, Error) as error:
        batch.refresh_from_db()
        refused = "" if batch.state == "undone" else str(error)[:500]  # another worker did it meanwhile
    uploads.end_undo(batch=batch, refused=refused)
