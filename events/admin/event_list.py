"""The list of events: one line of sense a row, views above it, filters as one form, and columns to choose from."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import DateField, F, Func, Q, QuerySet
from django.db.models.functions import Coalesce
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from events.access.roles import PUBLISHES, REVIEWS, SEES_DRAFTS
from events.admin import bulk, exporting, views_saved
from events.admin.desk import Desk, chip
from events.admin.event_filters import FILTERS
from events.admin.fields import iso_of
from events.models import BlockEvent
from events.searching import finding_events

ALWAYS = ("line",)
CHOSEN = ("decided_by", "blocked_on", "status", "publication_shown")
OFFERED = {
    "decided_by": gettext_lazy("decided by"),
    "blocked_on": gettext_lazy("blocked"),
    "status": gettext_lazy("status"),
    "publication_shown": gettext_lazy("publication"),
    "territory_shown": gettext_lazy("territory"),
    "restriction_shown": gettext_lazy("restriction"),
    "reason_shown": gettext_lazy("reason"),
    "orders_shown": gettext_lazy("orders"),
    "last_look": gettext_lazy("last look"),
    "changed_on": gettext_lazy("changed"),
    "entered_by": gettext_lazy("entered by"),
}
"""Columns that a person may choose, with their heads."""


class FirstDay(Func):
    """The day before all others, written into the SQL: an index over an expression is used for that very text."""

    template = "'0001-01-01'"
    arity = 0
    output_field = DateField()


NEWEST_BLOCK = Coalesce(F("blocked_earliest"), FirstDay(), output_field=DateField())


class EventList(Desk):
    """What the desk of events needs for its list. The form is elsewhere."""

    change_list_template = "admin/events/blockevent/change_list.html"
    list_filter = FILTERS
    list_select_related = ("group", "platform", "page", "authority", "watch", "created_by")
    exact_keys = ("public_id", "external_id")
    ordering = (NEWEST_BLOCK.desc(), "-pk")
    sortable_by = ("blocked_on", "changed_on")
    search_help_text = gettext_lazy(
        "Names of groups and authorities, handles, addresses, numbers of orders, in any script and order."
    )
    actions = tuple(bulk.ACTIONS)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PUBLISHES)

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(REVIEWS)

    def has_every_draft_permission(self, request: HttpRequest) -> bool:
        """What one does to a list here holds for all who read it."""
        return self.has_change_permission(request) and request.user.has_perm(SEES_DRAFTS)

    @property
    def media(self) -> Media:
        return (
            super().media
            + admin.widgets.AutocompleteSelect(BlockEvent._meta.get_field("group"), self.admin_site).media
        )

    def get_list_display(self, request: HttpRequest) -> Any:
        asked = request.GET.getlist("columns")
        chosen = [name for name in OFFERED if name in asked] or [*CHOSEN]
        return (*ALWAYS, *chosen)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Lists leave the long texts in the database."""
        rows = super().get_queryset(request)
        name = request.resolver_match.url_name if request.resolver_match else None
        if name != "events_blockevent_changelist":
            return rows
        rows = rows.defer(
            "cited_reason", "cited_reason_translation", "assessed_reason", "summary", "internal_notes"
        )
        return rows.prefetch_related("orders") if "orders_shown" in self.get_list_display(request) else rows

    def matching(self, words: list[str]) -> Q:
        return super().matching(words) | finding_events(words)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("views/", view(self.views_view), name="events_blockevent_views"),
            path(
                "export/<slug:file_format>/",
                require_safe(view(self.export_view)),
                name="events_blockevent_export",
            ),
            path("bulk/<slug:kind>/", view(self.bulk_view), name="events_blockevent_bulk"),
            path("bulk/<slug:public_id>/undo/", view(self.undo_view), name="events_blockevent_undo"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = views_saved.context_of(request) | {"title": capfirst(self.opts.verbose_name_plural)}
        context["columns_offered"] = [
            (name, label, name in self.get_list_display(request)) for name, label in OFFERED.items()
        ]
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def views_view(self, request: HttpRequest) -> HttpResponse:
        """Save a view, or remove one."""
        return views_saved.change(self, request)

    def export_view(self, request: HttpRequest, file_format: str) -> HttpResponseBase:
        """What the list shows, as a file."""
        return exporting.export_list(self, request, file_format)

    def bulk_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Do to many events what was shown in a preview."""
        return bulk.run(self, request, kind)

    def undo_view(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Take a bulk change back."""
        return bulk.undo(self, request, public_id)

    # --- Columns

    @admin.display(description=gettext_lazy("event"))
    def line(self, event: BlockEvent) -> SafeString:
        where = event.page.canonical_url if event.page else _("page not known")
        return format_html(
            '<bdi class="who">{}</bdi> <span class="where">{} {}</span> <bdi class="address">{}</bdi>',
            event.group, pgettext("platform", "on"), event.platform, where,
        )  # fmt: skip

    @admin.display(description=OFFERED["decided_by"])
    def decided_by(self, event: BlockEvent) -> str:
        return str(event.authority) if event.authority else _("not known who decided")

    @admin.display(description=OFFERED["blocked_on"], ordering=NEWEST_BLOCK)
    def blocked_on(self, event: BlockEvent) -> str:
        return iso_of(event, "blocked") or _("date not known")

    @admin.display(description=OFFERED["status"])
    def status(self, event: BlockEvent) -> SafeString | str:
        if event.watch is not None:
            return chip(event.watch.status, event.watch.territory)
        if event.page_id is None:
            return _("page not known, not checkable")
        return _("not watched")

    @admin.display(description=OFFERED["publication_shown"])
    def publication_shown(self, event: BlockEvent) -> SafeString:
        label = event.get_publication_display()
        return format_html('<span class="publication-{}">{}</span>', event.publication, label)

    @admin.display(description=OFFERED["territory_shown"])
    def territory_shown(self, event: BlockEvent) -> str:
        return event.territory or _("not known")

    @admin.display(description=OFFERED["restriction_shown"])
    def restriction_shown(self, event: BlockEvent) -> str:
        return str(event.get_restriction_display())

    @admin.display(description=OFFERED["reason_shown"])
    def reason_shown(self, event: BlockEvent) -> str:
        return str(event.get_reason_category_display() or _("not known"))

    @admin.display(description=OFFERED["orders_shown"])
    def orders_shown(self, event: BlockEvent) -> str:
        return ", ".join(str(order) for order in event.orders.all()) or _("none recorded")

    @admin.display(description=OFFERED["last_look"])
    def last_look(self, event: BlockEvent) -> str:
        at = event.watch.last_measured_at if event.watch else None
        return f"{at:%Y-%m-%d %H:%M} UTC" if at else _("never")

    @admin.display(description=OFFERED["changed_on"], ordering="updated_at")
    def changed_on(self, event: BlockEvent) -> str:
        return f"{event.updated_at:%Y-%m-%d %H:%M} UTC"

    @admin.display(description=OFFERED["entered_by"])
    def entered_by(self, event: BlockEvent) -> str:
        return event.created_by.get_username() if event.created_by else _("nobody signed in")
