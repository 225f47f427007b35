"""What notices propose of an event's order: beside the event with the words that say so, and as a list to read."""

from __future__ import annotations

from collections.abc import Iterator
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
from events.models import BlockEvent, NoticeMark, OrderProposal
from tracker.operations import parse_notice

VALUES = {
    "authority": gettext_lazy("Decided by"),
    "transmitted_by": gettext_lazy("Passed on by"),
    "court": gettext_lazy("Court"),
    "region": gettext_lazy("Region"),
    "order_number": gettext_lazy("Number"),
    "order_date": gettext_lazy("Date"),
    "law": gettext_lazy("Law cited"),
    "reason": gettext_lazy("Cited reason"),
}
DONE = {
    "accept": (operations.accept_proposal, gettext_lazy("The order is linked to the event.")),
    "dismiss": (
        operations.dismiss_proposal,
        gettext_lazy("The proposal is dismissed and will not come back."),
    ),
}


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a notice's text; ``says`` names the value that was read from it, or is empty."""

    text: str
    says: Any = ""


@dataclass(frozen=True, slots=True)
class Shownable:
    """A proposal as the event's page shows it."""

    row: OrderProposal
    words: list[Words]
    stated: list[tuple[Any, str]]


def proposals(event: BlockEvent) -> QuerySet[OrderProposal]:
    """The open proposals of an event, the newest first."""
    rows = OrderProposal.objects.filter(event=event, state="open")
    return rows.select_related("measurement").order_by("-pk")


def shown(row: OrderProposal) -> Shownable:
    text = str(row.notice.get("text") or "")
    told = {"reason": parse_notice(text).reason, **row.notice}
    stated = [(label, str(told[name])) for name, label in VALUES.items() if told.get(name)]
    return Shownable(row, list(highlighted(text)), stated)


def highlighted(text: str) -> Iterator[Words]:
    """The text in pieces: those that a value was read from, and those between them."""
    at = 0
    spans = [(start, end, VALUES[name]) for name, start, end in parse_notice(text).spans if name in VALUES]
    for start, end, says in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < at or start == end:
            continue  # the court's words are also the authority's
        if text[at:start]:
            yield Words(text[at:start])
        yield Words(text[start:end], says)
        at = end
    if text[at:]:
        yield Words(text[at:])


def may_decide(request: HttpRequest) -> bool:
    return request.user.has_perm(REVIEWS)


def decide(
    desk: admin.ModelAdmin, request: HttpRequest, object_id: str, proposal: str, decision: str
) -> HttpResponse:
    """Accept or dismiss a proposal and go back to the event. Only a POST decides."""
    event = desk.get_object(request, object_id)
    row = OrderProposal.objects.filter(event=event, public_id=proposal).first() if event else None
    if event is None or row is None or decision not in DONE:
        raise Http404(_("There is no such proposal."))
    if not may_decide(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    operation, sentence = DONE[decision]
    try:
        with refusals():
            operation(proposal=row, by=actor(request), now=timezone.now())
        messages.success(request, sentence)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return HttpResponseRedirect(reverse("admin:events_blockevent_change", args=[event.pk]))


class Kept(admin.ModelAdmin):
    """Rows that the program writes; people decide about them beside the event."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(OrderProposal)
class OrderProposalAdmin(Kept):
    list_display = ("public_id", "event", "reason", "state", "proposed_at")
    list_select_related = ("event__group", "event__platform")
    list_filter = ("state", "reason")
    search_fields = ("public_id", "measurement__public_id")
    ordering = ("-pk",)


@admin.register(NoticeMark)
class NoticeMarkAdmin(Kept):
    list_display = ("name", "verdict")
    search_fields = ("name",)
    ordering = ("name",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False  # of use to whoever looks for a fault, by its address
