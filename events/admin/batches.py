"""Imports, as they were taken in: only read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from events.models import ImportBatch


@admin.register(ImportBatch)
class ImportBatchAdmin(admin.ModelAdmin):
    list_display = ("file_name", "format", "imported_at", "by", "rows", "created", "updated", "unchanged")
    list_select_related = ("by",)
    list_filter = ("format",)
    search_fields = ("file_name", "file_sha256", "public_id")
    ordering = ("-imported_at", "-pk")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
