"""The rows that are typed in under a noun, listed by themselves for reading, searching and their history."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from events.admin.desk import Desk
from events.models import (
    Appeal,
    AuthorityName,
    AuthorityText,
    Episode,
    Erratum,
    EventDate,
    EventText,
    GroupName,
    GroupText,
    OrderText,
    PageText,
    Source,
)


class Shown(Desk):
    """Read-only here and left out of the index: these rows are changed where they belong."""

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [f.name for f in self.opts.fields if f.name not in {"id", "name_key"}]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Source)
class SourceAdmin(Shown):
    list_display = ("title", "publisher", "kind", "stance", "language", "event")
    list_select_related = ("event__group", "event__platform")
    list_filter = ("kind", "stance", "language")
    texts_of = (("event", EventText),)
    plain_keys = ("title", "url")
    exact_keys = ()
    ordering = ("-pk",)


@admin.register(EventDate, Episode, Appeal)
class OfEventAdmin(Shown):
    list_display = ("__str__", "event")
    list_select_related = ("event__group", "event__platform")
    texts_of = (("event", EventText),)
    exact_keys = ()
    ordering = ("-pk",)


@admin.register(Erratum)
class ErratumAdmin(Shown):
    list_display = ("__str__", "published_at", "event")
    list_select_related = ("event__group", "event__platform")
    texts_of = (("event", EventText),)
    plain_keys = ("text",)
    ordering = ("-pk",)


class NameAdmin(Shown):
    list_display = ("name", "language")
    exact_keys = ()
    ordering = ("name_key",)


@admin.register(GroupName)
class GroupNameAdmin(NameAdmin):
    texts_of = (("group", GroupText),)


@admin.register(AuthorityName)
class AuthorityNameAdmin(NameAdmin):
    texts_of = (("authority", AuthorityText),)


@admin.register(GroupText, PageText, AuthorityText, OrderText)
class SearchTextAdmin(admin.ModelAdmin):
    """What a search looks into; of use to whoever wonders why something is found, or not."""

    list_display = ("of", "text")
    list_select_related = ("of",)
    search_fields = ("text",)
    ordering = ("-pk",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(EventText)
class EventTextAdmin(SearchTextAdmin):
    list_select_related = ("of__group", "of__platform")  # type: ignore[assignment]
