"""Taking in fingerprints, and having those that count at hand.

A worker keeps the compiled set; ``refresh_fingerprints`` asks the database which set counts (one short query) and
compiles only when that has changed, so that a new set is used without a restart.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tracker.judging.fingerprints import BUILT_IN_INDEX, Fingerprint, FingerprintIndex, Kind, Scope
from tracker.judging.fingerprints.reading import (
    FingerprintFile,
    NeverMatches,
    Wrong,
    read_fingerprints,
)
from tracker.judging.verdict import version_with
from tracker.models import FingerprintRow, FingerprintSet

FILE_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FingerprintImport:
    """What became of one file. ``set`` is the name that verdicts quote; ``version`` what ``rules_version`` ends with
    from now on; ``created`` is false when the very same file was there already, or when nothing was stored."""

    file: str
    set: str | None
    kind: str | None
    rows: int
    kept: int
    created: bool
    active: bool
    version: str | None
    never: tuple[NeverMatches, ...]
    errors: tuple[Wrong, ...]


def import_fingerprints(
    *, file: str, content: bytes, by: str, now: datetime, dry_run: bool = False
) -> FingerprintImport:
    """Store a file as a set and make it the one that is used, whole or not at all. The same file again stores nothing,
    and makes its set the one that is used."""
    if len(content) > FILE_BYTES:
        return _refused(file, Wrong(None, None, f"The file has more than {FILE_BYTES} bytes."))
    found = read_fingerprints(content)
    if found.errors:
        return _refused(file, *found.errors, rows=found.rows)
    sha256 = hashlib.sha256(content).hexdigest()
    if dry_run:
        is_new = not FingerprintSet.objects.filter(sha256=sha256).exists()
        return _summary(file, sha256, found, created=is_new, active=False)
    with transaction.atomic():
        created = _stored(sha256, found, file, by, now)
    return _summary(file, sha256, found, created=created, active=True)


def _refused(file: str, *errors: Wrong, rows: int = 0) -> FingerprintImport:
    return FingerprintImport(file, None, None, rows, 0, False, False, None, (), errors)


def _summary(
    file: str, sha256: str, found: FingerprintFile, *, created: bool, active: bool
) -> FingerprintImport:
    version = refresh_fingerprints().version if active else None
    rows, kept = found.rows, len(found.kept)
    return FingerprintImport(
        file, sha256[:8], found.kind, rows, kept, created, active, version, found.never, ()
    )


def _stored(sha256: str, found: FingerprintFile, file: str, by: str, now: datetime) -> bool:
    """Whether the set is new."""
    row, created = FingerprintSet.objects.get_or_create(
        sha256=sha256,
        defaults={
            "kind": found.kind,
            "file_name": file[-255:],
            "n_rows": found.rows,
            "n_kept": len(found.kept),
            "never": [{"row": one.row, "name": one.name, "why": one.why} for one in found.never],
            "imported_at": now,
            "imported_by": by,
            "active_since": now,
        },
    )
    if created:
        rows = (_row(row, number, one) for number, one in found.kept)
        FingerprintRow.objects.bulk_create(rows, batch_size=500)
    else:
        FingerprintSet.objects.filter(pk=row.pk).update(active_since=now)
    return created


def _row(set_: FingerprintSet, number: int, one: Fingerprint) -> FingerprintRow:
    return FingerprintRow(
        set=set_,
        number=number,
        name=one.name,
        scope=one.scope.value,
        place=one.place,
        kind=one.kind.value,
        pattern=one.pattern,
        countries=list(one.countries),
        source=one.source,
    )


class _AtHand:
    """What this process has compiled, and of which sets."""

    names: tuple[str, ...] = ()
    index: FingerprintIndex = BUILT_IN_INDEX


def fingerprints_at_hand() -> FingerprintIndex:
    """The fingerprints as of the last ``refresh_fingerprints`` of this process. Touches no database."""
    return _AtHand.index


def refresh_fingerprints() -> FingerprintIndex:
    """The fingerprints that count now: the built-in ones, and of each kind the set that was made active last."""
    names = _active()
    if names != _AtHand.names:
        _AtHand.index = FingerprintIndex.of({name: _loaded(name) for name in names})
        _AtHand.names = names
    return _AtHand.index


def present_version() -> str:
    """The version of the rules with that of the fingerprints at hand, as verdicts carry it."""
    return version_with(_AtHand.index)


def _active() -> tuple[str, ...]:
    newest = FingerprintSet.objects.order_by("active_since", "pk").values_list("kind", "sha256")
    return tuple(sorted(dict(newest).values()))


def _loaded(sha256: str) -> list[Fingerprint]:
    rows = FingerprintRow.objects.filter(set__sha256=sha256).order_by("number")
    return [
        Fingerprint(
            row.name,
            Scope(row.scope),
            row.place,
            Kind(row.kind),
            row.pattern,
            tuple(row.countries),
            row.source,
        )
        for row in rows
    ]
