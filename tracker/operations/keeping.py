"""From observations to kept bytes and their rows, and from a row to its bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker import evidence
from tracker.evidence import Capture, Missing, Part, Span
from tracker.facts import Observation
from tracker.models import Evidence, EvidenceCopy, Measurement, Thinning
from tracker.operations import rows


class Thinned(Missing):
    """The bytes were removed on purpose."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An observation that is to be kept: with the name of its body, and what its capture says besides."""

    observation: Observation
    body: str | None
    about: evidence.About


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written of one observation, and where."""

    capture: Capture
    span: Span
    body: str | None

    def span_of(self, part: Part) -> Span:
        return Span(self.span.segment, self.span.offset + part.offset, part.length)


def keep(asked: Sequence[Asked], *, at: datetime) -> tuple[list[Kept], dict[str, int]]:
    """Write the bytes of these observations, with one fsync for all. Bytes that are kept already are not repeated; the
    ids of their rows come back, too.

    Call before the transaction that stores the rows: bytes without a row are harmless, a row without bytes is not.
    """
    before = _kept_already(asked)
    known = set(before)
    captures = []
    for one in asked:
        capture = evidence.capture_of(one.observation, one.body, one.about, known.__contains__)
        known.update(part.sha256 for part in capture.parts)
        captures.append(capture)
    spans = evidence.append([capture.data for capture in captures], at=at)
    return [Kept(*one) for one in zip(captures, spans, (one.body for one in asked), strict=True)], before


def _kept_already(asked: Iterable[Asked]) -> dict[str, int]:
    names = {one.body for one in asked if one.body} | evidence.names_in(one.observation for one in asked)
    found: dict[str, int] = dict(rows.lookup(Evidence, ("sha256", "id"), by="sha256", among=names))
    gone = gone_among(found.values())
    return {name: pk for name, pk in found.items() if pk not in gone}


def gone_among(ids: Iterable[int]) -> set[int]:
    """Those that were thinned, and have not been met again since."""
    balance = Counter(
        pk for (pk,) in rows.lookup(Thinning, ("evidence_id",), by="evidence_id", among=set(ids))
    )
    again = rows.lookup(EvidenceCopy, ("evidence_id",), by="evidence_id", among=balance.keys())
    balance.subtract(pk for (pk,) in again)
    return {pk for pk, times in balance.items() if times > 0}


def add_rows(
    kept: Sequence[Kept], known: dict[str, int], *, at: datetime
) -> tuple[dict[str, int], dict[str, int]]:
    """The rows of what was written: the ids of bodies by their SHA-256, and those of captures by theirs."""
    captures = [
        _row(evidence.CAPTURE, one.capture.sha256, len(one.capture.data), one.span, at) for one in kept
    ]
    rows.insert(captures)
    bodies = known | _add_parts(kept, at)
    return bodies, {row.sha256: row.pk for row in captures}


def _add_parts(kept: Sequence[Kept], at: datetime) -> dict[str, int]:
    """Rows of bodies and certificates that were written; another process may have been quicker."""
    parts = {part.sha256: (part, one.span_of(part)) for one in kept for part in one.capture.parts}
    if not parts:
        return {}
    # In one order everywhere, so that no two who add the same wait for each other.
    written = [found for _, found in sorted(parts.items())]
    new = [_row(part.kind, part.sha256, part.size, span, at, part.media_type) for part, span in written]
    rows.insert(new, skip_known=True)
    added = {row.sha256: row for row in Evidence.objects.filter(sha256__in=list(parts))}
    _copy_what_had_gone(added, parts, at)
    return {name: row.pk for name, row in added.items()}


def _row(kind: str, name: str, size: int, span: Span, at: datetime, media_type: str = "") -> Evidence:
    return rows.made(
        Evidence,
        sha256=name,
        kind=kind,
        size=size,
        media_type=rows.storable(media_type),
        segment=span.segment,
        offset=span.offset,
        length=span.length,
        stored_at=at,
    )


def _copy_what_had_gone(
    found: dict[str, Evidence], parts: dict[str, tuple[Part, Span]], at: datetime
) -> None:
    """Bytes that were written again, although they have a row: because they had been thinned, or by two at once."""
    again = {found[name].pk: span for name, (_, span) in parts.items() if span_of(found[name]) != span}
    gone = sorted(gone_among(again)) if again else []
    spans = ((pk, again[pk]) for pk in gone)
    rows.insert(
        [
            EvidenceCopy(
                evidence_id=pk, segment=span.segment, offset=span.offset, length=span.length, stored_at=at
            )
            for pk, span in spans
        ]
    )


class ThinnedMeanwhile(RuntimeError):
    """A body that was kept when we looked has been thinned since."""


def ensure_kept(ids: Iterable[int]) -> None:
    """Call when rows that point at these bodies have been added, in the same transaction. Raises ThinnedMeanwhile."""
    # Whoever thins holds the row of the body first, and then asks who points at it.
    if gone := gone_among(ids):
        raise ThinnedMeanwhile(f"{len(gone)} bodies")


def read(row: Evidence) -> bytes:
    """The bytes of a row, as its name promises them. Raises ``Thinned``; ``Missing`` when they are lost or changed."""
    return reader([row])(row)


def warc_of(measurement: Measurement) -> bytes:
    """The whole look that a measurement belongs to, as a WARC file: its captures, and the records that they refer to.

    Raises ``Missing``, also when the captures were thinned.
    """
    look = Measurement.objects.filter(watch=measurement.watch_id, look=measurement.look)
    look = look.select_related("capture", "body").order_by("id")
    captures = [row.capture for row in look if row.capture]
    bytes_of = reader(captures)
    records = [evidence.first_record(measurement.started_at, [])]
    records += [bytes_of(capture) for capture in captures]
    others = {row.body.sha256: row.body for row in look if row.body}
    hops = (hop for row in look for hop in row.facts["hops"] if hop["tls"])
    names = {name for hop in hops for name in hop["tls"]["chain_sha256"]}
    others |= {row.sha256: row for row in Evidence.objects.filter(sha256__in=names)}
    elsewhere = [row for row in others.values() if not any(is_within(row, capture) for capture in captures)]
    return b"".join(records + _records_of(elsewhere))


def is_within(row: Evidence, capture: Evidence) -> bool:
    """Whether a body or certificate lies in the bytes of that capture."""
    own, whole = span_of(row), span_of(capture)
    if row.pk == capture.pk or capture.kind != evidence.CAPTURE:
        return False
    if own is None or whole is None or own.segment != whole.segment:
        return False
    return whole.offset <= own.offset < whole.offset + whole.length


def _records_of(found: Sequence[Evidence]) -> list[bytes]:
    """The records as they lie in their segments; a body in a file of its own has none."""
    copies = _copies(found)
    spans = (copies.get(row.pk) or span_of(row) for row in found if row.pk not in gone_among([row.pk]))
    return [evidence.span_bytes(span) for span in spans if span is not None]


def _copies(found: Iterable[Evidence]) -> dict[int, Span]:
    """Where those lie that had been thinned and were met again."""
    copies = EvidenceCopy.objects.filter(evidence__in=[row.pk for row in found]).order_by("id")
    return {copy.evidence_id: Span(copy.segment, copy.offset, copy.length) for copy in copies}


def reader(found: Sequence[Evidence]) -> Callable[[Evidence], bytes]:
    """``read`` for many, with one question to the database about all of them."""
    gone = gone_among(row.pk for row in found)
    copies = _copies(found)

    def read_one(row: Evidence) -> bytes:
        if row.pk in gone:
            raise Thinned(f"Evidence {row.sha256} was thinned.")
        return _read(row, copies.get(row.pk))

    return read_one


def span_of(row: Evidence) -> Span | None:
    """Where the bytes were first written; None for a file of their own."""
    if not row.segment or row.offset is None or row.length is None:
        return None
    return Span(row.segment, row.offset, row.length)


def _read(row: Evidence, copy: Span | None) -> bytes:
    span = copy or span_of(row)
    if span is None:
        return evidence.read_file(row.sha256)
    if row.kind == evidence.CAPTURE:
        return evidence.read_bytes(span, row.sha256)
    return evidence.read_body(span, row.sha256, row.size)
