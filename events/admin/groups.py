"""Groups: who was blocked, under every name that a source uses, with every presence that is known."""

from __future__ import annotations

from django.contrib import admin

from events.admin.desk import Part, StackedPart
from events.admin.pages import PageForm
from events.admin.telling import TellingDesk
from events.models import Group, GroupName, GroupText, Page


class GroupNamePart(Part):
    model = GroupName
    fields = ("name", "language", "note")


class PagePart(StackedPart):
    model = Page
    form = PageForm
    fields = ("url", "canonical_url", ("kind", "title"), "note")
    readonly_fields = ("canonical_url",)
    show_change_link = True

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False  # a page that no event speaks of can be deleted on its own page


@admin.register(Group)
class GroupAdmin(TellingDesk):
    list_display = ("name", "kind", "country")
    list_filter = ("kind", "country")
    texts = GroupText
    ordering = ("name_key",)
    fields = ("name", "kind", "country", "wikidata", "description", "is_sensitive", "internal_notes")
    inlines = (GroupNamePart, PagePart)
