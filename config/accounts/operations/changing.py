"""Every change of an account leaves a line that says who, whom, what and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import transaction

from config.accounts.models import AccountChange
from config.accounts.operations.ending import end_sessions

Kind = AccountChange.Kind
KINDS_BY_ANOTHER = (Kind.PASSWORD_SET, Kind.FACTORS_RESET, Kind.ROLES, Kind.RIGHTS, Kind.CODES_GUESSED)
"""What its owner is told at the next sign-in."""


@dataclass(frozen=True)
class Snapshot:
    """What of an account is compared before and after it was edited."""

    details: tuple[str, ...]
    rights: tuple[tuple[str, bool], ...]
    roles: frozenset[str]


def snapshot(*, account_id: int | None) -> Snapshot | None:
    """The account as it is stored; None when there is none yet."""
    account = User.objects.filter(pk=account_id).first() if account_id else None
    if account is None:
        return None
    return Snapshot(
        (account.username, account.email, account.first_name, account.last_name),
        tuple((name, getattr(account, name)) for name in ("is_active", "is_staff", "is_superuser")),
        frozenset(account.groups.values_list("name", flat=True)),
    )


def note_change(
    *, account: User, kind: str, by: User | None, now: datetime, detail: str = "", because: str = ""
) -> AccountChange:
    """Write one line of an account's history."""
    return AccountChange.objects.create(
        account=account, kind=kind, by=by, at=now, detail=detail[:500], because=because[:500]
    )


def note_differences(*, account: User, before: Snapshot | None, by: User, now: datetime) -> list[str]:
    """Write what an edit changed, and end the account's sessions when its rights are others. The kinds written."""
    after = snapshot(account_id=account.pk)
    assert after is not None
    told = _differences(before, after)
    with transaction.atomic():
        for kind, detail in told.items():
            note_change(account=account, kind=kind, by=by, now=now, detail=detail)
        if {Kind.ROLES, Kind.RIGHTS} & set(told):
            end_sessions(user_id=account.pk)
    return list(told)


def _differences(before: Snapshot | None, after: Snapshot) -> dict[str, str]:
    if before is None:
        return {Kind.CREATED.value: _roles(frozenset(), after.roles)}
    told: dict[str, str] = {}
    if before.details != after.details:
        told[Kind.DETAILS.value] = ""
    if before.roles != after.roles:
        told[Kind.ROLES.value] = _roles(before.roles, after.roles)
    rights = [(name, value) for name, value in after.rights if (name, value) not in before.rights]
    if rights:
        told[Kind.RIGHTS.value] = " ".join(f"{'+' if value else '-'}{name}" for name, value in rights)
    return told


def _roles(before: frozenset[str], after: frozenset[str]) -> str:
    signed = [f"+{name}" for name in sorted(after - before)] + [f"-{name}" for name in sorted(before - after)]
    return ", ".join(signed)


def reset_factors(*, account: User, because: str, now: datetime) -> int:
    """The operator takes an account's second factors away and ends its sessions. How many, recovery codes apart."""
    with transaction.atomic():
        held = Authenticator.objects.filter(user=account)
        gone = held.exclude(type=Authenticator.Type.RECOVERY_CODES).count()
        held.delete()
        note_change(account=account, kind=Kind.FACTORS_RESET, by=None, now=now, because=because)
        end_sessions(user_id=account.pk)
    return gone


def changes_by_others_since(*, account: User, since: datetime | None) -> list[AccountChange]:
    """What others did to the account after a moment; all of it when the moment is not known."""
    found = AccountChange.objects.filter(account=account, kind__in=KINDS_BY_ANOTHER).exclude(by=account)
    return list(found.filter(at__gt=since) if since else found)


def changes_of(*, account: User, most: int) -> list[AccountChange]:
    """The newest lines of an account's history."""
    return list(AccountChange.objects.filter(account=account).select_related("by")[:most])
