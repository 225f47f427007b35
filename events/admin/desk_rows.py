"""What is kept of the work over lists, for reading: bulk changes with a way to undo them, duplicates, views."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.desk import ShownPart
from events.admin.proposals import Kept
from events.models import BulkChange, BulkChangeRow, SavedView, SeenChange, Twin


class RowPart(ShownPart):
    model = BulkChangeRow
    fields = ("event", "before", "undone", "why_not")


@admin.register(BulkChange)
class BulkChangeAdmin(Kept):
    list_display = ("at", "kind", "by", "because", "undone_at", "undo")
    list_select_related = ("by",)
    list_filter = ("kind",)
    search_fields = ("public_id", "by__username")
    ordering = ("-pk",)
    inlines = (RowPart,)
    fields = ("public_id", "kind", ("at", "by"), "because", ("undone_at", "undone_by"), "undo")
    readonly_fields = ("undo",)

    @admin.display(description=gettext_lazy("take back"))
    def undo(self, bulk: BulkChange) -> SafeString | str:
        if bulk.undone_at is not None:
            return _("undone")
        href = reverse("admin:events_blockevent_undo", args=[bulk.public_id])
        return format_html('<a href="{}">{}</a>', href, _("Undo…"))


class Hidden(Kept):
    """Left out of the index: of use to whoever looks for a fault, by its address."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(BulkChangeRow)
class BulkChangeRowAdmin(Hidden):
    list_display = ("bulk", "event", "undone", "why_not")
    list_select_related = ("bulk", "event__group", "event__platform")
    ordering = ("-pk",)


@admin.register(SavedView)
class SavedViewAdmin(Hidden):
    """Each sees the views of all that they may use: their own, and shared ones."""

    list_display = ("name", "owner", "query", "is_shared")
    list_select_related = ("owner",)
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.filter(owner=request.user.pk) | rows.filter(is_shared=True)


@admin.register(SeenChange)
class SeenChangeAdmin(Hidden):
    list_display = ("change", "by", "at")
    list_select_related = ("change", "by")
    ordering = ("-pk",)


@admin.register(Twin)
class TwinAdmin(Hidden):
    list_display = ("event", "other", "why", "dismissed_at", "dismissed_by")
    list_select_related = (
        "event__group",
        "event__platform",
        "other__group",
        "other__platform",
        "dismissed_by",
    )
    list_filter = ("why",)
    ordering = ("-pk",)
