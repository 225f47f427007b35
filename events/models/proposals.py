"""What a notice on a watched page says of an event's order: filled in where nobody wrote any, else proposed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.models.blocking import BlockEvent
from events.models.vocabulary import PROPOSAL_REASONS, PROPOSAL_STATES
from tracker.models import Measurement
from tracker.models.vocabulary import one_of
from tracker.public_ids import PublicIdField


class OrderProposal(models.Model):
    """One reading of a notice for one event. It is added and never changed, but for what was decided about it.

    ``notice_key`` is the same for two notices that state the same, so that nothing is proposed twice, and what was
    dismissed does not come back.
    """

    public_id = PublicIdField()
    event = models.ForeignKey(BlockEvent, on_delete=models.CASCADE, related_name="proposals")
    measurement = models.ForeignKey(Measurement, on_delete=models.PROTECT, related_name="+")
    notice = models.JSONField()
    notice_key = models.CharField(max_length=64)
    reason = models.CharField(max_length=16, choices=PROPOSAL_REASONS)
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=PROPOSAL_STATES, default="open")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "notice_key"], name="proposal_once_per_notice"),
            one_of("state", PROPOSAL_STATES, "proposal_state_known"),
            one_of("reason", PROPOSAL_REASONS, "proposal_reason_known"),
            models.CheckConstraint(condition=~Q(notice_key=""), name="proposal_has_key"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(state="open") & Q(decided_at__isnull=False),
                name="proposal_decided_has_time",
            ),
        ]
        indexes = [models.Index(fields=["event"], name="proposal_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return self.public_id


class NoticeMark(models.Model):
    """Up to which verdict notices were read. One row; what was read twice changes nothing."""

    name = models.CharField(max_length=32, unique=True)
    verdict = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.verdict}"
