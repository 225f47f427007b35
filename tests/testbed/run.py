"""``make testbed``: every case of the testbed by ``manage.py probe``, the score, and the bars that must hold.

Needs root, Linux network namespaces and the testbed beside the project. All traffic stays in the namespaces.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared" / "testbed"
TOOLS = {"ip": "iproute2", "iptables": "iptables", "nft": "nftables", "openssl": "openssl"}


def main() -> int:
    if sentence := missing():
        sys.exit(sentence)
    with tempfile.TemporaryDirectory(prefix="stillblocked-testbed-") as folder:
        shutil.copytree(SHARED, Path(folder) / "testbed")
        bed = Bed(Path(folder))
        try:
            bed.call("up", "--range", "public")
            with bed.control():
                bed.call("run-checker", "--out", bed.results, "--", sys.executable, str(HERE / "checker.py"))
            bed.call("score", bed.results)
            return judged(json.loads(bed.read("score", bed.results, "--json")))
        finally:
            bed.call("down", "--purge")


def missing() -> str | None:
    """What has to be done before the testbed can run here, in one sentence."""
    if not SHARED.is_dir():
        return "The testbed is not beside this project (../shared/testbed)."
    if os.geteuid() != 0:
        return "Network namespaces need root: run `sudo make testbed`."
    packages = [package for tool, package in TOOLS.items() if not shutil.which(tool, path=_path())]
    return f"Install what the testbed needs: apt install {' '.join(packages)}" if packages else None


def _path() -> str:
    return f"{os.environ['PATH']}:/usr/sbin:/sbin"


class Bed:
    """A testbed of our own: its copy, its names and its state, so that another one is not disturbed."""

    def __init__(self, folder: Path) -> None:
        self._script = str(folder / "testbed" / "testbed")
        self.results = str(folder / "results.jsonl")
        self._variables = os.environ | {
            "PATH": _path(),
            "TESTBED_PREFIX": "sbk",
            "TESTBED_STATE": str(folder / "state"),
            "STILLBLOCKED_DATA_DIR": str(folder / "data"),
        }

    def call(self, *arguments: str) -> None:
        subprocess.run([sys.executable, self._script, *arguments], env=self._variables, check=True)

    def read(self, *arguments: str) -> str:
        command = [sys.executable, self._script, *arguments]
        return subprocess.run(command, env=self._variables, check=True, capture_output=True, text=True).stdout

    @contextmanager
    def control(self) -> Iterator[None]:
        """A SOCKS5 server in the free corner, which the others reach as a control."""
        # Its address is known inside the namespaces only, so it listens on all of that corner's own.
        socks = [sys.executable, str(HERE / "socks.py"), "0.0.0.0", "1080"]
        inside = [sys.executable, self._script, "run-in", "free", "--", *socks]
        server = subprocess.Popen(inside, env=self._variables)
        try:
            time.sleep(1)
            yield
        finally:
            server.terminate()
            server.wait()


def judged(score: dict[str, int]) -> int:
    """0 when every bar holds. A wrong verdict the wrong way round weighs more than many that say nothing."""
    cases = score["cases"]
    bars = {
        "right or acceptable": (score["acceptable"] / cases, 0.96),
        "stage right": (score["stage_right"] / cases, 0.92),
        "failure right or near": ((score["failure_right"] + score.get("failure_near", 0)) / cases, 0.90),
    }
    never = {
        "blocked called reachable": score.get("blocked_called_reachable", 0),
        "called blocked though not": score.get("false_blocked", 0),
        "forbidden addresses contacted": score["trap_hits"],
        "cases without an answer": score.get("missing", 0) + score["bad_lines"],
    }
    failed = [name for name, (value, bar) in bars.items() if value < bar]
    failed += [name for name, count in never.items() if count]
    for name, (value, bar) in bars.items():
        print(f"{name}: {value:.1%} (bar {bar:.0%})")
    for name, count in never.items():
        print(f"{name}: {count} (bar 0)")
    print(f"Below the bar: {', '.join(failed)}" if failed else "Every bar holds.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
