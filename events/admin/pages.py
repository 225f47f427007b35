"""Pages: the address is typed as it stands in the source, and compared in its canonical form."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from events import operations
from events.admin.telling import TellingDesk, ToldForm
from events.models import Page, PageText
from tracker.operations import AddressRefused, canonical_address


class PageForm(ToldForm):
    """Refuses an address that is none, and one that is recorded already, beside the field."""

    def clean_url(self) -> str:
        """The address as typed, when it is one and no other page has it."""
        url: str = self.cleaned_data["url"]
        try:
            known = operations.find_page(url=url)
        except AddressRefused as error:
            raise ValidationError(str(error)) from error
        if known is not None and known.pk != self.instance.pk:
            raise ValidationError(
                _("This address is recorded already: it is a page of “%(group)s” (%(address)s)."),
                params={"group": known.group, "address": known.canonical_url},
            )
        return url


@admin.register(Page)
class PageAdmin(TellingDesk):
    form = PageForm
    list_display = ("canonical_url", "group", "platform", "kind", "handle")
    list_select_related = ("group", "platform")
    list_filter = ("platform", "kind")
    texts = PageText
    ordering = ("-pk",)
    autocomplete_fields = ("group",)
    fields = ("group", "url", "canonical_url", "platform", "kind", "title", "handle", "native_id", "note")
    readonly_fields = ("canonical_url", "platform")

    def matching(self, words: list[str]) -> Q:
        """An address is found however it is spelt."""
        found = super().matching(words)
        try:
            return found | Q(canonical_url=canonical_address(" ".join(words)).url)
        except AddressRefused:
            return found
