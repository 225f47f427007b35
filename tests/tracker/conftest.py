"""Connections of their own for those who work at the same time, and the rehearsal platform on free ports."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

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
            target.close()

    def _run_one(self, function: Callable[[], T], together: threading.Barrier) -> T:
        own = self._own_connection()
        before = connections["default"]
        connections["default"] = own  # type: ignore[assignment]  # of this thread only
        try:
            together.wait()
            return function()
        finally:
            own.close()
            connections["default"] = before  # type: ignore[assignment]

    def _own_connection(self) -> BaseDatabaseWrapper:
        wrapper: Any = type(connections["default"])
        settings = dict(connections["default"].settings_dict)
        return wrapper({**settings, **({"NAME": self._file} if self._file else {})}, "default")


@pytest.fixture
def workers(transactional_db: None, tmp_path: Path) -> Workers:
    return Workers(tmp_path)
