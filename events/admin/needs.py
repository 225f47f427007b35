"""What an event waits for: a filter by "needs me"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.access import reach
from events.admin.filters import ChoiceFilter
from events.models import BlockEvent, OrderProposal, ProposedCorrection, SeenChange, Source, Twin
from tracker.facts import State
from tracker.models import StatusChange, Watch

CHANGED = timedelta(days=14)
"""So long a change of status is news, unless somebody looked at it."""
STALE = timedelta(days=30)
"""Twice the longest wait between two looks."""
EXPECTED = [State.BLOCKED.value, State.LIKELY_BLOCKED.value, State.REMOVED.value]
"""A first status of these only confirms what was recorded."""

NEEDS = (
    ("mine", _("my drafts")),
    ("review", _("awaiting review")),
    ("changed", _("status just changed")),
    ("unsourced", _("without source")),
    ("duplicates", _("duplicates")),
    ("stale", _("no look for long")),
    ("proposals", _("a notice proposes an order")),
    ("corrections", _("a correction waits for a second person")),
)


class NeedsFilter(ChoiceFilter):
    title = _("needs")
    parameter_name = "needs"

    def options(self) -> Sequence[tuple[str, Any]]:
        return NEEDS

    def condition(self, value: str) -> Q:
        return needing(value, self.request)


def needing(value: str, request: HttpRequest) -> Q:
    """The events that need it, as one condition without a join that repeats rows."""
    match value:
        case "mine":
            return Q(publication="draft", created_by=request.user.pk)
        case "review":
            return Q(publication="in_review")
        case "changed":
            return Q(watch__in=_just_changed())
        case "unsourced":
            return ~Q(publication="withdrawn") & Q(~Exists(Source.objects.filter(event=OuterRef("pk"))))
        case "duplicates":
            pairs = _twins(request)
            return Q(pk__in=pairs.values("event")) | Q(pk__in=pairs.values("other"))
        case "stale":
            return Q(watch__in=_stale())
        case "proposals":
            return Q(pk__in=OrderProposal.objects.filter(state="open").values("event"))
        case "corrections":
            return Q(pk__in=ProposedCorrection.objects.filter(state="open").values("event"))
    raise ValueError(value)


def _twins(request: HttpRequest) -> Any:
    """Pairs of which the account may see both: one of them would betray the other."""
    pairs = Twin.objects.filter(dismissed_at__isnull=True)
    if reach.sees_drafts(request.user):
        return pairs
    reached = reach.within_reach(BlockEvent.objects.all(), request.user).values("pk")
    return pairs.filter(event__in=reached, other__in=reached)


def _just_changed() -> Any:
    since = timezone.now() - CHANGED
    first = Q(old=State.INSUFFICIENT.value, new__in=EXPECTED)
    unseen = ~Exists(SeenChange.objects.filter(change=OuterRef("pk")))
    return StatusChange.objects.filter(unseen, recorded_at__gte=since).exclude(first).values("watch")


def _stale() -> Any:
    before = timezone.now() - STALE
    late = Q(last_measured_at__lt=before) | Q(last_measured_at__isnull=True, created_at__lt=before)
    return Watch.objects.filter(late, is_active=True).values("pk")
