"""The events that a list shows, as a file in our own columns that can be imported again: streamed, however many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from events.access.roles import SEES_DRAFTS
from events.importing import export

TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}
_PAGING = ("p", "all", "_popup")


def export_list(desk: admin.ModelAdmin, request: HttpRequest, file_format: str) -> HttpResponseBase:
    """What search and filters leave of the list, all pages of it. Internal notes go only to who reads all of them."""
    if file_format not in TYPES:
        raise Http404(_("There is no such format."))
    if not desk.has_view_permission(request):
        raise PermissionDenied
    listed = request.GET.copy()
    for name in _PAGING:
        listed.pop(name, None)
    request.GET = listed  # type: ignore[assignment]
    try:
        events = desk.get_changelist_instance(request).queryset.order_by("pk")
    except IncorrectLookupParameters:
        return HttpResponseRedirect(reverse("admin:events_blockevent_changelist") + "?e=1")
    answer = StreamingHttpResponse(
        _lines(file_format, events, with_notes=request.user.has_perm(SEES_DRAFTS)),
        content_type=TYPES[file_format],
    )
    answer["Content-Disposition"] = f'attachment; filename="events.{file_format}"'
    return answer


def _lines(file_format: str, events: Any, *, with_notes: bool) -> Iterator[str]:
    if file_format == "jsonl":
        yield from export.as_jsonl(events, with_notes=with_notes)
        return
    yield "\ufeff"  # without this mark spreadsheets take UTF-8 for something else
    yield from export.as_csv(events, with_notes=with_notes)
