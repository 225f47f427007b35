"""What researchers keep of their work over lists: views, changes seen, likely duplicates, and bulk changes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from events.models.blocking import BlockEvent
from events.models.fields import not_empty
from events.models.vocabulary import BULK_KINDS, TWIN_REASONS
from tracker.models import StatusChange
from tracker.models.vocabulary import one_of
from tracker.public_ids import PublicIdField


class SavedView(models.Model):
    """A list of events under a name: search, filters, order and columns, as the address of the list has them."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField("what it shows", max_length=2000, blank=True, default="")
    is_shared = models.BooleanField("shared with all", default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_view_once_per_person"),
            not_empty("name", "saved_view_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class SeenChange(models.Model):
    """Somebody has looked at this change of a status."""

    change = models.OneToOneField(StatusChange, on_delete=models.PROTECT, primary_key=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.change_id} at {self.at}"


class Twin(models.Model):
    """Two events that may be one. Found by the operations; ``dismissed_at``: a person says that they are two."""

    event = models.ForeignKey(BlockEvent, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(BlockEvent, on_delete=models.CASCADE, related_name="+")
    why = models.CharField("likeness", max_length=16, choices=TWIN_REASONS)
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "other"], name="twin_once"),
            models.CheckConstraint(condition=Q(event__lt=F("other")), name="twin_in_order"),
            one_of("why", TWIN_REASONS, "twin_reason_known"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} and {self.other_id}"


class BulkChange(models.Model):
    """One thing done to many events at once, and what is needed to take it back."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=16, choices=BULK_KINDS)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    because = models.TextField("why", blank=True, default="")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [one_of("kind", BULK_KINDS, "bulk_change_kind_known")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"


class BulkChangeRow(models.Model):
    """One event of a bulk change: what it was before, and which version of its history the change left."""

    bulk = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="changed")
    event = models.ForeignKey(BlockEvent, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField("was before")
    version = models.PositiveBigIntegerField("version left")
    undone = models.BooleanField(default=False)
    why_not = models.CharField("why it was not undone", max_length=500, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulk", "event"], name="bulk_change_row_once")]

    def __str__(self) -> str:
        return f"{self.bulk_id}: {self.event_id}"
