"""Uploaded files: under random names in a folder of the data, for nobody else to read, and gone when they are done.

How far a worker is stands in a file beside: while it stores, it holds the only writer's place in a small database.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

_EVERY = 0.5
"""Seconds between two notes of the progress."""


def folder() -> Path:
    found = Path(settings.DATA_DIR) / "imports"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def keep(chunks: Iterable[bytes]) -> str:
    """Store a file. The name under which it stands."""
    name = secrets.token_urlsafe(24)
    handle = os.open(path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            file.write(chunk)
    return name


def path(name: str) -> Path:
    return folder() / name


def forget(name: str) -> None:
    if name:
        path(name).unlink(missing_ok=True)
        _progress_path(name).unlink(missing_ok=True)


def sweep(needed: set[str], *, older_than: float) -> int:
    """Delete what no upload needs any more and is older than some seconds. How many files went."""
    gone = 0
    for file in folder().iterdir():
        is_old = file.stat().st_mtime < time.time() - older_than
        if file.name.removesuffix(".progress") not in needed and is_old:
            file.unlink(missing_ok=True)
            gone += 1
    return gone


class Progress:
    """Notes how far a worker is, at most twice a second."""

    def __init__(self, name: str) -> None:
        self._path, self._next = _progress_path(name), 0.0

    def __call__(self, step: str, done: int, total: int | None) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _EVERY
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps({"step": step, "done": done, "total": total}), encoding="ascii")
        part.replace(self._path)


def progress(name: str) -> dict[str, Any]:
    """``step``, ``done`` and ``total``; empty when nothing was noted."""
    try:
        return dict(json.loads(_progress_path(name).read_text(encoding="ascii"))) if name else {}
    except (OSError, ValueError):
        return {}


def _progress_path(name: str) -> Path:
    return folder() / f"{name}.progress"
