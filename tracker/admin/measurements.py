"""Measurements stage by stage, their verdicts, and the stored bytes, which leave only as an inert download."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.admin.reading import ByAddress, ReadOnly, ReadOnlyPart, chip
from tracker.evidence import Missing
from tracker.models import Evidence, Measurement, Verdict
from tracker.operations import keeping


class VerdictPart(ReadOnlyPart):
    model = Verdict
    fields = ("state_chip", "rule_id", "mechanism", "failed_stage", "failure", "rules_version", "judged_at")
    readonly_fields = ("state_chip",)
    ordering = ("-judged_at", "-pk")

    @admin.display(description=gettext_lazy("state"))
    def state_chip(self, verdict: Verdict) -> SafeString | str:
        return chip(verdict.state)


@admin.register(Measurement)
class MeasurementAdmin(ByAddress):
    list_display = ("started_at", "target", "territory", "vantage", "role", "outcome", "seconds_shown")
    list_select_related = ("watch__target", "vantage")
    list_filter = ("role", "failed_stage", "vantage")
    ordering = ("-started_at", "-pk")
    inlines = (VerdictPart,)
    fields = (
        "watched",
        ("vantage", "role"),
        ("started_at", "seconds_shown"),
        ("http_status", "failed_stage", "failure"),
        "final_url",
        "title",
        "stages",
        "body_link",
        "warc_link",
        "control",
        "canary_ok",
        ("look", "public_id"),
        "record",
    )
    readonly_fields = ("watched", "seconds_shown", "stages", "body_link", "warc_link", "record")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Lists leave the heavy column in the database."""
        rows = super().get_queryset(request)
        name = request.resolver_match.url_name if request.resolver_match else None
        is_list = (name or "").endswith("changelist")
        return rows.defer("facts") if is_list else rows

    @admin.display(description=gettext_lazy("watch"))
    def watched(self, row: Measurement) -> SafeString:
        href = reverse("admin:tracker_watch_change", args=[row.watch_id])
        return format_html('<a href="{}">{} · {}</a>', href, row.watch.target.url, row.watch.territory)

    @admin.display(description=gettext_lazy("page"))
    def target(self, row: Measurement) -> str:
        return row.watch.target.url

    @admin.display(description=gettext_lazy("territory"))
    def territory(self, row: Measurement) -> str:
        return row.watch.territory

    @admin.display(description=gettext_lazy("what happened"))
    def outcome(self, row: Measurement) -> str:
        if row.failure:
            return f"{row.failed_stage}: {row.failure}"
        return f"HTTP {row.http_status}" if row.http_status else _("no answer")

    @admin.display(description=gettext_lazy("seconds"))
    def seconds_shown(self, row: Measurement) -> str:
        return f"{row.seconds:.2f}"

    @admin.display(description=gettext_lazy("stage by stage"))
    def stages(self, row: Measurement) -> SafeString | str:
        return render_to_string("tracker/stages.html", {"facts": row.facts})

    @admin.display(description=gettext_lazy("page body"))
    def body_link(self, row: Measurement) -> SafeString | str:
        return download_link(row.body) if row.body else _("none was received")

    @admin.display(description=gettext_lazy("the look as WARC"))
    def warc_link(self, row: Measurement) -> SafeString | str:
        if row.capture is None:
            return _("none was kept")
        href = reverse("admin:tracker_measurement_warc", args=[row.pk])
        return format_html('<a href="{}" download><code>{}.warc.gz</code></a>', href, row.public_id)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.warc_view)
        return [path("<int:pk>/warc/", view, name="tracker_measurement_warc"), *super().get_urls()]

    def warc_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All records of the look that the measurement belongs to, as one file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = Measurement.objects.filter(pk=pk, capture__isnull=False).first()
        if row is None:
            raise Http404(_("There is no such evidence."))
        try:
            return inert(keeping.warc_of(row), f"{row.public_id}.warc.gz")
        except Missing as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:tracker_measurement_change", args=[pk]))

    @admin.display(description=gettext_lazy("the whole record"))
    def record(self, row: Measurement) -> SafeString | str:
        return render_to_string("tracker/record.html", {"facts": row.facts})


@admin.register(Verdict)
class VerdictAdmin(ReadOnly):
    list_display = ("judged_at", "state_chip", "rule_id", "mechanism", "rules_version", "measurement")
    list_select_related = ("measurement",)
    list_filter = ("state",)
    search_fields = ("=measurement__public_id",)
    ordering = ("-pk",)
    fields = (
        "measurement",
        ("state_chip", "mechanism"),
        ("rule_id", "rules_version"),
        ("failed_stage", "failure"),
        "fingerprint",
        "notice",
        "judged_at",
    )
    readonly_fields = ("state_chip",)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_chip(self, verdict: Verdict) -> SafeString | str:
        return chip(verdict.state)


@admin.register(Evidence)
class EvidenceAdmin(ReadOnly):
    list_display = ("sha256", "kind", "size", "stored_at")
    search_fields = ("=sha256",)
    ordering = ("-pk",)
    fields = ("download", "kind", "size", "media_type", "stored_at")
    readonly_fields = ("download",)

    @admin.display(description=gettext_lazy("SHA-256"))
    def download(self, row: Evidence) -> SafeString | str:
        return download_link(row)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.download_view)
        return [path("<int:pk>/download/", view, name="tracker_evidence_download"), *super().get_urls()]

    def download_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The bytes as they came, to keep and never to open here: they are somebody else's page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = Evidence.objects.filter(pk=pk).first()
        if row is None:
            raise Http404(_("There is no such evidence."))
        try:
            return inert(keeping.read(row), f"{row.sha256}.bin")
        except Missing as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:tracker_evidence_change", args=[pk]))


def inert(content: bytes, name: str) -> HttpResponse:
    """Bytes that no browser will run: an attachment of no known type, sandboxed besides."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def download_link(row: Evidence) -> SafeString:
    href = reverse("admin:tracker_evidence_download", args=[row.pk])
    return format_html('<a href="{}" download><code>{}</code></a>', href, row.sha256)
