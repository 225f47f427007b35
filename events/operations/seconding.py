"""Correcting what is sensitive and published: one person proposes, a second one takes it, and then readers are told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from events.access.roles import REVIEWS
from events.models import BlockEvent, Order, ProposedCorrection
from events.operations.correcting import Correction, changed, require_words
from events.operations.recording import correct_event, require_consistent
from events.operations.searching import search_texts_together
from events.operations.second_eyes import NotAllowed, is_out, is_sensitive, require_right
from events.operations.writing import Actor, Inconsistent

_ORDERS = "orders"


def waits_for_second(*, event: BlockEvent, now: datetime) -> bool:
    """Whether nobody changes alone what readers see of the event, as it is stored."""
    stored = BlockEvent.objects.filter(pk=event.pk, publication="published").first()
    return stored is not None and is_sensitive(stored) and is_out(stored, now)


@transaction.atomic
def propose_correction(
    *,
    event: BlockEvent,
    by: Actor,
    now: datetime,
    correction: Correction,
    because: str = "",
    orders: Iterable[Order] | None = None,
) -> ProposedCorrection | None:
    """Keep what ``event``, filled in and not stored, says otherwise to readers, for a second person to take.

    ``event`` then says again what is stored, but for what readers do not see. None when nothing of theirs would change.
    Raises ``Inconsistent``, and ``Untold`` as ``correct_event``.
    """
    if by is None:
        raise NotAllowed(_("A correction is proposed by a person, and a command is nobody."))
    if not waits_for_second(event=event, now=now):
        raise Inconsistent(_("This event can be corrected at once."))
    before = BlockEvent.objects.select_for_update().get(pk=event.pk)
    columns = {field.name: field.attname for field in BlockEvent._meta.concrete_fields}
    names = changed(before, event)
    changes = {name: [_plain(row, columns[name]) for row in (before, event)] for name in sorted(names)}
    changes |= _orders_changed(before, orders)
    if not changes:
        return None
    require_words(BlockEvent, set(changes), correction)
    require_consistent(event)
    for name in names:
        setattr(event, columns[name], getattr(before, columns[name]))
    return ProposedCorrection.objects.create(
        event=before,
        changes=changes,
        erratum=correction.erratum.strip(),
        is_typo=correction.typo,
        because=because[:100],
        proposed_by=by,
        proposed_at=now,
    )


@transaction.atomic
@search_texts_together()
def take_correction(*, proposed: ProposedCorrection, by: Actor, now: datetime) -> None:
    """Correct the event as was proposed, in the name of the second person; the erratum is shown with it from now on.

    Raises ``NotAllowed`` for who may not, and ``Inconsistent`` when the event is not any more what was corrected.
    """
    row = _open(proposed)
    if by is None or by.pk == row.proposed_by_id:
        raise NotAllowed(_("You proposed this correction: somebody else has to take it."))
    require_right(by, REVIEWS, _("This event is sensitive: a reviewer takes its corrections."))
    event = BlockEvent.objects.select_for_update().get(pk=row.event_id)
    if event.publication != "published":
        raise Inconsistent(_("The event is not published any more: correct it in its form."))
    orders = _as_proposed(event, row)
    author = row.proposed_by.get_username() if row.proposed_by else "a deleted account"
    correct_event(
        event=event,
        by=by,
        now=now,
        because=f"proposed by {author}: {row.because}".rstrip(": "),
        orders=orders,
        correction=Correction(erratum=row.erratum, typo=row.is_typo, is_seconded=True),
    )
    _decide(row, "taken", by, now)


@transaction.atomic
def dismiss_correction(*, proposed: ProposedCorrection, by: Actor, now: datetime) -> None:
    """Leave the event as it is. A reviewer does so, or who proposed it. Raises ``Inconsistent``."""
    row = _open(proposed)
    if by is None or by.pk != row.proposed_by_id:
        require_right(by, REVIEWS, _("A reviewer dismisses a correction, or who proposed it."))
    _decide(row, "dismissed", by, now)


def _open(proposed: ProposedCorrection) -> ProposedCorrection:
    row = ProposedCorrection.objects.select_for_update().get(pk=proposed.pk)
    if row.state != "open":
        raise Inconsistent(_("This correction was decided already."))
    return row


def _decide(row: ProposedCorrection, state: str, by: Actor, now: datetime) -> None:
    row.state, row.decided_by, row.decided_at = state, by, now
    row.save(update_fields=["state", "decided_by", "decided_at"])


def _as_proposed(event: BlockEvent, row: ProposedCorrection) -> list[Order] | None:
    """Fills the event in, in memory; its orders, where they change. Raises ``Inconsistent`` for another event."""
    stale = Inconsistent(_("The event was changed since this was proposed: propose it anew."))
    for name, (before, after) in row.changes.items():
        if name == _ORDERS:
            continue
        field = BlockEvent._meta.get_field(name)
        if _plain(event, field.attname) != before:  # type: ignore[union-attr]
            raise stale
        setattr(event, field.attname, field.to_python(after))  # type: ignore[union-attr]
    if _ORDERS not in row.changes:
        return None
    before, after = row.changes[_ORDERS]
    orders = list(Order.objects.filter(pk__in=after))
    if before != _keys(event) or len(orders) != len(after):
        raise stale
    return orders


def _orders_changed(event: BlockEvent, orders: Iterable[Order] | None) -> dict[str, list[Any]]:
    if orders is None:
        return {}
    before, after = _keys(event), sorted(order.pk for order in orders)
    return {_ORDERS: [before, after]} if before != after else {}


def _keys(event: BlockEvent) -> list[int]:
    return sorted(event.orders.values_list("pk", flat=True))


def _plain(row: BlockEvent, column: str) -> Any:
    value = getattr(row, column)
    return value.isoformat() if isinstance(value, date) else value
