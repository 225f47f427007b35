"""Runs pytest with everything on PostgreSQL: ``python -m tests.services.on_postgres [pytest's arguments]``."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.services.servers import PostgresServer


def main(arguments: list[str]) -> int:
    with PostgresServer() as server:
        variables = {
            **os.environ,
            "DATABASE_URL": server.url("postgres"),
            "SECRET_KEY": "only for tests " * 4,
        }
        return subprocess.run([sys.executable, "-m", "pytest", *arguments], env=variables).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
