"""A Redis for the module, and real workers in processes of their own that end with the test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis

from tests.probing.conftest import authority
from tests.services.servers import RedisServer
from tests.tracker.conftest import clock, origin, rehearsal, rounds
from tracker.remote import line

__all__ = ["authority", "clock", "origin", "rehearsal", "rounds"]

ROOT = Path(__file__).resolve().parents[2]
Hire = Callable[..., subprocess.Popen[bytes]]
Impatience = Callable[[], None]


@pytest.fixture(scope="module")
def broker_server() -> Iterator[RedisServer]:
    with RedisServer("redis-server --save ''") as server:
        yield server


@pytest.fixture
def broker(broker_server: RedisServer) -> str:
    with Redis.from_url(broker_server.url) as client:
        client.flushall()
    return broker_server.url


@pytest.fixture
def client(broker: str) -> Iterator[Redis]:
    """The broker as home reaches it: all of it."""
    with Redis.from_url(broker) as client:
        yield client


@pytest.fixture
def hire(broker: str) -> Iterator[Hire]:
    """Starts a worker with nothing in its environment but the broker; its guard lets it reach loopback."""
    hired: list[subprocess.Popen[bytes]] = []

    def start(
        name: str = "ru-1", *, module: str = "tests.remote.loopback", url: str = broker, **variables: str
    ) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", module, "--name", name]
        environment = {"PATH": os.environ["PATH"], "STILLBLOCKED_BROKER": url, **variables}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE)
        hired.append(process)
        return process

    yield start
    for process in hired:
        process.kill()
        process.communicate()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on, home gives up after a second or two. Before it, a worker has time to start."""

    def lose_patience() -> None:
        monkeypatch.setattr(line, "SECONDS_TO_START", 1.5)
        monkeypatch.setattr(line, "SECONDS_TO_ANSWER", 0.5)

    return lose_patience
