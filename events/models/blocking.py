"""The block itself: one block of one group on one platform, its episodes and its further dates."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Now
from simple_history.models import HistoricalRecords

from events.models.authorities import Authority, Order
from events.models.batches import ImportBatch
from events.models.fields import country_code, interval_whole
from events.models.presences import Group, Page, Platform
from events.models.tracked import TrackedQuerySet
from events.models.vocabulary import (
    DATE_KINDS,
    ENDINGS,
    PRECISIONS,
    PUBLICATION,
    REASON_CATEGORIES,
    REASON_STATUSES,
    RESTRICTIONS,
)
from tracker.models import Watch
from tracker.models.vocabulary import one_of
from tracker.public_ids import PublicIdField


class BlockEventQuerySet(TrackedQuerySet):
    def published(self) -> Self:
        """What readers may see by now: the one place that decides it. An embargo ends by itself.

        By the database's clock, which no caller can forget to bring and no kept query can hold still. There is no
        index that a planner without statistics (SQLite) could take for selective: constraints make this the same
        as publication = published.
        """
        return self.ever_shown().filter(withdrawn_at__isnull=True)

    def ever_shown(self) -> Self:
        """What readers may see, and what was withdrawn: its address goes on to say so."""
        is_free = Q(embargoed_until__isnull=True) | Q(embargoed_until__lte=Now())
        return self.filter(is_free, published_at__isnull=False)


class BlockEvent(models.Model):
    """One block of one group on one platform at somebody's request.

    The page may not be known yet: the event is then recorded and not checkable. ``blocked_*`` is the beginning of
    the first episode and ``restored_*`` the end of the last one, kept beside them for filters by the operations.
    """

    public_id = PublicIdField()
    external_id = models.CharField(max_length=200, null=True, blank=True, unique=True)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="events")
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="events")
    page = models.ForeignKey(Page, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    transmitted_by = models.ForeignKey(
        Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="transmitted_events"
    )
    orders = models.ManyToManyField(Order, blank=True, related_name="events")
    restriction = models.CharField(max_length=16, choices=RESTRICTIONS, default="unknown")
    territory = models.CharField(
        max_length=2, null=True, blank=True, help_text="Where the page is withheld: ISO 3166-1 alpha-2."
    )

    blocked_earliest = models.DateField(null=True, blank=True)
    blocked_latest = models.DateField(null=True, blank=True)
    blocked_precision = models.CharField(max_length=8, choices=PRECISIONS, default="unknown")
    blocked_kind = models.CharField(max_length=16, choices=DATE_KINDS, null=True, blank=True)
    restored_earliest = models.DateField(null=True, blank=True)
    restored_latest = models.DateField(null=True, blank=True)
    restored_precision = models.CharField(max_length=8, choices=PRECISIONS, null=True, blank=True)

    cited_reason_status = models.CharField(max_length=16, choices=REASON_STATUSES, default="not_known")
    cited_reason = models.TextField(blank=True, default="")
    cited_reason_language = models.CharField(max_length=16, blank=True, default="")
    cited_reason_translation = models.TextField("cited reason in English", blank=True, default="")
    reason_category = models.CharField(max_length=32, choices=REASON_CATEGORIES, null=True, blank=True)
    assessed_reason = models.TextField(
        blank=True, default="", help_text="What researchers think the cause is, apart from what was claimed."
    )

    audience_size = models.PositiveBigIntegerField(null=True, blank=True)
    audience_on = models.DateField(
        "audience counted on", null=True, blank=True, help_text="The day on which the audience had that size."
    )
    summary = models.TextField(blank=True, default="", help_text="In our own words; public.")
    internal_notes = models.TextField(blank=True, default="", help_text="Never leaves the admin.")

    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    is_sensitive = models.BooleanField(
        default=False, help_text="Somebody may come to harm: only a second person can publish it."
    )
    publication = models.CharField(max_length=16, choices=PUBLICATION, default="draft")
    review_comment = models.TextField(
        blank=True, default="", help_text="What was said with the last step; never leaves the admin."
    )
    embargoed_until = models.DateTimeField(
        null=True, blank=True, help_text="Until then nobody outside sees it, even when it is published."
    )
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.SET_NULL, null=True, blank=True, related_name="events"
    )

    objects = BlockEventQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[orders])

    class Meta:
        permissions = [
            ("view_every_draft", "Can see every draft, every history and all internal notes"),
            ("publish_blockevent", "Can publish block events that are not sensitive"),
            ("review_blockevent", "Can publish sensitive block events, withdraw and return any"),
        ]
        constraints = [
            one_of("restriction", RESTRICTIONS, "event_restriction_known"),
            one_of("blocked_kind", DATE_KINDS, "event_date_kind_known", null=True),
            one_of("cited_reason_status", REASON_STATUSES, "event_reason_status_known"),
            one_of("reason_category", REASON_CATEGORIES, "event_reason_category_known", null=True),
            one_of("publication", PUBLICATION, "event_publication_known"),
            models.CheckConstraint(
                condition=Q(audience_on__isnull=True) | Q(audience_size__isnull=False),
                name="event_audience_date_has_size",
            ),
            country_code("territory", "event_territory"),
            interval_whole("blocked", "event_blocked_whole"),
            interval_whole("restored", "event_restored_whole"),
            models.CheckConstraint(
                condition=Q(cited_reason_status="given") & ~Q(cited_reason="")
                | ~Q(cited_reason_status="given") & Q(cited_reason=""),
                name="event_reason_three_valued",
            ),
            models.CheckConstraint(
                condition=Q(restored_latest__isnull=True)
                | Q(blocked_earliest__isnull=True)
                | Q(restored_latest__gte=F("blocked_earliest")),
                name="event_restored_after_blocked",
            ),
            models.CheckConstraint(
                condition=Q(publication__in=["published", "withdrawn"], published_at__isnull=False)
                | Q(publication__in=["draft", "in_review"], published_at__isnull=True),
                name="event_published_has_time",
            ),
            models.CheckConstraint(
                condition=Q(publication="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawn_because="")
                | ~Q(publication="withdrawn") & Q(withdrawn_at__isnull=True, withdrawn_because=""),
                name="event_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("published_at")),
                name="event_withdrawn_after_published",
            ),
            models.CheckConstraint(
                condition=Q(embargoed_until__isnull=True)
                | Q(published_at__isnull=True)
                | Q(published_at__gte=F("embargoed_until")),
                name="event_published_after_embargo",
            ),
            models.CheckConstraint(
                condition=Q(watch__isnull=True) | Q(page__isnull=False, territory__isnull=False),
                name="event_watched_has_page_and_territory",
            ),
            models.CheckConstraint(
                condition=Q(external_id__isnull=True) | ~Q(external_id=""), name="event_external_id_not_empty"
            ),
        ]
        indexes = [
            # The API's default order; unknown dates come last.
            models.Index(
                Coalesce(F("blocked_earliest"), Value(date.min)).desc(),
                F("id").desc(),
                name="event_newest_block",
            ),
            models.Index(fields=["-updated_at", "-id"], name="event_newest_change"),
            models.Index(fields=["publication", "-id"], name="event_publication"),
        ]

    def __str__(self) -> str:
        return f"{self.group} on {self.platform}"


class Episode(models.Model):
    """One period in which the block held. A page restored and blocked again has two.

    ``ended_how`` is null while no source says that the episode ended; its end may be known to have come and the
    date not (``ended_precision`` = unknown).
    """

    event = models.ForeignKey(BlockEvent, on_delete=models.CASCADE, related_name="episodes")
    number = models.PositiveSmallIntegerField()
    began_earliest = models.DateField(null=True, blank=True)
    began_latest = models.DateField(null=True, blank=True)
    began_precision = models.CharField(max_length=8, choices=PRECISIONS, default="unknown")
    ended_earliest = models.DateField(null=True, blank=True)
    ended_latest = models.DateField(null=True, blank=True)
    ended_precision = models.CharField(max_length=8, choices=PRECISIONS, null=True, blank=True)
    ended_how = models.CharField(max_length=16, choices=ENDINGS, null=True, blank=True)
    note = models.CharField(max_length=300, blank=True, default="")

    objects = TrackedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="episode_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="episode_numbers_from_one"),
            interval_whole("began", "episode_began_whole"),
            interval_whole("ended", "episode_ended_whole"),
            one_of("ended_how", ENDINGS, "episode_ending_known", null=True),
            models.CheckConstraint(
                condition=Q(ended_how__isnull=True, ended_precision__isnull=True)
                | Q(ended_how__isnull=False, ended_precision__isnull=False),
                name="episode_end_has_manner",
            ),
            models.CheckConstraint(
                condition=Q(ended_latest__isnull=True)
                | Q(began_earliest__isnull=True)
                | Q(ended_latest__gte=F("began_earliest")),
                name="episode_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"episode {self.number}"


class EventDate(models.Model):
    """A further date that a source gives: the order's, the report's, another day than the event itself has."""

    event = models.ForeignKey(BlockEvent, on_delete=models.CASCADE, related_name="dates")
    kind = models.CharField(max_length=16, choices=DATE_KINDS)
    on_earliest = models.DateField(null=True, blank=True)
    on_latest = models.DateField(null=True, blank=True)
    on_precision = models.CharField(max_length=8, choices=PRECISIONS, default="unknown")
    source = models.ForeignKey(
        "events.Source", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True, default="")

    objects = TrackedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            one_of("kind", DATE_KINDS, "date_kind_known"),
            interval_whole("on", "date_whole"),
            models.CheckConstraint(condition=Q(on_earliest__isnull=False), name="date_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on_earliest}"
