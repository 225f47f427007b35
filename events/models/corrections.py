"""Corrections of what is sensitive and published: one person proposes, and a second one takes it or does not."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from events.models.blocking import BlockEvent
from events.models.vocabulary import CORRECTION_STATES
from tracker.models.vocabulary import one_of


class ProposedCorrection(models.Model):
    """``changes``: by column what stood there and what shall stand there; ``orders`` as keys. It is added and never
    changed, but for what was decided about it; until it is taken, readers see what stood there."""

    event = models.ForeignKey(BlockEvent, on_delete=models.CASCADE, related_name="corrections")
    changes = models.JSONField()
    erratum = models.TextField(blank=True, default="")
    is_typo = models.BooleanField(default=False)
    because = models.CharField(max_length=100, blank=True, default="")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=CORRECTION_STATES, default="open")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("state", CORRECTION_STATES, "correction_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(state="open") & Q(decided_at__isnull=False),
                name="correction_decided_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="taken")
                | Q(decided_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(decided_by=F("proposed_by")),
                name="correction_taken_by_another",
            ),
            models.CheckConstraint(condition=~Q(erratum="") | Q(is_typo=True), name="correction_is_told"),
        ]
        indexes = [models.Index(fields=["event"], name="correction_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"correction of {self.event}"
