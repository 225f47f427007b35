"""The networks that looks go through, all behind the one egress guard."""

from __future__ import annotations

import os
from functools import cache

from django.conf import settings

from tracker.probing import EgressPolicy, Limits, RealNetwork, Via


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
