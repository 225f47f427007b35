"""The event: a form in the order in which a source tells it, and beside it what is known of its page by now."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from events import operations
from events.admin import proposals, recognising, seconding, steps
from events.admin.desk import actor
from events.admin.entering import EnteringDesk
from events.admin.event_form import CORRECTION, FIELDSETS, EventForm
from events.admin.event_list import EventList
from events.admin.event_parts import AppealPart, DatePart, EpisodePart, ErratumPart, SourcePart
from events.admin.past import changes_of, past
from events.admin.standing import presences, standing, strip_of
from events.admin.typed import record_typed
from events.models import BlockEvent, Erratum, Order, Platform, Source
from events.together import kept_as, read_together

_PROPOSED = gettext_lazy(
    "This event is sensitive: what readers see of it changes once a second person takes your correction. See beside it."
)


@admin.register(BlockEvent)
class BlockEventAdmin(EnteringDesk, EventList):
    form = EventForm
    fieldsets = FIELDSETS
    change_form_template = "admin/events/blockevent/change_form.html"
    autocomplete_fields = ("group", "page", "authority", "transmitted_by", "orders")
    inlines = (SourcePart, DatePart, EpisodePart, AppealPart, ErratumPart)
    read_along = (
        "group", "platform", "page__group", "page__platform", "authority", "transmitted_by", "batch", "created_by",
        "watch",
    )  # fmt: skip

    def read_row(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """With all that stands under the event."""
        event = super().read_row(request, object_id, from_field)
        if event is not None:
            under = (
                event.sources.order_by("pk"),
                event.dates.select_related("source").order_by("pk"),
                event.episodes.order_by("pk"),
                event.appeals.select_related("body", "source").order_by("pk"),
                event.errata.select_related("by").order_by("pk"),
                event.orders.select_related("authority"),
            )
            names = ("sources", "dates", "episodes", "appeals", "errata", "orders")
            *read, event.platforms_known = read_together(*under, Platform.objects.order_by("name"))
            event._prefetched_objects_cache = {
                name: kept_as(rows, found) for name, rows, found in zip(names, under, read, strict=True)
            }
        return event

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, **foreign: Any
    ) -> None:
        """The list of versions tells changes in the words of the form, as they are told beside it."""
        records = list(historical_records.object_list)
        before: list[Any] = []
        if records:
            oldest = min(record.history_id for record in records)
            earlier = BlockEvent.history.filter(id=records[0].id, history_id__lt=oldest)
            before = list(earlier.order_by("-history_id")[:1])
        told = {record.history_id: changes for record, changes in changes_of([*records, *before])}
        for record in historical_records.object_list:
            record.history_delta_changes = told[record.history_id]

    def keep_entry(self, request: HttpRequest, row: Any, form: Any, because: str) -> None:
        by, now = actor(request), timezone.now()
        orders: list[Order] | None = record_typed(form=form, event=row, by=by, now=now, because=because)
        correction = form.correction()
        if operations.waits_for_second(event=row, now=now):
            proposed = operations.propose_correction(
                event=row, by=by, now=now, because=because, orders=orders, correction=correction
            )
            orders, correction = None, operations.Correction()
            if proposed is not None:
                messages.warning(request, _PROPOSED)
        operations.correct_event(
            event=row, by=by, now=now, because=because, orders=orders, correction=correction
        )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.viewer = request.user
        return form

    def recognise_view(self, request: HttpRequest) -> HttpResponse:
        """What is recorded of an address, a group's name or an order's number that is being typed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return JsonResponse(recognising.answer(request.GET.dict(), request.user))

    def correction(self, form: Any) -> operations.Correction:
        told: operations.Correction = form.correction()
        return told

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is said to readers is asked for once they read the event."""
        declared = super().get_fieldsets(request, obj)
        asks = obj is not None and obj.publication == "published" and operations.is_out(obj, timezone.now())
        return [*declared, CORRECTION] if asks and self.has_change_permission(request, obj) else declared

    def keep_part(
        self, request: HttpRequest, row: Any, because: str, correction: operations.Correction
    ) -> None:
        now = timezone.now()
        if isinstance(row, Source) and row.pk is None:
            operations.add_source(event=row.event, source=row, by=actor(request), now=now, because=because)
        elif isinstance(row, Erratum):
            operations.add_erratum(event=row.event, text=row.text, by=actor(request), now=now)
        else:
            super().keep_part(request, row, because, correction)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was recorded is never deleted: a draft stays a draft, and what was published is withdrawn."""
        return False

    def get_urls(self) -> list[Any]:
        step = path(
            "<path:object_id>/step/<slug:step>/",
            self.admin_site.admin_view(self.step_view),
            name="events_blockevent_step",
        )
        decision = path(
            "<path:object_id>/proposal/<slug:proposal>/<slug:decision>/",
            self.admin_site.admin_view(self.proposal_view),
            name="events_blockevent_proposal",
        )
        correction = path(
            "<path:object_id>/correction/<int:correction>/<slug:decision>/",
            self.admin_site.admin_view(self.correction_view),
            name="events_blockevent_correction",
        )
        recognise = path(
            "recognise/",
            require_safe(self.admin_site.admin_view(self.recognise_view)),
            name="events_blockevent_recognise",
        )
        return [step, decision, correction, recognise, *super().get_urls()]

    def step_view(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        """One step of an event's life: check now, review, publish, withdraw, end, begin again."""
        return steps.take(self, request, object_id, step)

    def proposal_view(
        self, request: HttpRequest, object_id: str, proposal: str, decision: str
    ) -> HttpResponse:
        """Accept or dismiss what a notice proposes."""
        return proposals.decide(self, request, object_id, proposal, decision)

    def correction_view(
        self, request: HttpRequest, object_id: str, correction: int, decision: str
    ) -> HttpResponse:
        """Take or dismiss a correction that somebody proposed."""
        return seconding.decide(self, request, object_id, correction, decision)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        event = self.get_object(request, object_id)
        shown: dict[str, Any] = {}
        if event is not None:
            stands = standing(event)
            shown = {"standing": stands, "steps": steps.offered(self, request, event)}
            shown["strip"] = strip_of(event, stands, now=timezone.now())
            elsewhere, proposed, corrections = read_together(
                presences(event, request.user), proposals.proposals(event), seconding.waiting(request, event)
            )
            shown["presences"] = elsewhere
            shown["proposals"] = [proposals.shown(row) for row in proposed]
            if self.has_view_history_or_change_history_permission(request, event):
                shown["past"] = past(event)
            shown["corrections"] = seconding.shown(request, event, corrections)
            shown["why_not_published"] = steps.why_not_published(request, event)
            shown["is_out"] = operations.is_out(event, timezone.now())
            shown["may_decide"] = proposals.may_decide(request)
        return super().change_view(request, object_id, form_url, {**shown, **(extra_context or {})})
