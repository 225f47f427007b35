"""Rows that an account does not reach are not there for it: in lists, searches, choices, histories and forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from events.access import reach

INTERNAL = frozenset({"internal_notes", "review_comment"})
"""Columns that only whoever may read the row's history reads."""


class ReachedChoices:
    """What can be chosen in a form, and posted past it, is what the account reaches."""

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> QuerySet[Any] | None:
        chosen = super().get_field_queryset(db, db_field, request)  # type: ignore[misc]
        rows = db_field.remote_field.model._default_manager.all() if chosen is None else chosen
        return reach.within_reach(rows, request.user)


class Reaching(ReachedChoices):
    """For a ``ModelAdmin``: rights on the table as Django has them, and on the row as ``events.access`` has it."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return reach.within_reach(super().get_queryset(request), request.user)  # type: ignore[misc]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may: bool = super().has_view_permission(request, obj)  # type: ignore[misc]
        return may and (obj is None or _once(request, reach.is_within_reach, obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may: bool = super().has_change_permission(request, obj)  # type: ignore[misc]
        return may and (obj is None or _once(request, reach.may_be_changed, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may: bool = super().has_delete_permission(request, obj)  # type: ignore[misc]
        return may and (obj is None or _once(request, reach.may_be_changed, obj))

    def has_view_history_or_change_history_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A history tells what was not published, so it is read by fewer than the row."""
        may: bool = super().has_view_history_or_change_history_permission(request, obj)  # type: ignore[misc]
        return may and (obj is None or self.reads_internal(request, obj))

    def reads_internal(self, request: HttpRequest, obj: Any) -> bool:
        return obj is None or _once(request, reach.is_theirs, obj)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """A filter on a column that is not shown would tell what stands in it."""
        if INTERNAL & set(lookup.split("__")) and not reach.sees_drafts(request.user):
            return False
        allowed: bool = super().lookup_allowed(lookup, value, request)  # type: ignore[misc]
        return allowed


def without_internal(fieldsets: Iterable[tuple[Any, dict[str, Any]]]) -> list[tuple[Any, dict[str, Any]]]:
    """The fieldsets without internal columns; one that has nothing else is left out."""
    found = [(title, {**options, "fields": _public(options["fields"])}) for title, options in fieldsets]
    return [(title, options) for title, options in found if options["fields"]]


def _public(names: Iterable[Any]) -> list[Any]:
    kept = [tuple(_public(name)) if isinstance(name, (list, tuple)) else name for name in names]
    return [name for name in kept if name and name not in INTERNAL]


def _once(request: HttpRequest, question: Callable[[Any, Any], bool], row: Any) -> bool:
    """The answer, asked of the database once a request: Django asks a dozen times."""
    if reach.sees_drafts(request.user):
        return True
    answers = request.__dict__.setdefault("_reach", {})
    key = (question.__name__, row._meta.label, row.pk)
    if key not in answers:
        answers[key] = question(row, request.user)
    return bool(answers[key])
