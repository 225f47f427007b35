"""Filters of the event list that are not a column: the status by now, and whether it can be checked at all."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.desk import word
from tracker.facts import State


class StatusFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(state.value, word(state.value)) for state in State]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(watch__status=self.value()) if self.value() else queryset


class CheckableFilter(admin.SimpleListFilter):
    title = _("checking")
    parameter_name = "checkable"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("watched")), ("no_page", _("page not known")), ("no", _("not watched"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        conditions: dict[str | None, dict[str, bool]] = {
            "yes": {"watch__isnull": False},
            "no_page": {"page__isnull": True},
            "no": {"watch__isnull": True},
        }
        return queryset.filter(**conditions.get(self.value(), {}))
