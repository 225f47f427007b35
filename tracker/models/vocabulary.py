"""Choices and checks that several tables share, as plain lists: an enum's path must not leak into a migration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Upper
from django.db.models.lookups import Exact

from tracker import facts

STATES = [(s.value, s.value.replace("_", " ")) for s in facts.State]
MECHANISMS = [(m.value, m.value.replace("_", " ")) for m in facts.Mechanism]
STAGES = [(s.value, s.value) for s in facts.Stage]
ROLES = [(r.value, r.value) for r in facts.Role if r is not facts.Role.ENDPOINT]
LOOK_ROLES = [(r.value, r.value) for r in facts.Role]

INSUFFICIENT = facts.State.INSUFFICIENT.value


def one_of(
    field: str, choices: Sequence[tuple[str, Any]], name: str, *, null: bool = False
) -> models.CheckConstraint:
    """A constraint that keeps a column inside its vocabulary; with ``null`` unknown is allowed."""
    condition = Q(**{f"{field}__in": sorted(value for value, _ in choices)})
    if null:
        condition |= Q(**{f"{field}__isnull": True})
    return models.CheckConstraint(condition=condition, name=name)


def two_letters(field: str, name: str) -> models.CheckConstraint:
    """A constraint for country codes that are always known."""
    return models.CheckConstraint(condition=two_capitals(field), name=name)


def two_capitals(field: str) -> Q:
    """Two characters, none of them a small letter: ``ru`` and ``RU`` would be two places."""
    return Q(Exact(Length(field), 2), Exact(Upper(field), F(field)))


def both_or_neither(one: str, other: str, name: str) -> models.CheckConstraint:
    """A constraint for columns that are set together."""
    neither = Q(**{f"{one}__isnull": True, f"{other}__isnull": True})
    both = Q(**{f"{one}__isnull": False, f"{other}__isnull": False})
    return models.CheckConstraint(condition=neither | both, name=name)
