"""The roles: one table of who holds which right. ``docs/access.md`` says what follows from it, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps

OURS = ("events", "tracker")
SEES_DRAFTS = "events.view_every_draft"
"""Every draft of everybody, every history, all internal notes."""
PUBLISHES = "events.publish_blockevent"
REVIEWS = "events.review_blockevent"
"""Publishes what is sensitive, withdraws, returns, and decides about proposals."""


def rights(verbs: str, tables: str, app: str = "events") -> frozenset[str]:
    """``rights("add view", "group page")``: each verb on each table."""
    return frozenset(f"{app}.{verb}_{table}" for verb in verbs.split() for table in tables.split())


@dataclass(frozen=True, slots=True)
class Role:
    """``reads_all``: looks at every table of ours, also one that is added later."""

    name: str
    because: str
    rights: frozenset[str]
    reads_all: bool = True

    def holds(self) -> frozenset[str]:
        """All rights of the role, as ``app.codename``."""
        return self.rights | (_looking() if self.reads_all else frozenset())


def _looking() -> frozenset[str]:
    models = (model for app in OURS for model in apps.get_app_config(app).get_models())
    names = {model._meta.label_lower for model in models if not model.__name__.startswith("Historical")}
    return frozenset(f"{app}.view_{name}" for app, name in (label.split(".") for label in names))


_NOUNS = "group groupname page authority authorityname order"
_PARTS = "source eventdate appeal"
_WRITES = rights("add change delete", f"{_NOUNS} {_PARTS}") | rights("add change", "blockevent")
_EDITS = _WRITES | rights("add", "erratum") | rights("change", "watch", "tracker") | {SEES_DRAFTS, PUBLISHES}

ROLES = (
    Role(
        "contributor",
        "Writes drafts and sees no draft of anybody else.",
        rights("add change view", f"blockevent {_NOUNS} {_PARTS}")
        | rights("delete", _PARTS)
        | rights("view", "platform episode erratum"),
        reads_all=False,
    ),
    Role("editor", "Works on every draft and corrects what is published, with an erratum.", _EDITS),
    Role("reviewer", "Is the second pair of eyes: publishes, withdraws, returns.", _EDITS | {REVIEWS}),
    Role(
        "auditor",
        "Reads everything that was recorded and measured, and writes nothing.",
        frozenset({SEES_DRAFTS}),
    ),
    Role(
        "administrator",
        "Keeps accounts, vantage points, fingerprints and imports.",
        rights("add change view", "user", "auth")
        | rights("view", "group", "auth")
        | rights("add change", "vantagepoint fingerprintset watch", "tracker")
        | rights("add change", "importbatch")
        | {SEES_DRAFTS},
    ),
)
