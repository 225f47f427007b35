"""Django's admin under our site class, and the system checks."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    default_site = "config.admin_site.StillblockedAdminSite"


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "Stillblocked"

    def ready(self) -> None:
        from config import checks  # noqa: F401  registers the system checks
        from config.labels import translate_labels

        translate_labels()
