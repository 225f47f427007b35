"""The whole space of addresses on one screen."""

from django.contrib import admin
from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from config import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("admin/intake/", include("events.admin.intake_urls")),
    path("admin/", admin.site.urls),
    path("accounts/", include("config.accounts.urls")),
    path("api/v1/", include("events.api.urls")),
    path("", include("events.dashboard.urls")),
    path("i18n/setlang/", require_POST(set_language), name="set_language"),
]
