"""The base of every read-only table: it opens, it is searched, and it offers nothing that would change it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.models import Target, Watch
from tracker.templatetags.states import state

MOST_TARGETS = 500
"""Pages whose rows one search looks for."""


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


class ByAddress(ReadOnly):
    """Searched by a public id, or by a piece of the page's address. The addresses are looked up first: the rows of a
    table with millions are then found by an index, and never compared with a piece one by one."""

    search_fields = ("public_id",)
    watch_path = "watch"

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        said = search_term.strip().replace("\0", "")
        if not said:
            return queryset, False
        if found := list(queryset.filter(public_id=said).values_list("pk", flat=True)):
            return queryset.filter(pk__in=found), False
        return queryset.filter(**{f"{self.watch_path}__in": self._watches(request, said)}), False

    def _watches(self, request: HttpRequest, said: str) -> list[int]:
        """The newest watches of the pages whose address holds all words; that there are more is said."""
        targets = Target.objects.order_by("-pk")
        for word in said.split():
            targets = targets.filter(url__icontains=word)
        keys = list(targets.values_list("pk", flat=True)[: MOST_TARGETS + 1])
        if len(keys) > MOST_TARGETS:
            sentence = _(
                "More than %(n)d pages match: only the newest are searched. Type more of the address."
            )
            messages.warning(request, sentence % {"n": MOST_TARGETS})
        watches = Watch.objects.filter(target__in=keys[:MOST_TARGETS])
        return list(watches.values_list("pk", flat=True))


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
