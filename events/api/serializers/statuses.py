"""What a watched page is at present, seen from each territory."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from events.api.serializers.fields import Word
from events.models import Page
from tracker.models import Watch


class HeldSerializer(serializers.Serializer):
    """Why no look is made, or no change believed, at present, by rule."""

    rule_id = serializers.CharField(source="held_rule_id")
    since = serializers.DateTimeField(source="held_since")


class StatusSerializer(serializers.Serializer):
    """The status of a page from one territory, derived from measurements and never typed in.

    ``rule_id`` is explained by ``rules/``; null when nobody has looked. ``measurements`` and ``vantages`` say how
    many looks, from how many places, stand behind it. ``mixed``: places of the territory contradict each other, each
    sure by itself; the state is then the block that some of them see.
    """

    territory = serializers.CharField()
    state = Word("state", source="status")
    mechanism = Word("mechanism", source="status_mechanism", allow_null=True)
    rule_id = serializers.SerializerMethodField()
    since = serializers.DateTimeField(source="status_since", allow_null=True)
    last_measured_at = serializers.DateTimeField(allow_null=True)
    measurements = serializers.IntegerField(source="n_measurements")
    vantages = serializers.IntegerField(source="n_vantages")
    mixed = serializers.BooleanField()
    held = serializers.SerializerMethodField()

    def get_rule_id(self, watch: Watch) -> str | None:
        return watch.status_rule_id or watch.held_rule_id

    @extend_schema_field(HeldSerializer(allow_null=True))
    def get_held(self, watch: Watch) -> Any:
        return HeldSerializer(watch).data if watch.held_rule_id else None


def statuses(page: Page | None, territory: str | None) -> list[Any]:
    """Every watch of the page as data, that of ``territory`` first, the others by their code."""
    if page is None or page.target is None:
        return []
    watches = sorted(
        page.target.watches.all(), key=lambda watch: (watch.territory != territory, watch.territory)
    )
    return list(StatusSerializer(watches, many=True).data)
