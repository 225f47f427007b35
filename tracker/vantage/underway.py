"""The looks under way, on a thread of their own: no database and no disk delays what they measure.

A look that waited for a commit would see a page that is slow, and after a long one a page that times out.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Coroutine, Sequence
from types import TracebackType
from typing import Any, TypeVar

import structlog

from tracker.operations import Look
from tracker.vantage.looking import looked
from tracker.vantage.planning import Clock, Turn

log = structlog.get_logger(__name__)
_T = TypeVar("_T")

_LINGER = 0.05
"""Seconds that finished looks wait for others, so that one commit serves many."""


class UnderWay:
    """An event loop in a thread. All methods are for the thread that made it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="looks", daemon=True)
        self._ended: deque[Look | None] = deque()
        self._wanted = 1
        self._enough = threading.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._number = 0

    def __enter__(self) -> UnderWay:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.run(self._give_up())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __len__(self) -> int:
        return self._number

    def run(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Do this beside the looks, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def begin(self, turns: Sequence[Turn]) -> None:
        self._number += len(turns)
        self._loop.call_soon_threadsafe(self._start, turns)

    def finished(self, enough: int) -> list[Look]:
        """Waits for a look to end, and a moment longer for up to ``enough`` of them."""
        if self._number:
            self._wait_for(1)
            self._wait_for(min(enough, self._number), _LINGER)
        ended = [self._ended.popleft() for _ in range(len(self._ended))]
        self._number -= len(ended)
        return [look for look in ended if look is not None]

    def _wait_for(self, number: int, seconds: float | None = None) -> None:
        """Until so many looks have ended that nobody has fetched yet. One wake-up, however many they are."""
        self._enough.clear()
        self._wanted = number
        if len(self._ended) < number:
            self._enough.wait(seconds)

    def _start(self, turns: Sequence[Turn]) -> None:
        for turn in turns:
            task = self._loop.create_task(self._look(turn))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _look(self, turn: Turn) -> None:
        look = None
        try:
            look = await looked(turn, self._clock)
        except Exception:
            # A bug of ours: the lease of this one runs out, and the others go on.
            log.exception("look_failed", watch_id=turn.plan.claim.watch_id)
        self._ended.append(look)
        if len(self._ended) >= self._wanted:
            self._enough.set()

    async def _give_up(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._loop.shutdown_asyncgens()
        await self._loop.shutdown_default_executor()
