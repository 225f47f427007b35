"""The networks that looks go through, all behind the one egress guard."""

from __future__ import annotations

import os
from datetime import datetime
from functools import cache, partial
from typing import Protocol

from django.conf import settings

from tracker.facts import Observation
from tracker.probing import EgressPolicy, Limits, Manner, RealNetwork, Via, observe


class Observer(Protocol):
    """Looks at a URL once, from wherever it stands."""

    async def __call__(
        self, url: str, *, now: datetime, limits: Limits | None = None, manner: Manner | None = None
    ) -> Observation: ...


def observer_of(via: str) -> Observer:
    """Who looks for a vantage point that is reached so. Raises ValueError for what is no way to one."""
    return partial(observe, network=network_of(via))


@cache
def network_of(via: str) -> RealNetwork:
    """The network behind a vantage point's ``via``. Raises ValueError for what is none."""
    return RealNetwork(policy=egress_policy(), via=Via.parse(via), ca_file=os.environ.get("SSL_CERT_FILE"))


def egress_policy() -> EgressPolicy:
    """Public addresses only, and the rehearsal's one origin when it is named in the settings."""
    origin = settings.REHEARSAL_ORIGIN_PARTS
    return EgressPolicy(allowed_origins=frozenset({origin} if origin else ()))


def limits() -> Limits:
    """The bounds of one look."""
    return Limits(total_seconds=float(settings.LOOK_SECONDS))
