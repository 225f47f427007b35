"""Every error of the API as problem+json (RFC 9457), naming what was wrong and what would be accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse
from rest_framework.exceptions import APIException
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Fault:
    """One parameter that cannot be understood. ``known`` lists what would be accepted, where that is a list."""

    parameter: str
    detail: str
    known: tuple[str, ...] = ()


class BadParameters(APIException):
    """400: the query string has parameters or values that the address does not know."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(fault.detail for fault in self.faults))


class Withdrawn(APIException):
    """410: the event was published once and is not any more. The reason is public."""

    status_code = HTTPStatus.GONE

    def __init__(self, because: str) -> None:
        super().__init__(f"This event was withdrawn: {because}")


def problem_response(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """DRF's exception handler. The answer is JSON whatever was negotiated, so that it cannot fail in turn."""
    response = exception_handler(error, context)
    if response is None:
        return None
    status = HTTPStatus(response.status_code)
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": str(error.detail) if isinstance(error, APIException) else status.description,
    }
    if isinstance(error, BadParameters):
        body["errors"] = [asdict(fault) for fault in error.faults]
    kept = {name: response[name] for name in ("Allow", "Retry-After", "WWW-Authenticate") if name in response}
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE, headers=kept)
