"""What the other answers are made of: the rules, the words, and where everything is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from events.api import pagination
from events.api.labels import Labels, labels
from events.api.pagination import TablePagination
from events.api.schema import reads
from events.api.serializers.fields import Word
from events.api.views.base import Reading
from tracker.operations import RULES_VERSION, rules

LISTS = (
    "events groups pages platforms authorities orders measurements status-changes rules labels stats schema docs"
).split()


def _table_of(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": schema}


class RuleSerializer(serializers.Serializer):
    """One rule of the ordered table; the first that fits decides. An id is never used again for another meaning."""

    rule_id = serializers.CharField()
    state = Word("state")
    mechanism = Word("mechanism", allow_null=True)
    because = serializers.CharField()
    rules_version = serializers.SerializerMethodField()

    def get_rules_version(self, rule: Any) -> str:
        return RULES_VERSION


@reads(RuleSerializer(many=True))
class RuleList(Reading, generics.ListAPIView):
    """The rules by which measurements are judged, in the order in which they are tried."""

    serializer_class = RuleSerializer
    pagination_class = TablePagination
    filter_backends: list[Any] = []

    def known_parameters(self) -> Sequence[str]:
        return pagination.PARAMETERS[:2]

    def get_queryset(self) -> Any:
        return rules()


@reads(_table_of(_table_of(_table_of({"type": "string"}))))
class LabelTable(Reading):
    """Every word that a value may be, in English and Russian: vocabulary, then value, then language."""

    def get(self, request: Request) -> Response:
        table: Mapping[str, Labels] = labels()
        return Response(table)


@reads(_table_of({"type": "string", "format": "uri"}))
class Root(Reading):
    """Every list of this API, by name."""

    def get(self, request: Request) -> Response:
        return Response(
            {name: request.build_absolute_uri(reverse("api:root") + f"{name}/") for name in LISTS}
        )
