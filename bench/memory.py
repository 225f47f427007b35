"""Whether memory stays flat while looks go on: ``python bench/memory.py [LOOKS]``, by itself as it takes minutes.

``make bench`` makes a tenth of the looks. Sampled is what the process holds after each thousand.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

LOOKS = 10_000
ALL_LOOKS = 100_000
AT_A_TIME = 1_000
WARM = 3
"""Samples that are left out: what is loaded and cached once is no growth."""


def lines(number: int = LOOKS) -> Iterator[str]:
    from django.conf import settings

    from bench import looks

    looks.quiet()
    settings.LOOKS_AT_ONCE = looks.AT_ONCE
    samples = []
    with looks.serving() as site:
        looks.watch_all(site.urls[:AT_A_TIME], territory="AT")
        for _ in range(number // AT_A_TIME):
            looks.look_at(AT_A_TIME)
            samples.append(_megabytes())
    kept = samples[WARM:]
    slope = statistics.linear_regression(range(len(kept)), kept).slope * 10
    yield (
        f"memory over {number} looks: {samples[WARM]:.0f} MB after {(WARM + 1) * AT_A_TIME}, "
        f"{samples[-1]:.0f} MB at the end, {max(samples):.0f} MB at most; "
        f"ratio {samples[-1] / samples[WARM]:.2f} (yardstick: the same process before), "
        f"slope {slope:+.1f} MB in 10,000 looks"
    )


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1024 / 1024


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from bench.run import prepared

    with tempfile.TemporaryDirectory(prefix="stillblocked-bench-") as folder:
        prepared(folder)
        for line in lines(int(sys.argv[1]) if len(sys.argv) > 1 else ALL_LOOKS):
            print(line)
