"""Servers once per test run; an installation per module."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.services.composed import SERVICES, Composed
from tests.services.servers import PostgresServer, RedisServer


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    with RedisServer(SERVICES["redis"]["command"]) as server:
        yield server


@pytest.fixture(scope="module")
def composed(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    postgres_server: PostgresServer,
    redis_server: RedisServer,
) -> Iterator[Composed]:
    """An installation on the shared servers, with its schema and nothing else."""
    name = re.sub(r"\W", "_", request.module.__name__.rpartition(".")[2])
    installed = Composed(tmp_path_factory.mktemp(name), postgres_server, redis_server, name)
    installed.migrate()
    yield installed
    installed.end()
