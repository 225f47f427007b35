"""Taking bytes out of a segment. What stays is moved together, and the segment says from where."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings

from tracker.evidence.segments import Missing, Span, first_record, keep_names, offset_now, span_bytes

Run = tuple[int, int]
"""Where a run of bytes once began in its segment, and its length."""


def holds(span: Span) -> bool:
    """Whether the segment still has the bytes, whatever they are by now."""
    path = Path(settings.EVIDENCE_DIR) / span.segment
    try:
        return path.stat().st_size > 0 and offset_now(span, path, path.stat().st_ino) >= 0
    except (OSError, Missing):
        return False


def compact(segment: str, kept: Iterable[Span], *, at: datetime) -> None:
    """Rewrite a segment that nobody writes to any more, with these spans only. Raises ``Missing`` before anything is
    lost, when one of them is not there."""
    path = Path(settings.EVIDENCE_DIR) / segment
    runs = _runs(kept)
    if not runs:
        path.unlink(missing_ok=True)
        return
    pieces = [span_bytes(Span(segment, offset, length)) for offset, length in runs]
    _replace(path, [first_record(at, _moved(runs)), *pieces])


def remove_file(name: str) -> None:
    """Remove a body that lay in a file of its own."""
    (Path(settings.EVIDENCE_DIR) / name[:2] / f"{name}.gz").unlink(missing_ok=True)


def _runs(spans: Iterable[Span]) -> list[Run]:
    """The spans in their order, each byte once: a body lies within a capture."""
    runs: list[Run] = []
    for span in sorted(spans, key=lambda span: span.offset):
        if runs and span.offset <= sum(runs[-1]):
            begin, length = runs[-1]
            runs[-1] = begin, max(length, span.offset + span.length - begin)
        else:
            runs.append((span.offset, span.length))
    return runs


def _moved(runs: Sequence[Run]) -> list[tuple[int, int, int]]:
    moved, now = [], 0
    for once, length in runs:
        moved.append((once, now, length))
        now += length
    return moved


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    """A reader finds the old file or the new one, also after a power cut."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".thinned-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
        keep_names(path.parent)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
