"""The roles as groups of the accounts: made after every migration, and made right again when somebody bent them."""

from __future__ import annotations

from django.contrib.auth.models import Group as AccountGroup
from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q

from events.access.roles import ROLES, Role


@transaction.atomic
def ensure_roles() -> list[str]:
    """Give each role exactly the rights of ``events.access.roles``. Names of the roles that were not right before.

    Raises LookupError for a right that no migration has made.
    """
    return [role.name for role in ROLES if _ensure(role)]


def _ensure(role: Role) -> bool:
    group, is_new = AccountGroup.objects.get_or_create(name=role.name)
    wanted = _permissions(role)
    held = set(group.permissions.values_list("pk", flat=True))
    if held == wanted and not is_new:
        return False
    group.permissions.set(wanted)
    return True


def _permissions(role: Role) -> set[int]:
    holds = role.holds()
    asked = Q(pk__in=[])
    for right in holds:
        app, codename = right.split(".")
        asked |= Q(content_type__app_label=app, codename=codename)
    found = Permission.objects.filter(asked).select_related("content_type")
    by_name = {f"{row.content_type.app_label}.{row.codename}": row.pk for row in found}
    if missing := holds - by_name.keys():
        raise LookupError(f"No migration has made these rights: {', '.join(sorted(missing))}.")
    return set(by_name.values())
