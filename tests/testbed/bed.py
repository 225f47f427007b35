"""A testbed of our own: its copy, its names and its state, so that another one is not disturbed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SHARED = ROOT.parent / "shared" / "testbed"
CONTROL_PORT = 1080
CANARIES = "https://flip.testbed.example/,https://flip2.testbed.example/post/2"
"""Pages of the testbed that belong to no case and are never interfered with."""
_TOOLS = {"ip": "iproute2", "iptables": "iptables", "nft": "nftables", "openssl": "openssl"}


def missing(*more: tuple[str, str]) -> str | None:
    """What has to be done before the testbed can run here, in one sentence. ``more``: programs and their packages."""
    if not SHARED.is_dir():
        return "The testbed is not beside this project (../shared/testbed)."
    if os.geteuid() != 0:
        return "Network namespaces need root: run `sudo make testbed`."
    tools = {**_TOOLS, **dict(more)}
    packages = [package for tool, package in tools.items() if not shutil.which(tool, path=_path())]
    return f"Install what the testbed needs: apt install {' '.join(packages)}" if packages else None


def _path() -> str:
    return f"{os.environ['PATH']}:/usr/sbin:/sbin"


class Bed:
    """One testbed in a folder. ``TESTBED_PREFIX`` gives it other names than usual."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._script = str(folder / "testbed" / "testbed")
        self.variables = os.environ | {
            "PATH": _path(),
            "TESTBED_PREFIX": os.environ.get("TESTBED_PREFIX", "sbk"),
            "TESTBED_STATE": str(folder / "state"),
            "STILLBLOCKED_DATA_DIR": str(folder / "data"),
            "PYTHONPATH": str(ROOT),
        }

    def call(self, *arguments: str) -> None:
        subprocess.run(self._command(*arguments), env=self.variables, check=True)

    def read(self, *arguments: str) -> str:
        done = subprocess.run(
            self._command(*arguments), env=self.variables, check=True, capture_output=True, text=True
        )
        return done.stdout

    def score(self, results: Path) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.read("score", str(results), "--json"))
        return found

    def tasks(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self.read("tasks").splitlines()]

    @contextmanager
    def inside(self, vantage: str, *command: str, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
        """A program that runs in a vantage of the testbed as long as the block does."""
        process = subprocess.Popen(
            self._command("run-in", vantage, "--", *command), env=self.variables | variables, cwd=ROOT
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)

    @contextmanager
    def control(self) -> Iterator[None]:
        """A SOCKS5 server in the free corner, which the others reach as a control."""
        # Its address is known inside the namespaces only, so it listens on all of that corner's own.
        socks = [sys.executable, str(HERE / "socks.py"), "0.0.0.0", str(CONTROL_PORT)]
        with self.inside("free", *socks):
            time.sleep(1)
            yield

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, self._script, *arguments]


@contextmanager
def bed_of_its_own(cases: str | None = None) -> Iterator[Bed]:
    """A testbed that is up, and gone after the block. ``cases``: a file of our own in place of the testbed's."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # or its namespaces and daemons would stay
    with tempfile.TemporaryDirectory(prefix="stillblocked-testbed-") as folder:
        shutil.copytree(SHARED, Path(folder) / "testbed")
        if cases is not None:
            theirs = Path(folder) / "testbed" / "cases"
            (theirs / "dev.toml").unlink()
            shutil.copy(HERE / "cases" / f"{cases}.toml", theirs / "holdout.toml")
        bed = Bed(Path(folder))
        try:
            bed.call("up", "--range", "public")
            yield bed
        finally:
            bed.call("down", "--purge")
