"""The small parts that every answer is made of: links, imprecise dates, words from a vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from events.dates import ImpreciseDate, Precision


def link(context: Mapping[str, Any], name: str, public_id: str) -> str:
    """The permanent address of one thing in this API."""
    return reverse(f"api:{name}", args=[public_id], request=context.get("request"))


class Word(serializers.ReadOnlyField):
    """A value of one of the vocabularies that ``labels/`` explains. The schema knows it by that name."""

    def __init__(self, vocabulary: str, **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(**kwargs)


@extend_schema_field({"type": "string", "format": "uri"})
class LinkField(serializers.Field):
    """The address of the serialized row itself. ``key`` names its public id."""

    def __init__(self, name: str, key: str = "public_id") -> None:
        self.name, self.key = name, key
        super().__init__(source="*", read_only=True)

    def to_representation(self, value: Any) -> str:
        return link(self.context, self.name, getattr(value, self.key))


@extend_schema_field({"type": "string", "format": "uri"})
class EventsLinkField(LinkField):
    """The address of the events of the serialized row."""

    def to_representation(self, value: Any) -> str:
        events = reverse("api:event-list", request=self.context.get("request"))
        return f"{events}?{self.name}={getattr(value, self.key)}"


class DateSerializer(serializers.Serializer):
    """A date as precise as it is known. ``date`` has as many digits as are known: 2022, 2022-11 or 2022-11-27;
    ``earliest`` and ``latest`` are the days between which it lies. All three are null when nobody says when."""

    date = serializers.CharField(allow_null=True)
    precision = Word("precision")
    earliest = serializers.DateField(allow_null=True)
    latest = serializers.DateField(allow_null=True)


@extend_schema_field(DateSerializer)
class ImpreciseDateField(serializers.Field):
    """Three columns with one prefix, as one date. Never null: it happened, perhaps nobody says when."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        super().__init__(source="*", read_only=True)

    def to_representation(self, value: Any) -> dict[str, Any]:
        earliest = getattr(value, f"{self.prefix}_earliest")
        latest = getattr(value, f"{self.prefix}_latest")
        precision = Precision(getattr(value, f"{self.prefix}_precision") or Precision.UNKNOWN)
        return {
            "date": ImpreciseDate(earliest, latest, precision).iso,
            "precision": precision.value,
            "earliest": earliest,
            "latest": latest,
        }


@extend_schema_field(DateSerializer(allow_null=True))
class OptionalDateField(ImpreciseDateField):
    """The same, and null while it has not happened as far as is known."""

    def to_representation(self, value: Any) -> Any:
        if getattr(value, f"{self.prefix}_precision") is None:
            return None
        return super().to_representation(value)


@extend_schema_field({"type": ["string", "null"]})
class OrNull(serializers.ReadOnlyField):
    """Text; null, and not an empty string, when there is none."""

    def to_representation(self, value: str) -> str | None:
        return value or None
