"""Sessions in our own table: keys only as hashes, ended by idleness and by age, listed by their owner."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

SIGNED_IN = "signed_in_at"
BROWSER = "browser_words"
_TOUCH = timedelta(minutes=1)


def digest(session_key: str) -> str:
    """What the table knows of a key."""
    return hashlib.sha256(session_key.encode()).hexdigest()


class SessionStore(DatabaseSessions):
    """Django's, with another table. A deleted row is an ended session from the next request on."""

    model: Any
    _session: dict[str, Any]
    _get_or_create_session_key: Any

    @classmethod
    def get_model_class(cls) -> Any:
        from config.accounts.models import Session

        return Session

    def load(self) -> dict[str, Any]:
        row = self.model.objects.filter(
            session_key=digest(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if row is None:
            self._session_key = None
            return {}
        data = dict(self.decode(row.session_data))
        if row.user_id and timezone.now() - row.seen_at > _TOUCH:
            # Not by saving: that would write over what another request stores meanwhile.
            self.model.objects.filter(pk=row.pk).update(seen_at=timezone.now(), expire_date=self._end(data))
        return data

    def exists(self, session_key: str) -> bool:
        return bool(super().exists(digest(session_key)))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        user, words = data.get(SESSION_KEY), data.get(BROWSER) or ["", ""]
        if user:
            data.setdefault(SIGNED_IN, timezone.now().timestamp())
        return self.model(
            session_key=digest(self._get_or_create_session_key()),
            session_data=self.encode(data),
            expire_date=self._end(data),
            user_id=user and int(user),
            browser=words[0],
            system=words[1],
            signed_in_at=_time(data),
            seen_at=timezone.now(),
        )

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=digest(key)).delete()

    def get_expiry_age(self, **_given: Any) -> int:
        """Seconds until the session ends if nothing happens; nobody may ask for longer."""
        return max(0, int((self._end(self._session) - timezone.now()).total_seconds()))

    def get_expiry_date(self, **_given: Any) -> datetime:
        return self._end(self._session)

    def get_expire_at_browser_close(self) -> bool:
        """The cookie has no age of its own: when a session ends is decided here and not by the browser."""
        return True

    def _end(self, data: dict[str, Any]) -> datetime:
        now = timezone.now()
        oldest = (_time(data) or now) + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return min(oldest, now + timedelta(minutes=settings.IDLE_MINUTES))


def _time(data: dict[str, Any]) -> datetime | None:
    stamp = data.get(SIGNED_IN)
    return None if stamp is None else datetime.fromtimestamp(stamp, UTC)
