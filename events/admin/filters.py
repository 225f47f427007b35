"""Filters as fields of one form above a list: a choice, another row found by typing, a date as precise as known."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.access import reach
from events.admin.fields import ImpreciseDateField
from events.dates import ImpreciseDate
from events.models import BlockEvent

NOT_KNOWN = "null"
"""The value that keeps what is not known, as in the API."""
NOTHING = Q(pk__in=[])


class FieldFilter(admin.SimpleListFilter):
    """One field. ``fault`` is a sentence for a value that cannot be read: such a filter keeps nothing."""

    template = "admin/events/filter_field.html"
    parameter_name: str
    is_wide = False
    fault: Any = ""

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        self.request = request
        super().__init__(request, params, model, model_admin)
        self.admin_site = model_admin.admin_site

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return ()

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: Any) -> Any:
        """The form shows the field itself."""
        return iter(())

    @property
    def said(self) -> str:
        return str(self.value() or "")

    @property
    def field_id(self) -> str:
        return f"filter-{self.parameter_name}"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(self.keeps(self.said)) if self.said else queryset

    def keeps(self, value: str) -> Q:
        raise NotImplementedError

    def shown(self) -> str:
        """What is chosen, in words; empty when nothing is."""
        raise NotImplementedError

    def field(self) -> SafeString:
        """The field's markup."""
        raise NotImplementedError


class ChoiceFilter(FieldFilter):
    """One of a few values."""

    path = ""

    def options(self) -> Sequence[tuple[str, Any]]:
        raise NotImplementedError

    def keeps(self, value: str) -> Q:
        if value not in {str(key) for key, _label in self.options()}:
            self.fault = _("This is none of the choices.")
            return NOTHING
        return self.condition(value)

    def condition(self, value: str) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value == NOT_KNOWN else Q(**{self.path: value})

    def shown(self) -> str:
        return str(dict(self.options()).get(self.said, self.said)) if self.said else ""

    def field(self) -> SafeString:
        chosen = (
            (key, SafeString(" selected") if str(key) == self.said else "", label)
            for key, label in self.options()
        )
        options = format_html_join("", '<option value="{}"{}>{}</option>', (("", "", _("any")), *chosen))
        return format_html(
            '<select name="{}" id="{}">{}</select>', self.parameter_name, self.field_id, options
        )


def choice_filter(
    name: str, label: Any, values: Sequence[tuple[Any, Any]], path: str = "", *, null: bool = False
) -> type[ChoiceFilter]:
    """A filter by a column with a closed list of values, and for what is not known where a column may be null."""
    known = [*values, (NOT_KNOWN, gettext_lazy("not known"))] if null else list(values)

    class OfColumn(ChoiceFilter):
        title = label
        parameter_name = name

        def options(self) -> Sequence[tuple[str, Any]]:
            return known

    OfColumn.path = path or name
    return OfColumn


class RowFilter(FieldFilter):
    """Rows that point to one row, which is found by typing: there may be a hundred thousand to choose from."""

    column = ""

    def keeps(self, value: str) -> Q:
        if not (value.isascii() and value.isdigit() and len(value) < 19):
            self.fault = _("Choose one from the list that opens.")
            return NOTHING
        return self.condition(int(value))

    def condition(self, key: int) -> Q:
        return Q(**{self.column: key})

    def shown(self) -> str:
        if not self.said or self.fault:
            return self.said
        return str(self._chosen or self.said)

    @cached_property
    def _chosen(self) -> Any:
        """The row, where the account may know of it."""
        target: Any = BlockEvent._meta.get_field(self.column).related_model
        if not self.said or self.fault:
            return None
        return reach.within_reach(target._default_manager.filter(pk=self.said), self.request.user).first()

    def field(self) -> SafeString:
        column: Any = BlockEvent._meta.get_field(self.column)
        widget = AutocompleteSelect(column, self.admin_site, attrs={"id": self.field_id})
        widget.is_required = False
        widget.choices = []
        chosen = self._chosen
        attributes = widget.build_attrs(widget.attrs, {"name": self.parameter_name})
        option = format_html('<option value="{}" selected>{}</option>', chosen.pk, chosen) if chosen else ""
        said = ((name, value) for name, value in attributes.items() if value not in (None, False))
        return format_html(
            '<select{}><option value=""></option>{}</select>', format_html_join("", ' {}="{}"', said), option
        )


def row_filter(name: str, label: Any, column: str = "") -> type[RowFilter]:
    class OfRow(RowFilter):
        title = label
        parameter_name = name
        is_wide = True

    OfRow.column = column or name
    return OfRow


class DateFilter(FieldFilter):
    """An interval's edge: 2022, 2022-11 or 2022-11-27. A date of less precision counts wherever it may lie."""

    is_last_day = False
    prefix = "blocked"

    def keeps(self, value: str) -> Q:
        try:
            said = ImpreciseDate.parse(value)
        except ValueError:
            self.fault = _("“%(text)s” is not a date. Write 2022-11-27, 2022-11 or 2022.") % {
                "text": value[:20]
            }
            return NOTHING
        if self.is_last_day:
            return Q(**{f"{self.prefix}_earliest__lte": said.latest})
        return Q(**{f"{self.prefix}_latest__gte": said.earliest})

    def shown(self) -> str:
        return self.said

    def field(self) -> SafeString:
        attributes = ImpreciseDateField().widget.attrs
        return format_html(
            '<input type="text" name="{}" id="{}" value="{}" size="{}" maxlength="10" autocomplete="off">',
            self.parameter_name,
            self.field_id,
            self.said,
            attributes["size"],
        )


class BlockedAfter(DateFilter):
    title = gettext_lazy("blocked after")
    parameter_name = "blocked_after"


class BlockedBefore(DateFilter):
    title = gettext_lazy("blocked before")
    parameter_name = "blocked_before"
    is_last_day = True
