"""What every address of the API has in common: reading only, no unknown parameter, open to every origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from rest_framework import generics
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from events.api import pagination
from events.api.filters import DeclaredFilters
from events.api.pagination import KeysetPagination, Ordering
from events.api.parameters import Filter, refuse_unknown, shown
from events.api.problems import BadParameters, Fault

MAX_AGE = "public, max-age=60"
"""A status changes after minutes at the earliest, so a minute's cache hides nothing and bears a rush."""


class Negotiation(DefaultContentNegotiation):
    """``format`` is a parameter like any other: an unknown value is named, and not answered by 404."""

    def filter_renderers(self, renderers: Iterable[Any], format: str) -> list[Any]:
        found = [renderer for renderer in renderers if renderer.format == format]
        if not found:
            known = tuple(dict.fromkeys(renderer.format for renderer in renderers))
            detail = f"“{shown(format)}” is not known; known: {', '.join(known)}."
            raise BadParameters([Fault("format", detail, known)])
        return found


class Reading(APIView):
    """Answers GET and HEAD to everybody. ``known_parameters`` are all that the query string may hold."""

    http_method_names = ["get", "head", "options"]
    content_negotiation_class = Negotiation

    def known_parameters(self) -> Sequence[str]:
        return ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown(request.query_params, [*self.known_parameters(), "format"])

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers.setdefault("Cache-Control", MAX_AGE if response.status_code == 200 else "no-store")
        return response

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """The question that a browser asks before a request with headers of its own."""
        allowed = {"Access-Control-Allow-Methods": "GET, HEAD, OPTIONS", "Access-Control-Max-Age": "86400"}
        asked = {"Access-Control-Allow-Headers": "Accept, Authorization, If-Modified-Since, If-None-Match"}
        return Response(status=204, headers=allowed | asked)


class ListView(Reading, generics.ListAPIView):
    """A list by keys. Orderings hold a key that is never null."""

    pagination_class = KeysetPagination
    filter_backends = [DeclaredFilters]
    filters: Sequence[Filter] = ()
    orderings: Mapping[str, Ordering]
    default_ordering: str

    def known_parameters(self) -> Sequence[str]:
        return [*(each.name for each in self.filters), *pagination.PARAMETERS]


class DetailView(Reading, generics.RetrieveAPIView):
    """One thing by its public id. What is not public is not found, as what never was."""

    filter_backends: list[Any] = []
    lookup_field = "public_id"
    lookup_url_kwarg = "id"

    def get_object(self) -> Any:
        # The id is compared as given: a malformed one matches nothing, and NUL never reaches the database.
        given = self.kwargs["id"]
        queryset: QuerySet[Any] = self.get_queryset()
        return get_object_or_404(
            queryset if given.isprintable() else queryset.none(), **{self.lookup_field: given}
        )
