"""What was seen of the pages of published events, and what changed."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from rest_framework.generics import GenericAPIView

from events.api import filters, visible
from events.api.pagination import by_moment
from events.api.schema import reads
from events.api.serializers.tracking import MeasurementSerializer, StatusChangeSerializer
from events.api.views.base import DetailView, ListView
from tracker.models import Verdict


def of_whom(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows of watches with the public ids of their page and event."""
    return rows.select_related("watch__target").annotate(
        page_id=visible.event_of_watch("page__public_id"), event_id=visible.event_of_watch("public_id")
    )


class Measurements(GenericAPIView):
    serializer_class = MeasurementSerializer

    def get_queryset(self) -> QuerySet[Any]:
        newest = Verdict.objects.filter(measurement=OuterRef("pk")).order_by("-pk")
        rows = of_whom(visible.measurements()).annotate(state=Subquery(newest.values("state")[:1]))
        whole = rows.select_related("vantage", "body", "control").defer("control__facts")
        return whole.prefetch_related("verdicts")


@reads(MeasurementSerializer(many=True))
class MeasurementList(Measurements, ListView):
    """Single looks, the newest first."""

    filters = filters.MEASUREMENTS
    orderings, default_ordering = by_moment("started_at", "started_at"), "-started_at"


@reads(MeasurementSerializer, one=True)
class MeasurementDetail(Measurements, DetailView):
    """One look, every hop of it."""


class StatusChanges(GenericAPIView):
    serializer_class = StatusChangeSerializer

    def get_queryset(self) -> QuerySet[Any]:
        return of_whom(visible.status_changes()).select_related("verdict__measurement")


@reads(StatusChangeSerializer(many=True))
class StatusChangeList(StatusChanges, ListView):
    """Changes of status, the last recorded first."""

    filters = filters.STATUS_CHANGES
    orderings, default_ordering = by_moment("recorded_at", "recorded_at"), "-recorded_at"


@reads(StatusChangeSerializer, one=True)
class StatusChangeDetail(StatusChanges, DetailView):
    """One change of status."""
