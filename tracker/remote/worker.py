"""The worker in another country: ``python -m tracker.remote.worker --name ru-1``.

It takes looks from its own queue and sends back what it saw. It needs the broker's address and nothing else, and does
nothing for whoever holds the broker that it would not do by itself: its own bounds, its own egress guard.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
import warnings
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from celery.exceptions import SecurityWarning
from redis.asyncio import Redis
from redis.exceptions import RedisError

from tracker.facts import Observation
from tracker.probing import Network, RealNetwork, observe

from .broker import celery_app, readable_broker, redis_options
from .messages import TASK, Answer, Desk, Request, read_request, readable_name
from .wire import Malformed

log = logging.getLogger("stillblocked.remote")

ANSWER_KEPT_SECONDS = 120
"""How long an answer lies at the broker; by then nobody waits for it."""
_TRIES_TO_ANSWER = 3


class Looking:
    """One event loop in a thread of its own, in which all looks of this worker are made."""

    def __init__(self, desk: Desk, broker: str, network: Network) -> None:
        self._desk, self._network = desk, network
        self._loop = asyncio.new_event_loop()
        self._redis = Redis.from_url(broker, **redis_options())
        threading.Thread(target=self._loop.run_forever, name="looks", daemon=True).start()

    def look(self, value: Any) -> None:
        """Make the look that is asked for and answer it. Blocks the calling thread, and no other look."""
        asyncio.run_coroutine_threadsafe(self._look(value), self._loop).result()

    async def _look(self, value: Any) -> None:
        request_id = value.get("id") if isinstance(value, dict) else None
        if not isinstance(request_id, str) or not request_id.isalnum():
            log.warning("A request without an id was dropped.")
            return
        answer = await self._answer(request_id, value)
        if answer is not None:
            await self._send(request_id, answer)

    async def _answer(self, request_id: str, value: Any) -> Answer | None:
        """What to say; None when nobody waits any more."""
        try:
            request = read_request(value)
        except Malformed as error:
            log.warning("A request was refused: %s.", error)
            return Answer(refused=f"The worker refused the request: {error}.")
        if not await self._take(request):
            log.warning("A request was dropped: it came too late.")
            return None
        try:
            return Answer(observation=await self._observed(request))
        except Exception as error:  # a bug of ours, or this machine is out of something
            log.exception("A look failed.")
            return Answer(refused=f"The look failed at the worker ({type(error).__name__}).")

    async def _take(self, request: Request) -> bool:
        """Say that the request was taken, unless its time is over by the broker's clock, which home reads as well."""
        both = self._redis.pipeline(transaction=False)
        both.time()
        both.set(self._desk.taken_key(request.id), b"1", ex=ANSWER_KEPT_SECONDS)
        (seconds, micros), _ = await both.execute()
        return bool(seconds + micros / 1e6 <= request.start_by)

    async def _observed(self, request: Request) -> Observation:
        return await observe(
            request.url,
            network=self._network,
            now=datetime.now(UTC),
            limits=request.limits,
            manner=request.manner,
        )

    async def _send(self, request_id: str, answer: Answer) -> None:
        for left in reversed(range(_TRIES_TO_ANSWER)):
            try:
                await self._redis.set(
                    self._desk.answer_key(request_id), answer.as_bytes(), ex=ANSWER_KEPT_SECONDS
                )
                return
            except RedisError as error:
                log.warning("An answer could not be sent (%s); tries left: %d.", type(error).__name__, left)
                await asyncio.sleep(1)


def work(*, name: str, broker: str, at_once: int, network: Network) -> int:
    """Take requests until SIGTERM or Ctrl-C, finish the looks in hand, and return the exit code."""
    desk = Desk(readable_name(name))
    looking = Looking(desk, readable_broker(broker), network)
    app = celery_app(broker, desk)
    app.task(name=TASK)(looking.look)
    # Root or not is for whoever started it; Celery would recommend an option that is not here.
    warnings.simplefilter("ignore", SecurityWarning)
    worker = app.Worker(
        hostname=f"{desk.queue}@%h",
        pool_cls="threads",
        concurrency=at_once,
        loglevel="WARNING",
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


def main(arguments: Sequence[str] | None = None, network: Network | None = None) -> int:
    asked = _parsed(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        broker = readable_broker(asked.broker or _broker_of(os.environ))
        readable_name(asked.name)
    except ValueError as error:
        sys.exit(f"{error}.")
    here = network or RealNetwork(ca_file=os.environ.get("SSL_CERT_FILE"))
    return work(name=asked.name, broker=broker, at_once=asked.at_once, network=here)


def _parsed(arguments: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser(prog="python -m tracker.remote.worker", description=__doc__)
    parser.add_argument("--name", required=True, help="as in the vantage point's worker:NAME")
    parser.add_argument(
        "--broker", help="redis://…; better in STILLBLOCKED_BROKER or the file of STILLBLOCKED_BROKER_FILE"
    )
    parser.add_argument("--at-once", type=int, default=32, help="how many looks at a time (default 32)")
    return parser.parse_args(arguments)


def _broker_of(variables: Mapping[str, str]) -> str:
    """The broker's address from the environment, or from the file that the environment names. Raises ValueError."""
    path = variables.get("STILLBLOCKED_BROKER_FILE")
    if not path:
        return variables.get("STILLBLOCKED_BROKER", "")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"STILLBLOCKED_BROKER_FILE={path}: the file cannot be read ({error})") from error


if __name__ == "__main__":
    sys.exit(main())
