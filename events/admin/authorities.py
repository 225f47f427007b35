"""Authorities: who decides, who passes on, under all their names."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _

from events import operations
from events.admin.desk import Desk, Part
from events.admin.forms import DeskForm
from events.models import Authority, AuthorityName, AuthorityText


class AuthorityForm(DeskForm):
    def say_what_is_wrong(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("name"):
            return
        known = operations.find_authority(
            name=cleaned["name"], country=cleaned.get("country"), region=cleaned.get("region") or ""
        )
        if known is not None and known.pk != self.instance.pk:
            self.add_error("name", _("That authority is recorded already, as “%s”.") % known)
        if self.instance.pk and cleaned.get("parent") == self.instance:
            self.add_error("parent", _("An authority cannot stand above itself."))


class AuthorityNamePart(Part):
    model = AuthorityName
    fields = ("name", "language")


@admin.register(Authority)
class AuthorityAdmin(Desk):
    form = AuthorityForm
    list_display = ("name", "kind", "country", "region", "parent")
    list_select_related = ("parent",)
    list_filter = ("kind", "country")
    texts = AuthorityText
    ordering = ("name_key",)
    autocomplete_fields = ("parent",)
    fields = ("name", "kind", "country", "region", "parent", "wikidata")
    inlines = (AuthorityNamePart,)
