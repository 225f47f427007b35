"""``make testbed``: every case of the testbed by ``manage.py probe``, the score, and the bars that must hold.

With ``--remote`` they are made once more from outside the network, through a remote worker in each of its corners, and
what that changes is printed. ``--cases`` names cases of our own (``cases/``) in place of the testbed's. Needs root,
Linux network namespaces and the testbed beside the project. All traffic stays in the namespaces.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from tests.testbed.bed import HERE, Bed, bed_of_its_own, missing
from tests.testbed.remote import looks_through_workers


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.testbed.run")
    parser.add_argument("--remote", action="store_true", help="once more through remote workers")
    ours = sorted(path.stem for path in (HERE / "cases").glob("*.toml"))
    parser.add_argument("--cases", choices=ours, help="cases of our own in place of the testbed's")
    chosen = parser.parse_args()
    is_remote = chosen.remote
    if sentence := missing(*[("redis-server", "redis-server")] if is_remote else []):
        sys.exit(sentence)
    with bed_of_its_own(chosen.cases) as bed:
        directly = bed.folder / "results.jsonl"
        with bed.control():
            bed.call("run-checker", "--out", str(directly), "--", sys.executable, str(HERE / "checker.py"))
        faults = scored(bed, directly, "from inside")
        if is_remote:
            remotely = bed.folder / "remote.jsonl"
            looks_through_workers(bed, remotely)
            faults += scored(bed, remotely, "through remote workers")
            print_differences(read(directly), read(remotely))
        return min(faults, 1)


def scored(bed: Bed, results: Path, how: str) -> int:
    """Prints the score. How many bars do not hold."""
    print(f"\n== Looks {how}\n", flush=True)
    bed.call("score", str(results))
    return judged(bed.score(results))


def judged(score: dict[str, Any]) -> int:
    """How many bars do not hold. A wrong verdict the wrong way round weighs more than many that say nothing."""
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
    print(f"Below the bar: {', '.join(failed)}" if failed else "Every bar holds.", flush=True)
    return len(failed)


def read(results: Path) -> dict[str, dict[str, str]]:
    lines = results.read_text(encoding="utf-8").splitlines()
    return {result["case"]: result for result in map(json.loads, lines)}


def print_differences(directly: dict[str, dict[str, str]], remotely: dict[str, dict[str, str]]) -> None:
    """Which cases come out otherwise through a remote worker, and how."""
    print("\n== What the remote workers saw otherwise\n")
    words = ("verdict", "stage", "failure", "rule_id")
    differ = 0
    for case in sorted(directly.keys() | remotely.keys()):
        one, other = ({w: found.get(case, {}).get(w) for w in words} for found in (directly, remotely))
        if one != other:
            differ += one["verdict"] != other["verdict"]
            print(f"{case}: {' '.join(map(str, one.values()))} -> {' '.join(map(str, other.values()))}")
    print(f"Verdicts that differ: {differ} of {len(directly)}.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
