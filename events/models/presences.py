"""Who was blocked, and where they can be found: platforms, groups, pages."""

from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords

from events.models.fields import NormalFormField, country_code, not_empty
from events.models.tracked import TrackedQuerySet
from events.models.vocabulary import GROUP_KINDS, PAGE_KINDS
from events.text import comparison_key
from tracker.models import Target
from tracker.models.vocabulary import one_of
from tracker.public_ids import PublicIdField


class Platform(models.Model):
    """A service that hosts pages. ``key`` is the public id, the same as in ``tracker.addresses``."""

    key = models.SlugField(max_length=32, unique=True)
    name = models.CharField(max_length=100)
    home_url = models.CharField("home page", max_length=500, blank=True, default="")
    company = models.CharField(max_length=100, blank=True, default="")
    country = models.CharField(max_length=2, null=True, blank=True)

    objects = TrackedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [country_code("country", "platform_country"), not_empty("key", "platform_has_key")]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """Who was blocked: a community, an outlet, a person, an organisation."""

    public_id = PublicIdField()
    name = models.CharField(max_length=300)
    name_key = NormalFormField(of="name", key=comparison_key, db_index=True)
    kind = models.CharField(max_length=16, choices=GROUP_KINDS, default="unknown")
    country = models.CharField(max_length=2, null=True, blank=True, help_text="Where the group is at home.")
    wikidata = models.CharField("Wikidata id", max_length=16, blank=True, default="")
    description = models.TextField(blank=True, default="")
    internal_notes = models.TextField(blank=True, default="", help_text="Never leaves the admin.")
    is_sensitive = models.BooleanField(
        default=False, help_text="Somebody may come to harm: only a second person can publish its events."
    )

    objects = TrackedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            one_of("kind", GROUP_KINDS, "group_kind_known"),
            country_code("country", "group_country"),
            not_empty("name", "group_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupName(models.Model):
    """Another name of a group: in another language, or as a source that disagrees has it."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=300)
    name_key = NormalFormField(of="name", key=comparison_key, db_index=True)
    language = models.CharField(
        max_length=16, blank=True, default="", help_text="BCP 47, such as ru or zh-Hant."
    )
    note = models.CharField(max_length=300, blank=True, default="")

    objects = TrackedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "name"], name="group_name_once"),
            not_empty("name", "group_name_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class Page(models.Model):
    """One presence of a group on one platform, blocked or not. ``url`` is as typed; ``canonical_url`` is compared."""

    public_id = PublicIdField()
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="pages")
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="pages")
    url = models.CharField("address", max_length=2000)
    canonical_url = models.CharField("canonical address", max_length=2000)
    handle = models.CharField(max_length=200, blank=True, default="")
    native_id = models.CharField("id on the platform", max_length=200, blank=True, default="")
    kind = models.CharField(max_length=16, choices=PAGE_KINDS, default="other")
    title = models.CharField("title as shown", max_length=500, blank=True, default="")
    note = models.CharField(max_length=500, blank=True, default="")
    target = models.ForeignKey(Target, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = TrackedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["platform", "canonical_url"], name="page_once_per_platform"),
            one_of("kind", PAGE_KINDS, "page_kind_known"),
            not_empty("canonical_url", "page_has_canonical_url"),
            not_empty("url", "page_has_url"),
        ]

    def __str__(self) -> str:
        return self.canonical_url
