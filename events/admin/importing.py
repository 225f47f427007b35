"""A file from a researcher's machine to a batch: uploaded, tried by a worker, looked at row by row, taken in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
)
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.desk import Refused, refusals
from events.importing import FORMATS, kept
from events.models import ImportUpload
from events.models.vocabulary import PREVIEW_OUTCOMES
from events.operations import uploads
from events.uploading import MAX_BYTES

ROWS_SHOWN = 100
UNDER_WAY = frozenset({"waiting", "checking", "accepted", "importing"})

_FORMATS = [
    ("auto", gettext_lazy("Find out from the file")),
    ("csv", gettext_lazy("CSV in our own columns")),
    ("jsonl", gettext_lazy("JSON Lines in our own columns")),
    ("xlsx", gettext_lazy("Workbook in our own columns (.xlsx)")),
    ("citizenlab-vk", gettext_lazy("Citizen Lab, “Not OK on VK”")),
    ("rkn-register", gettext_lazy("Snapshot of the Russian register")),
    ("gov-takedowns", gettext_lazy("Takedown notice published by GitHub (.md)")),
]
assert {key for key, _label in _FORMATS} == set(FORMATS)


class UploadForm(forms.Form):
    format = forms.ChoiceField(label=gettext_lazy("Format"), choices=_FORMATS, initial="auto")
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "At most 64 MB and 200,000 rows. Nothing is stored before you have seen what would come of each row."
        ),
    )


def upload(desk: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Ask for a file, and keep it for a worker to try."""
    _require_right(desk, request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if getattr(request, "is_upload_too_long", False):
            form = UploadForm()
            sentence = _("The file has more than %(n)d MB; cut it in parts.") % {"n": MAX_BYTES // 2**20}
            messages.error(request, sentence)
        elif form.is_valid():
            return _kept(request, form)
    mine = ImportUpload.objects.filter(by=request.user.pk).exclude(state="dropped").order_by("-uploaded_at")
    context = {"title": _("Import a file"), "form": form, "mine": mine.select_related("batch")[:20]}
    return _answer(desk, request, "upload", context)


def _kept(request: HttpRequest, form: UploadForm) -> HttpResponse:
    file = form.cleaned_data["file"]
    row = uploads.record_upload(
        by=request.user,  # type: ignore[arg-type]
        now=timezone.now(),
        file_name=file.name,
        stored_as=kept.keep(file.chunks()),
        size=file.size,
        format=form.cleaned_data["format"],
        publish=False,
    )
    return HttpResponseRedirect(reverse("admin:events_importbatch_trial", args=[row.public_id]))


def trial(desk: admin.ModelAdmin, request: HttpRequest, public_id: str) -> HttpResponse:
    """How far the worker is; what would come of each row; and the button that takes the file in."""
    row = _own(desk, request, public_id)
    if request.method == "POST":
        return _decided(request, row)
    if row.state == "imported" and row.batch:
        return HttpResponseRedirect(reverse("admin:events_importbatch_change", args=[row.batch.pk]))
    context = {
        "title": row.file_name,
        "upload": row,
        "is_under_way": row.state in UNDER_WAY,
        "progress": _progress(row),
        **_preview(request, row),
    }
    return _answer(desk, request, "trial", context)


def _decided(request: HttpRequest, row: ImportUpload) -> HttpResponse:
    """Take it in, or let it go."""
    here = reverse("admin:events_importbatch_trial", args=[row.public_id])
    try:
        with refusals():
            if "drop" in request.POST:
                uploads.drop_upload(upload=row, now=timezone.now())
                kept.forget(row.stored_as)
                messages.success(request, _("The file is deleted; nothing of it was stored."))
                return HttpResponseRedirect(reverse("admin:events_importbatch_upload"))
            uploads.accept_upload(upload=row, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    except Refused as refused:
        messages.error(request, refused.sentence)
    return HttpResponseRedirect(here)


def progress(desk: admin.ModelAdmin, request: HttpRequest, public_id: str) -> HttpResponse:
    """For the page that waits: its state, and how far the worker is."""
    row = _own(desk, request, public_id)
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    answer = JsonResponse({"state": row.state, "is_under_way": row.state in UNDER_WAY, **_progress(row)})
    answer["Cache-Control"] = "no-store"
    return answer


def _progress(row: ImportUpload) -> dict[str, Any]:
    """In words and as a part of the whole; the part is unknown while the rows are still being counted."""
    noted = kept.progress(row.stored_as) if row.state in UNDER_WAY else {}
    done, total = int(noted.get("done") or 0), noted.get("total")
    if row.state in ("waiting", "accepted") or not noted:
        words = _("A worker will begin in a moment.") if row.state in UNDER_WAY else row.get_state_display()
        return {"words": str(words), "done": 0, "total": None}
    if noted.get("step") == "checked":
        return {"words": _("%(n)d rows are read.") % {"n": done}, "done": done, "total": None}
    sentence = (
        _("%(n)d of %(all)d rows are tried.")
        if row.state == "checking"
        else _("%(n)d of %(all)d rows are in.")
    )
    return {"words": sentence % {"n": done, "all": total or 0}, "done": done, "total": total}


def _preview(request: HttpRequest, row: ImportUpload) -> dict[str, Any]:
    outcome = request.GET.get("outcome", "")
    rows = row.preview.order_by("pk")
    if outcome in dict(PREVIEW_OUTCOMES):
        rows = rows.filter(outcome=outcome)
    page = Paginator(rows, ROWS_SHOWN).get_page(request.GET.get("page"))
    counts = {
        "created": row.created,
        "updated": row.updated,
        "unchanged": row.unchanged,
        "error": row.n_errors,
    }
    tabs = [("", _("all"), sum(counts.values()))]
    tabs += [(key, str(label), counts[key]) for key, label in PREVIEW_OUTCOMES if counts[key]]
    return {"page": page, "outcome": outcome, "tabs": tabs, "notes": row.note.splitlines()}


def _own(desk: admin.ModelAdmin, request: HttpRequest, public_id: str) -> ImportUpload:
    """A file is its owner's until it is in."""
    _require_right(desk, request)
    row = ImportUpload.objects.filter(public_id=public_id, by=request.user.pk).select_related("batch").first()
    if row is None:
        raise Http404(_("There is no such file."))
    return row


def _require_right(desk: admin.ModelAdmin, request: HttpRequest) -> None:
    if not request.user.has_perm("events.add_importbatch"):
        raise PermissionDenied


def _answer(desk: admin.ModelAdmin, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    whole = {**desk.admin_site.each_context(request), "opts": desk.opts, **context}
    return TemplateResponse(request, f"admin/events/importbatch/{name}.html", whole)


__all__ = ["progress", "trial", "upload"]
