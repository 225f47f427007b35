"""What stands beside an event's form: the status in words with its rule's reason, and the last looks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from events.access.reach import Viewer, within_reach
from events.models import BlockEvent, Page
from events.strip import Drawn, drawn, read_strip, watched
from events.strip.facts import Look
from events.together import read_together
from tracker.models import Measurement, Verdict, Watch
from tracker.operations import rules

LAST_LOOKS = 10
MOST_PRESENCES = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One territory: its status, why, and why no look is made where none is."""

    watch: Watch
    because: str
    held_because: str
    is_held: bool


@dataclass(frozen=True, slots=True)
class Glance:
    """One look, as one line."""

    measurement: Measurement
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that is known of an event's page; ``why_none`` says in a sentence why nothing is."""

    lines: list[Line]
    looks: list[Glance]
    why_none: str
    evidence: Measurement | None = None
    """The last look of which bytes were kept."""
    begun: tuple[list[Watch], list[Any]] = field(default_factory=lambda: ([], []))
    """What was read for the strip on the way."""


def standing(event: BlockEvent) -> Standing:
    """The present status of an event's page, in one query."""
    if event.page is None:
        sentence = _("The page's address is in none of the sources: recorded, not yet checkable.")
        return Standing([], [], sentence)
    reads = watched(event)
    if reads is None or event.page.target_id is None:
        return Standing([], [], _("The territory is not known, so nobody can say from where to look."))
    looks = _of_target(event.page.target_id).select_related("vantage")[:LAST_LOOKS]
    watches, counted, looks_made, verdicts, kept = read_together(
        reads.watches, reads.counted, looks, _verdicts(looks), _last_kept(event.page.target_id)
    )
    reasons = {rule.rule_id: rule.because for rule in rules()}
    lines = [_line(watch, reasons) for watch in watches]
    evidence = next(iter(kept), None)
    return Standing(lines, _glances(looks_made, verdicts), "", evidence, (watches, counted))


def presences(event: BlockEvent, viewer: Viewer) -> QuerySet[Page]:
    """Where else the group is, as far as the account sees it; ``is_blocked`` is set where an event speaks of it."""
    spoken_of = within_reach(BlockEvent.objects.filter(page=OuterRef("pk")), viewer)
    others = Page.objects.filter(group=event.group_id).exclude(pk=event.page_id or 0)
    pages = within_reach(others, viewer)
    rows = pages.select_related("platform").annotate(is_blocked=Exists(spoken_of))
    return rows.order_by("platform__name", "pk")[:MOST_PRESENCES]


def _of_target(target_id: int) -> QuerySet[Measurement]:
    return Measurement.objects.filter(watch__target_id=target_id).order_by("-started_at", "-pk")


def _last_kept(target_id: int) -> QuerySet[Measurement]:
    kept = _of_target(target_id).exclude(body=None, capture=None)
    return kept.select_related("body", "capture", "vantage")[:1]


def strip_of(event: BlockEvent, stands: Standing, *, now: datetime) -> Drawn | None:
    """The event's strip, each look leading to its measurement."""
    strip = read_strip(event, now=now, begun=stands.begun)
    return drawn(strip, link=_look_page) if strip else None


def _look_page(look: Look) -> str:
    return reverse("admin:tracker_measurement_change", args=[look.pk])


def _line(watch: Watch, reasons: dict[str, str]) -> Line:
    status, held = watch.status_rule_id or "", watch.held_rule_id or ""
    return Line(watch, reasons.get(status) or unsettled(watch), reasons.get(held, ""), bool(held))


def unsettled(watch: Watch) -> str:
    """Why a watch that was looked at has no status yet."""
    if watch.n_measurements and not watch.status_rule_id:
        return _("No status is settled yet: enough looks have to agree first.")
    return ""


def _verdicts(looks: QuerySet[Measurement]) -> QuerySet[Verdict]:
    newest = Subquery(looks.select_related(None).values("pk"))
    return Verdict.objects.filter(measurement__in=newest).order_by("judged_at", "pk")


def _glances(looks: list[Measurement], verdicts: list[Verdict]) -> list[Glance]:
    """Each look with the last verdict on it."""
    judged = {verdict.measurement_id: verdict for verdict in verdicts}
    return [Glance(look, judged.get(look.pk)) for look in looks]
