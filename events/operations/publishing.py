"""From draft to review to published to withdrawn: the steps of an event's life, each with who, when and why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from events.access.roles import PUBLISHES, REVIEWS
from events.models import BlockEvent, Episode, Erratum, EventDate, Source
from events.operations.recording import show, store_event
from events.operations.second_eyes import is_out, require_may_publish, require_right
from events.operations.writing import Actor, Inconsistent, write
from events.together import read_together


@transaction.atomic
def send_to_review(*, event: BlockEvent, by: Actor, now: datetime, because: str = "") -> None:
    """A draft asks for a second pair of eyes. ``because`` tells them what to look at. Raises ``Inconsistent``."""
    _lock(event, {"draft"}, _("Only a draft can be sent to review."))
    event.publication, event.review_comment = "in_review", because.strip()
    store_event(event, by=by, now=now, because=because)


@transaction.atomic
def return_event(*, event: BlockEvent, by: Actor, now: datetime, because: str) -> None:
    """Send an event back to draft: with what is missing, as its own author, or before its embargo ends.

    Raises ``Inconsistent`` when readers have seen it, or nothing is said.
    """
    _lock(event, {"in_review", "published"}, _("Only an event in review can be sent back."))
    if is_out(event, now):
        raise Inconsistent(_("Readers have seen this event: withdraw it, so that its address says why."))
    is_own = event.publication == "in_review" and _is_theirs(event, by)
    if not is_own:
        require_right(by, REVIEWS, _("A reviewer sends an event back, or who wrote it or sent it here."))
    if not is_own and not because.strip():
        raise Inconsistent(_("Say what is missing: whoever wrote the event will read it."))
    event.publication, event.published_at, event.review_comment = "draft", None, because.strip()
    store_event(event, by=by, now=now, because=because)


@transaction.atomic
def publish_event(
    *, event: BlockEvent, by: Actor, now: datetime, because: str = "", seen: str | None = None
) -> None:
    """Show an event to the world, at once or when its embargo ends.

    ``seen`` is the ``version`` that was looked at; what has changed since is not published unseen. Raises
    ``Inconsistent`` when no source says it or it is not a draft, and ``NotAllowed`` for who may not.
    """
    _lock(event, {"draft", "in_review"}, _("Only a draft or an event in review can be published."))
    require_may_publish(event, by)
    if seen is not None and seen != version(event):
        raise Inconsistent(
            _("Somebody changed this event while you looked at it: look again before publishing.")
        )
    show(event, event.sources.exists(), now)
    store_event(event, by=by, now=now, because=because)


@transaction.atomic
def withdraw_event(*, event: BlockEvent, by: Actor, now: datetime, because: str) -> None:
    """Take a published event back; its address goes on to say that, and why. Raises ``Inconsistent``."""
    require_right(by, REVIEWS, _("A reviewer withdraws an event."))
    withdraw_with_others(event=event, by=by, now=now, because=because)


@transaction.atomic
def withdraw_with_others(*, event: BlockEvent, by: Actor, now: datetime, because: str) -> None:
    """As ``withdraw_event``, where something larger is taken back that ``by`` has the right to take back."""
    _lock(
        event, {"published"}, _("Only a published event can be withdrawn; a draft is simply not published.")
    )
    if not is_out(event, now):
        raise Inconsistent(_("Nobody has seen this event yet: send it back to draft."))
    if not because.strip():
        raise Inconsistent(_("Say why the event is withdrawn: readers of the old address will see it."))
    event.publication, event.withdrawn_at, event.withdrawn_because = "withdrawn", now, because.strip()
    store_event(event, by=by, now=now, because=because)


@transaction.atomic
def reinstate_event(*, event: BlockEvent, by: Actor, now: datetime, because: str) -> None:
    """Take a withdrawal back: the event is published again, and an erratum says why. Raises as ``publish_event``."""
    _lock(event, {"withdrawn"}, _("Only a withdrawn event can be reinstated."))
    require_right(by, REVIEWS, _("A reviewer reinstates an event."))
    require_may_publish(event, by)
    if not because.strip():
        raise Inconsistent(_("Say why the withdrawal was wrong: readers will see it."))
    event.publication, event.withdrawn_at, event.withdrawn_because = "published", None, ""
    store_event(event, by=by, now=now, because=because)
    text = f"This event was withdrawn, and reinstated on {now:%Y-%m-%d}: {because.strip()}"
    write(Erratum(event=event, text=text, published_at=now, by=by), by=by, now=now)


def add_erratum(*, event: BlockEvent, text: str, by: Actor, now: datetime) -> Erratum:
    """Say for ever what was wrong. Raises ``Inconsistent`` when readers have never seen the event."""
    if event.publication not in {"published", "withdrawn"} or not is_out(event, now):
        raise Inconsistent(_("Only what was published needs an erratum."))
    require_right(by, PUBLISHES, _("Your role does not speak to readers: ask an editor for the erratum."))
    erratum = Erratum(event=event, text=text, published_at=now, by=by)
    write(erratum, by=by, now=now)
    return erratum


def version(event: BlockEvent) -> str:
    """What the event, its sources, dates and episodes are now; another text once any of them has changed."""
    parts = (model.history.filter(event_id=event.pk) for model in (Source, EventDate, Episode))
    newest = [rows.order_by("-history_id").values("history_id")[:1] for rows in (event.history.all(), *parts)]
    return ".".join(str(found[0]["history_id"] if found else 0) for found in read_together(*newest))


def _is_theirs(event: BlockEvent, by: Actor) -> bool:
    """Whether the account wrote the event, or was the one who sent it to review."""
    sent = event.history.latest("history_id")
    return by is not None and by.pk in {event.created_by_id, sent.history_user_id}


def _lock(event: BlockEvent, allowed: set[str], sentence: str) -> None:
    """The event as it is stored now, kept from others until the step is done; and whether it can take the step."""
    BlockEvent.objects.select_for_update().get(pk=event.pk)
    event.refresh_from_db()
    if event.publication not in allowed:
        raise Inconsistent(sentence)
