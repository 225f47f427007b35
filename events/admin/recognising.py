"""What is typed instead of chosen: a page's address, a group's name, an order's number. Found where it is recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from events import operations
from events.access.reach import Viewer, is_within_reach, within_reach
from events.dates import ImpreciseDate
from events.models import Authority, Group, GroupName, Order, Page, Platform
from events.templatetags.known_dates import known_date
from events.text import comparison_key, order_number_key
from tracker.operations import AddressRefused, Canonical, canonical_address

MOST_SHOWN = 8
_BARE = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?/\S*")


@dataclass(frozen=True, slots=True)
class SeenAddress:
    """``page`` is the recorded page; None with ``is_elsewhere`` when it is recorded and not for this account."""

    url: str
    canonical: Canonical
    page: Page | None
    is_elsewhere: bool = False

    @property
    def platform(self) -> Platform | None:
        """None until a first page of the platform is recorded."""
        return Platform.objects.filter(key=self.canonical.platform).first()

    @property
    def says(self) -> str:
        """``vk · club12345 · https://vk.com/club12345``."""
        named = self.platform
        parts = [
            str(named) if named else self.canonical.platform,
            self.canonical.handle or "",
            self.canonical.url,
        ]
        return " · ".join(part for part in parts if part)


def whole(typed: str) -> str:
    """An address as people paste it, with the scheme that they left out."""
    typed = typed.strip()
    return f"https://{typed}" if _BARE.fullmatch(typed) else typed


def address(typed: str, viewer: Viewer) -> SeenAddress:
    """What an address says. Raises ``AddressRefused`` with a sentence that says what would do."""
    url = whole(typed)
    canonical, page = canonical_address(url), operations.find_page(url=url)
    if page is not None and not is_within_reach(page, viewer):
        return SeenAddress(url, canonical, None, is_elsewhere=True)
    return SeenAddress(url, canonical, page)


def groups_named(typed: str, viewer: Viewer) -> list[Group]:
    """Groups that have this name, or this other name, in any spelling that counts as the same."""
    key = comparison_key(typed)
    if not key:
        return []
    named = Q(name_key=key) | Q(pk__in=GroupName.objects.filter(name_key=key).values("group"))
    return list(within_reach(Group.objects.filter(named), viewer).order_by("pk")[:MOST_SHOWN])


def orders_numbered(typed: str, viewer: Viewer) -> list[Order]:
    """Orders of this number, however it is spelt; bodies re-use numbers, so there may be several."""
    key = order_number_key(typed)
    if not key:
        return []
    rows = within_reach(Order.objects.filter(number_key=key), viewer).select_related("authority")
    return list(rows.order_by("dated_earliest", "pk")[:MOST_SHOWN])


def is_contradicted(order: Order, authority: Authority | None, dated: ImpreciseDate | None) -> bool:
    """Whether what was typed beside the number says that it is another order."""
    if authority is not None and order.authority_id not in (None, authority.pk):
        return True
    if dated is None or dated.earliest is None or dated.latest is None:
        return False
    if order.dated_earliest is None or order.dated_latest is None:
        return False
    return order.dated_latest < dated.earliest or dated.latest < order.dated_earliest


def order_words(order: Order) -> str:
    """The order with its body and its date: what tells it from another of the same number."""
    body = str(order.authority) if order.authority else _("body not known")
    return f"{order.number or _('no number')} · {known_date(order, 'dated')} · {body}"


def answer(asked: dict[str, str], viewer: Viewer) -> dict[str, Any]:
    """What a form is told while it is filled in: for each question a sentence and what can be picked."""
    told: dict[str, Any] = {}
    if typed := asked.get("address"):
        told["address"] = _about_address(typed, viewer)
    if typed := asked.get("new_group"):
        found = groups_named(typed, viewer)
        says = (
            _("Recorded already under this name:") if found else _("A new group is recorded when you save.")
        )
        told["new_group"] = {"says": says, "group": [_pick(group) for group in found]}
    if typed := asked.get("order_number"):
        orders = orders_numbered(typed, viewer)
        says = (
            _("Recorded already with this number:") if orders else _("A new order is recorded when you save.")
        )
        told["order_number"] = {"says": says, "orders": [[str(o.pk), order_words(o)] for o in orders]}
    return told


def _about_address(typed: str, viewer: Viewer) -> dict[str, Any]:
    try:
        seen = address(typed, viewer)
    except AddressRefused as refused:
        return {"says": str(refused), "is_wrong": True}
    platform = [_pick(seen.platform)] if seen.platform else []
    if seen.is_elsewhere:
        return {"says": f"{seen.says}. {elsewhere()}", "is_wrong": True}
    if seen.page is None:
        says = _("%(address)s. Not recorded yet: the page is recorded when you save.") % {
            "address": seen.says
        }
        return {"says": says, "platform": platform}
    names = {"address": seen.says, "group": seen.page.group}
    says = _("%(address)s. Recorded as a page of “%(group)s”.") % names
    return {
        "says": says,
        "platform": platform,
        "page": [_pick(seen.page)],
        "group": [_pick(seen.page.group)],
    }


def elsewhere() -> str:
    return _("This address is recorded already in work that you do not see: ask an editor.")


def _pick(row: Any) -> list[str]:
    return [str(row.pk), str(row)]
