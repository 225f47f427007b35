"""Every error of the API as problem+json (RFC 9457), naming what was wrong."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: the status stays, the body becomes a problem."""
    response = exception_handler(error, context)
    if response is None:
        return None
    detail = error.detail if isinstance(error, APIException) else response.data
    response.data = {"type": "about:blank", "title": response.status_text, "status": response.status_code}
    if isinstance(error, ValidationError):
        response.data |= {"title": "Invalid parameter", "errors": detail}
    else:
        response.data["detail"] = str(detail)
    response.content_type = "application/problem+json"
    return response
