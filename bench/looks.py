"""A whole look (claimed, made, judged, stored) as a share of the bare look, on pages served beside it."""

from __future__ import annotations

import asyncio
import logging
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone

from tracker import operations, vantage
from tracker.models import Watch
from tracker.networks import limits, network_of
from tracker.places import ensure_places
from tracker.probing import observe

ROUNDS = 5
LOOKS = 200
PAGES = 100


def lines() -> Iterator[str]:
    logging.getLogger().setLevel(logging.ERROR)
    with _platform() as urls:
        _watch(urls)
        bare, whole = [], []
        for _ in range(ROUNDS):
            bare.append(_timed(lambda: asyncio.run(_bare(urls))))
            whole.append(_timed(_whole))
    per_bare, per_whole = (LOOKS / statistics.median(times) for times in (bare, whole))
    yield (
        f"looks: {per_whole:.0f}/s claimed, made, judged and stored; {per_bare:.0f}/s bare; "
        f"ratio {per_whole / per_bare:.2f} (yardstick: the same pages by observe() alone)"
    )


def _watch(urls: list[str]) -> None:
    ensure_places()
    for url in urls:
        operations.watch(url=url, territory="XX", now=timezone.now())


async def _bare(urls: list[str]) -> None:
    network = network_of(f"http://127.0.0.1:{settings.REHEARSAL_ORIGIN_PARTS[2] + 1}")
    gate = asyncio.Semaphore(settings.LOOKS_AT_ONCE)

    async def one(number: int) -> None:
        async with gate:
            await observe(urls[number % len(urls)], network=network, limits=limits(), now=timezone.now())

    await asyncio.gather(*(one(number) for number in range(LOOKS)))


def _whole() -> None:
    made = 0
    while made < LOOKS:
        # Politeness would make this a measurement of waiting.
        Watch.objects.update(next_probe_at=timezone.now(), turn_at=timezone.now())
        made += vantage.probe_due(clock=timezone.now, dice=lambda: 0.0)


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def _platform() -> Iterator[list[str]]:
    """The rehearsal platform in a process of its own, and the addresses of its pages."""
    server = subprocess.Popen([sys.executable, "manage.py", "rehearsal"], cwd=settings.BASE_DIR)
    try:
        time.sleep(2)
        yield [f"{settings.REHEARSAL_ORIGIN}/page-{number}" for number in range(PAGES)]
    finally:
        server.terminate()
        server.wait()
