"""The remote worker as it is, but for a guard that lets it reach the tests' own servers. Run as a module.

Django cannot be imported in it, as on a machine where it is not installed.
"""

from __future__ import annotations

import os
import sys

sys.modules["django"] = None  # type: ignore[assignment]

from tests.probing.servers import LOOPBACK  # noqa: E402
from tracker.probing import RealNetwork, Resolver  # noqa: E402
from tracker.remote.worker import main  # noqa: E402

if __name__ == "__main__":
    resolvers = tuple(
        Resolver("127.0.0.1", int(port)) for port in os.environ.get("TEST_RESOLVERS", "").split()
    )
    network = RealNetwork(policy=LOOPBACK, given_resolvers=resolvers, ca_file=os.environ.get("SSL_CERT_FILE"))
    sys.exit(main(network=network))
