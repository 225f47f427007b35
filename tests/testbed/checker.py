"""Runs inside one vantage of the testbed: its tasks in, `manage.py probe` in between, its results out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CANARIES = "https://flip.testbed.example/,https://flip2.testbed.example/post/2"
CONTROL_PORT = 1080
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
    variables = os.environ | {"STILLBLOCKED_DATA_DIR": str(folder), "STILLBLOCKED_CANARY_URLS": CANARIES}
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], env=variables, check=True, stdout=sys.stderr)
    control = f"socks5h://{os.environ['TESTBED_FREE_ADDR']}:{CONTROL_PORT}"
    probe = [*manage, "probe", "--stdin", "--json", "--territory", "RU", "--control", control]
    asked = "".join(json.dumps({"id": task["case"], "url": task["url"]}) + "\n" for task in tasks)
    done = subprocess.run(probe, env=variables, input=asked, text=True, stdout=subprocess.PIPE, check=True)
    for line in done.stdout.splitlines():
        print(json.dumps(result(json.loads(line))), flush=True)


def result(probed: dict[str, str | None]) -> dict[str, str | None]:
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
