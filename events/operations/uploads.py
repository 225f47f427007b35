"""Files on their way in: who is at one, how far, and what came of it. Claimed in the database, as every job is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from events.models import ImportBatch, ImportUpload, PreviewRow
from events.operations.writing import Actor, Inconsistent

LEASE = timedelta(minutes=30)
"""Longer than the longest file takes; then the job is taken for lost and begun anew."""
KEPT = timedelta(days=1)
ATTEMPTS_MOST = 2

_NEXT = {"waiting": "checking", "accepted": "importing"}
_AT_WORK = ("checking", "importing")


def record_upload(
    *, by: User, now: datetime, file_name: str, stored_as: str, size: int, format: str, publish: bool | None
) -> ImportUpload:
    """A file came, and waits to be checked."""
    return ImportUpload.objects.create(
        by=by,
        uploaded_at=now,
        state_since=now,
        file_name=file_name[:300],
        stored_as=stored_as,
        size=size,
        format=format,
        publish=publish,
    )


@transaction.atomic
def claim_upload(*, now: datetime) -> ImportUpload | None:
    """The next file for a worker; nobody else has it until the lease is over."""
    lost = Q(state__in=_AT_WORK, lease_until__lte=now)
    due = ImportUpload.objects.filter(Q(state__in=_NEXT) | lost).order_by("state_since", "pk")
    upload = due.select_for_update().first()
    if upload is None:
        return None
    if upload.attempts >= ATTEMPTS_MOST:
        _move(upload, "failed", now, note="The worker stopped twice at this file.")
        return None
    upload.attempts, upload.lease_until = upload.attempts + 1, now + LEASE
    _move(upload, _NEXT.get(upload.state, upload.state), now)
    return upload


@transaction.atomic
def finish_check(
    *,
    upload: ImportUpload,
    now: datetime,
    format: str,
    preview: Iterable[PreviewRow],
    n_errors: int,
    note: str,
    **counts: int,
) -> None:
    """What would come of the file. With errors it is refused, and nothing can be imported of it."""
    PreviewRow.objects.filter(upload=upload).delete()
    PreviewRow.objects.bulk_create(preview, batch_size=1000)
    upload.found_format, upload.n_errors, upload.attempts = format, n_errors, 0
    for name, value in counts.items():
        setattr(upload, name, value)
    _move(upload, "refused" if n_errors else "checked", now, note=note)


@transaction.atomic
def accept_upload(*, upload: ImportUpload, by: Actor, now: datetime) -> None:
    """A person has seen the preview and wants the file in. Raises ``Inconsistent``."""
    row = ImportUpload.objects.select_for_update().get(pk=upload.pk)
    if row.state != "checked":
        raise Inconsistent(_("Only a file that was checked, and has no errors, can be imported."))
    row.attempts = 0
    _move(row, "accepted", now)


@transaction.atomic
def finish_import(
    *,
    upload: ImportUpload,
    now: datetime,
    batch: ImportBatch | None,
    n_errors: int,
    note: str,
    **counts: int,
) -> None:
    """The file is in, or was refused after all because something changed since it was checked."""
    upload.batch, upload.n_errors, upload.stored_as = batch, n_errors, ""
    for name, value in counts.items():
        setattr(upload, name, value)
    _move(upload, "imported" if batch else "refused", now, note=note)
    if batch:
        PreviewRow.objects.filter(upload=upload).delete()


def fail_upload(*, upload: ImportUpload, now: datetime, note: str) -> None:
    _move(upload, "failed", now, note=note)


@transaction.atomic
def drop_upload(*, upload: ImportUpload, now: datetime) -> None:
    """A person does not want it. Raises ``Inconsistent`` while a worker is at it."""
    row = ImportUpload.objects.select_for_update().get(pk=upload.pk)
    if row.state in _AT_WORK:
        raise Inconsistent(_("A worker is at this file; wait until it is through."))
    if row.state != "imported":
        _forget(row, now)


def drop_old_uploads(*, now: datetime) -> int:
    """What nobody decided about within a day goes. How many."""
    old = ImportUpload.objects.filter(state_since__lte=now - KEPT).exclude(state__in=("imported", "dropped"))
    rows = list(old.exclude(state__in=_AT_WORK, lease_until__gt=now))
    for row in rows:
        _forget(row, now)
    return len(rows)


def stored_names() -> set[str]:
    """The files that are still needed."""
    return set(ImportUpload.objects.exclude(stored_as="").values_list("stored_as", flat=True))


@transaction.atomic
def ask_undo(*, batch: ImportBatch, by: Actor, now: datetime, because: str) -> None:
    """Have a worker undo the batch. Raises ``Inconsistent``."""
    if not because.strip():
        raise Inconsistent(_("Say why the import is undone."))
    batch.undo_asked_at, batch.undo_asked_by, batch.undo_because = now, by, because.strip()
    batch.undo_refused = ""
    batch.save(update_fields=["undo_asked_at", "undo_asked_by", "undo_because", "undo_refused"])


def undo_asked() -> ImportBatch | None:
    """The next batch that somebody wants undone."""
    asked = ImportBatch.objects.filter(undo_asked_at__isnull=False)
    return asked.select_related("undo_asked_by").order_by("undo_asked_at").first()


def end_undo(*, batch: ImportBatch, refused: str = "") -> None:
    """A worker is through with it; ``refused`` says why nothing was done."""
    batch.undo_asked_at, batch.undo_refused = None, refused
    batch.save(update_fields=["undo_asked_at", "undo_refused"])


def _forget(upload: ImportUpload, now: datetime) -> None:
    PreviewRow.objects.filter(upload=upload).delete()
    upload.stored_as = ""
    _move(upload, "dropped", now)


def _move(upload: ImportUpload, state: str, now: datetime, *, note: str | None = None) -> None:
    upload.state, upload.state_since = state, now
    if state not in _AT_WORK:
        upload.lease_until = None
    if note is not None:
        upload.note = note
    upload.save()
