"""The OpenAPI file and the pages that show it, with every script and style from this server."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from events.api.views.base import Reading

STYLED = settings.SECURE_CSP | {"style-src": ["'self'", "'unsafe-inline'"]}
"""Swagger UI writes styles into its elements; this one page lets it."""


@cache
def openapi() -> dict[str, Any]:
    """The schema as data, in English whatever the reader's browser asks for."""
    with translation.override("en"):
        schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
        return schema


@extend_schema(exclude=True)
class Schema(Reading):
    """This API in OpenAPI 3.1: YAML, or JSON with ``?format=json``."""

    renderer_classes = [
        OpenApiYamlRenderer,
        OpenApiYamlRenderer2,
        OpenApiJsonRenderer,
        OpenApiJsonRenderer2,
    ]

    def get(self, request: Request) -> Response:
        return Response(openapi())


class Docs(SpectacularSwaggerSplitView):
    """The API to read and to try in a browser."""

    url_name = "api:schema"
    http_method_names = ["get", "head"]

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response: Response = super().get(request, *args, **kwargs)
        sources = (" ".join([name, *values]) for name, values in STYLED.items())
        response.headers["Content-Security-Policy"] = "; ".join(sources)
        return response


@extend_schema(exclude=True)
class Nothing(Reading):
    """Whatever else begins with the API's address: a problem, not a page."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFound("There is nothing at this address of the API.")
