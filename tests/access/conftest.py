"""A world with every kind of row in it, and somebody of every role."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group as AccountGroup
from django.contrib.auth.models import User

from events import operations
from events.models import BlockEvent
from tests.access.table import ROLES
from tests.access.world import World, make_world
from tests.events.admin.conftest import full

__all__ = ["accounts", "full", "world"]


@pytest.fixture
def accounts(db: None) -> dict[str, User]:
    """One account for each role; ``no role`` may enter the admin and holds nothing."""
    operations.ensure_roles()
    return {role: _account(role) for role in ROLES if role != "anonymous"}


def _account(role: str) -> User:
    user = User.objects.create_user(role.replace(" ", "-"), password="a-long-passphrase", is_staff=True)
    if role != "no role":
        user.groups.add(AccountGroup.objects.get(name=role))
    return user


@pytest.fixture
def world(full: BlockEvent, accounts: dict[str, User]) -> World:
    return make_world(full, accounts)
