"""What the public may see: published events, and what belongs to one. Nothing else leaves by the API."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from events.models import Authority, BlockEvent, Group, Order, Page, Platform
from tracker.models import Measurement, StatusChange


def events() -> QuerySet[Any]:
    """What readers may see by now: ``published`` decides, embargoes included."""
    return BlockEvent.objects.published()


def events_and_withdrawn() -> QuerySet[Any]:
    """Also what readers saw once: its address says that it was withdrawn, and why."""
    return BlockEvent.objects.ever_shown()


def platforms() -> QuerySet[Any]:
    """All: that a platform is known says nothing about anybody."""
    return Platform.objects.all()


def groups() -> QuerySet[Any]:
    return Group.objects.filter(Exists(events().filter(group=OuterRef("pk"))))


def pages() -> QuerySet[Any]:
    """Every presence of a group that has a published event, blocked or not."""
    return Page.objects.filter(Exists(events().filter(group=OuterRef("group"))))


def orders() -> QuerySet[Any]:
    return Order.objects.filter(Exists(events().filter(orders=OuterRef("pk"))))


def authorities() -> QuerySet[Any]:
    """Who decided, passed on or signed for a published event, and the two levels above them."""
    return Authority.objects.filter(
        Q(Exists(_acting().filter(pk=OuterRef("pk"))))
        | Q(Exists(_acting().filter(parent=OuterRef("pk"))))
        | Q(Exists(_acting().filter(parent__parent=OuterRef("pk"))))
    )


def _acting() -> QuerySet[Any]:
    return Authority.objects.filter(
        Q(Exists(events().filter(authority=OuterRef("pk"))))
        | Q(Exists(events().filter(transmitted_by=OuterRef("pk"))))
        | Q(Exists(events().filter(orders__authority=OuterRef("pk"))))
    )


def measurements() -> QuerySet[Any]:
    return Measurement.objects.filter(_watched())


def status_changes() -> QuerySet[Any]:
    return StatusChange.objects.filter(_watched())


def _watched() -> Q:
    """Rows of a watch whose target is the page of a published event."""
    return Q(Exists(events().filter(page__target=OuterRef("watch__target"))))


def event_of_watch(field: str) -> Coalesce:
    """A column of the event that a watch's row tells of: the newest that named the watch, or else the page."""
    named = events().filter(watch=OuterRef("watch")).order_by("-id")
    of_page = events().filter(page__target=OuterRef("watch__target")).order_by("-id")
    return Coalesce(Subquery(named.values(field)[:1]), Subquery(of_page.values(field)[:1]))
