"""What is remembered of a platform for the sake of what is believed about its pages."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class PlatformRecord(models.Model):
    """How independent the looks at a platform's pages have proven to be, and whether its statuses are frozen.

    A row that was never frozen has no ``frozen_since``. A freeze ends with ``released_at``; ``released_by`` names the
    operator, or is empty when fresh looks ended it.
    """

    platform = models.CharField(max_length=32, unique=True)
    lessons = models.JSONField(
        default=dict,
        blank=True,
        help_text="How often looks repeated a mistake, and how often they denied it.",
    )
    frozen_since = models.DateTimeField(null=True, blank=True)
    frozen_because = models.CharField(max_length=300, blank=True, default="")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.CharField(max_length=150, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at__isnull=True)
                | Q(frozen_since__isnull=False, released_at__gte=models.F("frozen_since")),
                name="platform_released_after_freeze",
            ),
            models.CheckConstraint(
                condition=Q(released_by="") | Q(released_at__isnull=False),
                name="platform_released_by_somebody_once",
            ),
        ]

    def __str__(self) -> str:
        return self.platform

    @property
    def is_frozen(self) -> bool:
        return self.frozen_since is not None and self.released_at is None


__all__ = ["PlatformRecord"]
