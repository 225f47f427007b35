"""Which bytes may go: those of looks that say what the looks before and after them say. No row of a fact goes.

Of each episode the first and the last look keep their bytes, and one a month in between; so does every look that a
change of status rests on. Of looks that told nothing, one a month is kept. What was thinned is a link of the chain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from tracker import evidence
from tracker.evidence import Span
from tracker.facts import Role, State
from tracker.models import Evidence, EvidenceCopy, Measurement, StatusChange, Thinning, Verdict
from tracker.operations import chaining, keeping, rows

KEPT_WHOLE = timedelta(days=90)
"""How long the bytes of every look are kept."""

_AT_REST = timedelta(days=2)
"""A segment is written on the day that its name says, and a little later at most."""

_INSUFFICIENT = State.INSUFFICIENT.value


@dataclass(frozen=True, slots=True)
class Seen:
    """A look of a watch, as far as thinning asks: ``says`` is the same in all looks of an episode."""

    look: UUID
    at: datetime
    state: str
    says: tuple[object, ...]
    is_cause: bool
    """A change of status rests on it."""


@dataclass(frozen=True, slots=True)
class Thinned:
    """What one watch gave up."""

    watch_id: int
    looks: int
    freed: int
    """Bytes in segments, before they are compacted."""


def dispensable(history: Sequence[Seen], *, before: datetime) -> list[Seen]:
    """The looks of one watch, oldest first, whose bytes may go. Pure."""
    conclusive = [seen for seen in history if seen.state != _INSUFFICIENT]
    kept = {seen.look for seen in history if seen.is_cause or seen.at >= before}
    months: set[tuple[str, int, int]] = set()
    episode = 0
    for number, seen in enumerate(conclusive):
        is_first = number == 0 or conclusive[number - 1].says != seen.says
        is_last = number + 1 == len(conclusive) or conclusive[number + 1].says != seen.says
        episode += is_first
        month = (str(episode), seen.at.year, seen.at.month)
        if is_first or is_last or month not in months:
            kept.add(seen.look)
        months.add(month)
    for seen in history:
        month = ("told nothing", seen.at.year, seen.at.month)
        if seen.state == _INSUFFICIENT and month not in months:
            kept.add(seen.look)
            months.add(month)
    return [seen for seen in history if seen.look not in kept]


def thin(*, now: datetime, kept_whole: timedelta = KEPT_WHOLE, dry_run: bool) -> Iterator[Thinned]:
    """Thin watch by watch, then take the bytes out of their segments. A dry run only says what would go."""
    old = Measurement.objects.filter(started_at__lt=now - kept_whole, role=Role.EXPERIMENT.value)
    for watch_id in old.order_by("watch_id").values_list("watch_id", flat=True).distinct():
        looks = [seen.look for seen in dispensable(_history(watch_id), before=now - kept_whole)]
        with transaction.atomic():
            going = _going(watch_id, looks)
            if going and not dry_run:
                _mark(going, now)
        if going:
            yield Thinned(watch_id, len(looks), _size(going))
    if not dry_run:
        take_out(now=now)


def _size(going: Sequence[Evidence]) -> int:
    """Each byte once: a body lies within a capture."""
    return sum(
        row.length or row.size for row in going if not any(keeping.is_within(row, one) for one in going)
    )


def _history(watch_id: int) -> list[Seen]:
    """The experiments of a watch that still have bytes, by their last verdicts."""
    experiments = Measurement.objects.filter(watch=watch_id, role=Role.EXPERIMENT.value)
    verdicts = Verdict.objects.filter(measurement__in=experiments).order_by("id")
    said = {
        pk: (state, rule_id, mechanism, notice)
        for pk, state, rule_id, mechanism, notice in verdicts.values_list(
            "measurement_id", "state", "rule_id", "mechanism", "notice"
        )
    }
    causes = set(
        StatusChange.objects.filter(watch=watch_id).values_list("verdict__measurement_id", flat=True)
    )
    return [
        _seen(look, at, said[pk], pk in causes)
        for pk, look, at in experiments.order_by("started_at", "id").values_list("pk", "look", "started_at")
        if pk in said
    ]


def _seen(
    look: UUID, at: datetime, said: tuple[str, str, str | None, dict[str, object] | None], is_cause: bool
) -> Seen:
    state, rule_id, mechanism, notice = said
    return Seen(look, at, state, (state, rule_id, mechanism, (notice or {}).get("text")), is_cause)


def _going(watch_id: int, looks: Sequence[UUID]) -> list[Evidence]:
    """The kept bytes of these looks that no other look needs, held until the transaction ends."""
    measured = Measurement.objects.filter(watch=watch_id, look__in=looks)
    ids = {pk for pair in measured.values_list("body_id", "capture_id") for pk in pair if pk}
    locked = list(Evidence.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    gone = keeping.gone_among(ids)
    needed = _needed([row.pk for row in locked if row.kind == evidence.BODY], set(looks))
    return [row for row in locked if row.pk not in gone and row.pk not in needed]


def _needed(bodies: Sequence[int], looks: set[UUID]) -> set[int]:
    """The bodies that a look with bytes of its own points at."""
    pointing = Measurement.objects.filter(body__in=bodies).exclude(look__in=looks)
    pairs = list(pointing.values_list("body_id", "capture_id").distinct())
    gone = keeping.gone_among(capture for _, capture in pairs if capture)
    return {body for body, capture in pairs if body and capture not in gone}


def _mark(going: Sequence[Evidence], now: datetime) -> None:
    content = chaining.content_of_thinning(row.sha256 for row in going)
    (link,) = chaining.add_links("thinning", [(uuid4(), content)], at=now)
    rows.insert([Thinning(evidence_id=row.pk, link_id=link.pk, thinned_at=now) for row in going])


def take_out(*, now: datetime) -> int:
    """Remove what was marked from the segments that are at rest. How many were rewritten.

    It may be broken off at any point, and goes on when called again.
    """
    rewritten = 0
    for segment in _segments_with_thinned():
        if segment and _is_at_rest(segment, now):
            rewritten += _compacted(segment, now)
    for row in Evidence.objects.filter(segment="", thinnings__isnull=False).distinct():
        evidence.remove_file(row.sha256)
    return rewritten


def _segments_with_thinned() -> list[str]:
    first = Evidence.objects.filter(thinnings__isnull=False).values_list("segment", flat=True)
    again = EvidenceCopy.objects.filter(evidence__thinnings__isnull=False).values_list("segment", flat=True)
    return sorted({*first.distinct(), *again.distinct()})


def _is_at_rest(segment: str, now: datetime) -> bool:
    day = segment.rpartition("/")[2].partition("-")[0]
    return day < f"{now - _AT_REST:%Y%m%d}"


def _compacted(segment: str, now: datetime) -> bool:
    """Rewrites the segment unless that was done before."""
    kept: list[Span] = []
    thinned: list[Span] = []
    for span, is_kept in _spans(segment):
        (kept if is_kept else thinned).append(span)
    within = [span for span in thinned if evidence.holds(span) and not _covered(span, kept)]
    if within:
        evidence.compact(segment, kept, at=now)
    return bool(within)


def _covered(span: Span, kept: Iterable[Span]) -> bool:
    return any(
        one.offset <= span.offset and span.offset + span.length <= one.offset + one.length for one in kept
    )


def _spans(segment: str) -> Iterator[tuple[Span, bool]]:
    """All that was ever written to a segment, and whether it is still to be kept there."""
    own = list(Evidence.objects.filter(segment=segment))
    copies = list(EvidenceCopy.objects.filter(segment=segment).order_by("id"))
    ids = {row.pk for row in own} | {copy.evidence_id for copy in copies}
    gone = keeping.gone_among(ids)
    again = dict(
        EvidenceCopy.objects.filter(evidence__in=ids).order_by("id").values_list("evidence_id", "pk")
    )
    for row in own:
        span = keeping.span_of(row)
        if span is not None:
            yield span, row.pk not in gone and row.pk not in again
    for copy in copies:
        is_last = again[copy.evidence_id] == copy.pk
        yield Span(segment, copy.offset, copy.length), is_last and copy.evidence_id not in gone
