"""How the OpenAPI file tells of our vocabularies and of our problems."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers

from events.api.labels import vocabulary
from events.api.problems import MEDIA_TYPE


class WordInSchema(OpenApiSerializerFieldExtension):
    """Each vocabulary is one named enumeration, wherever it is used."""

    target_class = "events.api.serializers.fields.Word"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        name = self.target.vocabulary
        component = ResolvedComponent(
            name="".join(part.capitalize() for part in name.split("_")),
            type=ResolvedComponent.SCHEMA,
            schema={
                "type": "string",
                "enum": list(vocabulary(name)),
                "description": f"In words in labels/ under “{name}”.",
            },
            object=name,
        )
        auto_schema.registry.register_on_missing(component)
        ref: dict[str, Any] = component.ref
        return ref


class FaultSerializer(serializers.Serializer):
    parameter = serializers.CharField()
    detail = serializers.CharField()
    known = serializers.ListField(child=serializers.CharField())


class ProblemSerializer(serializers.Serializer):
    """RFC 9457. ``errors`` is there when parameters were not understood: each by name, with what is known."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = FaultSerializer(many=True, required=False)  # type: ignore[assignment]  # DRF: the name is a property of it


_PROBLEMS = {
    400: "A parameter or a value is not known; each is named.",
    404: "Nothing public has this id.",
    406: "No answer in a format that was asked for.",
    410: "The event was withdrawn; “detail” says why.",
}


def reads(answer: Any, *, parameters: list[Any] | None = None, gone: bool = False, one: bool = False) -> Any:
    """A decorator: what a view answers, with the problems that it may answer instead."""
    codes = [400, *([404] if one else []), 406, *([410] if gone else [])]
    problems = {(code, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, _PROBLEMS[code]) for code in codes}
    good = OpenApiResponse(answer, "As asked.")
    return extend_schema(methods=["GET"], responses={200: good, **problems}, parameters=parameters)
