"""What 2,000 fingerprints cost over one page of 150 kB, beside one SHA-256 of it and a loop of ``in``."""

from __future__ import annotations

import hashlib
import random
import statistics
import time
from collections.abc import Callable, Iterator

from tests.judging.ordinary import ordinary_pages
from tracker.judging.block_words import speech_of
from tracker.judging.fingerprints import BODY, Fingerprint, FingerprintIndex, Kind, Scope

ROUNDS = 15
PATTERNS = 2_000
PAGE_CHARS = 150_000
_WORDS = "доступ сайт закон решение адрес страница the site page order court access список связь net".split()


def lines() -> Iterator[str]:
    dice = random.Random(2026)
    patterns = [
        f"{' '.join(dice.choices(_WORDS, k=dice.randint(3, 9)))} {number:04}" for number in range(PATTERNS)
    ]
    ordinary = "\n".join(page.html for page in ordinary_pages()).lower()[:PAGE_CHARS]
    stuffed = _page(dice, [pattern[:-1] for pattern in patterns])
    index = FingerprintIndex(
        [
            *(
                Fingerprint(str(n), Scope.PROVIDER, BODY, Kind.CONTAINS, one)
                for n, one in enumerate(patterns)
            ),
            Fingerprint("costly", Scope.PROVIDER, BODY, Kind.REGEXP, "(сайт|сайт)*закрыт .*court .*order"),
        ]
    )
    work: dict[str, Callable[[], object]] = {
        "matched": lambda: index.in_page(ordinary),
        "stuffed": lambda: index.in_page(stuffed),
        "sha256": lambda: hashlib.sha256(ordinary.encode()).digest(),
        "loop": lambda: [one for one in patterns if one in ordinary],
        "words": lambda: speech_of.__wrapped__("notes", ordinary[:5_900]),
    }
    took = _medians(work)
    yield (
        f"fingerprints: {took['matched']:.2f} ms for {PATTERNS} patterns over {PAGE_CHARS // 1000},000 characters "
        f"({took['stuffed']:.2f} ms when the page is made of their beginnings); "
        f"ratio {took['loop'] / took['matched']:.0f} (yardstick: a loop of `in`, {took['loop']:.1f} ms; "
        f"one SHA-256 of the page takes {took['sha256']:.2f} ms)"
    )
    yield f"words of blocks: {took['words']:.2f} ms for the longest text that is read whole"


def _page(dice: random.Random, pieces: list[str]) -> str:
    """A page of nothing but these."""
    page: list[str] = []
    size = 0
    while size < PAGE_CHARS:
        page.append(dice.choice(pieces))
        size += len(page[-1]) + 1
    return " ".join(page)


def _medians(work: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Milliseconds by name, the rounds taken in turn."""
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(ROUNDS):
        for name, run in work.items():
            began = time.perf_counter()
            run()
            times[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}
