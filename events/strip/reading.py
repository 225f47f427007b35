"""Reads a strip. The database counts and bins the looks, so that ten thousand of them cost a page what ten do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Count,
    F,
    Func,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Value,
    prefetch_related_objects,
)

from events.models import BlockEvent, Order
from events.strip import scale
from events.strip.facts import Cell, Line, Look, Mark, Strip, Territory
from events.together import read_together
from tracker.facts import Role, State
from tracker.models import Measurement, Verdict, Watch

MAX_CELLS = 112
MOST_SLOTS = 48
FEWEST_SLOTS = 14


class Epoch(Func):
    """Whole seconds since 1970."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)", **extra
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s)) AS BIGINT)"
        return self.as_sql(compiler, connection, template=template, **extra)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one vantage point did for one watch."""

    watch_id: int
    vantage_id: int
    vantage: str
    n: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class _Bin:
    slot: int
    state: str
    n: int
    first: datetime
    last: datetime
    newest_id: int


@dataclass(frozen=True, slots=True)
class Watched:
    """The watches of an event's page, and the reads that a strip begins with: whoever reads more joins them."""

    watches: QuerySet[Watch]
    counted: QuerySet[Any, Any]


def watched(event: BlockEvent) -> Watched | None:
    """None when nobody can look: no page is known, or no territory."""
    if event.page is None or event.page.target_id is None:
        return None
    watches = Watch.objects.filter(target_id=event.page.target_id).order_by("territory")
    return Watched(watches, _counted(event.page.target_id))


