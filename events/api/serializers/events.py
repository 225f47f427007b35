"""A block event, with the status of its page."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from events.api.serializers.fields import (
    DateSerializer,
    ImpreciseDateField,
    LinkField,
    OptionalDateField,
    OrNull,
    Word,
)
from events.api.serializers.nouns import (
    Id,
    SmallAuthoritySerializer,
    SmallGroupSerializer,
    SmallOrderSerializer,
    SmallPageSerializer,
    SmallPlatformSerializer,
)
from events.api.serializers.statuses import StatusSerializer, statuses
from events.models import BlockEvent

NO_PAGE = "The page's address is in none of the sources."
NO_TERRITORY = (
    "No source says in which territory the page is withheld, so its status there cannot be checked."
)
NOT_WATCHED = "The page's address is known, and nobody looks at it yet."


class BlockedOnSerializer(DateSerializer):
    """When the block began. ``kind`` says which day is meant: ordered, effective, observed or reported."""

    kind = Word("date_kind", allow_null=True)


@extend_schema_field(BlockedOnSerializer)
class BlockedOnField(ImpreciseDateField):
    def to_representation(self, value: Any) -> dict[str, Any]:
        return super().to_representation(value) | {"kind": value.blocked_kind}


class CitedReasonSerializer(serializers.Serializer):
    """What the authority or the platform gave as its reason. ``none_given`` is expressly none; ``not_known`` is
    that no source speaks of it. ``translation`` is in English."""

    status = Word("cited_reason_status", source="cited_reason_status")
    text = OrNull(source="cited_reason")
    language = OrNull(source="cited_reason_language")
    translation = OrNull(source="cited_reason_translation")


class SourceSerializer(serializers.Serializer):
    """A document or address for or against the event, graded after the Admiralty scale where it is graded."""

    url = OrNull()
    title = OrNull()
    publisher = OrNull()
    kind = Word("source_kind")
    published = ImpreciseDateField("published")
    language = OrNull()
    stance = Word("stance")
    reliability = Word("reliability", allow_null=True)
    credibility = serializers.IntegerField(allow_null=True)
    quote = OrNull()
    archive_url = OrNull()
    note = OrNull()


class ErratumSerializer(serializers.Serializer):
    id = Id()
    text = serializers.CharField()
    published_at = serializers.DateTimeField()


class EpisodeSerializer(serializers.Serializer):
    """One period in which the block held. ``ended`` and ``ended_how`` are null while no source tells of an end."""

    number = serializers.IntegerField()
    began = ImpreciseDateField("began")
    ended = OptionalDateField("ended")
    ended_how = Word("ending", allow_null=True)
    note = OrNull()


class FurtherDateSerializer(serializers.Serializer):
    """A date that a source gives besides the event's own. ``source_url`` is that source's address."""

    kind = Word("date_kind")
    on = ImpreciseDateField("on")
    source_url = serializers.SerializerMethodField()
    note = OrNull()

    def get_source_url(self, date: Any) -> str | None:
        return (date.source.url or None) if date.source else None


class EventSerializer(serializers.Serializer):
    """One block of one group on one platform at an authority's request.

    ``page`` is null while its address is not known; then ``checkable`` is false, ``check_note`` says why and
    ``status`` is empty. ``authority`` decided, ``transmitted_by`` passed it on; null is not known. ``status`` has
    the event's own territory first.
    """

    id = Id()
    url = LinkField("event")
    platform = SmallPlatformSerializer()
    group = SmallGroupSerializer()
    page = SmallPageSerializer(allow_null=True)
    authority = SmallAuthoritySerializer(allow_null=True)
    transmitted_by = SmallAuthoritySerializer(allow_null=True)
    orders = SmallOrderSerializer(many=True)
    restriction = Word("restriction")
    territory = serializers.CharField(allow_null=True)
    blocked_on = BlockedOnField("blocked")
    restored_on = OptionalDateField("restored")
    episodes = EpisodeSerializer(many=True)
    dates = FurtherDateSerializer(many=True)
    cited_reason = CitedReasonSerializer(source="*")
    reason_category = Word("reason_category", allow_null=True)
    assessed_reason = OrNull()
    audience_size = serializers.IntegerField(allow_null=True)
    audience_on = serializers.DateField(allow_null=True)
    summary = OrNull()
    sources = SourceSerializer(many=True)
    errata = ErratumSerializer(many=True)
    checkable = serializers.SerializerMethodField()
    check_note = serializers.SerializerMethodField()
    status = serializers.SerializerMethodField()
    published_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    def get_checkable(self, event: BlockEvent) -> bool:
        return why_not_checkable(event) is None

    def get_check_note(self, event: BlockEvent) -> str | None:
        return why_not_checkable(event)

    @extend_schema_field(StatusSerializer(many=True))
    def get_status(self, event: BlockEvent) -> Any:
        return statuses(event.page, event.territory)


def why_not_checkable(event: BlockEvent) -> str | None:
    """In words, why nobody can say whether the page is still blocked; None when it is being looked at."""
    if event.page is None:
        return NO_PAGE
    if event.territory is None:
        return NO_TERRITORY
    return None if event.watch_id else NOT_WATCHED
