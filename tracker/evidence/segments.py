"""Files that only grow. Each process writes into one of its own, and nobody ever writes into another's."""

from __future__ import annotations

import json
import os
import secrets
import threading
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tracker.evidence.records import Record, date, new_identity, unpack_first

SEGMENT_BYTES = 256 * 1024 * 1024
"""A segment that has grown so large is followed by another."""


class Missing(RuntimeError):
    """The bytes are not where their row says, or are not what it says."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some bytes of a segment: its name below the evidence folder, and where they lie in it."""

    segment: str
    offset: int
    length: int


class _Segment:
    """A file of this process that is being written."""

    def __init__(self, folder: Path, at: datetime) -> None:
        self.folder, self.day = folder, at.date()
        self.name = f"warc/{at:%Y-%m}/{at:%Y%m%d}-{secrets.token_hex(8)}.warc.gz"
        path = folder / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        self.size = self._write(first_record(at, []))
        for each in (path.parent, path.parent.parent, folder):  # a file's name is its folder's content
            keep_names(each)

    def _write(self, data: bytes) -> int:
        view = memoryview(data)
        while view:
            view = view[os.write(self._file, view) :]
        return len(data)

    def add(self, data: bytes) -> int:
        """Where the bytes begin. They are safe from a power cut after ``keep``."""
        offset = self.size
        self.size += self._write(data)
        return offset

    def keep(self) -> None:
        os.fdatasync(self._file)

    def fits(self, folder: Path, at: datetime) -> bool:
        return self.folder == folder and self.day == at.date() and self.size < SEGMENT_BYTES

    def close(self) -> None:
        os.close(self._file)


_lock = threading.Lock()
_open: _Segment | None = None


def _forget_the_parents_file() -> None:
    global _lock, _open
    _lock = threading.Lock()
    if _open is not None:
        _open.close()
    _open = None


os.register_at_fork(after_in_child=_forget_the_parents_file)


def append(runs: Sequence[bytes], *, at: datetime) -> list[Span]:
    """Keep these bytes for good, with one fsync for all. Raises OSError, and then nothing counts as kept."""
    global _open
    if not runs:
        return []
    with _lock:
        try:
            segment = _current(at)
            start = segment.add(b"".join(runs))
            segment.keep()
        except BaseException:
            # What came out half is never pointed at, and nothing is written after it.
            _leave()
            raise
    spans = []
    for run in runs:
        spans.append(Span(segment.name, start, len(run)))
        start += len(run)
    return spans


def _current(at: datetime) -> _Segment:
    global _open
    folder = Path(settings.EVIDENCE_DIR)
    if _open is None or not _open.fits(folder, at):
        _leave()
        _open = _Segment(folder, at)
    return _open


def _leave() -> None:
    global _open
    if _open is not None:
        _open.close()
    _open = None


def keep_names(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def first_record(at: datetime, moved: Sequence[tuple[int, int, int]]) -> bytes:
    """The record that a segment begins with. ``moved`` is for one that was thinned: offset once, now, and length.

    Offsets of now are counted from the end of this record.
    """
    fields = "software: Stillblocked\r\nformat: WARC File Format 1.1\r\n"
    if moved:
        fields += f"moved: {json.dumps(moved, separators=(',', ':'))}\r\n"
    headers = (("WARC-Date", date(at)), ("Content-Type", "application/warc-fields"))
    return Record("warcinfo", new_identity(), headers, fields.encode()).as_member()


def span_bytes(span: Span) -> bytes:
    """The bytes of a span, wherever they lie by now. Raises ``Missing``."""
    path = Path(settings.EVIDENCE_DIR) / span.segment
    try:
        with path.open("rb") as file:
            offset = offset_now(span, path, os.fstat(file.fileno()).st_ino)
            data = os.pread(file.fileno(), span.length, offset)
    except (OSError, ValueError, KeyError) as error:
        raise Missing(f"{span.segment} cannot be read: {error}.") from error
    if len(data) != span.length:
        raise Missing(f"{span.segment} ends before byte {span.offset + span.length}.")
    return data


def offset_now(span: Span, path: Path, inode: int) -> int:
    """Where the span lies by now. Raises ``Missing`` when the segment was thinned and is without it."""
    moved = _moved(str(path), inode)
    if not moved:
        return span.offset
    once, now, length = moved[max(0, bisect_right(moved, (span.offset, 1 << 62, 0)) - 1)]
    if not once <= span.offset <= span.offset + span.length <= once + length:
        raise Missing(f"{span.segment} does not hold byte {span.offset} any more.")
    return now + span.offset - once


@lru_cache(maxsize=256)
def _moved(path: str, _inode: int) -> tuple[tuple[int, int, int], ...]:
    """What a thinned segment says of the runs that it kept: offset once, offset now, length. It is another inode."""
    with Path(path).open("rb") as file:
        _, block, size = unpack_first(file)
    fields = dict(line.split(": ", 1) for line in block.decode().splitlines() if ": " in line)
    return tuple((once, size + now, length) for once, now, length in json.loads(fields.get("moved", "[]")))
