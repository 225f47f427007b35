"""The side that asks: a look through a worker elsewhere, in place of one from here."""

from __future__ import annotations

import asyncio
import os
import time
import uuid
from datetime import datetime
from functools import cache

from tracker.facts import Failure, Hop, Observation, Stage
from tracker.probing import Limits, Manner
from tracker.probing.target import printable

from .doubting import believed
from .line import Line, Unanswered
from .messages import Desk, Request, read_answer
from .wire import Malformed


async def observe_from(
    url: str,
    *,
    worker: str,
    broker: str,
    now: datetime,
    limits: Limits | None = None,
    manner: Manner | None = None,
) -> Observation:
    """What the worker of that name saw of a URL. That it said nothing, or nonsense, is an observation as well."""
    limits, manner = limits or Limits(), manner or Manner()
    request = Request(id=uuid.uuid4().hex, url=url, start_by=0.0, limits=limits, manner=manner)
    started = time.monotonic()
    try:
        data = await asyncio.wrap_future(_line(broker, os.getpid()).ask(Desk(worker), request))
        answer = read_answer(data)
        if answer.observation is None:
            raise Unanswered(Failure.WORKER_ERROR, answer.refused or "")
        return believed(answer.observation, request, now=now, waited=time.monotonic() - started)
    except Malformed as error:
        failure, words = Failure.WORKER_ERROR, f"The worker's answer was refused: {error}."
    except Unanswered as error:
        failure, words = error.failure, str(error)
    return _unseen(request, now, time.monotonic() - started, failure, words)


@cache
def _line(broker: str, process: int) -> Line:
    """One line for each process: a thread does not survive a fork."""
    return Line(broker)


def _unseen(request: Request, now: datetime, seconds: float, failure: Failure, words: str) -> Observation:
    url = printable(request.url)
    return Observation(
        url=url,
        started_at=now,
        seconds=round(seconds, 4),
        hops=(Hop(url=url),),
        failed_stage=Stage.TCP,
        failure=failure,
        accept_language=request.manner.accept_language,
        detail=printable(words[:500]),
    )
