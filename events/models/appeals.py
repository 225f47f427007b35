"""Appeals against a block: who filed one, before whom, and how it ended, as far as a source says."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from events.models.authorities import Authority
from events.models.blocking import BlockEvent
from events.models.fields import interval_whole
from events.models.tracked import TrackedQuerySet
from events.models.vocabulary import APPEAL_OUTCOMES, APPELLANTS, PRECISIONS
from tracker.models.vocabulary import one_of


class Appeal(models.Model):
    """One appeal. ``decided_precision`` is null while nothing is decided, or no source says that it was."""

    event = models.ForeignKey(BlockEvent, on_delete=models.CASCADE, related_name="appeals")
    filed_by = models.CharField(max_length=16, choices=APPELLANTS, default="unknown")
    body = models.ForeignKey(
        Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="appeals"
    )
    filed_earliest = models.DateField(null=True, blank=True)
    filed_latest = models.DateField(null=True, blank=True)
    filed_precision = models.CharField(max_length=8, choices=PRECISIONS, default="unknown")
    outcome = models.CharField(max_length=16, choices=APPEAL_OUTCOMES, default="unknown")
    decided_earliest = models.DateField(null=True, blank=True)
    decided_latest = models.DateField(null=True, blank=True)
    decided_precision = models.CharField(max_length=8, choices=PRECISIONS, null=True, blank=True)
    source = models.ForeignKey(
        "events.Source", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.TextField(blank=True, default="")

    objects = TrackedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            one_of("filed_by", APPELLANTS, "appeal_by_known"),
            one_of("outcome", APPEAL_OUTCOMES, "appeal_outcome_known"),
            interval_whole("filed", "appeal_filed_whole"),
            interval_whole("decided", "appeal_decided_whole"),
            models.CheckConstraint(
                condition=Q(decided_latest__isnull=True)
                | Q(filed_earliest__isnull=True)
                | Q(decided_latest__gte=F("filed_earliest")),
                name="appeal_decided_after_filed",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="pending") | Q(decided_precision__isnull=True),
                name="appeal_pending_is_undecided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.filed_earliest or ''}".strip()
