"""The public pages. Each view reads, and hands what it read to one template."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import sentences
from events.dashboard import reading
from tracker.models import Watch
from tracker.operations import rules


@dataclass(frozen=True, slots=True)
class Status:
    """A status from one territory, with the public reasons for it and for not looking."""

    watch: Watch
    because: str
    held_because: str


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What this is, how much still holds, and every published event."""
    listed = reading.listed(after=request.GET.get("after"))
    if listed is None:
        raise Http404(_("There is no such place in the list."))
    context = {
        "counts": reading.counts(),
        "rehearsed": reading.counts(rehearsed=True),
        "listed": listed,
        "is_first": "after" not in request.GET,
        "changes": reading.newest_changes(),
    }
    return render(request, "dashboard/front.html", context)


@require_safe
def event(request: HttpRequest, public_id: str) -> HttpResponse:
    """One event. What was withdrawn says so at its old address, with status 410."""
    found = reading.whole_event(public_id)
    if found is None:
        raise Http404(_("There is no such event."))
    if found.publication == "withdrawn":
        return render(request, "dashboard/withdrawn.html", {"event": found}, status=410)
    reasons = {rule.rule_id: rule.because for rule in rules()}
    context = {
        "event": found,
        "headline": sentences.headline(found),
        "dated": sentences.dated(found),
        "standing": sentences.standing(found),
        "not_known": sentences.not_known(found),
        "statuses": [_status(watch, reasons) for watch in reading.watches_of(found)],
    }
    return render(request, "dashboard/event.html", context)


def _status(watch: Watch, reasons: dict[str, str]) -> Status:
    return Status(
        watch, reasons.get(watch.status_rule_id or "", ""), reasons.get(watch.held_rule_id or "", "")
    )
