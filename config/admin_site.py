"""The admin as researchers meet it: our name, our look, no link that leaves."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

ORDER = ("events", "tracker", "auth")


class StillblockedAdminSite(AdminSite):
    site_title = _("Stillblocked")
    site_header = _("Stillblocked")
    index_title = _("Research desk")
    enable_nav_sidebar = False
    """The header has the few links that matter, and the lists need the width."""

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What researchers write first, what was measured next, accounts last."""
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: _place(app["app_label"]))


def _place(app_label: str) -> int:
    return ORDER.index(app_label) if app_label in ORDER else len(ORDER)
