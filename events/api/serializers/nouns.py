"""Platforms, groups, pages, authorities and orders: in full, and small where another answer names them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from events.api.serializers.fields import (
    EventsLinkField,
    ImpreciseDateField,
    LinkField,
    OrNull,
    Word,
)
from events.api.serializers.statuses import StatusSerializer, statuses
from events.models import Page


class Id(serializers.CharField):
    """The public id: random, permanent, twelve characters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="public_id", read_only=True, **kwargs)


class SmallPlatformSerializer(serializers.Serializer):
    id = serializers.CharField(source="key")
    name = serializers.CharField()
    url = LinkField("platform", key="key")


class SmallGroupSerializer(serializers.Serializer):
    id = Id()
    name = serializers.CharField()
    kind = Word("group_kind")
    country = serializers.CharField(allow_null=True)
    url = LinkField("group")


class SmallPageSerializer(serializers.Serializer):
    """``url`` is the page's address in this API; ``address`` and ``canonical_url`` are its address on the web."""

    id = Id()
    name = serializers.SerializerMethodField()
    kind = Word("page_kind")
    address = serializers.CharField(source="url")
    canonical_url = serializers.CharField()
    handle = OrNull()
    url = LinkField("page")

    def get_name(self, page: Page) -> str:
        return page.title or page.handle or page.canonical_url


class SmallAuthoritySerializer(serializers.Serializer):
    id = Id()
    name = serializers.CharField()
    kind = Word("authority_kind")
    country = serializers.CharField(allow_null=True)
    region = OrNull()
    url = LinkField("authority")


class SmallOrderSerializer(serializers.Serializer):
    """``number`` is verbatim; null when the order has none or no source tells it."""

    id = Id()
    number = OrNull()
    dated = ImpreciseDateField("dated")
    law = OrNull()
    authority = SmallAuthoritySerializer(allow_null=True)
    url = LinkField("order")


class NameSerializer(serializers.Serializer):
    """Another name: in another language, or as a source that disagrees has it."""

    name = serializers.CharField()
    language = OrNull()


class GroupNameSerializer(NameSerializer):
    note = OrNull()


class PlatformSerializer(SmallPlatformSerializer):
    home_url = OrNull()
    company = OrNull()
    country = serializers.CharField(allow_null=True)
    events_url = EventsLinkField("platform", key="key")


class PresenceSerializer(SmallPageSerializer):
    platform = SmallPlatformSerializer()
    note = OrNull()


class GroupSerializer(SmallGroupSerializer):
    """``pages`` are all known presences of the group, those that are not blocked as well."""

    names = GroupNameSerializer(many=True)
    wikidata = OrNull()
    description = OrNull()
    pages = PresenceSerializer(many=True)
    events_url = EventsLinkField("group")


class AuthoritySerializer(SmallAuthoritySerializer):
    names = NameSerializer(many=True)
    parent = SmallAuthoritySerializer(allow_null=True)
    wikidata = OrNull()
    events_url = EventsLinkField("authority")


class OrderSerializer(SmallOrderSerializer):
    """``suspect`` says why a value looks wrong, such as a year in the number that contradicts the date."""

    suspect = OrNull()
    note = OrNull()
    events_url = EventsLinkField("order")


class EventLinkSerializer(serializers.Serializer):
    id = Id()
    url = LinkField("event")


class PageSerializer(PresenceSerializer):
    """``status`` has one entry for each territory from which the page is watched."""

    native_id = OrNull()
    title = OrNull()
    group = SmallGroupSerializer()
    status = serializers.SerializerMethodField()
    events = EventLinkSerializer(many=True, source="published_events")

    @extend_schema_field(StatusSerializer(many=True))
    def get_status(self, page: Page) -> Any:
        return statuses(page, None)
