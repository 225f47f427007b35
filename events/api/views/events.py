"""Block events with the status of their pages, in a number of queries that does not depend on how many."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from events.api import visible
from events.api.filters import EVENTS
from events.api.pagination import by_date, by_moment
from events.api.problems import Withdrawn
from events.api.schema import reads
from events.api.serializers.events import EventSerializer
from events.api.views.base import DetailView, ListView
from events.models import Episode, Erratum, EventDate, Order, Source

_RELATED = (
    Prefetch("orders", Order.objects.select_related("authority").order_by("dated_earliest", "pk")),
    Prefetch("sources", Source.objects.order_by("pk")),
    Prefetch("errata", Erratum.objects.order_by("published_at", "pk")),
    Prefetch("episodes", Episode.objects.order_by("number")),
    Prefetch("dates", EventDate.objects.select_related("source").order_by("on_earliest", "pk")),
    "page__target__watches",
)


def whole(events: QuerySet[Any]) -> QuerySet[Any]:
    """The events with everything that an answer tells of them."""
    return events.select_related(
        "group", "platform", "page__target", "authority", "transmitted_by"
    ).prefetch_related(*_RELATED)


@reads(EventSerializer(many=True))
class EventList(ListView):
    """Block events, the newest block first."""

    serializer_class = EventSerializer
    filters = EVENTS
    default_ordering = "-blocked_on"
    orderings = (
        by_date("blocked_on", "blocked_earliest")
        | by_moment("updated_at", "updated_at")
        | by_moment("published_at", "published_at")
    )

    def get_queryset(self) -> QuerySet[Any]:
        return whole(visible.events())


@reads(EventSerializer, one=True, gone=True)
class EventDetail(DetailView):
    """One block event. 410 with the reason when it was withdrawn."""

    serializer_class = EventSerializer

    def get_queryset(self) -> QuerySet[Any]:
        return whole(visible.events_and_withdrawn())

    def get_object(self) -> Any:
        event = super().get_object()
        if event.publication == "withdrawn":
            raise Withdrawn(event.withdrawn_because)
        return event
