"""The services of docker-compose.yml without Docker: each one's very command, on private ports."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path
from typing import Any

import yaml

from tests.services.installation import ROOT, Installation, get
from tests.services.servers import PostgresServer, RedisServer, answers, free_port, wait_until

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]

LEASE_SECONDS = 7
"""Short, so that what a killed worker held comes back within the test. Three looks of a second must fit."""


class Composed(Installation):
    """Database and broker are there; services are started one by one, and the rehearsal platform beside them."""

    def __init__(self, folder: Path, postgres: PostgresServer, redis: RedisServer, database: str) -> None:
        self.origin_port = free_port(run=2)
        self.web_port = free_port()
        (folder / "data").mkdir()
        super().__init__(folder, {**self._compose_settings(folder), **self._test_settings()})
        self._secret(folder, "database-url", postgres.create(database))
        self._secret(folder, "redis-url", f"{redis.url.removesuffix('/0')}/{_next_number()}")
        self._secret(folder, "secret-key", "k" * 60)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.origin_port}"

    def migrate(self) -> None:
        command = shlex.split(SERVICES["migrate"]["command"])
        subprocess.run(command, cwd=ROOT, env=self.variables, check=True, stdout=subprocess.DEVNULL)

    def start_service(self, name: str, *more: str) -> subprocess.Popen[bytes]:
        """The command as the file has it; only the port that everybody has once gives way to a private one."""
        command = SERVICES[name]["command"].replace("0.0.0.0:8000", f"127.0.0.1:{self.web_port}")
        return self.start(*shlex.split(command), *more)

    def start_rehearsal(self) -> None:
        self.start("python", "manage.py", "rehearsal")
        wait_until(lambda: answers(self.origin_port + 1), 20, what="the rehearsal platform answers")

    def get(self, path: str) -> tuple[int, Any]:
        return get(f"http://127.0.0.1:{self.web_port}{path}")

    def _compose_settings(self, folder: Path) -> dict[str, str]:
        """The environment of the file, with each variable's own default, and secrets from the test's folder."""
        settings = {}
        for name, value in SERVICES["web"]["environment"].items():
            default = value.partition(":-")[2].removesuffix("}") if value.startswith("${") else value
            settings[name] = default.replace("/run/secrets", str(folder))
        return settings

    def _test_settings(self) -> dict[str, str]:
        return {
            "STILLBLOCKED_REHEARSAL_ORIGIN": self.origin,
            # The home vantage's canary stays on this machine too.
            "STILLBLOCKED_CANARY_URLS": f"{self.origin}/canary",
            "STILLBLOCKED_MFA": "optional",  # what is tried here is not the sign-in
            "STILLBLOCKED_LOOK_SECONDS": "1",
            "STILLBLOCKED_LEASE_SECONDS": str(LEASE_SECONDS),
            "STILLBLOCKED_DISPATCH_SECONDS": "1",
        }

    def _secret(self, folder: Path, name: str, value: str) -> None:
        (folder / name).write_text(value + "\n", encoding="utf-8")

    def database_url(self) -> str:
        return (self.folder / "database-url").read_text(encoding="utf-8").strip()


_numbers = iter(range(1, 16))


def _next_number() -> int:
    """A Redis database that no other installation of this test run has."""
    return next(_numbers)
