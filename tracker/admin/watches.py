"""Targets, watches and hosts: what is looked at, when next, and why not at present."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker import operations
from tracker.admin.reading import ByAddress, ReadOnly, ReadOnlyPart, chip
from tracker.models import Host, Measurement, StatusChange, Target, Watch


class PlatformFilter(admin.SimpleListFilter):
    """The platforms that addresses are known of: those that are watched would have to be looked for in all rows."""

    title = gettext_lazy("platform")
    parameter_name = "platform"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(fact.key, fact.name) for fact in operations.platforms()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(target__platform=self.value()) if self.value() else queryset


CHECK_PERMISSION = "tracker.change_watch"
LAST_LOOKS = 10


def because(rule_id: str | None) -> str:
    """The public reason of a rule, or the id where no rule has it any more."""
    if not rule_id:
        return _("none")
    reasons = {rule.rule_id: rule.because for rule in operations.rules()}
    return f"{reasons.get(rule_id, '')} ({rule_id})".strip()


class WatchPart(ReadOnlyPart):
    model = Watch
    fields = ("territory", "status_chip", "status_since", "last_measured_at", "is_active")
    readonly_fields = ("status_chip",)

    @admin.display(description=gettext_lazy("status"))
    def status_chip(self, watch: Watch) -> SafeString | str:
        return chip(watch.status)


class StatusChangePart(ReadOnlyPart):
    model = StatusChange
    fields = ("recorded_at", "old_chip", "new_chip", "rule_id", "earliest_at", "at")
    readonly_fields = ("old_chip", "new_chip")
    ordering = ("-pk",)

    @admin.display(description=gettext_lazy("from"))
    def old_chip(self, change: StatusChange) -> SafeString | str:
        return chip(change.old)

    @admin.display(description=gettext_lazy("to"))
    def new_chip(self, change: StatusChange) -> SafeString | str:
        return chip(change.new)


@admin.register(Target)
class TargetAdmin(ReadOnly):
    list_display = ("url", "platform", "created_at")
    search_fields = ("url",)
    ordering = ("-pk",)
    inlines = (WatchPart,)


@admin.register(Host)
class HostAdmin(ReadOnly):
    list_display = ("name", "next_turn_at", "paused_until")
    search_fields = ("name",)
    ordering = ("name",)


@admin.register(Watch)
class WatchAdmin(ByAddress):
    change_form_template = "admin/tracker/watch/change_form.html"
    list_display = (
        "target",
        "territory",
        "status_chip",
        "status_since",
        "last_measured_at",
        "next_probe_at",
        "held_rule_id",
    )
    list_select_related = ("target",)
    list_filter = ("status", "mixed", "territory", "is_active", "held_rule_id", PlatformFilter)
    watch_path = "pk"
    ordering = ("-pk",)
    actions = ("check_selected",)
    inlines = (StatusChangePart,)
    fields = (
        ("target", "territory", "is_active"),
        ("status_chip", "status_mechanism", "status_since", "mixed"),
        "why",
        "why_not_now",
        ("n_measurements", "n_vantages", "last_measured_at", "confirmed_at"),
        "last_looks",
        ("next_probe_at", "turn_at"),
        ("lease_until", "attempts"),
        ("stable_looks", "confirming", "failed_looks"),
        "belief",
        "public_id",
    )
    readonly_fields = ("status_chip", "why", "why_not_now", "last_looks")

    def has_check_permission(self, request: HttpRequest) -> bool:
        """To look again is no change of what was seen, so whoever may change watches may ask for it."""
        return request.user.has_perm(CHECK_PERMISSION)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.check_view)
        check = path("<path:object_id>/check-now/", view, name="tracker_watch_check")
        return [check, *super().get_urls()]

    def check_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        watch = self.get_object(request, object_id)
        if watch is not None and request.method == "POST":
            if not self.has_check_permission(request):
                raise PermissionDenied
            _say_due(request, operations.check_now(watch_ids=[watch.pk], now=timezone.now()))
        return HttpResponseRedirect(reverse("admin:tracker_watch_change", args=[object_id]))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        may = {"may_check": self.has_check_permission(request)}
        return super().change_view(request, object_id, form_url, {**may, **(extra_context or {})})

    @admin.action(description=gettext_lazy("Check now"), permissions=["check"])
    def check_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        ids = list(queryset.values_list("pk", flat=True))
        _say_due(request, operations.check_now(watch_ids=ids, now=timezone.now()))

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_chip(self, watch: Watch) -> SafeString | str:
        return chip(watch.status)

    @admin.display(description=gettext_lazy("why"))
    def why(self, watch: Watch) -> str:
        return because(watch.status_rule_id)

    @admin.display(description=gettext_lazy("why no look is made at present"))
    def why_not_now(self, watch: Watch) -> str:
        return because(watch.held_rule_id) if watch.held_rule_id else _("looks are made")

    @admin.display(description=gettext_lazy("last looks"))
    def last_looks(self, watch: Watch) -> SafeString | str:
        looks = (
            Measurement.objects.filter(watch=watch).select_related("vantage").order_by("-started_at", "-pk")
        )
        return render_to_string("tracker/looks.html", {"looks": looks[:LAST_LOOKS]})


def _say_due(request: HttpRequest, due: int) -> None:
    if due == 0:
        messages.warning(
            request, _("Nothing became due: it is not watched any more, or being looked at right now.")
        )
        return
    messages.success(request, ngettext("%d look is due now.", "%d looks are due now.", due) % due)
