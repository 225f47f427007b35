"""A document that somebody wants to read, fetched once: through the same guard and bounds as a look, and not stored."""

from __future__ import annotations

import asyncio
from datetime import datetime

from tracker.facts import Observation
from tracker.networks import limits, observer_of
from tracker.operations.watching import canonical_address


def fetch_document(url: str, *, now: datetime) -> Observation:
    """What an address answers here and now. Raises AddressRefused for what is no public page's address.

    What the network does is in the observation, never raised; an address that only resolves to a private
    network is refused by the guard and is a failure there.
    """
    canonical_address(url)
    return asyncio.run(observer_of("direct")(url, now=now, limits=limits()))
