"""A child ends when its parent has gone, however the parent went: each holds one end of a pipe.

Works wherever there are pipes; a killed parent's end is closed by the kernel.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable

VARIABLE = "TETHER_FD"
"""Tells a child which file descriptor its end of the pipe is."""


class Tether:
    """The parent's side. Start each child with ``pass_fds=(tether.child_end,)`` and ``tether.variables``."""

    def __init__(self) -> None:
        # The other end is not inheritable: if a child held it too, the pipe would never close.
        self.child_end, self._own_end = os.pipe()

    @property
    def variables(self) -> dict[str, str]:
        return {VARIABLE: str(self.child_end)}


def end_with_parent(end: Callable[[], None] = lambda: os.kill(os.getpid(), signal.SIGTERM)) -> None:
    """In a child: calls ``end`` once the parent has gone. Without a tether it does nothing."""
    descriptor = os.environ.get(VARIABLE)
    if descriptor:
        threading.Thread(target=_wait, args=(int(descriptor), end), daemon=True, name="tether").start()


def _wait(descriptor: int, end: Callable[[], None]) -> None:
    # Nothing is ever written; reading returns when the last writer has closed.
    os.read(descriptor, 1)
    end()
