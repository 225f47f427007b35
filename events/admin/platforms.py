"""Platforms: the services that host pages. Their keys are the public ids of the address table."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from events.admin.desk import Desk
from events.models import Platform


@admin.register(Platform)
class PlatformAdmin(Desk):
    list_display = ("name", "key", "company", "country")
    plain_keys = ("name", "key", "company")
    exact_keys = ()
    ordering = ("name",)
    fields = ("key", "name", "home_url", "company", "country")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj else ()
