"""The line to the workers: one thread of a process puts requests into their queues and fetches the answers.

It asks again and again whether an answer has come, rather than to block for it: what a captured worker left there
is measured before it is fetched, and a connection that broke off costs one turn.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace

import structlog
from celery import Celery
from kombu.exceptions import OperationalError
from redis import Redis
from redis.exceptions import ConnectionError, RedisError, TimeoutError

from tracker.facts import Failure

from .broker import celery_app, redis_options
from .messages import LARGEST_ANSWER, TASK, Desk, Request

log = structlog.get_logger(__name__)

SECONDS_TO_START = 10.0
"""How long a request may lie in its queue: after as many seconds a worker is noticed to be away."""
SECONDS_TO_ANSWER = 10.0
"""What an answer may take on its way, beyond the seconds of the look."""
LONGEST_QUEUE = 500
"""Requests that nobody has taken; more are not put there."""
_TURN_SECONDS, _TURN_SECONDS_EACH = 0.02, 0.0002
"""Between two turns, and for each that waits."""
_SECONDS_AFTER_A_FAULT = 0.5
_IDLE_SECONDS = 5.0
_BROKER_FAULTS = (ConnectionError, TimeoutError, OSError)


class Unanswered(Exception):
    """No observation came from the worker. The message says why."""

    def __init__(self, failure: Failure, message: str) -> None:
        super().__init__(message)
        self.failure = failure


@dataclass(slots=True)
class _Asked:
    """A request on its way, and when it is given up, by this machine's steady clock."""

    desk: Desk
    request: Request
    future: Future[bytes]
    give_up_at: float
    is_taken: bool = False

    def fail(self, message: str, failure: Failure = Failure.WORKER_UNANSWERED) -> None:
        self.future.set_exception(Unanswered(failure, message))


class Line:
    """Its thread lives while somebody waits, and a little longer."""

    def __init__(self, broker: str) -> None:
        self._broker = broker
        self._new: queue.SimpleQueue[_Asked] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._is_running = False

    def ask(self, desk: Desk, request: Request) -> Future[bytes]:
        """What the worker answers, or Unanswered. May be called from any thread; the future cannot be cancelled."""
        asked = _Asked(desk, request, Future(), time.monotonic() + SECONDS_TO_START)
        asked.future.set_running_or_notify_cancel()
        with self._lock:
            self._new.put(asked)
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="remote-workers", daemon=True).start()
        return asked.future

    def _run(self) -> None:
        waiting: list[_Asked] = []
        with _Counter(self._broker) as counter:
            while waiting or self._somebody_comes(waiting):
                self._let_in(waiting)
                seconds = counter.serve(waiting)
                waiting = [asked for asked in waiting if not asked.future.done()]
                time.sleep(seconds if waiting else 0)

    def _somebody_comes(self, waiting: list[_Asked]) -> bool:
        """Waits for a while. False when nobody came; whoever comes after that starts another thread."""
        try:
            waiting.append(self._new.get(timeout=_IDLE_SECONDS))
        except queue.Empty:
            with self._lock:
                self._is_running = not self._new.empty()
                return self._is_running
        return True

    def _let_in(self, waiting: list[_Asked]) -> None:
        while not self._new.empty():
            waiting.append(self._new.get())


