"""Content-Security-Policy from ``SECURE_CSP``, the setting that Django 6 has built in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "Content-Security-Policy"


class ContentSecurityPolicyMiddleware:
    """Sets the policy on every answer; a view may bring its own by setting the header itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, policy(settings.SECURE_CSP))
        return response


def policy(directives: Mapping[str, Sequence[str]]) -> str:
    """The header's value for a mapping of directives to sources."""
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())
