"""Status changes: each is a row that says from what, to what, by which rule, and between which two looks."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from tracker.admin.reading import ByAddress, chip
from tracker.models import StatusChange


@admin.register(StatusChange)
class StatusChangeAdmin(ByAddress):
    list_display = ("recorded_at", "target", "territory", "old_chip", "new_chip", "rule_id")
    list_select_related = ("watch__target",)
    list_filter = ("new", "old")
    ordering = ("-recorded_at", "-pk")
    fields = (
        "watch",
        ("old_chip", "new_chip"),
        ("mechanism", "rule_id"),
        "verdict",
        ("earliest_at", "at"),
        ("recorded_at", "announced_at"),
        "public_id",
    )
    readonly_fields = ("old_chip", "new_chip")

    @admin.display(description=gettext_lazy("page"))
    def target(self, change: StatusChange) -> str:
        return change.watch.target.url

    @admin.display(description=gettext_lazy("territory"))
    def territory(self, change: StatusChange) -> str:
        return change.watch.territory

    @admin.display(description=gettext_lazy("from"))
    def old_chip(self, change: StatusChange) -> SafeString | str:
        return chip(change.old)

    @admin.display(description=gettext_lazy("to"))
    def new_chip(self, change: StatusChange) -> SafeString | str:
        return chip(change.new)
