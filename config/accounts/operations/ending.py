"""Sessions are listed and ended."""

from __future__ import annotations

from datetime import datetime

from config.accounts.models import Session


def sessions_of(*, user_id: int, now: datetime) -> list[Session]:
    """The account's open sessions, the one used last first."""
    return list(Session.objects.filter(user_id=user_id, expire_date__gt=now).order_by("-seen_at"))


def end_session(*, user_id: int, key_digest: str) -> bool:
    """End one of the account's own sessions; False when it has no such session."""
    return bool(Session.objects.filter(user_id=user_id, pk=key_digest).delete()[0])


def end_sessions(*, user_id: int, but: str = "") -> int:
    """End all sessions of an account, except the one whose key's digest is given. How many."""
    return Session.objects.filter(user_id=user_id).exclude(pk=but).delete()[0]
