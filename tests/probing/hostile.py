"""Looks at one address in a process of its own and says what it took: ``python -m tests.probing.hostile``.

Reads a line of JSON with ``url``, ``resolver`` and ``limits``; writes one with the outcome, the seconds and by how
much the process grew, in MB.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time

from tests.probing.servers import LOOPBACK, NOW
from tracker.probing import Limits, RealNetwork, Resolver, observe


def main() -> None:
    asked = json.loads(sys.stdin.readline())
    resolvers = (Resolver("127.0.0.1", asked["resolver"]),) if asked["resolver"] else ()
    network = RealNetwork(policy=LOOPBACK, given_resolvers=resolvers)
    assert network.trust  # loaded before, since it is for all looks
    before, began = _megabytes(), time.monotonic()
    seen = asyncio.run(observe(asked["url"], network=network, now=NOW, limits=Limits(**asked["limits"])))
    outcome = {
        "stage": seen.failed_stage,
        "failure": seen.failure,
        "truncated": seen.body_truncated,
        "body": len(seen.body),
        "seconds": time.monotonic() - began,
        "grew": _megabytes() - before,
    }
    print(json.dumps(outcome))


def _megabytes() -> float:
    """The most that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
