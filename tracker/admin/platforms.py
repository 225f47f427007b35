"""Platforms as the rules read them: two known pages of each, and whether they were read right."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from tracker.admin.reading import ReadOnly, chip
from tracker.models import PlatformHealth


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
