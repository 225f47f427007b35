"""Corrections of a sensitive published event that wait for a second person, with what they would change."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import operations
from events.access.roles import REVIEWS
from events.admin.desk import Refused, actor, refusals
from events.admin.proposals import Kept
from events.admin.review import Change, Version, told_apart
from events.models import BlockEvent, ProposedCorrection

DONE = {
    "take": (operations.take_correction, gettext_lazy("The event is corrected, and its readers are told.")),
    "dismiss": (operations.dismiss_correction, gettext_lazy("The correction is dismissed.")),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposed correction as the event's page shows it to this account."""

    row: ProposedCorrection
    changes: list[Change]
    may_take: bool
    may_dismiss: bool


def waiting(request: HttpRequest, event: BlockEvent) -> QuerySet[ProposedCorrection]:
    """The open corrections of an event, the oldest first, for who may read them."""
    if not request.user.has_perm("events.view_proposedcorrection"):
        return ProposedCorrection.objects.none()
    rows = ProposedCorrection.objects.filter(event=event, state="open").select_related("proposed_by")
    return rows.order_by("pk")


def shown(request: HttpRequest, event: BlockEvent, rows: list[ProposedCorrection]) -> list[Waiting]:
    """These corrections of an event, each with what it would change."""
    told = told_apart([_sides(event, row) for row in rows])
    return [_shown(request, row, changes) for row, changes in zip(rows, told, strict=True)]


def _shown(request: HttpRequest, row: ProposedCorrection, changes: list[Change]) -> Waiting:
    is_own, reviews = row.proposed_by_id == request.user.pk, request.user.has_perm(REVIEWS)
    return Waiting(row, changes, reviews and not is_own, reviews or is_own)


def _sides(event: BlockEvent, row: ProposedCorrection) -> tuple[Version, Version]:
    """The event before and after a correction."""
    before, after = ({name: pair[side] for name, pair in row.changes.items()} for side in (0, 1))
    orders = [said.pop("orders", None) or [] for said in (before, after)]
    return (_version(event, before), orders[0]), (_version(event, after), orders[1])


def _version(event: BlockEvent, said: dict[str, Any]) -> BlockEvent:
    """The event with these values, to be looked at and never stored."""
    version = copy.copy(event)
    for name, value in said.items():
        field: Any = BlockEvent._meta.get_field(name)
        setattr(version, field.attname, field.to_python(value))
    return version


def decide(
    desk: admin.ModelAdmin, request: HttpRequest, object_id: str, correction: int, decision: str
) -> HttpResponse:
    """Take or dismiss a correction and go back to the event. Only a POST decides."""
    event = desk.get_object(request, object_id)
    row = ProposedCorrection.objects.filter(event=event, pk=correction).first() if event else None
    is_shown = row is not None and request.user.has_perm("events.view_proposedcorrection")
    if event is None or row is None or not is_shown or decision not in DONE:
        raise Http404(_("There is no such correction."))
    if not (request.user.has_perm(REVIEWS) or row.proposed_by_id == request.user.pk):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    operation, sentence = DONE[decision]
    try:
        with refusals():
            operation(proposed=row, by=actor(request), now=timezone.now())
        messages.success(request, sentence)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return HttpResponseRedirect(reverse("admin:events_blockevent_change", args=[event.pk]))


@admin.register(ProposedCorrection)
class ProposedCorrectionAdmin(Kept):
    list_display = ("event", "state", "proposed_by", "proposed_at")
    list_select_related = ("event__group", "event__platform", "proposed_by")
    list_filter = ("state",)
    search_fields = ("event__public_id",)
    ordering = ("-pk",)
