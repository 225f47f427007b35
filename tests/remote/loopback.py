"""The remote worker as it is, but for a guard that lets it reach the tests' own servers. Run as a module."""

from __future__ import annotations

import os
import sys

from tests.probing.servers import LOOPBACK
from tracker.probing import RealNetwork, Resolver
from tracker.remote.worker import main

if __name__ == "__main__":
    resolvers = tuple(
        Resolver("127.0.0.1", int(port)) for port in os.environ.get("TEST_RESOLVERS", "").split()
    )
    network = RealNetwork(policy=LOOPBACK, given_resolvers=resolvers, ca_file=os.environ.get("SSL_CERT_FILE"))
    sys.exit(main(network=network))
