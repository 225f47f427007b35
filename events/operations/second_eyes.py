"""Who may show an event to the world: a right for the ordinary, and a second person for the sensitive.

There is no exception for superusers: the rule protects people from one mistaken or one pressed account, and that may be
any account.
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Subquery
from django.utils.translation import gettext as _

from events.access.roles import PUBLISHES, REVIEWS
from events.models import BlockEvent, EventDate, Group, Source
from events.operations.writing import Actor, Inconsistent
from events.together import read_together

STEP_COLUMNS = frozenset(
    {"publication", "published_at", "withdrawn_at", "withdrawn_because", "review_comment", "updated_at"}
)
"""Changed by steps alone; whoever took a step has not thereby changed the event."""
_PASSING = STEP_COLUMNS | {"watch", "batch"}


VERSIONS = 50
"""How many are looked at first. Seldom were so many steps taken in a row."""


class NotAllowed(Inconsistent):
    """The account may not take this step. The message says who may."""


def is_sensitive(event: BlockEvent) -> bool:
    """Marked itself, or about a group that is."""
    return event.is_sensitive or event.group.is_sensitive


def require_right(by: Actor, right: str, sentence: str) -> None:
    """Nobody is asked for a right on the command line: whoever stands there holds the database."""
    if by is not None and not by.has_perm(right):
        raise NotAllowed(sentence)


def require_may_publish(event: BlockEvent, by: Actor) -> None:
    """Raises ``NotAllowed`` with a sentence that says who can do it."""
    if not is_sensitive(event):
        require_right(by, PUBLISHES, _("Your role does not publish. Send the event to review."))
        return
    if by is None:
        raise NotAllowed(_("A sensitive event is published by a second person, and a command is nobody."))
    require_right(by, REVIEWS, _("This event is sensitive: a reviewer publishes it."))
    if by.pk in writers(event):
        raise NotAllowed(
            _(
                "This event is sensitive, and you wrote it or changed it last: somebody else has to publish it."
            )
        )


def may_publish(event: BlockEvent, by: Actor) -> bool:
    try:
        require_may_publish(event, by)
    except NotAllowed:
        return False
    return True


def require_may_unmark(before: BlockEvent, by: Actor) -> None:
    """To take the mark away is to publish with one pair of eyes, so it takes a second person as well."""
    if by is None or not by.has_perm(REVIEWS) or by.pk in writers(before):
        raise NotAllowed(
            _(
                "That an event is sensitive is taken back by a reviewer who neither wrote it nor changed it last."
            )
        )


def require_may_unmark_group(group: Group, by: Actor) -> None:
    """As for one event, for every event of the group that is not published yet."""
    if by is None or not by.has_perm(REVIEWS):
        raise NotAllowed(_("That a group is sensitive is taken back by a reviewer."))
    unpublished = BlockEvent.objects.filter(group=group, published_at__isnull=True)
    if any(by.pk in writers(event) for event in unpublished):
        raise NotAllowed(
            _("You wrote an event of this group that is not published: somebody else decides this.")
        )


def writers(event: BlockEvent) -> set[int]:
    """The keys of who wrote the event and who last changed it, its sources or its dates. A command is nobody."""
    if event.pk is None:
        return set()
    versions = event.history.order_by("-history_date", "-history_id")
    parts = [_last_of(part, event) for part in (Source, EventDate)]
    rows, linked, *ends = read_together(versions[:VERSIONS], _linked_orders(versions[:VERSIONS]), *parts)
    newest = _last_change(rows, linked)
    if newest is None and len(rows) == VERSIONS:
        rows, linked = read_together(versions, _linked_orders(versions))
        newest = _last_change(rows, linked)
    changes = [newest or next(reversed(rows), None), *(next(iter(end), None) for end in ends)]
    made = [change for change in changes if change is not None]
    newest = max((change.history_date for change in made), default=None)
    last = {change.history_user_id for change in made if change.history_date == newest}
    return {pk for pk in {event.created_by_id, *last} if pk is not None}


def _last_change(rows: list[Any], linked: list[tuple[int, int]]) -> Any:
    """The newest of these versions that is more than a step after the one before it."""
    orders: dict[int, set[int]] = {row.history_id: set() for row in rows}
    for version, order in linked:
        orders[version].add(order)
    for newer, older in pairwise(rows):
        if newer.history_type != "~" or _is_other(newer, older, orders):
            return newer
    return None


def _is_other(newer: Any, older: Any, orders: dict[int, set[int]]) -> bool:
    columns = (field.attname for field in BlockEvent._meta.concrete_fields if field.name not in _PASSING)
    if any(getattr(newer, column) != getattr(older, column) for column in columns):
        return True
    return orders[newer.history_id] != orders[older.history_id]


def _linked_orders(versions: Any) -> Any:
    """Version and order, of each order that one of these versions of an event had."""
    linked = versions.model._meta.get_field("historicalblockevent_orders").related_model
    asked = Subquery(versions.values("history_id"))
    return linked.objects.filter(history__in=asked).values_list("history_id", "order_id")


def _last_of(part: Any, event: BlockEvent) -> Any:
    return part.history.filter(event_id=event.pk).order_by("-history_date", "-history_id")[:1]


def is_out(event: BlockEvent, now: datetime) -> bool:
    """Whether readers have seen the event: published, and its embargo over."""
    return event.published_at is not None and event.published_at <= now
