"""Blocked, restored, blocked again: each period is a row, and the event repeats the first start and the last end."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from events.dates import ImpreciseDate, Precision
from events.models import BlockEvent, Episode
from events.operations.writing import Actor, Inconsistent, moment, write


@transaction.atomic
def end_block(
    *, event: BlockEvent, on: ImpreciseDate, how: str, by: Actor, now: datetime, because: str = ""
) -> None:
    """The block ended. Raises ValueError when it is already over."""
    last = event.episodes.order_by("-number").first()
    if last is None or last.ended_how is not None:
        raise ValueError(_("This block is already recorded as over."))
    _end(last, on, how)
    write(last, by=by, now=now, because=because)
    _repeat_bounds(event, by=by, now=now, because=because)


@transaction.atomic
def block_again(*, event: BlockEvent, on: ImpreciseDate, by: Actor, now: datetime, because: str = "") -> None:
    """The page was blocked once more under the same event. Raises ValueError while the block still holds."""
    last = event.episodes.order_by("-number").first()
    if last is not None and last.ended_how is None:
        raise ValueError(_("This block is not recorded as over, so it cannot begin again."))
    again = Episode(event=event, number=last.number + 1 if last else 1)
    _begin(again, on)
    write(again, by=by, now=now, because=because)
    _repeat_bounds(event, by=by, now=now, because=because)


def keep_bounds(event: BlockEvent, *, by: Actor, now: datetime, because: str) -> None:
    """Make a single episode follow the event's own dates. With several, the episodes are the record.

    Raises ``Inconsistent`` when the event says something else than its several episodes.
    """
    episodes = list(event.episodes.order_by("number"))
    if len(episodes) > 1:
        if _event_bounds(event) != (*_bounds(episodes[0])[:3], *_bounds(episodes[-1])[3:6]):
            raise Inconsistent(_("This block has several episodes: their dates are the event's dates."))
        return
    episode = episodes[0] if episodes else Episode(event=event, number=1)
    before = _bounds(episode)
    _follow_event(episode, event)
    if episode.pk is None or _bounds(episode) != before:
        write(episode, by=by, now=now, because=because)


def first_episode(event: BlockEvent) -> Episode:
    """The one episode of a new event, not stored yet."""
    episode = Episode(event=event, number=1)
    _follow_event(episode, event)
    return episode


def interval(row: object, prefix: str) -> ImpreciseDate:
    """The date that three columns of a row hold."""
    return ImpreciseDate(
        getattr(row, f"{prefix}_earliest"),
        getattr(row, f"{prefix}_latest"),
        Precision(getattr(row, f"{prefix}_precision") or Precision.UNKNOWN),
    )


def _follow_event(episode: Episode, event: BlockEvent) -> None:
    _begin(episode, interval(event, "blocked"))
    ended = interval(event, "restored") if event.restored_precision else None
    _end(episode, ended, episode.ended_how or "restored")


def _begin(episode: Episode, on: ImpreciseDate) -> None:
    episode.began_earliest, episode.began_latest = on.earliest, on.latest
    episode.began_precision = on.precision.value


def _end(episode: Episode, on: ImpreciseDate | None, how: str) -> None:
    episode.ended_earliest = on.earliest if on else None
    episode.ended_latest = on.latest if on else None
    episode.ended_precision = on.precision.value if on else None
    episode.ended_how = how if on else None


def _bounds(episode: Episode) -> tuple[object, ...]:
    names = ("began_earliest", "began_latest", "began_precision")
    ends = ("ended_earliest", "ended_latest", "ended_precision", "ended_how")
    return tuple(getattr(episode, name) for name in names + ends)


def _repeat_bounds(event: BlockEvent, *, by: Actor, now: datetime, because: str) -> None:
    episodes = list(event.episodes.order_by("number"))
    first, last = episodes[0], episodes[-1]
    before = _event_bounds(event)
    event.blocked_earliest, event.blocked_latest = first.began_earliest, first.began_latest
    event.blocked_precision = first.began_precision
    event.restored_earliest, event.restored_latest = last.ended_earliest, last.ended_latest
    event.restored_precision = last.ended_precision
    if _event_bounds(event) != before:
        event.updated_at = moment(event, now)
        write(event, by=by, now=now, because=because)


def _event_bounds(event: BlockEvent) -> tuple[object, ...]:
    return tuple(
        getattr(event, f"{prefix}_{end}")
        for prefix in ("blocked", "restored")
        for end in ("earliest", "latest", "precision")
    )
