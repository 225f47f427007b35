"""``docs/access.md`` as data: what it promises for each role, page and method."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.services.installation import ROOT

DOCUMENT = ROOT / "docs" / "access.md"
ROLES = ("anonymous", "no role", "contributor", "editor", "reviewer", "auditor", "administrator")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
ANSWERS = {"yes", "no", "sign in"}
VERBS = {"look", "add", "change", "delete", "history"}


@dataclass(frozen=True)
class Page:
    """One row of *Pages*: at this address, by these methods, each role gets this answer."""

    name: str
    address: str
    methods: tuple[str, ...]
    answers: dict[str, str]


@dataclass(frozen=True)
class Table:
    """One row of *Tables*: what each role may do with such rows; ``which`` names rows that are a case of their own."""

    label: str
    which: str
    verbs: dict[str, frozenset[str]]


@dataclass(frozen=True)
class Action:
    label: str
    name: str
    roles: frozenset[str]


def pages() -> list[Page]:
    return [
        Page(name, address, tuple(methods.split()), _answers(name, cells))
        for name, address, methods, *cells in _rows("Pages")
    ]


def tables() -> list[Table]:
    found = []
    for named, *cells in _rows("Tables"):
        label, _, which = named.partition(" ")
        verbs = dict(zip(ROLES[1:], map(_verbs, cells), strict=True))
        found.append(Table(label, which, verbs))
    return found


def actions() -> list[Action]:
    return [Action(label, name, frozenset(roles.split(", "))) for label, name, roles in _rows("Actions")]


def _answers(name: str, cells: list[str]) -> dict[str, str]:
    answers = dict(zip(ROLES, cells, strict=True))
    if wrong := set(answers.values()) - ANSWERS:
        raise AssertionError(f"docs/access.md, {name}: {wrong} is none of {sorted(ANSWERS)}.")
    return answers


def _verbs(cell: str) -> frozenset[str]:
    verbs = frozenset(cell.split()) - {"—"}
    if wrong := verbs - VERBS:
        raise AssertionError(f"docs/access.md: {wrong} is none of {sorted(VERBS)}.")
    return verbs


def _rows(title: str) -> Iterator[list[str]]:
    text = DOCUMENT.read_text(encoding="utf-8")
    section = re.search(rf"^## {title}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section, f"docs/access.md has no section {title}"
    for line in section[1].splitlines():
        if line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            yield [cell.strip("`") if "` " not in cell else cell.replace("`", "") for cell in cells]
