"""Who was blocked, where, and by whom."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework.generics import GenericAPIView

from events.api import filters, visible
from events.api.pagination import by_date, by_text
from events.api.schema import reads
from events.api.serializers import nouns
from events.api.views.base import DetailView, ListView
from events.models import AuthorityName, GroupName, Page


class Platforms(GenericAPIView):
    serializer_class = nouns.PlatformSerializer
    lookup_field = "key"

    def get_queryset(self) -> QuerySet[Any]:
        return visible.platforms()


@reads(nouns.PlatformSerializer(many=True))
class PlatformList(Platforms, ListView):
    """Services that host pages. Their id is a word."""

    orderings, default_ordering = by_text("key", "key"), "key"


@reads(nouns.PlatformSerializer, one=True)
class PlatformDetail(Platforms, DetailView):
    """One platform by its key."""


class Groups(GenericAPIView):
    serializer_class = nouns.GroupSerializer

    def get_queryset(self) -> QuerySet[Any]:
        names = Prefetch("names", GroupName.objects.order_by("pk"))
        pages = Prefetch("pages", Page.objects.select_related("platform").order_by("pk"))
        return visible.groups().prefetch_related(names, pages)


@reads(nouns.GroupSerializer(many=True))
class GroupList(Groups, ListView):
    """Groups with a published event, by name."""

    filters = filters.GROUPS
    orderings, default_ordering = by_text("name", "name_key"), "name"


@reads(nouns.GroupSerializer, one=True)
class GroupDetail(Groups, DetailView):
    """One group with all its presences."""


class Pages(GenericAPIView):
    serializer_class = nouns.PageSerializer

    def get_queryset(self) -> QuerySet[Any]:
        # By primary key: the descending order of the list is the order of recording.
        events = Prefetch("events", visible.events().order_by("pk"), to_attr="published_events")
        related = visible.pages().select_related("group", "platform", "target")
        return related.prefetch_related("target__watches", events)


@reads(nouns.PageSerializer(many=True))
class PageList(Pages, ListView):
    """Presences of groups, blocked or not, by address."""

    filters = filters.PAGES
    orderings, default_ordering = by_text("canonical_url", "canonical_url"), "canonical_url"


@reads(nouns.PageSerializer, one=True)
class PageDetail(Pages, DetailView):
    """One presence with its status from every territory."""


class Authorities(GenericAPIView):
    serializer_class = nouns.AuthoritySerializer

    def get_queryset(self) -> QuerySet[Any]:
        names = Prefetch("names", AuthorityName.objects.order_by("pk"))
        return visible.authorities().select_related("parent").prefetch_related(names)


@reads(nouns.AuthoritySerializer(many=True))
class AuthorityList(Authorities, ListView):
    """Bodies that decided or passed on, by name."""

    filters = filters.AUTHORITIES
    orderings, default_ordering = by_text("name", "name_key"), "name"


@reads(nouns.AuthoritySerializer, one=True)
class AuthorityDetail(Authorities, DetailView):
    """One authority."""


class Orders(GenericAPIView):
    serializer_class = nouns.OrderSerializer

    def get_queryset(self) -> QuerySet[Any]:
        return visible.orders().select_related("authority")


@reads(nouns.OrderSerializer(many=True))
class OrderList(Orders, ListView):
    """Legal acts, the newest first."""

    filters = filters.ORDERS
    orderings, default_ordering = by_date("dated", "dated_earliest"), "-dated"


@reads(nouns.OrderSerializer, one=True)
class OrderDetail(Orders, DetailView):
    """One legal act. Its events are behind ``events_url``."""
