"""Platforms as the rules read them: two known pages of each, and whether they were read right."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import operations
from tracker.admin.reading import ReadOnly, chip
from tracker.admin.watches import CHECK_PERMISSION
from tracker.models import PlatformHealth, PlatformRecord


@admin.register(PlatformHealth)
class PlatformHealthAdmin(ReadOnly):
    list_display = ("platform", "vantage", "fits", "since", "alive", "missing", "checked_at", "detail")
    list_select_related = ("vantage",)
    list_filter = ("is_drifted", "platform")
    search_fields = ("platform", "vantage__name")
    ordering = ("-is_drifted", "platform", "vantage__name")
    fields = (
        ("platform", "vantage"),
        ("fits", "since"),
        "detail",
        ("alive", "alive_rule_id"),
        ("missing", "missing_rule_id"),
        ("checked_at", "next_check_at", "rules_version"),
    )
    readonly_fields = ("fits", "alive", "missing")

    @admin.display(description=gettext_lazy("rules fit"), boolean=True)
    def fits(self, health: PlatformHealth) -> bool | None:
        """Unknown until somebody has looked."""
        return None if health.checked_at is None else not health.is_drifted

    @admin.display(description=gettext_lazy("page that lives"))
    def alive(self, health: PlatformHealth) -> SafeString | str:
        return chip(health.alive_state)

    @admin.display(description=gettext_lazy("page that never was"))
    def missing(self, health: PlatformHealth) -> SafeString | str:
        return chip(health.missing_state)


@admin.register(PlatformRecord)
class PlatformRecordAdmin(ReadOnly):
    list_display = ("platform", "frozen", "frozen_since", "frozen_because", "released_at", "released_by")
    search_fields = ("platform",)
    ordering = ("platform",)
    actions = ("release_selected",)
    fields = (
        ("platform", "frozen"),
        ("frozen_since", "frozen_because"),
        ("released_at", "released_by"),
        "lessons",
    )
    readonly_fields = ("frozen",)

    def has_release_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(CHECK_PERMISSION)

    @admin.display(description=gettext_lazy("statuses wait"), boolean=True)
    def frozen(self, record: PlatformRecord) -> bool:
        return record.is_frozen

    @admin.action(description=gettext_lazy("Let statuses change again"), permissions=["release"])
    def release_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        by, now = request.user.get_username(), timezone.now()
        names = queryset.values_list("platform", flat=True)
        released = [name for name in names if operations.release_platform(platform=name, by=by, now=now)]
        if released:
            messages.success(request, _("Statuses change again: %s.") % ", ".join(sorted(released)))
        else:
            messages.warning(request, _("Nothing was waiting."))
