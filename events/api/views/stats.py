"""Counts for charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from events.api import visible
from events.api.filters import EVENTS, schema_of
from events.api.parameters import read_filters, shown, single
from events.api.problems import BadParameters, Fault
from events.api.schema import reads
from events.api.stats import AXES, count
from events.api.views.base import Reading


class CountSerializer(serializers.Serializer):
    """``x`` and ``y`` are null for events of which it is not known; labels are in English."""

    x = serializers.CharField(allow_null=True)
    y = serializers.CharField(allow_null=True, required=False)
    count = serializers.IntegerField()
    x_label = serializers.CharField(allow_null=True, required=False)
    y_label = serializers.CharField(allow_null=True, required=False)


class StatsSerializer(serializers.Serializer):
    """``filters`` repeats what was asked; ``total`` is the number of events counted."""

    axis_x = serializers.CharField()
    axis_y = serializers.CharField(allow_null=True)
    filters = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    total = serializers.IntegerField()
    results = CountSerializer(many=True)


def _axis(name: str, *, required: bool) -> OpenApiParameter:
    about = "What to count by. A date counts under a month or day only when it is known that precisely."
    return OpenApiParameter(name, str, required=required, enum=list(AXES), description=about)


def _filter(parameter: dict[str, Any]) -> OpenApiParameter:
    return OpenApiParameter(
        parameter["name"],
        parameter["schema"],
        description=parameter["description"],
        explode=True,
        style="form",
    )


@reads(
    StatsSerializer,
    parameters=[
        _axis("axis_x", required=True),
        _axis("axis_y", required=False),
        *(_filter(schema_of(each)) for each in EVENTS),
    ],
)
class Stats(Reading):
    """Published events counted along one or two axes, with every filter of the list of events."""

    def known_parameters(self) -> Sequence[str]:
        return ["axis_x", "axis_y", *(each.name for each in EVENTS)]

    def get(self, request: Request) -> Response:
        axis_x, axis_y = chosen_axes(request)
        narrowed = read_filters(EVENTS, request.query_params)
        results = count(narrowed.apply(visible.events()), axis_x, axis_y)
        total = sum(row["count"] for row in results)
        asked = {"axis_x": axis_x, "axis_y": axis_y, "filters": narrowed.said}
        return Response(asked | {"total": total, "results": results})


def chosen_axes(request: Request) -> tuple[str, str | None]:
    """Raises ``BadParameters`` when the first axis is missing, one is not known, or both are the same."""
    known, faults = tuple(AXES), []
    asked = {name: single(request.query_params, name) for name in ("axis_x", "axis_y")}
    for name, text in asked.items():
        if text is not None and text not in AXES:
            detail = f"“{shown(text)}” is not an axis; known: {', '.join(known)}."
            faults.append(Fault(name, detail, known))
    if asked["axis_x"] is None:
        faults.append(Fault("axis_x", f"“axis_x” is needed; known: {', '.join(known)}.", known))
    elif asked["axis_x"] == asked["axis_y"]:
        faults.append(Fault("axis_y", "“axis_y” must be another axis than “axis_x”.", known))
    if faults or asked["axis_x"] is None:
        raise BadParameters(faults)
    return asked["axis_x"], asked["axis_y"]
