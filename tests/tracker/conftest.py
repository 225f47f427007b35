"""Connections of their own for those who work at the same time, and the rehearsal platform on free ports."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from config.rehearsal.server import Platform
from config.rehearsal.store import Kind, Store
from tests.make import NOW, make_watch
from tests.services.servers import answers, free_port, wait_until
from tracker import vantage
from tracker.models import Watch
from tracker.networks import network_of
from tracker.places import ensure_places

T = TypeVar("T")


class Workers:
    """Runs functions at the same moment, each in a thread with a connection of its own.

    On SQLite the test's database lies in memory, where connections are not as strangers to each other as in
    earnest, so the workers share a copy of it in a file.
    """

    def __init__(self, folder: Path) -> None:
        self._file = str(folder / "shared.sqlite3") if connection.vendor == "sqlite" else None

    def run(self, *functions: Callable[[], T]) -> list[T]:
        self._copy()
        together = threading.Barrier(len(functions), timeout=20)
        with ThreadPoolExecutor(len(functions)) as pool:
            return list(pool.map(lambda function: self._run_one(function, together), functions))

    def _copy(self) -> None:
        if self._file and not Path(self._file).exists():
            connection.ensure_connection()
            with sqlite3.connect(self._file) as target:
                connection.connection.backup(target)
                # As `migrate` leaves it: the first to turn a file to WAL must be alone with it.
                target.execute("PRAGMA journal_mode=WAL")
            target.close()

    def _run_one(self, function: Callable[[], T], together: threading.Barrier) -> T:
        own = self._own_connection()
        before = connections["default"]
        connections["default"] = own  # of this thread only
        try:
            together.wait()
            return function()
        finally:
            own.close()
            connections["default"] = before

    def _own_connection(self) -> BaseDatabaseWrapper:
        wrapper: Any = type(connections["default"])
        settings = dict(connections["default"].settings_dict)
        return wrapper({**settings, **({"NAME": self._file} if self._file else {})}, "default")


@pytest.fixture
def workers(transactional_db: None, tmp_path: Path) -> Workers:
    return Workers(tmp_path)


class Clock:
    """Goes as fast as any other, and can be put forward."""

    def __init__(self) -> None:
        self._ahead = NOW - timedelta(seconds=time.monotonic())

    def __call__(self) -> datetime:
        return self._ahead + timedelta(seconds=time.monotonic())

    def forward(self, by: timedelta) -> None:
        self._ahead += by


class Rehearsal:
    """The rehearsal platform on two free ports of loopback, in a thread."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port(run=2)
        self.origin = f"http://127.0.0.1:{self.port}"
        self._store = Store(folder / "rehearsal.json")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._serving: asyncio.Task[None] | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        wait_until(lambda: answers(self.port) and answers(self.port + 1), 10, what="the rehearsal answers")

    def stop(self) -> None:
        if self._loop and self._serving and self._thread:
            # Later: a server that closes while it lets somebody in forgets the connection.
            self._loop.call_soon_threadsafe(partial(self._loop.call_later, 0.05, self._serving.cancel))
            self._thread.join(10)
            self._loop = None

    def turn(self, name: str, kind: Kind) -> None:
        self._store.turn(name, kind)

    def watch(self, name: str) -> Watch:
        return make_watch(url=f"{self.origin}/{name}", territory="XX")

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._serving = asyncio.ensure_future(Platform(self.origin, self._store).serve())
        await asyncio.wait([self._serving])
        if visits := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(visits, timeout=5)
        await asyncio.sleep(0.01)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def origin(settings: Any) -> Iterator[Callable[[str, int], None]]:
    """Names the one origin that looks may go to. Home and its canary are there, too: no look leaves loopback."""

    def let_through(origin: str, port: int) -> None:
        settings.REHEARSAL_ORIGIN = origin
        settings.REHEARSAL_ORIGIN_PARTS = ("http", "127.0.0.1", port)
        settings.CANARY_URLS = [f"{origin}/canary"]
        settings.HOME_COUNTRY = "DE"
        settings.LOOK_SECONDS = 5

    network_of.cache_clear()
    yield let_through
    network_of.cache_clear()


@pytest.fixture
def rehearsal(db: None, origin: Callable[[str, int], None], tmp_path: Path) -> Iterator[Rehearsal]:
    platform = Rehearsal(tmp_path)
    origin(platform.origin, platform.port)
    ensure_places()
    platform.start()
    yield platform
    platform.stop()


@pytest.fixture
def rounds(clock: Clock) -> Callable[..., int]:
    """Makes as many rounds of looks as asked for, a while apart. How many watches were taken."""

    def go(number: int = 1, *, apart: timedelta = timedelta(seconds=20)) -> int:
        taken = 0
        for _ in range(number):
            taken += vantage.probe_due(clock=clock, dice=lambda: 0.0)
            clock.forward(apart)
        return taken

    return go
