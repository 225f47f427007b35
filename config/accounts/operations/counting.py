"""Failures are counted and slowed down, so that nobody can guess, and nobody can lock out another.

Each try is counted before it is made and given back when it succeeds; many at once gain nothing. A try that is refused
counts nowhere, so that nobody's waiting is prolonged by others. Names that do not exist are counted like all.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from config.accounts.models import Attempt, DayKey, Session
from config.accounts.nets import keyed, same_name


@dataclass(frozen=True)
class Limit:
    """``free`` failures cost nothing; after them a wait that doubles from ``first`` to ``longest``."""

    free: int
    first: timedelta
    longest: timedelta
    memory: timedelta = timedelta(days=1)

    def wait(self, failures: int) -> timedelta:
        over = failures - self.free
        return timedelta(0) if over < 0 else min(self.longest, self.first * 2 ** min(over, 20))


def _minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


ACCOUNT_FROM_NET = Limit(5, _minutes(0.5), _minutes(15))
ACCOUNT_FROM_NET_UNDER_ATTACK = Limit(2, _minutes(2), _minutes(60))
"""While many nets fail at one account. A net that has not failed itself is still heard at once."""
ATTACKED_AFTER = 20
ACCOUNT = Limit(1_000_000, _minutes(0), _minutes(0), memory=_minutes(60))
"""Counts only: an account never waits for what others do."""
NET = Limit(40, _minutes(0.5), _minutes(15), memory=_minutes(60))
BROWSER = Limit(10, _minutes(0.25), _minutes(5))
"""A browser that this account has signed in with before has a count of its own, whatever happens elsewhere."""
CODE = Limit(10, _minutes(0.5), _minutes(60))
"""Whoever comes to the code knows the password. Six digits bear no more than this, from all nets together."""
CODE_FROM_BROWSER = Limit(10, _minutes(0.5), _minutes(15))
SESSION = Limit(5, _minutes(0.5), _minutes(15))
RESET = Limit(3, _minutes(5), _minutes(60))

_CODE_MEMORY = _minutes(10)


@dataclass(frozen=True)
class Return:
    """What a try did to a count that many share: the wait that it set, and the one that it found."""

    key: str
    found: datetime
    set: datetime


@dataclass(frozen=True)
class Ticket:
    """A try that was counted. ``clears`` are forgotten when it succeeds, ``returns`` get their one back."""

    clears: tuple[str, ...] = ()
    returns: tuple[Return, ...] = ()
    failures: int = 0
    """Of the count that belongs to this try, itself among them."""


@dataclass(frozen=True)
class Refused:
    """Too early: nothing may be tried, and nothing was counted."""

    wait: timedelta


def may_try_password(*, name: str, net: str, browser: str, now: datetime) -> Ticket | Refused:
    """Before a password is looked at. ``browser`` is the token of a browser known to this name, else empty."""
    key, name = _key_of(now), same_name(name)
    if browser:
        own = keyed(key, "browser", browser, name)
        return _counted([(own, BROWSER)], now=now, clears=(own,))
    of_net, of_account = keyed(key, "net", net), keyed(key, "account", name)
    own = keyed(key, "account from net", name, net)
    attacked = _failures(of_account, now) >= ATTACKED_AFTER
    limit = ACCOUNT_FROM_NET_UNDER_ATTACK if attacked else ACCOUNT_FROM_NET
    counts = [(own, limit), (of_net, NET), (of_account, ACCOUNT)]
    return _counted(counts, now=now, clears=(own,), returns=(of_net, of_account))


def may_try_code(*, user_id: int, browser: str, now: datetime) -> Ticket | Refused:
    """Before a code is looked at that follows a right password."""
    key = _key_of(now)
    if browser:
        own = keyed(key, "code browser", str(user_id), browser)
        return _counted([(own, CODE_FROM_BROWSER)], now=now, clears=(own,))
    own = keyed(key, "code", str(user_id))
    return _counted([(own, CODE)], now=now, clears=(own,))


def may_try_session(*, session: str, now: datetime) -> Ticket | Refused:
    """Before somebody who is signed in proves again who it is. Each session waits for itself only."""
    own = keyed(_key_of(now), "session", session)
    return _counted([(own, SESSION)], now=now, clears=(own,))


def may_try_reset(*, email: str, net: str, now: datetime) -> Ticket | Refused:
    """Before a new password is asked for by mail. A mailbox is not flooded, and nobody learns whether it is known."""
    key = _key_of(now)
    counts = [(keyed(key, "reset", same_name(email)), RESET), (keyed(key, "reset net", net), NET)]
    return _counted(counts, now=now)


def succeeded(*, ticket: Ticket) -> None:
    """The try was right: its own count is forgotten; a wider one gets back only what this try added."""
    with transaction.atomic():
        Attempt.objects.filter(key__in=ticket.clears).delete()
        returns = {given.key: given for given in ticket.returns}
        for row in (
            Attempt.objects.select_for_update().filter(key__in=returns, failures__gt=0).order_by("key")
        ):
            given = returns[row.key]
            row.failures -= 1
            # Unless another failed meanwhile.
            row.not_before = given.found if row.not_before == given.set else row.not_before
            row.save(update_fields=["failures", "not_before"])


def use_code_once(*, user_id: int, code: str, now: datetime) -> bool:
    """Whether this code was not used before. In the database, because a cache in memory belongs to one process."""
    key = keyed(_secret(), "used", str(user_id), "".join(code.split()))
    _, is_new = Attempt.objects.get_or_create(
        key=key, defaults={"failures": 0, "not_before": now, "forget_at": now + _CODE_MEMORY}
    )
    return is_new


def forget_expired(*, now: datetime) -> int:
    """Delete counts, keys of days and sessions whose time has passed. How many rows went."""
    gone = Attempt.objects.filter(forget_at__lte=now).delete()[0]
    gone += DayKey.objects.filter(day__lt=now.date() - timedelta(days=1)).delete()[0]
    return gone + Session.objects.filter(expire_date__lte=now).delete()[0]


def _counted(
    counts: list[tuple[str, Limit]],
    *,
    now: datetime,
    clears: tuple[str, ...] = (),
    returns: tuple[str, ...] = (),
) -> Ticket | Refused:
    """Count one failure under each key, or none at all when one of them has to wait."""
    with transaction.atomic():
        rows = [_row(key, now, limit) for key, limit in sorted(counts, key=lambda pair: pair[0])]
        wait = max(row.not_before for row in rows) - now
        if wait > timedelta(0):
            return Refused(wait)
        limits = dict(counts)
        did = [_count(row, limits[row.key], now) for row in rows]
        own = next(row for row in rows if row.key == counts[0][0])
    return Ticket(clears, tuple(given for given in did if given.key in returns), own.failures)


def _count(row: Attempt, limit: Limit, now: datetime) -> Return:
    found = row.not_before
    row.failures += 1
    row.not_before = now + limit.wait(row.failures)
    row.forget_at = now + max(limit.memory, limit.longest)
    row.save(update_fields=["failures", "not_before", "forget_at"])
    return Return(row.key, found, row.not_before)


def _row(key: str, now: datetime, limit: Limit) -> Attempt:
    """The count under a key, locked; begun anew when the old one was to be forgotten."""
    Attempt.objects.filter(key=key, forget_at__lte=now).delete()
    Attempt.objects.get_or_create(
        key=key, defaults={"failures": 0, "not_before": now, "forget_at": now + limit.memory}
    )
    return Attempt.objects.select_for_update().get(key=key)


def _failures(key: str, now: datetime) -> int:
    row = Attempt.objects.filter(key=key, forget_at__gt=now).first()
    return row.failures if row else 0


def _key_of(now: datetime) -> bytes:
    """The key of the day: random, stored, mixed with the secret key, so that neither alone gives an address back."""
    row, _ = DayKey.objects.get_or_create(day=now.date(), defaults={"key": secrets.token_bytes(32)})
    return hashlib.sha256(_secret() + bytes(row.key)).digest()


def _secret() -> bytes:
    return hashlib.sha256(b"stillblocked.accounts.counting" + settings.SECRET_KEY.encode()).digest()
