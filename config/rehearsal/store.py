"""Which pages the rehearsal platform has, and what became of each: a JSON file, read at every request."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

State = dict[str, Any]


class Kind(StrEnum):
    """What a visitor of a page meets. ``WITHHELD`` is met inside territory XX only."""

    ALIVE = "alive"
    WITHHELD = "withheld"
    REMOVED = "removed"
    DELETED = "deleted"
    LOGIN = "login"
    OUTAGE = "outage"


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    title: str
    about: str
    kind: Kind


START = (
    Page("village-choir", "Village Choir", "Songs, rehearsal times and who brings the cake.", Kind.ALIVE),
    Page("river-watch", "River Watch", "Neighbours count fish and plastic bags.", Kind.WITHHELD),
    Page("evening-paper", "The Evening Paper", "Local news, written after work.", Kind.WITHHELD),
    Page("mothers-circle", "Mothers' Circle", "Letters to offices, and the answers.", Kind.WITHHELD),
    Page("loud-jokes", "Loud Jokes", "Jokes that went too far for the house rules.", Kind.REMOVED),
    Page("old-forum", "The Old Forum", "Closed by its owner after the last summer.", Kind.DELETED),
    Page("members-only", "Members Only", "A reading circle that lets in whom it knows.", Kind.LOGIN),
    Page("night-radio", "Night Radio", "A station whose server is often asleep.", Kind.OUTAGE),
)
"""The platform on its first day."""


class UnknownPage(ValueError):
    """There is no page of that name. ``str()`` lists those there are."""


class Store:
    """The platform's pages in one file, written whole and renamed into place: no reader sees half of it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def exists(self) -> bool:
        return self._path.exists()

    def pages(self) -> dict[str, Page]:
        kinds = self._read().get("pages", {})
        return {page.name: replace(page, kind=Kind(kinds.get(page.name, page.kind))) for page in START}

    def origin(self) -> str | None:
        """Where the platform was first served. Its pages are known by that address, so it stays there."""
        return self._read().get("origin")

    def remember_origin(self, origin: str) -> None:
        self._change(lambda state: state | {"origin": origin})

    def turn(self, name: str, kind: Kind) -> Page:
        """Makes a page be of a kind from now on. Raises UnknownPage."""
        page = self.pages().get(name)
        if page is None:
            raise UnknownPage(f"There is no rehearsal page {name}; there are {', '.join(self.pages())}.")
        self._change(lambda state: state | {"pages": state.get("pages", {}) | {name: str(kind)}})
        return replace(page, kind=kind)

    def _read(self) -> State:
        try:
            state: State = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return state

    def _change(self, change: Callable[[State], State]) -> None:
        with self._path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            fresh = self._path.with_suffix(".new")
            fresh.write_text(json.dumps(change(self._read()), indent=1), encoding="utf-8")
            os.replace(fresh, self._path)


def at(data_dir: Path) -> Store:
    """The store of the installation that keeps its data there."""
    return Store(data_dir / "rehearsal.json")


def inside_proxy(origin: str) -> tuple[str, int]:
    """Host and port of the proxy that shows the platform from inside: the port after the origin's."""
    parts = urlsplit(origin)
    assert parts.hostname
    assert parts.port
    return parts.hostname, parts.port + 1
