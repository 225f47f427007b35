"""Which rows an account reaches. Who sees every draft reaches all; everybody else what is public and their own.

Authorities and platforms betray nobody, and are there for all. A group, page or order is reached through a published
event, through an event of one's own, or because one recorded it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet

from events.access.roles import SEES_DRAFTS
from events.models import (
    Appeal,
    BlockEvent,
    Episode,
    Erratum,
    EventDate,
    Group,
    GroupName,
    Order,
    OrderProposal,
    Page,
    ProposedCorrection,
    Source,
)

Viewer = Any
"""Who is signed in, or Django's AnonymousUser."""


def sees_drafts(viewer: Viewer) -> bool:
    return bool(viewer.has_perm(SEES_DRAFTS))


def within_reach(rows: QuerySet[Any], viewer: Viewer) -> QuerySet[Any]:
    """The rows that this account may see, whatever table they are of."""
    condition = _CONDITIONS.get(rows.model)
    if condition is None or sees_drafts(viewer):
        return rows
    return rows.filter(condition(viewer))


def is_within_reach(row: Any, viewer: Viewer) -> bool:
    if type(row) not in _CONDITIONS or sees_drafts(viewer):
        return True
    if isinstance(row, BlockEvent) and _is_author(row, viewer):
        return True
    return within_reach(type(row)._default_manager.filter(pk=row.pk), viewer).exists()


def is_theirs(row: Any, viewer: Viewer) -> bool:
    """Whether the account may read the row's history and work on it: all, or what they recorded themselves.

    An event of one's own is worked on while it is a draft; a noun while nobody else speaks of it.
    """
    if sees_drafts(viewer):
        return True
    event = row if isinstance(row, BlockEvent) else getattr(row, "event", None)
    if isinstance(event, BlockEvent):
        return _is_author(event, viewer)
    return type(row)._default_manager.filter(_recorded_by(type(row), viewer), pk=row.pk).exists()


def may_be_changed(row: Any, viewer: Viewer) -> bool:
    """Whether an account that may change such rows may change this one."""
    if sees_drafts(viewer):
        return True
    if isinstance(row, BlockEvent):
        return BlockEvent.objects.filter(pk=row.pk, created_by=viewer, publication="draft").exists()
    return is_theirs(row, viewer) and not _is_spoken_of(row, viewer)


def _is_author(event: BlockEvent, viewer: Viewer) -> bool:
    """Who recorded an event is never changed, so the row that is at hand knows it."""
    return event.pk is not None and viewer.pk is not None and event.created_by_id == viewer.pk


def _is_spoken_of(row: Any, viewer: Viewer) -> bool:
    """Whether an event that is not the account's own draft names the row."""
    others = BlockEvent.objects.exclude(created_by=viewer, publication="draft")
    named: Mapping[type, Callable[[], Q]] = {
        Group: lambda: Q(group=row),
        Page: lambda: Q(page=row) | Q(group=row.group_id),
        Order: lambda: Q(orders=row),
    }
    about = named.get(type(row))
    if about is None:  # an authority, or another name of something
        fields = ("authority", "transmitted_by", "orders__authority")
        return others.filter(_any(fields, row)).exists() if row._meta.model_name == "authority" else False
    return others.filter(about()).exists()


def _any(fields: tuple[str, ...], row: Any) -> Q:
    found = Q()
    for field in fields:
        found |= Q(**{field: row})
    return found


def _reached_events(viewer: Viewer) -> QuerySet[Any]:
    return BlockEvent.objects.filter(_event(viewer))


def _event(viewer: Viewer) -> Q:
    shown = BlockEvent.objects.ever_shown()
    return Q(created_by=viewer.pk) | Q(Exists(shown.filter(pk=OuterRef("pk"))))


def _recorded_by(model: type, viewer: Viewer) -> Q:
    history: Any = model.history  # type: ignore[attr-defined]
    first = history.model.objects.filter(history_type="+", history_user=viewer.pk, id=OuterRef("pk"))
    return Q(Exists(first))


def _through_event(field: str) -> Callable[[Viewer], Q]:
    return lambda viewer: Q(Exists(_reached_events(viewer).filter(pk=OuterRef(field))))


def _group(viewer: Viewer, pk: str = "pk") -> Q:
    return Q(Exists(_reached_events(viewer).filter(group=OuterRef(pk))))


def _page(viewer: Viewer) -> Q:
    public = BlockEvent.objects.published().filter(group=OuterRef("group"))
    own = BlockEvent.objects.filter(created_by=viewer.pk, page=OuterRef("pk"))
    return Q(Exists(public)) | Q(Exists(own)) | _recorded_by(Page, viewer)


def _name_of_group(viewer: Viewer) -> Q:
    groups = within_reach(Group.objects.all(), viewer)
    return Q(group__in=groups.values("pk"))


_CONDITIONS: Mapping[type, Callable[[Viewer], Q]] = {
    BlockEvent: _event,
    Group: lambda viewer: _group(viewer) | _recorded_by(Group, viewer),
    GroupName: _name_of_group,
    Page: _page,
    Order: lambda viewer: (
        Q(Exists(_reached_events(viewer).filter(orders=OuterRef("pk")))) | _recorded_by(Order, viewer)
    ),
    Source: _through_event("event"),
    Appeal: _through_event("event"),
    EventDate: _through_event("event"),
    Episode: _through_event("event"),
    Erratum: _through_event("event"),
    OrderProposal: _through_event("event"),
    ProposedCorrection: _through_event("event"),
}

__all__ = ["User", "Viewer", "is_theirs", "is_within_reach", "may_be_changed", "sees_drafts", "within_reach"]
