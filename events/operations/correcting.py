"""What readers were told is never edited in silence: a correction says what was wrong, or that it is a typing error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import BlockEvent, Erratum, EventDate, Group, Order, Page, Source
from events.operations.second_eyes import STEP_COLUMNS, is_out, is_sensitive
from events.operations.writing import Actor, Inconsistent, write

_INTERNAL = STEP_COLUMNS | {
    *("id", "public_id", "external_id", "internal_notes", "is_sensitive", "embargoed_until"),
    *("watch", "batch", "created_at", "created_by"),
}
_TEXTS = {
    BlockEvent: {"cited_reason", "cited_reason_translation", "assessed_reason", "summary"},
    Source: {"title", "publisher", "quote", "note", "archive_url"},
    EventDate: {"note"},
    Group: {"name"},
    Page: {"title"},
}
"""Columns in which a slip of the pen can stand. A date, a body, a place or an order that was wrong is an error."""


_SHOWN: dict[type[models.Model], set[str]] = {
    Group: {"name", "kind"},
    Page: {"title", "kind", "handle", "native_id", "canonical_url", "group"},
}
"""What an event shows of its group and its page."""


class Untold(Inconsistent):
    """A published event would change without a word to its readers."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is said of a change of a published event: ``erratum`` to its readers, or that it is a ``typo``.

    A typo is kept in the history as one, and only texts have any.
    """

    erratum: str = ""
    typo: bool = False
    is_seconded: bool = False
    """One person proposed it and another one took it: what is sensitive is corrected in no other way."""

    @property
    def is_said(self) -> bool:
        return bool(self.erratum.strip()) or self.typo


UNSAID = Correction()
TYPO = Correction(typo=True)


def public_facts() -> list[str]:
    """The columns of an event that readers see."""
    return [field.name for field in BlockEvent._meta.fields if field.name not in _INTERNAL]


def changed(before: models.Model, after: models.Model) -> set[str]:
    """The columns that readers see and that differ."""
    fields = [field for field in before._meta.concrete_fields if field.name not in _INTERNAL]
    return {field.name for field in fields if getattr(before, field.attname) != getattr(after, field.attname)}


def require_told(
    event: BlockEvent, kind: type[models.Model], names: set[str], correction: Correction, now: datetime
) -> None:
    """Raises ``Untold`` when columns of a published event or of what stands under it would change in silence."""
    if not names or event.publication != "published":
        return
    if is_sensitive(event) and not correction.is_seconded:
        raise Inconsistent(_frozen(kind) if is_out(event, now) else str(_SEND_BACK))
    if is_out(event, now):
        require_words(kind, names, correction)


def require_words(kind: type[models.Model], names: set[str], correction: Correction) -> None:
    """Raises ``Untold`` where readers would see these columns change without a word that suits them."""
    if not correction.is_said:
        raise Untold(
            _("This event is published: say in an erratum what was wrong, or that it is only a typing error.")
        )
    beyond = names - _TEXTS.get(kind, set())
    if beyond and not correction.erratum.strip():
        raise Untold(
            _("This is more than a typing error, so readers are told of it: %s.") % ", ".join(sorted(beyond))
        )


def _frozen(kind: type[models.Model]) -> str:
    sentence = _("This event is sensitive and published: nobody changes alone what readers see of it. ")
    if kind in (BlockEvent, Order):
        return sentence + _("Propose the correction in its form, for a second person to take.")
    return sentence + _("Withdraw it, and record it anew for a second person to publish.")


_SEND_BACK = gettext_lazy(
    "This event is sensitive and waits for the end of its embargo: send it back to draft to change it."
)


def require_orders_told(
    event: BlockEvent, orders: list[Order], correction: Correction, now: datetime
) -> bool:
    """Whether the orders change; raises ``Untold`` when readers would not be told."""
    if {order.pk for order in orders} == set(event.orders.values_list("pk", flat=True)):
        return False
    require_told(event, Order, {"orders"}, correction, now)
    return True


def tell(event: BlockEvent, correction: Correction, *, by: Actor, now: datetime) -> None:
    """Add the erratum to the event, once: the same text twice is one."""
    text = correction.erratum.strip()
    if text and is_out(event, now) and not Erratum.objects.filter(event=event, text=text).exists():
        write(Erratum(event=event, text=text, published_at=now, by=by), by=by, now=now)


def reason(because: str, correction: Correction) -> str:
    """What the history says; a typing error is called one."""
    return f"typing error: {because}".rstrip(": ") if correction.typo else because


def showing(row: Any, now: datetime) -> models.QuerySet[BlockEvent]:
    """The published events in which readers see the group or page."""
    whose = {"group": row.pk} if isinstance(row, Group) else {"page": row.pk}
    events = BlockEvent.objects.filter(publication="published", published_at__lte=now, **whose)
    return events.select_related("group").order_by("pk")


def is_shown(row: Any, now: datetime) -> bool:
    """Whether readers see the group or page in an event."""
    return showing(row, now).exists()


def shown_changes(before: models.Model, row: models.Model) -> set[str]:
    """The columns of a group or page that differ and that its events show."""
    return changed(before, row) & _SHOWN.get(type(row), set())


def event_of(row: Any) -> BlockEvent | None:
    """The event that a source or a further date stands under."""
    return row.event if isinstance(row, (Source, EventDate)) else None
