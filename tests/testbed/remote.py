"""The testbed's cases from outside its network: home asks, and a remote worker in each corner looks."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.services.servers import wait_until
from tests.testbed.bed import Bed
from tests.testbed.checker import probed

CONTROL = "worker:free"


def looks_through_workers(bed: Bed, results: Path) -> None:
    """Every case, asked by an installation outside for each corner; one line of results for each."""
    corners: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for task in bed.tasks():
        corners[task["vantage"]].append(task)
    with workers(bed, {*corners, "free"}) as broker, ThreadPoolExecutor(len(corners)) as pool:
        found = pool.map(lambda corner: _looks_from(corner, corners[corner], bed, broker), corners)
        lines = [json.dumps(result) for part in found for result in part]
    results.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _looks_from(corner: str, tasks: list[Mapping[str, str]], bed: Bed, broker: str) -> list[dict[str, Any]]:
    variables = bed.variables | {
        "STILLBLOCKED_DATA_DIR": str(bed.folder / "home" / corner),
        "STILLBLOCKED_WORKERS_BROKER": broker,
    }
    return list(probed(tasks, ["--via", f"worker:{corner}", "--control", CONTROL], variables))


@contextmanager
def workers(bed: Bed, names: set[str]) -> Iterator[str]:
    """A worker in each of those corners, and the broker that leads to them: a socket crosses namespaces."""
    socket = bed.folder / "broker.sock"
    broker = f"unix://{socket}"
    command = [
        "redis-server",
        "--port",
        "0",
        "--unixsocket",
        str(socket),
        "--save",
        "",
        "--dir",
        str(bed.folder),
    ]
    with ExitStack() as stack:
        redis = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        stack.callback(redis.wait)
        stack.callback(redis.terminate)
        wait_until(socket.exists, 10, what="Redis answers")
        for name in sorted(names):
            worker = [sys.executable, "-m", "tracker.remote.worker", "--name", name]
            stack.enter_context(bed.inside(name, *worker, STILLBLOCKED_BROKER=broker))
        yield broker
