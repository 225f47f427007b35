"""How a tracked row is written: with who, when and why beside it in its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models, router, transaction
from django.db.models.deletion import Collector

from events.operations import searching

Actor = User | None
"""The person who acts; None for the project's own demo data and for commands run without a name."""


class Inconsistent(ValueError):
    """A row contradicts another, or a step was asked for that it cannot take. The message is for people."""


@transaction.atomic
def write(row: models.Model, *, by: Actor, now: datetime, because: str = "") -> None:
    """Save a row with its history. The reason is cut at 100 characters, as the history's column is."""
    _sign(row, by, now, because)
    row.save()
    searching.note(row)


@transaction.atomic
@searching.search_texts_together()
def erase(row: models.Model, *, by: Actor, now: datetime, because: str = "") -> None:
    """Delete a row and the rows under it; the history of each stays and says who did it.

    Raises ``ProtectedError`` while others stand on it.
    """
    collector = Collector(using=router.db_for_write(type(row), instance=row), origin=row)
    collector.collect([row])
    gone = [each for rows in collector.data.values() for each in rows]
    updates: Any = collector.field_updates
    for (field, value), found in updates.items():
        for pointing in (each for rows in found for each in rows if each not in gone):
            setattr(pointing, field.attname, value)  # a pointer that is emptied is a change like any other
            write(pointing, by=by, now=now, because=because)
    for each in gone:
        _sign(each, by, now, because)
        searching.note_going(each)
    collector.delete()


def _sign(row: Any, by: Actor, now: datetime, because: str) -> None:
    row._history_user = by
    row._history_date = now
    row._change_reason = because[:100] or None
