"""Runs inside one vantage of the testbed: its tasks in, ``manage.py probe`` in between, its results out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.testbed.bed import CANARIES, CONTROL_PORT, ROOT

VERDICTS = {
    "blocked": "blocked",
    "likely_blocked": "blocked",
    "removed": "removed",
    "gone": "removed",
    "restricted": "restricted",
    "reachable": "reachable",
    "down": "unclear",
    "insufficient": "unclear",
}
"""The testbed's words for our states."""


def main() -> None:
    tasks = [json.loads(line) for line in sys.stdin if line.strip()]
    folder = Path(os.environ["STILLBLOCKED_DATA_DIR"]) / os.environ["TESTBED_VANTAGE"]
    control = f"socks5h://{os.environ['TESTBED_FREE_ADDR']}:{CONTROL_PORT}"
    for found in probed(tasks, ["--control", control], os.environ | {"STILLBLOCKED_DATA_DIR": str(folder)}):
        print(json.dumps(found), flush=True)


def probed(
    tasks: Iterable[Mapping[str, str]], places: list[str], variables: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """The results of an installation of its own, which looks from those places."""
    variables = {**variables, "STILLBLOCKED_CANARY_URLS": CANARIES}
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], env=variables, check=True, stdout=sys.stderr)
    probe = [*manage, "probe", "--stdin", "--json", "--territory", "RU", *places]
    asked = "".join(json.dumps({"id": task["case"], "url": task["url"]}) + "\n" for task in tasks)
    done = subprocess.run(probe, env=variables, input=asked, text=True, stdout=subprocess.PIPE, check=True)
    yield from (result(json.loads(line)) for line in done.stdout.splitlines())


def result(probed: Mapping[str, Any]) -> dict[str, Any]:
    """One answer of the probe in the testbed's words, with ours beside them for whoever reads the file."""
    return {
        "case": probed["id"],
        "verdict": VERDICTS[str(probed["state"])],
        "stage": probed["failed_stage"] or "none",
        "failure": probed["failure"] or "none",
        "rule_id": probed["rule_id"],
    }


if __name__ == "__main__":
    main()
