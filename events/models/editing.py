"""What somebody typed and did not save, and who has a form open. No record: without history, and gone after a while."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class FormDraft(models.Model):
    """The fields of one unsaved form, for the person who typed them and for nobody else.

    ``object_id`` is empty for a form of something new. ``token`` tells one opening of a form from another, so that
    two tabs never overwrite each other. A draft that was saved or thrown away is closed and empty; the row stays for a
    while, so that a page that reports late cannot bring it back.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=64)
    object_id = models.CharField(max_length=32, blank=True, default="")
    token = models.CharField(max_length=32)
    fields = models.JSONField(default=list)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "form", "object_id", "token"], name="form_draft_once_per_opening"
            ),
            models.CheckConstraint(condition=~Q(token="") & ~Q(form=""), name="form_draft_is_of_a_form"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(fields=[]), name="form_draft_closed_is_empty"
            ),
        ]
        indexes = [models.Index(fields=["saved_at"], name="form_draft_age")]

    def __str__(self) -> str:
        return f"{self.form} {self.object_id}".strip()


class FormOpened(models.Model):
    """Somebody has the form of an object open: since when, and when the page last said so."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=64)
    object_id = models.CharField(max_length=32)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "object_id", "user"], name="form_opened_once_a_person"),
            models.CheckConstraint(condition=Q(seen_at__gte=models.F("since")), name="form_opened_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.object_id}"
