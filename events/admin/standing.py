"""What stands beside an event's form: the status in words with its rule's reason, and the last looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from events.access.reach import Viewer, within_reach
from events.models import BlockEvent, Page
from events.strip import Drawn, drawn, read_strip
from events.strip.facts import Look
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
    read_at: datetime | None = None


def standing(event: BlockEvent) -> Standing:
    """The present status of an event's page, in a constant number of queries."""
    if event.page is None:
        sentence = _("The page's address is in none of the sources: recorded, not yet checkable.")
        return Standing([], [], sentence)
    if event.page.target_id is None:
        return Standing([], [], _("The territory is not known, so nobody can say from where to look."))
    watches = Watch.objects.filter(target_id=event.page.target_id).order_by("territory")
    reasons = {rule.rule_id: rule.because for rule in rules()}
    lines = [_line(watch, reasons) for watch in watches]
    return Standing(lines, _last_looks(event.page.target_id), "", _last_kept(event.page.target_id))


def presences(event: BlockEvent, viewer: Viewer) -> list[Page]:
    """Where else the group is, as far as the account sees it; ``is_blocked`` is set where an event speaks of it."""
    spoken_of = within_reach(BlockEvent.objects.filter(page=OuterRef("pk")), viewer)
    others = Page.objects.filter(group=event.group_id).exclude(pk=event.page_id or 0)
    pages = within_reach(others, viewer)
    rows = pages.select_related("platform").annotate(is_blocked=Exists(spoken_of))
    return list(rows.order_by("platform__name", "pk")[:MOST_PRESENCES])


def _last_kept(target_id: int) -> Measurement | None:
    kept = Measurement.objects.filter(watch__target_id=target_id).exclude(body=None, capture=None)
    return kept.select_related("body", "capture", "vantage").order_by("-started_at", "-pk").first()


def strip_of(event: BlockEvent, *, now: datetime) -> Drawn | None:
    """The event's strip, each look leading to its measurement."""
    strip = read_strip(event, now=now)
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


def _last_looks(target_id: int) -> list[Glance]:
    measured = Measurement.objects.filter(watch__target_id=target_id).order_by("-started_at", "-pk")
    newest = list(measured.select_related("vantage", "watch")[:LAST_LOOKS])
    judged: dict[int, Verdict] = {}
    for verdict in Verdict.objects.filter(measurement__in=newest).order_by("judged_at", "pk"):
        judged[verdict.measurement_id] = verdict
    return [Glance(row, judged.get(row.pk)) for row in newest]
