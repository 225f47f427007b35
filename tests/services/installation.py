"""One installation of the product as an operator has it: its own settings, its own processes, seen from outside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


class Installation:
    """Runs the project's commands with settings of its own, and ends every process that it started."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.folder = folder
        # Nothing is inherited but what any process has: the tests' own settings are not the product's.
        self.variables = {
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "STILLBLOCKED_DATA_DIR": str(folder / "data"),
            **settings,
        }
        self._running: list[subprocess.Popen[bytes]] = []

    def manage(self, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.variables, input=text, capture_output=True, text=True, timeout=100
        )

    def python(self, code: str) -> Any:
        """Runs a few lines with the models at hand; what they print must be JSON, and is returned."""
        done = self.manage("shell", "--verbosity", "0", "--command", code)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout or "null")

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """A process in a session of its own; what it says goes to the installation's log."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.variables, stdout=log, stderr=log, start_new_session=True
            )
        self._running.append(process)
        return process

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def end(self) -> None:
        for process in self._running:
            kill_group(process)
        self._running.clear()

    def processes(self) -> list[int]:
        """Every process on this machine that works for this installation, by its environment."""
        mark = f"STILLBLOCKED_DATA_DIR={self.folder / 'data'}".encode()
        return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/environ") if mark in _read(path)]


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """As a power cut would: the process and everything that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def get(url: str) -> tuple[int, Any]:
    """Status and decoded JSON of an address of our own; status 0 when nothing answers."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except OSError:
        return 0, None
