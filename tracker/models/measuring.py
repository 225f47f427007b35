"""What was seen, and what it meant. These rows are only ever added: a database trigger refuses to change them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tracker.models.keeping import Evidence
from tracker.models.vocabulary import (
    LOOK_ROLES,
    MECHANISMS,
    STAGES,
    STATES,
    both_or_neither,
    one_of,
)
from tracker.models.watching import VantagePoint, Watch
from tracker.public_ids import PublicIdField


class Measurement(models.Model):
    """What one vantage point saw of one target, once.

    ``look`` names the run that the row belongs to: the experiment, its control and the answer of the platform's
    second address share it. The lease that was held gives it, so that one claim can never store two experiments.
    ``facts`` is the whole observation (``tracker.probing.record``); the columns beside it repeat what is filtered
    and shown.
    """

    public_id = PublicIdField()
    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="measurements")
    vantage = models.ForeignKey(VantagePoint, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=LOOK_ROLES)
    look = models.UUIDField()
    control = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    started_at = models.DateTimeField()
    seconds = models.FloatField()
    failed_stage = models.CharField(max_length=8, choices=STAGES, null=True, blank=True)
    failure = models.CharField(max_length=64, null=True, blank=True)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    final_url = models.TextField(blank=True, default="")
    title = models.CharField(max_length=300, blank=True, default="")
    body = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    capture = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    canary_ok = models.BooleanField(null=True, blank=True)
    canary_faults = models.JSONField(
        default=list, blank=True, help_text="What was wrong besides, as fields of ``Canary``: no_internet …"
    )
    outside = models.BooleanField(
        default=False, help_text="Looked from another country, for what the platform declares about this one."
    )
    facts = models.JSONField()
    schema_version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            both_or_neither("failed_stage", "failure", "measurement_failure_has_stage"),
            one_of("failed_stage", STAGES, "measurement_stage_known", null=True),
            one_of("role", LOOK_ROLES, "measurement_role_known"),
            models.UniqueConstraint(fields=["watch", "look", "role"], name="measurement_once_per_look"),
            models.CheckConstraint(
                condition=Q(http_status__isnull=True) | Q(http_status__gte=100, http_status__lte=999),
                name="measurement_http_status_range",
            ),
            models.CheckConstraint(
                condition=Q(control__isnull=True) | Q(role="experiment"),
                name="measurement_control_of_experiment",
            ),
            models.CheckConstraint(condition=Q(seconds__gte=0), name="measurement_seconds_not_negative"),
        ]
        indexes = [
            models.Index(fields=["-started_at", "-id"], name="measurement_newest"),
            models.Index(fields=["watch", "-started_at"], name="measurement_of_watch"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Verdict(models.Model):
    """What a measurement means under one version of the rules. New rules add rows and change none."""

    measurement = models.ForeignKey(Measurement, on_delete=models.PROTECT, related_name="verdicts")
    rules_version = models.CharField(max_length=32)
    rule_id = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=STATES)
    mechanism = models.CharField(max_length=16, choices=MECHANISMS, null=True, blank=True)
    failed_stage = models.CharField(max_length=8, choices=STAGES, null=True, blank=True)
    failure = models.CharField(max_length=64, null=True, blank=True)
    notice = models.JSONField(null=True, blank=True)
    fingerprint = models.CharField(max_length=100, null=True, blank=True)
    judged_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measurement", "rules_version"], name="verdict_once_per_rules_version"
            ),
            one_of("state", STATES, "verdict_state_known"),
            one_of("mechanism", MECHANISMS, "verdict_mechanism_known", null=True),
            both_or_neither("failed_stage", "failure", "verdict_failure_has_stage"),
            models.CheckConstraint(condition=~Q(rule_id=""), name="verdict_has_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.state} by {self.rule_id}"


class StatusChange(models.Model):
    """A watch went from one status to another because of a verdict. The row is also the outbox.

    The change happened after ``earliest_at`` (the last look that still saw the old status; null when there
    was none) and not later than ``at`` (the first look that saw the new one).
    """

    public_id = PublicIdField()
    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="changes")
    old = models.CharField(max_length=16, choices=STATES)
    new = models.CharField(max_length=16, choices=STATES)
    mechanism = models.CharField(max_length=16, choices=MECHANISMS, null=True, blank=True)
    rule_id = models.CharField(max_length=64)
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    earliest_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(old=F("new")), name="status_change_changes"),
            one_of("old", STATES, "status_change_old_known"),
            one_of("new", STATES, "status_change_new_known"),
            models.CheckConstraint(
                condition=Q(earliest_at__isnull=True) | Q(earliest_at__lte=F("at")),
                name="status_change_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["-recorded_at", "-id"], name="status_change_newest"),
            models.Index(
                fields=["id"], name="status_change_unannounced", condition=Q(announced_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
