"""Lists of any length, counted no further than anybody pages: past that a list says "more than" and asks to filter."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator

MOST_COUNTED = 10_000


class WindowedPaginator(Paginator):
    """Never counts a whole table. ``is_cut``: there are more rows than are counted, and than can be paged to."""

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        bounded = rows.order_by()[: MOST_COUNTED + 1] if hasattr(rows, "order_by") else rows
        return bounded.count() if hasattr(rows, "order_by") else len(bounded)

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST_COUNTED)

    @property
    def is_cut(self) -> bool:
        return self._counted > MOST_COUNTED
