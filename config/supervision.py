"""Keeps child processes running until told to stop, and leaves none behind."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from config.tether import Tether

GRACE_SECONDS = 12.0
"""From the signal to stop until a child is killed."""
CALM_SECONDS = 60.0
"""A child that lived this long is restarted as quickly as the first time."""
LONGEST_PAUSE = 30.0


@dataclass
class Child:
    """One process that should run. ``pause`` is how long to wait before it is started again."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 1.0
    again_at: float = field(default=0.0)


class Supervisor:
    """Starts children, restarts those that die, and ends all of them together."""

    def __init__(self, variables: Mapping[str, str], say: Callable[[str], None]) -> None:
        self._tether = Tether()
        self._variables = {**os.environ, **variables, **self._tether.variables}
        self._say = say
        self._children: list[Child] = []
        self._stop = threading.Event()

    def add(self, name: str, command: Sequence[str]) -> None:
        self._children.append(Child(name, command))

    def stop_on(self, *signals: signal.Signals) -> None:
        for number in signals:
            signal.signal(number, lambda *_: self._stop.set())

    def run(self, each_turn: Callable[[], None]) -> None:
        """Until a signal to stop; then no child is left. ``each_turn`` is called several times a second."""
        try:
            while not self._stop.wait(0.1):
                for child in self._children:
                    self._keep(child)
                each_turn()
        finally:
            self._end_all()

    def _keep(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.again_at:
                self._start(child, now)
        elif child.process.poll() is not None:
            # A killed web server leaves workers that still hold its port.
            _kill_group(child.process.pid)
            self._note_death(child, child.process.returncode, now)

    def _start(self, child: Child, now: float) -> None:
        # In a session of its own, so that Ctrl-C in the terminal reaches it once, from us.
        child.process = subprocess.Popen(  # noqa: S603  commands are ours
            child.command,
            env=self._variables,
            start_new_session=True,
            pass_fds=(self._tether.child_end,),
        )
        child.started = now

    def _note_death(self, child: Child, code: int, now: float) -> None:
        if now - child.started > CALM_SECONDS:
            child.pause = 1.0
        self._say(f"The {child.name} process ended ({code}); it starts again in {child.pause:.0f} s.")
        child.process, child.again_at = None, now + child.pause
        child.pause = min(2 * child.pause, LONGEST_PAUSE)

    def _end_all(self) -> None:
        running = [child for child in self._children if child.process and child.process.poll() is None]
        for child in running:
            _signal(child, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for child in running:
            assert child.process
            try:
                child.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._say(f"The {child.name} process did not end in {GRACE_SECONDS:.0f} s and is killed.")
            # Also after a clean end: what it started itself must not outlive it.
            _kill_group(child.process.pid)
            child.process.wait()


def _signal(child: Child, number: signal.Signals) -> None:
    if child.process:
        child.process.send_signal(number)


def _kill_group(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
