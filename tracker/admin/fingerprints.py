"""Sets of fingerprints: who loaded them, when, what is used, and which rows can never match."""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from tracker.admin.reading import ReadOnly
from tracker.models import FingerprintRow, FingerprintSet


@admin.register(FingerprintSet)
class FingerprintSetAdmin(ReadOnly):
    list_display = ("name", "kind", "file_name", "n_rows", "n_kept", "imported_at", "imported_by", "is_used")
    list_filter = ("kind",)
    search_fields = ("sha256", "file_name", "imported_by")
    ordering = ("-active_since", "-pk")
    fields = (
        "sha256",
        ("kind", "file_name"),
        ("n_rows", "n_kept"),
        ("imported_at", "imported_by"),
        ("active_since", "is_used"),
        "can_never_match",
    )
    readonly_fields = ("is_used", "can_never_match")

    @admin.display(description=gettext_lazy("used"), boolean=True)
    def is_used(self, one: FingerprintSet) -> bool:
        same = FingerprintSet.objects.filter(kind=one.kind).order_by("-active_since", "-pk")
        return same.values_list("pk", flat=True).first() == one.pk

    @admin.display(description=gettext_lazy("rows that can never match"))
    def can_never_match(self, one: FingerprintSet) -> SafeString | str:
        lines = ((row["row"], row["name"], row["why"]) for row in one.never)
        shown = format_html_join("", "<li>{}, {}: {}</li>", lines)
        return format_html("<ul>{}</ul>", shown) if shown else "—"


@admin.register(FingerprintRow)
class FingerprintRowAdmin(ReadOnly):
    list_display = ("name", "set", "number", "scope", "place", "kind", "short_pattern")
    list_select_related = ("set",)
    list_filter = ("scope", "kind", "set")
    search_fields = ("name", "pattern")
    ordering = ("-set_id", "number")

    @admin.display(description=gettext_lazy("pattern"))
    def short_pattern(self, one: FingerprintRow) -> str:
        return one.pattern[:100]
