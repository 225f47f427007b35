"""The base of every read-only table: it opens, it is searched, and it offers nothing that would change it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.templatetags.states import state


class ReadOnly(admin.ModelAdmin):
    """These tables grow without end, so their rows are never counted for a page's sake."""

    show_full_result_count = False
    list_per_page = 50
    actions: Any = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyPart(admin.TabularInline):
    """Rows under another, only shown."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def chip(value: str | None) -> SafeString | str:
    """A status with its shape and word."""
    return state(value) if value else _("none")
