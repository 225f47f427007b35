"""What the demo's files may say: one class a kind of entry, so that a misspelt key stops the loading."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from events.dates import ImpreciseDate

Written = str | int | date | None
"""A date as YAML reads it: ``2022-11-27`` is a date, ``2022-11`` a text, ``2022`` a number."""


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    name: str
    kind: str
    country: str | None = None
    names: dict[str, str] = field(default_factory=dict)
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class OrderEntry:
    dated: Written
    authority: str = ""
    number: str = ""
    law: str = ""


@dataclass(frozen=True, slots=True)
class NameEntry:
    name: str
    language: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PageEntry:
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DateEntry:
    kind: str
    day: Written
    note: str = ""


@dataclass(frozen=True, slots=True)
class GroupEntry:
    name: str
    kind: str
    country: str | None = None
    names: list[dict[str, str]] = field(default_factory=list)
    pages: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SourceEntry:
    url: str = ""
    title: str = ""
    publisher: str = ""
    kind: str = "news"
    published: Written = None
    language: str = ""
    note: str = ""
    dates: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class EventEntry:
    group: str
    platform: str
    summary: str
    sources: list[dict[str, Any]]
    page: dict[str, str] | None = None
    authority: str | None = None
    transmitted_by: str | None = None
    orders: list[str] = field(default_factory=list)
    territory: str | None = None
    restriction: str = "unknown"
    blocked: Written = None
    blocked_kind: str | None = None
    restored: Written = None
    reason_status: str = "not_known"
    reason: str = ""
    reason_language: str = ""
    reason_translation: str = ""
    reason_category: str | None = None


@dataclass(frozen=True, slots=True)
class RehearsedEntry:
    page: str
    title: str
    restriction: str
    summary: str


def read(name: str) -> dict[str, Any]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def dated(written: Written) -> ImpreciseDate:
    return ImpreciseDate.unknown() if written is None else ImpreciseDate.parse(str(written))