def read_strip(
    event: BlockEvent, *, now: datetime, begun: tuple[list[Watch], list[Any]] | None = None
) -> Strip | None:
    """The strip of an event's page; None while there is neither a look nor a date to draw.

    Six queries at most, and ``MAX_CELLS`` cells, however many looks there are. ``begun``: what the reads of
    ``watched`` brought, when they were made already.
    """
    if begun is None:
        reads = watched(event)
        begun = tuple(read_together(reads.watches, reads.counted)) if reads else ([], [])  # type: ignore[assignment]
        assert begun is not None
    watches, seen = _own_first(event, begun[0]), _seen(begun[1])
    orders = Prefetch("orders", Order.objects.select_related("authority"))
    prefetch_related_objects([event], orders, "sources", "episodes")
    marks, episodes = _marks(event), tuple(sorted(event.episodes.all(), key=lambda e: e.number))
    dates = [mark.earliest for mark in marks] + [e.began_earliest for e in episodes if e.began_earliest]
    if not seen and not dates:
        return None
    begins, ends = _span(seen, dates, now)
    plan, left_out = _plan(watches, seen)
    slots = max(FEWEST_SLOTS, min(MOST_SLOTS, MAX_CELLS // max(1, len(plan))))
    bins = _bins([w.pk for w in watches], begins, ends, slots) if seen else {}
    territories = _territories(watches, plan, bins)
    return Strip(begins, ends, slots, territories, marks, episodes, left_out)


def _own_first(event: BlockEvent, watches: list[Watch]) -> list[Watch]:
    """The territory of the block first."""
    return sorted(watches, key=lambda watch: watch.territory != event.territory)


def _experiments(watch_ids: Iterable[int]) -> QuerySet[Measurement]:
    return Measurement.objects.filter(watch__in=list(watch_ids), role=Role.EXPERIMENT.value).order_by()


def _counted(target_id: int) -> QuerySet[Any, Any]:
    """What each vantage point did for each watch of a target."""
    watches = Watch.objects.filter(target_id=target_id).order_by()
    looks = Measurement.objects.filter(watch__in=watches.values("pk"), role=Role.EXPERIMENT.value).order_by()
    grouped = looks.values_list("watch_id", "vantage_id", "vantage__name")
    return grouped.annotate(n=Count("pk"), first=Min("started_at"), last=Max("started_at"))


def _seen(rows: Iterable[Any]) -> list[_Seen]:
    return sorted((_Seen(*row) for row in rows), key=lambda seen: (-seen.n, seen.vantage))


def _span(seen: list[_Seen], dates: list[date], now: datetime) -> tuple[datetime, datetime]:
    first = min((s.first for s in seen), default=None)
    return scale.span(first, max((s.last for s in seen), default=None), dates, now)


_Key = tuple[int, int | None]
"""A line: the watch, and the vantage point or None for all of the territory."""


def _plan(watches: list[Watch], seen: list[_Seen]) -> tuple[dict[_Key, str], int]:
    """Which lines there are room for, with the vantage point's name; territories come before their vantage points."""
    lines: dict[_Key, str] = {}
    for watch in watches:
        own = [s for s in seen if s.watch_id == watch.pk]
        lines[watch.pk, None] = own[0].vantage if len(own) == 1 else ""
    for s in seen:
        if sum(other.watch_id == s.watch_id for other in seen) > 1:
            lines[s.watch_id, s.vantage_id] = s.vantage
    room = MAX_CELLS // FEWEST_SLOTS
    return dict(list(lines.items())[:room]), max(0, len(lines) - room)


def _bins(
    watch_ids: Sequence[int], begins: datetime, ends: datetime, slots: int
) -> dict[tuple[int, int], list[_Bin]]:
    """For each watch and vantage point: stretch of time, state, how many, first, last, newest."""
    newest = Verdict.objects.filter(measurement=OuterRef("pk")).order_by("-judged_at", "-pk")
    seconds = max(1, int((ends - begins).total_seconds()))
    since = Epoch(F("started_at")) - Value(int(begins.timestamp()))
    rows = (
        _experiments(watch_ids)
        .annotate(slot=since * Value(slots) / Value(seconds), state=Subquery(newest.values("state")[:1]))
        .values_list("watch_id", "vantage_id", "slot", "state")
        .annotate(n=Count("pk"), first=Min("started_at"), last=Max("started_at"), newest_id=Max("pk"))
    )
    found = defaultdict(list)
    for watch, vantage, slot, state, *rest in rows:
        place = min(max(slot, 0), slots - 1)
        found[watch, vantage].append(_Bin(place, state or State.INSUFFICIENT.value, *rest))
    return found


def _territories(
    watches: list[Watch], plan: dict[_Key, str], bins: dict[tuple[int, int], list[_Bin]]
) -> tuple[Territory, ...]:
    grouped: dict[_Key, dict[int, list[_Bin]]] = {key: _by_slot(_of_line(key, bins)) for key in plan}
    looks = _looks({max(b.newest_id for b in some) for slots in grouped.values() for some in slots.values()})
    codes = {watch.pk: watch.territory for watch in watches}
    lines = {
        key: Line(codes[key[0]], plan[key], tuple(_cell(some, looks) for _, some in sorted(slots.items())))
        for key, slots in grouped.items()
    }
    return tuple(_territory(watch, lines) for watch in watches if (watch.pk, None) in lines)


def _territory(watch: Watch, lines: dict[_Key, Line]) -> Territory:
    under = tuple(line for (pk, vantage), line in lines.items() if pk == watch.pk and vantage is not None)
    return Territory(watch.territory, watch.status, lines[watch.pk, None], under)


def _of_line(key: _Key, bins: dict[tuple[int, int], list[_Bin]]) -> list[_Bin]:
    watch, vantage = key
    if vantage is not None:
        return bins.get((watch, vantage), [])
    return [row for (other, _), rows in bins.items() if other == watch for row in rows]


def _by_slot(rows: list[_Bin]) -> dict[int, list[_Bin]]:
    slots = defaultdict(list)
    for row in rows:
        slots[row.slot].append(row)
    return slots


def _cell(rows: list[_Bin], looks: dict[int, Look]) -> Cell:
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row.state] += row.n
    ordered = tuple(sorted(counts.items(), key=lambda pair: -pair[1]))
    newest = looks[max(row.newest_id for row in rows)]
    return Cell(rows[0].slot, min(row.first for row in rows), max(row.last for row in rows), ordered, newest)


def _looks(ids: set[int]) -> dict[int, Look]:
    names = ("pk", "public_id", "started_at", "vantage__name", "failed_stage", "failure", "http_status")
    judged, measured = read_together(
        Verdict.objects.filter(measurement__in=ids).order_by("judged_at", "pk"),
        Measurement.objects.filter(pk__in=ids).values_list(*names),
    )
    verdicts = {verdict.measurement_id: verdict for verdict in judged}
    return {row[0]: _look(row, verdicts.get(row[0])) for row in measured}


def _look(row: tuple[Any, ...], verdict: Verdict | None) -> Look:
    pk, public_id, started_at, vantage, stage, failure, http_status = row
    notice = verdict.notice if verdict else None
    return Look(
        pk,
        public_id,
        started_at,
        vantage,
        verdict.state if verdict else State.INSUFFICIENT.value,
        verdict.rule_id if verdict else "",
        stage,
        failure,
        http_status,
        None if notice is None else notice.get("order_number") or "",
    )


def _marks(event: BlockEvent) -> tuple[Mark, ...]:
    orders = [
        Mark("order", order.dated_earliest, order.dated_latest or order.dated_earliest, order)
        for order in sorted(event.orders.all(), key=lambda o: (o.dated_earliest or date.max, o.pk))
        if order.dated_earliest
    ]
    sources = [
        Mark(
            "source", source.published_earliest, source.published_latest or source.published_earliest, source
        )
        for source in sorted(event.sources.all(), key=lambda s: (s.published_earliest or date.max, s.pk))
        if source.published_earliest
    ]
    return tuple(orders + sources)
