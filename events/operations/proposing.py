"""A notice on a watched page fills the order of an untouched draft, and proposes it everywhere else."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from events.dates import ImpreciseDate
from events.models import Authority, BlockEvent, NoticeMark, Order, OrderProposal
from events.models.vocabulary import AUTHORITY_KINDS
from events.operations.catalogue import find_authority, record_authority, record_order
from events.operations.correcting import Correction
from events.operations.recording import correct_event
from events.operations.writing import Actor, Inconsistent
from events.text import comparison_key, order_number_key
from tracker.models import Measurement, Verdict
from tracker.operations import parse_notice

log = logging.getLogger(__name__)

BATCH = 200
SETTLED = timedelta(minutes=5)
"""A verdict younger than this may still be overtaken by one with a lower id, so the mark does not pass it."""

_MARK = "order proposals"
_STATED = ("authority", "order_number", "order_date")


def consider_notices(*, now: datetime, limit: int = BATCH) -> int:
    """Read the next verdicts with a notice, and move the mark. How many were read; 0 when none is left.

    Stopped at any point it may be run again: what was filled or proposed already is known by its key.
    """
    mark, _made = NoticeMark.objects.get_or_create(name=_MARK)
    new = Verdict.objects.filter(pk__gt=mark.verdict)
    last = new.filter(judged_at__lte=now - SETTLED).aggregate(last=Max("pk"))["last"]
    if last is None:
        return 0
    told = new.filter(pk__lte=last, state="blocked", notice__isnull=False)
    verdicts = list(told.select_related("measurement__watch").order_by("pk")[:limit])
    for verdict in verdicts:
        _consider(verdict, now)
    reached = verdicts[-1].pk if len(verdicts) == limit else last
    # Never back: another worker may have come further in the meantime.
    NoticeMark.objects.filter(pk=mark.pk, verdict__lt=reached).update(verdict=reached)
    return len(verdicts)


@transaction.atomic
def accept_proposal(*, proposal: OrderProposal, by: Actor, now: datetime) -> None:
    """Link the order that the notice states; what the event says already stays. Raises ``Inconsistent``."""
    row = _open(proposal)
    event = BlockEvent.objects.select_for_update().get(pk=row.event_id)
    _write_into(event, row.notice, row.measurement, by=by, now=now, because="accepted from a notice")
    _decide(row, "accepted", by, now)


@transaction.atomic
def dismiss_proposal(*, proposal: OrderProposal, by: Actor, now: datetime) -> None:
    """Say that the notice does not belong here; the same values never come back. Raises ``Inconsistent``."""
    _decide(_open(proposal), "dismissed", by, now)


def _open(proposal: OrderProposal) -> OrderProposal:
    row = OrderProposal.objects.select_for_update().get(pk=proposal.pk)
    if row.state != "open":
        raise Inconsistent(_("This proposal was decided already."))
    return row


def _decide(row: OrderProposal, state: str, by: Actor, now: datetime) -> None:
    row.state, row.decided_by, row.decided_at = state, by, now
    row.save(update_fields=["state", "decided_by", "decided_at"])


def _consider(verdict: Verdict, now: datetime) -> None:
    notice, measurement = verdict.notice or {}, verdict.measurement
    if not any(notice.get(name) for name in _STATED):
        return
    for pk in _events_of(measurement, notice.get("territory")):
        try:
            _offer(pk, notice, measurement, now)
        except (ValueError, IntegrityError):  # one event that refuses must not keep the others waiting
            log.exception("The notice of measurement %s does not fit event %s.", measurement.public_id, pk)


def _events_of(measurement: Measurement, said: str | None) -> list[int]:
    """The events of that page and place which were not over when the notice was seen."""
    watch = measurement.watch
    if said is not None and said != watch.territory:
        return []
    events = BlockEvent.objects.filter(page__target_id=watch.target_id, territory=watch.territory)
    events = events.exclude(publication="withdrawn").exclude(
        restored_latest__lt=measurement.started_at.date()
    )
    return list(events.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _offer(event_pk: int, notice: Mapping[str, Any], measurement: Measurement, now: datetime) -> None:
    event = BlockEvent.objects.select_for_update().get(pk=event_pk)
    key = notice_key(notice)
    if OrderProposal.objects.filter(event=event, notice_key=key).exists() or _is_known(event, notice):
        return
    reason = _why_not(event, notice)
    row = OrderProposal(
        event=event,
        measurement=measurement,
        notice=dict(notice),
        notice_key=key,
        reason=reason,
        proposed_at=now,
    )
    if reason == "filled":
        _write_into(event, notice, measurement, by=None, now=now, because="read in a notice")
        row.state, row.decided_at = "filled", now
    row.save()


def notice_key(notice: Mapping[str, Any]) -> str:
    """One key for all notices that state the same authority, number and date, however they are spelt."""
    number = order_number_key(notice.get("order_number") or "")
    parts = (comparison_key(notice.get("authority") or ""), number, notice.get("order_date") or "")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _why_not(event: BlockEvent, notice: Mapping[str, Any]) -> str:
    """Why the notice is proposed and not filled in; ``filled`` when nothing speaks against it."""
    if event.publication != "draft":
        return "not_a_draft"
    if event.authority_id is not None or event.orders.exists():
        return "entered"
    if notice.get("suspect"):
        return "suspect"
    return "filled" if all(notice.get(name) for name in _STATED) else "incomplete"


def _is_known(event: BlockEvent, notice: Mapping[str, Any]) -> bool:
    """Whether the event says already what the notice states."""
    return _is_order_known(event, notice) and _is_authority_known(event, notice)


def _is_order_known(event: BlockEvent, notice: Mapping[str, Any]) -> bool:
    number, day = notice.get("order_number"), _day(notice)
    if not number and day is None:
        return True
    same = event.orders.all()
    if number:
        same = same.filter(number_key=order_number_key(number))
    if day is not None:
        same = same.filter(dated_earliest=day, dated_latest=day)
    return same.exists()


def _is_authority_known(event: BlockEvent, notice: Mapping[str, Any]) -> bool:
    if not notice.get("authority"):
        return True
    if event.authority is None:
        return False
    names = {event.authority.name_key, *event.authority.names.values_list("name_key", flat=True)}
    return comparison_key(notice["authority"]) in names


def _write_into(
    event: BlockEvent,
    notice: Mapping[str, Any],
    measurement: Measurement,
    *,
    by: Actor,
    now: datetime,
    because: str,
) -> None:
    """Link the order, and write authority and reason only where the event says nothing."""
    because = f"{because}, measurement {measurement.public_id}"
    authority = _authority(notice, event, by=by, now=now, because=because)
    values: dict[str, Any] = {}
    if event.authority_id is None and authority is not None:
        values["authority"] = authority
    if event.transmitted_by_id is None and notice.get("transmitted_by"):
        values["transmitted_by"] = record_authority(
            by=by, now=now, name=notice["transmitted_by"], country=event.territory, because=because
        )
    values |= _reason(event, notice)
    order = _order(notice, authority, by=by, now=now, because=because)
    orders = [*event.orders.all(), order] if order is not None else None
    told = Correction(erratum=f"Completed from a notice that was seen on the page ({measurement.public_id}).")
    correct_event(event=event, by=by, now=now, because=because, orders=orders, correction=told, **values)


def _authority(
    notice: Mapping[str, Any], event: BlockEvent, *, by: Actor, now: datetime, because: str
) -> Authority | None:
    if not notice.get("authority"):
        return event.authority
    name, country = notice["authority"][:300], notice.get("territory") or event.territory
    region = (notice.get("region") or "")[:200]
    if known := find_authority(name=name, country=country) if not region else None:
        return known
    kind = notice.get("authority_kind")
    kind = kind if kind in dict(AUTHORITY_KINDS) else "unknown"
    return record_authority(
        by=by, now=now, name=name, country=country, region=region, because=because, kind=kind
    )


def _order(
    notice: Mapping[str, Any], authority: Authority | None, *, by: Actor, now: datetime, because: str
) -> Order | None:
    number, day = (notice.get("order_number") or "")[:200], _day(notice)
    if not number and day is None:
        return None
    return record_order(
        by=by,
        now=now,
        authority=authority,
        number=number,
        dated=ImpreciseDate.on(day) if day else ImpreciseDate.unknown(),
        law=(notice.get("law") or "")[:500],
        suspect=(notice.get("suspect") or "")[:300],
        because=because,
    )


def _reason(event: BlockEvent, notice: Mapping[str, Any]) -> dict[str, Any]:
    """The cited reason, where the event knows none."""
    cited = notice.get("reason") or parse_notice(str(notice.get("text") or "")).reason
    if not cited or event.cited_reason_status != "not_known":
        return {}
    return {
        "cited_reason_status": "given",
        "cited_reason": cited,
        "cited_reason_language": notice.get("language") or "",
    }


def _day(notice: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(notice["order_date"]) if notice.get("order_date") else None
