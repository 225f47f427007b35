"""Write-once files named by their SHA-256. No models: the rows are the operations' business."""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
import zlib
from pathlib import Path

from django.conf import settings


class Missing(RuntimeError):
    """The bytes are not where their name says, or are not what it says."""


def name_of(body: bytes) -> str:
    """The SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def put(body: bytes) -> str:
    """Keep bytes for good; returns their name. The same bytes twice are one file."""
    name = name_of(body)
    path = _path(name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, gzip.compress(body, 6, mtime=0))
    return name


def read(name: str) -> bytes:
    """The bytes of that name. Raises ``Missing`` when they are gone or were changed."""
    try:
        body = gzip.decompress(_path(name).read_bytes())
    except (OSError, EOFError, zlib.error) as error:  # a bad header is an OSError
        raise Missing(f"Evidence {name} cannot be read: {error}.") from error
    if name_of(body) != name:
        raise Missing(f"Evidence {name} was changed: its bytes have another SHA-256.")
    return body


def _path(name: str) -> Path:
    return Path(settings.EVIDENCE_DIR) / name[:2] / f"{name}.gz"


def _write_whole(path: Path, content: bytes) -> None:
    """A reader sees the whole file or none, and a power cut after the return loses neither."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
        _keep_names(path.parent)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _keep_names(folder: Path) -> None:
    """A file's name is the folder's content, and the folder's own name is that of the one above."""
    for each in (folder, folder.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
