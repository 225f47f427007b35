"""A file on its way in: uploaded, tried, looked at by a person, imported. It goes when it is done, or after a day."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from events.models.batches import ImportBatch
from events.models.vocabulary import PREVIEW_OUTCOMES, UPLOAD_STATES
from tracker.models.vocabulary import one_of
from tracker.public_ids import PublicIdField


class ImportUpload(models.Model):
    """``stored_as`` is a random name under the data folder; empty once the file is deleted.

    ``lease_until``: a worker is at it until then. ``done`` of ``total`` rows is as the last step told.
    """

    public_id = PublicIdField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField()
    file_name = models.CharField(max_length=300)
    stored_as = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveBigIntegerField()
    format = models.CharField(max_length=32, default="auto")
    publish = models.BooleanField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=UPLOAD_STATES, default="waiting")
    state_since = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    found_format = models.CharField(max_length=32, blank=True, default="")
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    reopened = models.PositiveIntegerField(default=0)
    n_errors = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True, default="")
    batch = models.ForeignKey(ImportBatch, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [one_of("state", UPLOAD_STATES, "upload_state_known")]
        indexes = [models.Index(fields=["state", "state_since"], name="upload_state")]

    def __str__(self) -> str:
        return self.file_name


class PreviewRow(models.Model):
    """What would become of one row, or what is wrong with it. ``number`` is empty for the file itself."""

    upload = models.ForeignKey(ImportUpload, on_delete=models.CASCADE, related_name="preview")
    number = models.PositiveIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=16, choices=PREVIEW_OUTCOMES)
    field = models.CharField(max_length=100, blank=True, default="")
    sentence = models.TextField(blank=True, default="")
    label = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [one_of("outcome", PREVIEW_OUTCOMES, "preview_outcome_known")]
        indexes = [models.Index(fields=["upload", "outcome", "id"], name="preview_outcome")]

    def __str__(self) -> str:
        return f"row {self.number}"
