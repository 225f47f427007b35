"""Each import is a row: what came, from whom, and what it changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

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

    class Meta:
        verbose_name_plural = "import batches"

    def __str__(self) -> str:
        return f"{self.file_name} of {self.imported_at:%Y-%m-%d}"
