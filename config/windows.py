"""Lists of any length, counted no further than anybody pages: past that a list says "more than" and asks to filter."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

MOST_COUNTED = 10_000


class WindowedPaginator(Paginator):
    """Never counts a whole table. ``is_cut``: there are more rows than are counted, and than can be paged to.

    A page is read in two steps, keys first: with a bounded number of rows to join, no planner takes the joined tables
    for a better beginning than the index that the order has.
    """

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        return rows.order_by()[: MOST_COUNTED + 1].count() if isinstance(rows, QuerySet) else len(rows)

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST_COUNTED)

    @property
    def is_cut(self) -> bool:
        return self._counted > MOST_COUNTED

    def page(self, number: Any) -> Page:
        rows = self.object_list
        if not isinstance(rows, QuerySet) or rows.query.annotations or not rows.ordered:
            return super().page(number)
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        bare = rows.select_related(None).prefetch_related(None).defer(None)
        keys = list(bare.values_list("pk", flat=True)[first : min(first + self.per_page, self.count)])
        found = _like(rows).in_bulk(keys)
        return Page([found[key] for key in keys if key in found], number, self)


class SortedAsOffered(ChangeList):
    """An address that asks for another order than the columns offer is answered in the list's own: a table without an
    index for it would be sorted whole."""

    def get_ordering_field(self, field_name: Any) -> Any:
        offered = self.sortable_by
        return super().get_ordering_field(field_name) if offered is None or field_name in offered else None


def changelist_class(desk: Any, request: Any, **options: Any) -> type[ChangeList]:
    return SortedAsOffered


def _like(rows: QuerySet[Any]) -> QuerySet[Any]:
    """All rows of the table, read as these are: with what is joined, fetched beside and left out."""
    all_rows = rows.model._base_manager.using(rows.db).all()
    all_rows.query.select_related = rows.query.select_related
    all_rows.query.deferred_loading = rows.query.deferred_loading
    return all_rows.prefetch_related(*rows._prefetch_related_lookups)  # type: ignore[attr-defined]
