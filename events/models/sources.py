"""Who says so, and what was wrong: sources for and against an event, and errata."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from events.models.blocking import BlockEvent
from events.models.fields import interval_whole, not_empty
from events.models.tracked import TrackedQuerySet
from events.models.vocabulary import CREDIBILITY, PRECISIONS, RELIABILITY, SOURCE_KINDS, STANCES
from tracker.models.vocabulary import one_of
from tracker.public_ids import PublicIdField


class Source(models.Model):
    """A document or address for or against an event, graded after the Admiralty scale."""

    event = models.ForeignKey(BlockEvent, on_delete=models.CASCADE, related_name="sources")
    url = models.CharField("address", max_length=2000, blank=True, default="")
    title = models.CharField(max_length=500, blank=True, default="")
    publisher = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=16, choices=SOURCE_KINDS, default="news")
    published_earliest = models.DateField(null=True, blank=True)
    published_latest = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=8, choices=PRECISIONS, default="unknown")
    language = models.CharField(max_length=16, blank=True, default="", help_text="BCP 47, such as en or ru.")
    stance = models.CharField(max_length=16, choices=STANCES, default="supports")
    reliability = models.CharField(max_length=1, choices=RELIABILITY, null=True, blank=True)
    credibility = models.PositiveSmallIntegerField(choices=CREDIBILITY, null=True, blank=True)
    quote = models.TextField(blank=True, default="")
    archive_url = models.CharField("archived copy", max_length=2000, blank=True, default="")
    note = models.TextField(blank=True, default="")

    objects = TrackedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "url"], name="source_once_per_event", condition=~Q(url="")
            ),
            models.CheckConstraint(
                condition=~Q(url="") | ~Q(title="") | ~Q(quote=""), name="source_has_address_title_or_quote"
            ),
            one_of("kind", SOURCE_KINDS, "source_kind_known"),
            one_of("stance", STANCES, "source_stance_known"),
            one_of("reliability", RELIABILITY, "source_reliability_known", null=True),
            models.CheckConstraint(
                condition=Q(credibility__isnull=True) | Q(credibility__gte=1, credibility__lte=6),
                name="source_credibility_range",
            ),
            interval_whole("published", "source_date_whole"),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.publisher or "source"


class Erratum(models.Model):
    """What was wrong in a published event, said beside it for ever."""

    public_id = PublicIdField()
    event = models.ForeignKey(BlockEvent, on_delete=models.PROTECT, related_name="errata")
    text = models.TextField()
    published_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = TrackedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "errata"
        constraints = [not_empty("text", "erratum_has_text")]

    def __str__(self) -> str:
        return self.text[:60]
