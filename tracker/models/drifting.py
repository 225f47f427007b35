"""Whether the rules still fit a platform, as seen through one vantage point: what two known pages of it looked like."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from tracker.models.vocabulary import STATES, both_or_neither, one_of
from tracker.models.watching import VantagePoint


class PlatformHealthQuerySet(models.QuerySet["PlatformHealth"]):
    def due(self, now: datetime, rules_version: str) -> Self:
        """Those whose pages are looked at again, at once when other rules read them now."""
        return self.filter(Q(next_check_at__lte=now) | ~Q(rules_version=rules_version))


class PlatformHealth(models.Model):
    """What became of a page that is known to live and of one that is known not to exist.

    A check that learned nothing (a wall, a block, an outage) leaves ``is_drifted`` as it was. ``next_check_at`` is
    moved by whoever looks, before the look.
    """

    vantage = models.ForeignKey(VantagePoint, on_delete=models.PROTECT, related_name="+")
    platform = models.CharField(max_length=32)
    alive_state = models.CharField(max_length=16, choices=STATES, null=True, blank=True)
    alive_rule_id = models.CharField(max_length=64, null=True, blank=True)
    missing_state = models.CharField(max_length=16, choices=STATES, null=True, blank=True)
    missing_rule_id = models.CharField(max_length=64, null=True, blank=True)
    is_drifted = models.BooleanField(default=False)
    since = models.DateTimeField(null=True, blank=True, help_text="Since when it is drifted.")
    detail = models.CharField(max_length=300, blank=True, default="")
    rules_version = models.CharField(max_length=32, blank=True, default="")
    checked_at = models.DateTimeField(null=True, blank=True)
    next_check_at = models.DateTimeField()

    objects = PlatformHealthQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "platform health"
        constraints = [
            models.UniqueConstraint(fields=["vantage", "platform"], name="platform_health_once"),
            one_of("alive_state", STATES, "platform_health_alive_known", null=True),
            one_of("missing_state", STATES, "platform_health_missing_known", null=True),
            both_or_neither("alive_state", "alive_rule_id", "platform_health_alive_has_rule"),
            both_or_neither("missing_state", "missing_rule_id", "platform_health_missing_has_rule"),
            models.CheckConstraint(
                condition=Q(is_drifted=False, since__isnull=True) | Q(is_drifted=True, since__isnull=False),
                name="platform_health_drift_has_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform} from {self.vantage_id}"


__all__ = ["PlatformHealth", "PlatformHealthQuerySet"]
