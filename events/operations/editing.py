"""Drafts of unsaved forms, each for the person who typed it; and who has a form open at this moment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from events.models import FormDraft, FormOpened
from events.operations.writing import Inconsistent

KEPT_FOR = timedelta(days=30)
OPEN_FOR = timedelta(seconds=60)
"""A page says every 20 seconds that it is open; one that missed three is closed, or its machine sleeps."""
LARGEST = 2_000_000
MOST = 20
"""Drafts a person can have of one form; the oldest make room."""
_TOKEN = re.compile(r"[0-9a-f]{8,32}", re.ASCII)

Fields = Sequence[tuple[str, str]]
"""Names and values in the order in which a browser would send them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One opening of a form: of what, by whom."""

    user: User
    form: str
    object_id: str
    token: str = ""


@transaction.atomic
def keep_draft(*, entry: Entry, fields: Fields, now: datetime) -> bool:
    """Keep what is typed. False when this form was saved or thrown away meanwhile.

    Raises ``Inconsistent`` for a token that is none, and for what is too large to keep.
    """
    if not _TOKEN.fullmatch(entry.token):
        raise Inconsistent(_("This form cannot be kept: it has no token."))
    if sum(len(name) + len(value) for name, value in fields) > LARGEST:
        raise Inconsistent(_("This form is too large to be kept as a draft: save it."))
    row = _draft(entry)
    if row is None:
        row = FormDraft(user=entry.user, form=entry.form, object_id=entry.object_id, token=entry.token)
        row.begun_at = now
        _make_room(entry)
    elif row.closed_at is not None:
        return False
    row.fields, row.saved_at = [list(pair) for pair in fields], now
    row.save()
    return True


def drafts_of(*, entry: Entry) -> QuerySet[FormDraft]:
    """What this person left unsaved in other openings of this form, the newest first."""
    rows = FormDraft.objects.filter(user=entry.user, form=entry.form, object_id=entry.object_id)
    return rows.filter(closed_at__isnull=True).exclude(token=entry.token).order_by("-saved_at", "-pk")


def find_draft(*, entry: Entry) -> FormDraft | None:
    """The draft of this opening, if it is there and the person's own."""
    row = _draft(entry)
    return row if row is not None and row.closed_at is None else None


@transaction.atomic
def close_draft(*, entry: Entry, now: datetime) -> None:
    """It was saved or thrown away: nothing of it stays, and nothing brings it back."""
    if not _TOKEN.fullmatch(entry.token):
        return
    row = _draft(entry)
    if row is None:
        row = FormDraft(user=entry.user, form=entry.form, object_id=entry.object_id, token=entry.token)
        row.begun_at = now
    row.fields, row.saved_at, row.closed_at = [], now, now
    row.save()


def drop_old_drafts(*, now: datetime) -> int:
    """Delete drafts that nobody came back to, and the notes of forms that were open. How many drafts."""
    FormOpened.objects.filter(seen_at__lt=now - KEPT_FOR).delete()
    return FormDraft.objects.filter(saved_at__lt=now - KEPT_FOR).delete()[0]


def say_open(*, entry: Entry, now: datetime) -> None:
    """This person has the form open; a pause begins it anew."""
    row = FormOpened.objects.filter(user=entry.user, form=entry.form, object_id=entry.object_id).first()
    if row is None:
        row = FormOpened(user=entry.user, form=entry.form, object_id=entry.object_id, since=now)
    elif row.seen_at < now - OPEN_FOR:
        row.since = now
    row.seen_at = max(now, row.since)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return  # another tab of the same person said so at the same moment


def say_closed(*, entry: Entry) -> None:
    """This person has left the form."""
    FormOpened.objects.filter(user=entry.user, form=entry.form, object_id=entry.object_id).delete()


def others_at(*, entry: Entry, now: datetime) -> QuerySet[FormOpened]:
    """Who else has the form open now, the first comer first."""
    rows = FormOpened.objects.filter(form=entry.form, object_id=entry.object_id, seen_at__gte=now - OPEN_FOR)
    return rows.filter(~Q(user=entry.user)).select_related("user").order_by("since", "pk")


def _draft(entry: Entry) -> FormDraft | None:
    return FormDraft.objects.filter(
        user=entry.user, form=entry.form, object_id=entry.object_id, token=entry.token
    ).first()


def _make_room(entry: Entry) -> None:
    rows = FormDraft.objects.filter(user=entry.user, form=entry.form, object_id=entry.object_id)
    kept = list(rows.order_by("-saved_at", "-pk").values_list("pk", flat=True)[: MOST - 1])
    rows.exclude(pk__in=kept).delete()
