"""Who decided or transmitted, and the legal acts by which they did."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from simple_history.models import HistoricalRecords

from events.models.fields import NormalFormField, country_code, interval_whole, not_empty
from events.models.tracked import TrackedQuerySet
from events.models.vocabulary import AUTHORITY_KINDS, PRECISIONS
from events.text import comparison_key, order_number_key
from tracker.models.vocabulary import one_of
from tracker.public_ids import PublicIdField


class Authority(models.Model):
    """A body that asks for blocks: it decides, or passes on what another decided."""

    public_id = PublicIdField()
    name = models.CharField(max_length=300)
    name_key = NormalFormField(of="name", key=comparison_key, db_index=True)
    kind = models.CharField(max_length=16, choices=AUTHORITY_KINDS, default="unknown")
    country = models.CharField(max_length=2, null=True, blank=True)
    region = models.CharField(max_length=200, blank=True, default="")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    wikidata = models.CharField("Wikidata id", max_length=16, blank=True, default="")

    objects = TrackedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "authorities"
        constraints = [
            models.UniqueConstraint(
                Coalesce(F("country"), Value("")), F("name_key"), F("region"), name="authority_once"
            ),
            one_of("kind", AUTHORITY_KINDS, "authority_kind_known"),
            country_code("country", "authority_country"),
            not_empty("name", "authority_has_name"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="authority_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AuthorityName(models.Model):
    """Another name of an authority: in another language, a short form, a former name."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=300)
    name_key = NormalFormField(of="name", key=comparison_key, db_index=True)
    language = models.CharField(max_length=16, blank=True, default="", help_text="BCP 47, such as ru or tr.")

    objects = TrackedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "name"], name="authority_name_once"),
            not_empty("name", "authority_name_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class Order(models.Model):
    """One legal act. One order blocks many pages. Its number alone is no key: bodies re-use numbers."""

    public_id = PublicIdField()
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="orders"
    )
    number = models.CharField("number as written", max_length=200, blank=True, default="")
    number_key = NormalFormField(of="number", key=order_number_key, max_length=200, db_index=True)
    dated_earliest = models.DateField(null=True, blank=True)
    dated_latest = models.DateField(null=True, blank=True)
    dated_precision = models.CharField(max_length=8, choices=PRECISIONS, default="unknown")
    law = models.CharField("law cited", max_length=500, blank=True, default="")
    suspect = models.CharField(max_length=300, blank=True, default="", help_text="Why a value looks wrong.")
    note = models.TextField(blank=True, default="")

    objects = TrackedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            # Without a number two orders of one body and day may still be two orders, so only numbered ones are held.
            models.UniqueConstraint(
                Coalesce(F("authority"), Value(0)),
                F("number_key"),
                Coalesce(F("dated_earliest"), Value(date.min)),
                name="order_once",
                condition=~Q(number_key=""),
            ),
            interval_whole("dated", "order_date_whole"),
            models.CheckConstraint(
                condition=~Q(number="") | Q(dated_earliest__isnull=False), name="order_has_number_or_date"
            ),
        ]

    def __str__(self) -> str:
        dated = self.dated_earliest.isoformat() if self.dated_earliest else "undated"
        return f"{self.number or 'no number'} of {dated}"
