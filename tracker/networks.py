"""The networks that looks go through, all behind the one egress guard."""

from __future__ import annotations

import os
from datetime import datetime
from functools import cache, partial
from typing import Protocol

from django.conf import settings

from tracker.facts import Observation
from tracker.probing import EgressPolicy, Limits, Manner, RealNetwork, Via, observe
from tracker.remote import observe_from, readable_name


class Observer(Protocol):
    """Looks at a URL once, from wherever it stands."""

    async def __call__(
        self, url: str, *, now: datetime, limits: Limits | None = None, manner: Manner | None = None
    ) -> Observation: ...


class NoBroker(ValueError):
    """A remote worker was named where there is no broker to reach it by."""


def observer_of(via: str) -> Observer:
    """Who looks for a vantage point that is reached so. Raises ValueError for what is no way to one."""
    scheme, _, name = via.partition(":")
    if scheme != "worker":
        return partial(observe, network=network_of(via))
    worker = readable_name(name)
    if not settings.WORKERS_BROKER:
        raise NoBroker(
            "a remote worker is asked through a broker, and there is none: set STILLBLOCKED_WORKERS_BROKER or REDIS_URL"
        )
    return partial(observe_from, worker=worker, broker=settings.WORKERS_BROKER)


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
