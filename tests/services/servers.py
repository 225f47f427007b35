"""PostgreSQL and Redis of a test's own: private ports, throw-away data, gone with the test."""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self


def free_port(*, run: int = 1) -> int:
    """The first of ``run`` ports in a row that nothing listens on."""
    for _ in range(50):
        first = _bindable(0)
        if first and first + run < 65_000 and all(_bindable(first + n) for n in range(1, run)):
            return first
    raise AssertionError("no free ports")


def _bindable(port: int) -> int:
    with socket.socket() as listener:
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return 0
        return int(listener.getsockname()[1])


def wait_until(is_so: Callable[[], object], seconds: float, *, what: str) -> None:
    """Returns as soon as it is so; fails with the name of what did not happen in time."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.1)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


class PostgresServer:
    """A cluster in a temporary folder. It refuses to run as root, so root lends it the user postgres."""

    def __init__(self) -> None:
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
        on_path = shutil.which("initdb")
        self._bin = found[-1] if found else Path(on_path).parent if on_path else None
        self.port = free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="stillblocked-pg-"))

    def __enter__(self) -> Self:
        assert self._bin, "PostgreSQL is not on this machine"
        if os.getuid() == 0:
            shutil.chown(self._folder, "postgres")
        self._run("initdb", "--auth=trust", "--username=stillblocked", "--encoding=UTF8", "--no-sync")
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if answers(self.port):
            self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self._folder,
            "fsync": "off",
            "max_connections": 60,
        }
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self._run("pg_ctl", "start", "--wait", f"--options={options}", f"--log={self._folder}/log")

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--wait", "--mode=immediate")

    def create(self, name: str) -> str:
        """Makes a database and returns its DATABASE_URL."""
        command = [
            f"{self._bin}/createdb",
            "--host=127.0.0.1",
            f"--port={self.port}",
            "--username=stillblocked",
            name,
        ]
        subprocess.run(command, check=True)
        return self.url(name)

    def url(self, name: str) -> str:
        return f"postgres://stillblocked@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [f"{self._bin}/{program}", f"--pgdata={self._folder}/data", *arguments]
        lent: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []}
        if os.getuid() != 0:
            lent = {}
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, **lent)


class RedisServer:
    """A Redis started by a given command line, on a private port and in a temporary folder."""

    def __init__(self, command: str = "redis-server") -> None:
        self.port = free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="stillblocked-redis-"))
        private = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self._folder)]
        self._command = [*shlex.split(command), *private]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        wait_until(lambda: answers(self.port), 10, what="Redis answers")

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(10)
