"""The admin as researchers meet it: our name, our look, no link that leaves."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class StillblockedAdminSite(AdminSite):
    site_title = _("Stillblocked")
    site_header = _("Stillblocked")
    index_title = _("Research desk")
