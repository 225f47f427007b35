"""Events on the pages of the rehearsal platform, so that statuses reached by real checks can be seen anywhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from events import operations
from events.demo.described import AuthorityEntry, OrderEntry, RehearsedEntry, dated, read
from events.models import Authority, Order, Source
from tracker.facts import REHEARSAL_TERRITORY

SOURCE = "Rehearsal, played by this program"


def record_rehearsal(*, now: datetime, origin: str) -> int:
    """Record and publish the events of the rehearsal at its origin, such as ``http://127.0.0.1:8001``. How many."""
    content = read("rehearsal.yaml")
    sign: dict[str, Any] = {"by": None, "now": now, "because": "rehearsal"}
    authority = _authority(AuthorityEntry(**content["authority"]), sign)
    told = OrderEntry(**content["order"])
    order = operations.record_order(authority=authority, number=told.number, dated=dated(told.dated), **sign)
    for entry in content["events"]:
        _event(RehearsedEntry(**entry), origin.rstrip("/"), authority, order, sign)
    return len(content["events"])


def _authority(entry: AuthorityEntry, sign: dict[str, Any]) -> Authority:
    authority = operations.record_authority(name=entry.name, kind=entry.kind, country=None, **sign)
    for language, name in entry.names.items():
        operations.name_authority(authority=authority, name=name, language=language, **sign)
    return authority


def _event(
    entry: RehearsedEntry, origin: str, authority: Authority, order: Order, sign: dict[str, Any]
) -> None:
    group = operations.record_group(name=f"Rehearsal: {entry.title}", kind="other", **sign)
    page = operations.record_page(group=group, url=f"{origin}/{entry.page}", title=entry.title, **sign)
    operations.record_event(
        page=page,
        authority=authority,
        orders=[order],
        blocked=operations.interval(order, "dated"),
        blocked_kind="ordered",
        territory=REHEARSAL_TERRITORY,
        restriction=entry.restriction,
        cited_reason_status="none_given",
        summary=entry.summary,
        sources=[Source(title=SOURCE, kind="other", language="en")],
        publish=True,
        **sign,
    )
