"""How a tracked row is written: with who, when and why beside it in its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models

Actor = User | None
"""The person who acts; None for the project's own demo data and for commands run without a name."""


def write(row: models.Model, *, by: Actor, now: datetime, because: str = "") -> None:
    """Save a row with its history. The reason is cut at 100 characters, as the history's column is."""
    _sign(row, by, now, because)
    row.save()


def erase(row: models.Model, *, by: Actor, now: datetime, because: str = "") -> None:
    """Delete a row; its history stays and says who did it."""
    _sign(row, by, now, because)
    row.delete()


def _sign(row: Any, by: Actor, now: datetime, because: str) -> None:
    row._history_user = by
    row._history_date = now
    row._change_reason = because[:100] or None
