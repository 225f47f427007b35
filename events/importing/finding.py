"""Which recorded event a row speaks of. Two are merged only where they agree; a name alone never merges pages."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from events.dates import ImpreciseDate
from events.importing.told import Act, Told
from events.models import Authority, BlockEvent, Page
from events.operations import Inconsistent, interval
from events.text import comparison_key, order_number_key


def matching_event(told: Told, page: Page | None, authority: Authority | None) -> BlockEvent | None:
    """The event with the row's external id; else one of the same page (or group, when the row gives no page)
    whose authority and order, or date where either has no order number, agree with the row.

    Raises ``Inconsistent`` when the external id belongs to a block on another platform.
    """
    events = BlockEvent.objects.select_related("platform", "group", "page", "authority")
    if told.external_id and (event := events.filter(external_id=told.external_id).first()):
        if event.platform.key != told.platform:
            raise Inconsistent(f"“{told.external_id}” is recorded as a block on {event.platform}.")
        return event
    candidates = events.filter(_subject(told, page), platform__key=told.platform)
    if told.external_id:
        candidates = candidates.filter(external_id=None)
    return _first_that_agrees(candidates.prefetch_related("orders"), told, authority)


def _first_that_agrees(
    candidates: QuerySet[BlockEvent], told: Told, authority: Authority | None
) -> BlockEvent | None:
    seen = sorted({event.pk: event for event in candidates}.values(), key=lambda event: event.pk)
    return next((event for event in seen if _agrees(event, told, authority)), None)


def _subject(told: Told, page: Page | None) -> Q:
    """Events of the page; by the group's name, those whose page is not known, and any when the row gives no page."""
    is_of_page = Q(page=page) if page else Q(pk=None)
    if not told.group:
        return is_of_page
    key = comparison_key(told.group)
    is_of_group = Q(group__name_key=key) | Q(group__names__name_key=key)
    return is_of_page | (is_of_group & Q(page=None) if told.url else is_of_group)


def _agrees(event: BlockEvent, told: Told, authority: Authority | None) -> bool:
    if event.authority and authority and event.authority != authority:
        return False
    if told.order and told.order.number and any(order.number_key for order in event.orders.all()):
        return has_order(event, told.order)
    blocked = told.blocked or ImpreciseDate.unknown()
    if interval(event, "blocked") != blocked or not _undated_acts_agree(event, told.order):
        return False
    return event.authority == authority or blocked.earliest is not None


def _undated_acts_agree(event: BlockEvent, act: Act | None) -> bool:
    """Of two orders, one without a number, only the dates can tell whether they may be one."""
    days = {order.dated_earliest for order in event.orders.all()}
    return act is None or not days or act.dated.earliest in days


def has_order(event: BlockEvent, act: Act) -> bool:
    """Whether the event has this order: the same number, and the same day where both are dated."""
    key, day = order_number_key(act.number), act.dated.earliest
    return any(
        order.number_key == key
        and (order.dated_earliest == day or (key and None in (order.dated_earliest, day)))
        for order in event.orders.all()
    )
