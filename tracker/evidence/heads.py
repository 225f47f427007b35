"""Ends of the chain that were written down, and what a timestamping authority said of them.

They lie beside the evidence, in files that other programs can check; copies belong elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class WrittenHead:
    """A file with a head as JSON, and the reply of the authority, if there is one."""

    path: Path
    data: bytes
    reply: bytes | None


def write_head(sequence: int, data: bytes, reply: bytes) -> Path:
    """Keep a head and its timestamp; the path of the head."""
    folder = Path(settings.EVIDENCE_DIR) / "heads"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{sequence:012}.json"
    path.with_suffix(".tsr").write_bytes(reply)
    path.write_bytes(data)
    return path


def written_heads() -> Iterator[WrittenHead]:
    """All heads that were kept here, oldest first."""
    for path in sorted((Path(settings.EVIDENCE_DIR) / "heads").glob("*.json")):
        reply = path.with_suffix(".tsr")
        yield WrittenHead(path, path.read_bytes(), reply.read_bytes() if reply.exists() else None)
