"""The admin as researchers meet it: our name, our look, no link that leaves."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite, ShowFacets
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from config.windows import WindowedPaginator, changelist_class

ORDER = (
    "events",
    *("BlockEvent", "Group", "Page", "Authority", "Order", "Platform", "ImportBatch", "BulkChange"),
    "tracker",
    *("Watch", "Measurement", "StatusChange", "Verdict", "Evidence", "Target", "Host", "VantagePoint"),
    *("PlatformHealth", "PlatformRecord", "FingerprintSet", "FingerprintRow"),
    *("ChainLink", "Thinning", "EvidenceCopy"),
    "auth",
)
"""What researchers write first, what was measured next, accounts last."""


LISTS = {
    "paginator": WindowedPaginator,
    "show_full_result_count": False,
    "show_facets": ShowFacets.NEVER,
    "list_max_show_all": 0,
    "get_changelist": changelist_class,
}


class StillblockedAdminSite(AdminSite):
    site_title = _("Stillblocked")
    site_header = _("Stillblocked")
    index_title = _("Research desk")
    enable_nav_sidebar = False
    """The header has the few links that matter, and the lists need the width."""

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Django's pages answer every other method as if it were GET; ours say that they do not know it."""
        return super().admin_view(require_http_methods(["GET", "HEAD", "POST"])(view), cacheable)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """No list of any table counts it whole, neither for its pages nor beside its filters; and none is sorted by
        a column unless its class says that there is an index for it, or that the table is small."""
        for name, value in LISTS.items():
            options.setdefault(name, value)
        if getattr(admin_class, "sortable_by", None) is None:
            options.setdefault("sortable_by", ())
        super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Nobody works here who still owes a second factor."""
        from config.accounts.requirement import owes_a_factor

        return super().has_permission(request) and not owes_a_factor(request.user)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The desk has no door of its own: everybody comes in through the accounts' sign-in."""
        from allauth.account.utils import get_next_redirect_url

        onward = get_next_redirect_url(request) or ""
        if not request.user.is_authenticated:
            return redirect(
                f"{reverse('account_login')}{'?' + urlencode({'next': onward}) if onward else ''}"
            )
        if not super().has_permission(request):
            raise PermissionDenied
        return redirect((onward or "admin:index") if self.has_permission(request) else "mfa_index")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    @method_decorator(require_safe)
    def password_change_done(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("mfa_index")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _place(model["object_name"]))
        return sorted(apps, key=lambda app: _place(app["app_label"]))


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)
