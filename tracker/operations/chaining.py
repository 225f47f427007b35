"""The chain over all that was stored: each link holds the one before, so that nothing can be changed unnoticed.

One writer at a time adds links, in the transaction that stores what they are about.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection

from tracker.models import ChainLink, Measurement
from tracker.operations import rows

FIRST = "0" * 64
"""What stands before the first link."""

_LOCK = 0x5711_B10C
"""The number of PostgreSQL's lock on the end of the chain; any, as long as nothing else has it."""


def content_of_look(measured: Iterable[tuple[Measurement, str | None, str | None]]) -> str:
    """The SHA-256 of what was stored of one look: each measurement with the names of its body and its capture.

    It is the same from the rows as they are read back, on any database. Verdicts are not part of it: new rules add
    some.
    """
    digest = hashlib.sha256()
    for row, body, capture in sorted(measured, key=lambda one: one[0].role):
        digest.update(_canonical(row, body, capture).encode("ascii"))
    return digest.hexdigest()


def _canonical(row: Measurement, body: str | None, capture: str | None) -> str:
    plain = [
        row.public_id,
        row.watch_id,
        row.vantage_id,
        row.role,
        str(row.look),
        row.control_id,
        row.started_at.astimezone(UTC).isoformat(),
        float(row.seconds),
        row.failed_stage,
        row.failure,
        row.http_status,
        row.final_url,
        row.title,
        body,
        capture,
        row.canary_ok,
        row.canary_faults,
        row.outside,
        row.schema_version,
    ]
    facts = row.facts if isinstance(row.facts, rows.Encoded) else rows.encoded(row.facts)
    return f"{json.dumps(plain)}\n{facts}\n"


def content_of_thinning(names: Iterable[str]) -> str:
    """The SHA-256 of which bytes were thinned."""
    return hashlib.sha256("\n".join(sorted(names)).encode("ascii")).hexdigest()


def link_sha256(previous: str, link: ChainLink) -> str:
    """What a link must be, after the one whose SHA-256 is ``previous``."""
    parts = (
        previous,
        str(link.sequence),
        link.kind,
        str(link.subject),
        link.at.astimezone(UTC).isoformat(),
        link.content,
    )
    return hashlib.sha256("\n".join(parts).encode("ascii")).hexdigest()


def _last() -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequence, sha256 FROM tracker_chainlink ORDER BY sequence DESC LIMIT 1")
        return cursor.fetchone() or (0, FIRST)


def add_links(kind: str, subjects: Sequence[tuple[UUID, str]], *, at: datetime) -> list[ChainLink]:
    """Add a link for each subject and its content. Call last in a transaction: until its end nobody else can."""
    if not subjects:
        return []
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    sequence, previous = _last()
    links = []
    for subject, content in subjects:
        sequence += 1
        link = rows.made(ChainLink, sequence=sequence, kind=kind, subject=subject, content=content, at=at)
        link.sha256 = previous = link_sha256(previous, link)
        links.append(link)
    rows.insert(links)
    return links
