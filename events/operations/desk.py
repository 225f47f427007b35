"""What researchers keep of their work over lists: views, changes that somebody has seen, duplicates that are none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from events.models import BlockEvent, SavedView, SeenChange, Twin
from events.operations.writing import Actor, Inconsistent
from tracker.models import StatusChange

MOST_VIEWS = 30
"""Of one person: more than these are no help above a list."""


@transaction.atomic
def save_view(*, name: str, query: str, is_shared: bool, by: User, now: datetime) -> SavedView:
    """A list under a name; the same name again replaces what it showed. Raises ``Inconsistent``."""
    name = " ".join(name.split())
    if not name:
        raise Inconsistent(_("Give the view a name."))
    known = SavedView.objects.filter(owner=by, name=name).first()
    if known is None and SavedView.objects.filter(owner=by).count() >= MOST_VIEWS:
        raise Inconsistent(_("You have %s views already: remove one first.") % MOST_VIEWS)
    view = known or SavedView(owner=by, name=name, created_at=now)
    view.query, view.is_shared = query, is_shared
    view.save()
    return view


def remove_view(*, view: SavedView, by: User) -> None:
    """Raises ``Inconsistent`` for the view of somebody else."""
    if view.owner_id != by.pk:
        raise Inconsistent(_("Only its owner can remove a view."))
    view.delete()


@transaction.atomic
def see_changes(*, events: Iterable[BlockEvent], by: Actor, now: datetime) -> int:
    """Somebody has looked at how the status of these events changed. How many changes had not been seen."""
    watches = [event.watch_id for event in events if event.watch_id is not None]
    unseen = StatusChange.objects.filter(watch__in=watches).exclude(
        pk__in=SeenChange.objects.values("change")
    )
    rows = [SeenChange(change=change, by=by, at=now) for change in unseen]
    SeenChange.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def dismiss_twins(*, events: Iterable[BlockEvent], by: Actor, now: datetime) -> int:
    """These events are nobody's duplicates. How many pairs were dismissed; they do not come back."""
    ids = [event.pk for event in events]
    pairs = Twin.objects.filter(Q(event__in=ids) | Q(other__in=ids), dismissed_at__isnull=True)
    return pairs.update(dismissed_at=now, dismissed_by=by)
