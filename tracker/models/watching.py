"""What is watched, and from where: targets, watches, vantage points, and the turns that hosts are given."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from tracker.models.vocabulary import (
    INSUFFICIENT,
    MECHANISMS,
    ROLES,
    STATES,
    both_or_neither,
    one_of,
    two_letters,
)
from tracker.public_ids import PublicIdField


class Target(models.Model):
    """A canonical URL that is watched. It knows nothing of why."""

    url = models.CharField("canonical URL", max_length=2000, unique=True)
    platform = models.CharField(max_length=32)
    host = models.CharField(max_length=255)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.url


class WatchQuerySet(models.QuerySet["Watch"]):
    def due(self, now: datetime) -> Self:
        """Active watches whose time has come and that nobody holds, suspects last, then oldest first."""
        free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
        return self.filter(free, is_active=True, next_probe_at__lte=now).order_by("attempts", "next_probe_at")

    def leased(self, now: datetime) -> Self:
        """Watches that a worker holds at this moment."""
        return self.filter(lease_until__gt=now)


class Watch(models.Model):
    """A target seen from one territory: the unit that has a status and a next time.

    The row is the queue of record. ``next_probe_at`` says when it is due; ``lease_token`` and ``lease_until``
    say who holds it. A dead worker's watch becomes due again when its lease has passed.
    """

    public_id = PublicIdField()
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="watches")
    territory = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2; XX is the rehearsal.")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    status = models.CharField(max_length=16, choices=STATES, default=INSUFFICIENT)
    status_mechanism = models.CharField(max_length=16, choices=MECHANISMS, null=True, blank=True)
    status_rule_id = models.CharField(max_length=64, null=True, blank=True)
    status_since = models.DateTimeField(null=True, blank=True)
    belief = models.JSONField(default=dict, blank=True, help_text="What hysteresis remembers between looks.")
    mixed = models.BooleanField(
        default=False, help_text="Vantage points of the territory contradict each other, each sure by itself."
    )

    last_measured_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="The last look that agreed with the status."
    )
    n_measurements = models.PositiveIntegerField(default=0)
    n_vantages = models.PositiveIntegerField(default=0)
    looked_from = models.JSONField(
        default=list,
        blank=True,
        help_text="The ids of the vantage points of all experiments so far, in the order of their last.",
    )

    held_rule_id = models.CharField(
        max_length=64, null=True, blank=True, help_text="Why no look is made at present, by rule."
    )
    held_since = models.DateTimeField(null=True, blank=True)

    next_probe_at = models.DateTimeField()
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0, help_text="Claims since the last finished look.")
    turn_at = models.DateTimeField(
        null=True, blank=True, help_text="The place in the host's line, once taken."
    )
    stable_looks = models.PositiveIntegerField(default=0)
    confirming = models.PositiveIntegerField(default=0)
    failed_looks = models.PositiveIntegerField(default=0)

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "watches"
        constraints = [
            models.UniqueConstraint(fields=["target", "territory"], name="watch_once_per_territory"),
            one_of("status", STATES, "watch_status_known"),
            one_of("status_mechanism", MECHANISMS, "watch_mechanism_known", null=True),
            two_letters("territory", "watch_territory_two_letters"),
            both_or_neither("lease_token", "lease_until", "watch_lease_whole"),
            both_or_neither("held_rule_id", "held_since", "watch_hold_whole"),
            models.CheckConstraint(
                condition=Q(status=INSUFFICIENT)
                | Q(status_since__isnull=False, status_rule_id__isnull=False),
                name="watch_status_has_cause",
            ),
        ]
        indexes = [
            # For claim_due: only active rows are ever claimed.
            models.Index(fields=["attempts", "next_probe_at"], name="watch_due", condition=Q(is_active=True)),
            models.Index(fields=["status"], name="watch_status"),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} from {self.territory}"


class VantagePoint(models.Model):
    """A network place that is looked from. What reaches it (``via``) may hold a secret and is never shown."""

    name = models.SlugField(max_length=64, unique=True)
    country = models.CharField(max_length=2)
    asn = models.PositiveBigIntegerField(null=True, blank=True)
    via = models.CharField(
        max_length=500, default="direct", help_text="direct, socks5h://host:port or http://host:port"
    )
    role = models.CharField(max_length=16, choices=ROLES)
    platform = models.CharField(
        max_length=32, blank=True, default="", help_text="Only for pages of this platform; empty for all."
    )
    canary_url = models.CharField(
        max_length=500,
        blank=True,
        default="",
        help_text="A page that must open from here; empty for the default.",
    )
    is_active = models.BooleanField(default=True)

    canary_ok = models.BooleanField(null=True, blank=True)
    canary_checked_at = models.DateTimeField(null=True, blank=True)
    canary_no_internet = models.BooleanField(default=False)
    canary_wrong_country = models.BooleanField(default=False)
    canary_detail = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            one_of("role", ROLES, "vantage_role_known"),
            two_letters("country", "vantage_country_two_letters"),
            both_or_neither("canary_ok", "canary_checked_at", "vantage_canary_whole"),
        ]

    def __str__(self) -> str:
        return self.name


class Host(models.Model):
    """When a host may next be visited: every look takes a turn, so that nobody is hurried."""

    name = models.CharField(max_length=255, unique=True)
    next_turn_at = models.DateTimeField()
    paused_until = models.DateTimeField(
        null=True, blank=True, help_text="The host asked for it (Retry-After)."
    )

    def __str__(self) -> str:
        return self.name


__all__ = ["Host", "Target", "VantagePoint", "Watch", "WatchQuerySet"]
