"""Each import is a row: what came, from whom, what it changed, and whether that was taken back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.models.vocabulary import BATCH_STATES, ROW_OUTCOMES
from tracker.models.vocabulary import one_of
from tracker.public_ids import PublicIdField


class ImportBatch(models.Model):
    """One file that was taken in, whole. Its counts are those of the summary that the importer printed."""

    public_id = PublicIdField()
    file_name = models.CharField(max_length=300)
    file_sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=32)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    imported_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    created = models.PositiveIntegerField()
    updated = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    closed = models.PositiveIntegerField(default=0)
    reopened = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=16, choices=BATCH_STATES, default="stored")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_because = models.TextField(blank=True, default="")
    undo_asked_at = models.DateTimeField(null=True, blank=True)
    undo_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undo_because = models.TextField(blank=True, default="")
    undo_refused = models.TextField(blank=True, default="")
    """Why it could not be undone when a worker came to it."""

    class Meta:
        verbose_name_plural = "import batches"
        constraints = [
            one_of("state", BATCH_STATES, "batch_state_known"),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False) & ~Q(undone_because="")
                | ~Q(state="undone") & Q(undone_at__isnull=True, undone_because=""),
                name="batch_undone_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} of {self.imported_at:%Y-%m-%d}"

    @property
    def because(self) -> str:
        """The reason in the history of everything that the import wrote: by it the batch finds its own again."""
        return f"import of {self.file_name[:70]} ({self.public_id})"


class ImportRow(models.Model):
    """What became of one row of the file. ``event`` is empty when the event was removed since."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=16, choices=ROW_OUTCOMES)
    event = models.ForeignKey(
        "events.BlockEvent", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            one_of("outcome", ROW_OUTCOMES, "import_row_outcome_known"),
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
        ]

    def __str__(self) -> str:
        return f"row {self.number}"