class _Counter:
    """Where the line meets the broker; used by one thread."""

    def __init__(self, broker: str) -> None:
        self._broker = broker
        self._redis = Redis.from_url(broker, **redis_options())
        self._apps: dict[Desk, Celery] = {}
        self._sent: set[str] = set()
        self._is_cut_off = False

    def __enter__(self) -> _Counter:
        return self

    def __exit__(self, *_: object) -> None:
        self._redis.close()
        for app in self._apps.values():
            app.close()

    def serve(self, waiting: list[_Asked]) -> float:
        """One turn for everybody, and in how many seconds the next is due."""
        seconds = _TURN_SECONDS + _TURN_SECONDS_EACH * len(waiting)
        try:
            for asked in waiting:
                if asked.request.id not in self._sent:
                    self._alone(self._send, asked)
            self._fetch([asked for asked in waiting if not asked.future.done()])
        except _BROKER_FAULTS as error:
            log.warning("remote_broker_fault", error=type(error).__name__)
            seconds, self._is_cut_off = _SECONDS_AFTER_A_FAULT, True
        else:
            self._is_cut_off = False
        self._give_up(waiting)
        return seconds

    def _alone(self, act: Callable[[_Asked], None], asked: _Asked) -> None:
        """What is wrong with one worker's keys stays with those who ask it; a captured worker can spoil its own."""
        try:
            act(asked)
        except _BROKER_FAULTS:
            raise
        except (
            OperationalError
        ) as error:  # a connection of Celery's that broke off: the next turn has another
            log.warning("remote_request_delayed", worker=asked.desk.name, error=str(error)[:200])
        except Exception as error:
            log.exception("remote_request_failed", worker=asked.desk.name)
            asked.fail(f"The worker could not be asked ({type(error).__name__}).", Failure.WORKER_ERROR)

    def _send(self, asked: _Asked) -> None:
        # The deadline is in the broker's time, which the worker can read as well: clocks far away may be wrong.
        both = self._redis.pipeline(transaction=False)
        both.time()
        both.llen(asked.desk.queue_key)
        (seconds, micros), queued = both.execute()
        if queued >= LONGEST_QUEUE:
            asked.fail(f"{queued} requests lie in the worker's queue already.")
            return
        left = max(0.0, asked.give_up_at - time.monotonic())
        request = replace(asked.request, start_by=seconds + micros / 1e6 + left)
        self._app(asked.desk).send_task(TASK, args=[request.as_json()], retry=False)
        self._sent.add(request.id)

    def _app(self, desk: Desk) -> Celery:
        if desk not in self._apps:
            self._apps[desk] = celery_app(self._broker, desk)
        return self._apps[desk]

    def _fetch(self, waiting: list[_Asked]) -> None:
        measured = self._redis.pipeline(transaction=False)
        for asked in waiting:
            measured.strlen(asked.desk.answer_key(asked.request.id))
        for asked, size in zip(waiting, measured.execute(raise_on_error=False), strict=True):
            if isinstance(size, RedisError) or size > LARGEST_ANSWER:
                asked.fail("The worker left what is no answer.", Failure.WORKER_ERROR)
            elif size:
                self._alone(self._hand_over, asked)

    def _hand_over(self, asked: _Asked) -> None:
        key = asked.desk.answer_key(asked.request.id)
        both = self._redis.pipeline(transaction=False)
        both.getrange(key, 0, LARGEST_ANSWER)
        both.delete(key, asked.desk.taken_key(asked.request.id))
        data, _ = both.execute()
        asked.future.set_result(data)

    def _give_up(self, waiting: list[_Asked]) -> None:
        """Whoever has waited long enough goes, unless the worker took the request: then it has time to look."""
        now = time.monotonic()
        for asked in waiting:
            if not asked.future.done() and now > asked.give_up_at and not self._gains_time(asked):
                asked.fail(self._why_nothing_came(asked))
            if asked.future.done():
                self._sent.discard(asked.request.id)

    def _why_nothing_came(self, asked: _Asked) -> str:
        if self._is_cut_off:
            return "The broker of the remote workers cannot be reached."
        done = "took the request and did not answer" if asked.is_taken else "did not take the request"
        return f"The worker {done} in time."

    def _gains_time(self, asked: _Asked) -> bool:
        try:
            if asked.is_taken or not self._redis.exists(asked.desk.taken_key(asked.request.id)):
                return False
        except RedisError:
            return False
        asked.is_taken = True
        asked.give_up_at += asked.request.limits.total_seconds + SECONDS_TO_ANSWER
        return True
