"""Imports: a file is brought in here, its rows are looked at here, and it is taken back here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events import operations
from events.admin import importing
from events.admin.desk import Refused, actor, refusals
from events.models import BlockEvent, ImportBatch, RegisterSnapshot
from events.models.vocabulary import ROW_OUTCOMES
from events.operations import Undoing, registers, uploads

SHOWN = 100


@admin.register(ImportBatch)
class ImportBatchAdmin(admin.ModelAdmin):
    list_display = (
        "file_name",
        "format",
        "state",
        "imported_at",
        "by",
        "rows",
        "created",
        "updated",
        "unchanged",
    )
    list_select_related = ("by",)
    list_filter = ("format", "state")
    search_fields = ("file_name", "file_sha256", "public_id")
    ordering = ("-imported_at", "-pk")
    change_list_template = "admin/events/importbatch/change_list.html"
    change_form_template = "admin/events/importbatch/change_form.html"
    exclude = ("undo_asked_at", "undo_asked_by", "undo_because", "undo_refused")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        views: list[tuple[str, Any, str]] = [
            ("upload/", importing.upload, "upload"),
            ("upload/<str:public_id>/", importing.trial, "trial"),
            ("upload/<str:public_id>/progress/", importing.progress, "progress"),
            ("<int:pk>/undo/", undo, "undo"),
            ("<int:pk>/believe/", believe, "believe"),
        ]
        own = [
            path(route, self.admin_site.admin_view(self._view(view)), name=f"events_importbatch_{name}")
            for route, view, name in views
        ]
        return own + super().get_urls()

    def _view(self, view: Any) -> Any:
        def answer(request: HttpRequest, **said: Any) -> HttpResponse:
            response: HttpResponse = view(self, request, **said)
            return response

        return answer

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may_import = request.user.has_perm("events.add_importbatch")
        return super().changelist_view(request, {**(extra_context or {}), "may_import": may_import})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        batch = self.get_object(request, object_id)
        context = {**(extra_context or {}), **(_lines(request, batch) if batch else {})}
        return super().change_view(request, object_id, form_url, context)


def _lines(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    outcome = request.GET.get("outcome", "")
    lines = batch.lines.order_by("number").select_related("event__group", "event__platform")
    if outcome in dict(ROW_OUTCOMES):
        lines = lines.filter(outcome=outcome)
    counts = {"created": batch.created, "updated": batch.updated, "unchanged": batch.unchanged}
    tabs = [("", _("all"), sum(counts.values()))]
    tabs += [(key, str(label), counts[key]) for key, label in ROW_OUTCOMES if counts[key]]
    may_undo = request.user.has_perm("events.change_importbatch")
    return {
        "batch": batch,
        "page": Paginator(lines, SHOWN).get_page(request.GET.get("page")),
        "outcome": outcome,
        "tabs": tabs,
        "doubted": RegisterSnapshot.objects.filter(batch=batch, state="doubted").first()
        if may_undo
        else None,
        "may_undo": may_undo and batch.state == "stored" and batch.undo_asked_at is None,
    }


def undo(desk: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """What undoing would do, and why it is wanted; a worker does it."""
    batch = _batch(request, pk)
    refusal, plan = "", Undoing()
    try:
        with refusals():
            plan = operations.plan_undo(batch=batch)
            if request.method == "POST":
                because = request.POST.get("because", "")
                uploads.ask_undo(batch=batch, by=actor(request), now=timezone.now(), because=because)
                messages.success(
                    request, _("A worker undoes this import now; reload to see when it is through.")
                )
                return HttpResponseRedirect(reverse("admin:events_importbatch_change", args=[batch.pk]))
    except Refused as refused:
        refusal = refused.sentence
    context = {"title": _("Undo: %s") % batch.file_name, "batch": batch, "refusal": refusal, **_named(plan)}
    return _answer(desk, request, "undo", context)


def _named(plan: Undoing) -> dict[str, Any]:
    """The plan with its events, of each kind some; what stays is what has to be read."""
    why = dict(plan.kept[:SHOWN])
    kept = BlockEvent.objects.filter(pk__in=why).select_related("group", "platform").order_by("pk")
    return {
        "n_removed": len(plan.removed),
        "n_withdrawn": len(plan.withdrawn),
        "n_restored": len(plan.restored),
        "n_kept": len(plan.kept),
        "kept": [(event, why[event.pk]) for event in kept],
    }


def believe(desk: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """A person confirms what a register lost. Only a POST is answered."""
    batch = _batch(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    snapshot = RegisterSnapshot.objects.filter(batch=batch).first()
    if snapshot is None:
        raise Http404(_("This import is no snapshot of a register."))
    try:
        with refusals():
            n = registers.believe_snapshot(
                snapshot=snapshot, by=actor(request), now=timezone.now(), because=_("confirmed by a person")
            )
            messages.success(request, _("%(n)d blocks have ended.") % {"n": n})
    except Refused as refused:
        messages.error(request, refused.sentence)
    return HttpResponseRedirect(reverse("admin:events_importbatch_change", args=[batch.pk]))


def _batch(request: HttpRequest, pk: int) -> ImportBatch:
    if not request.user.has_perm("events.change_importbatch"):
        raise PermissionDenied
    batch = ImportBatch.objects.filter(pk=pk).first()
    if batch is None:
        raise Http404(_("There is no such import."))
    return batch


def _answer(desk: admin.ModelAdmin, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    whole = {**desk.admin_site.each_context(request), "opts": desk.opts, **context}
    return TemplateResponse(request, f"admin/events/importbatch/{name}.html", whole)
