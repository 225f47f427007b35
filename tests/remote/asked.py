"""Asking a remote worker as home does, with bounds for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tests.probing.servers import QUICK
from tracker.facts import Observation
from tracker.remote import observe_from
from tracker.remote.messages import Desk

RU = Desk("ru-1")


async def ask(url: str, broker: str, worker: str = "ru-1", **how: Any) -> Observation:
    limits = replace(QUICK, **how.pop("limits", {}))
    return await observe_from(url, worker=worker, broker=broker, now=datetime.now(UTC), limits=limits, **how)
