"""Which recorded event a row speaks of. Two are merged only where they agree; a name alone never merges pages."""

from __future__ import annotations

from collections.abc import Sequence

from events.dates import ImpreciseDate
from events.importing.known import Known, KnownEvent
from events.importing.told import Act, Told
from events.models import Authority, Order
from events.operations import Inconsistent, interval
from events.text import order_number_key


def matching_event(told: Told, known: Known, authority: Authority | None) -> KnownEvent | None:
    """The event with the row's external id; else one of the same page (or group, when the row gives no page)
    whose authority and order, or date where either has no order number, agree with the row.

    Raises ``Inconsistent`` when the external id belongs to a block on another platform.
    """
    if told.external_id and (found := known.events_by_id.get(told.external_id)):
        if found.event.platform.key != told.platform:
            raise Inconsistent(f"“{told.external_id}” is recorded as a block on {found.event.platform}.")
        return found
    candidates = known.events(told)
    if told.external_id:
        candidates = [each for each in candidates if each.event.external_id is None]
    return next((each for each in candidates if _agrees(each, told, authority)), None)


def _agrees(known: KnownEvent, told: Told, authority: Authority | None) -> bool:
    event = known.event
    if event.authority and authority and event.authority != authority:
        return False
    if told.order and told.order.number and any(order.number for order in known.orders):
        return has_order(known.orders, told.order)
    blocked = told.blocked or ImpreciseDate.unknown()
    if interval(event, "blocked") != blocked or not _undated_acts_agree(known.orders, told.order):
        return False
    return event.authority == authority or blocked.earliest is not None


def _undated_acts_agree(orders: Sequence[Order], act: Act | None) -> bool:
    """Of two orders, one without a number, only the dates can tell whether they may be one."""
    days = {order.dated_earliest for order in orders}
    return act is None or not days or act.dated.earliest in days


def has_order(orders: Sequence[Order], act: Act) -> bool:
    """Whether this order is among them: the same number, and the same day where both are dated."""
    key, day = order_number_key(act.number), act.dated.earliest
    return any(
        order_number_key(order.number) == key
        and (order.dated_earliest == day or (key and None in (order.dated_earliest, day)))
        for order in orders
    )
