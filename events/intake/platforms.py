"""Platforms as texts call them, in any script and case of grammar, and by the hosts of their addresses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tracker.addresses import PLATFORMS

TABLES = Path(__file__).with_name("tables")


@dataclass(frozen=True, slots=True)
class PlatformName:
    """``key`` is the one of ``tracker.addresses``, None for a platform that it does not know."""

    name: str
    key: str | None


def read_table(name: str) -> Any:
    """One of the tables beside this module."""
    with (TABLES / f"{name}.yaml").open("rb") as file:
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- both are safe


@cache
def platform_phrases() -> tuple[tuple[PlatformName, tuple[str, ...]], ...]:
    """Every platform with its phrases."""
    return tuple(
        (PlatformName(row["name"], row.get("key")), tuple(map(str, row["phrases"])))
        for row in read_table("platforms")
    )


@cache
def platform_by_key(key: str) -> PlatformName | None:
    """The platform with this key of ``tracker.addresses``; None for a web site, which is no platform."""
    if key in ("web", "rehearsal"):
        return None
    for platform, _ in platform_phrases():
        if platform.key == key:
            return platform
    return next((PlatformName(fact.name, fact.key) for fact in PLATFORMS if fact.key == key), None)
