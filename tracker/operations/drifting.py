"""Whether the rules still fit a platform as a vantage point sees it: what two known pages of it looked like."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from tracker.facts import Verdict
from tracker.judging import RULES_VERSION, has_drifted
from tracker.models import PlatformHealth

log = structlog.get_logger(__name__)

CHECK_EVERY = timedelta(hours=6)
"""How often a platform's known pages are looked at from one place. New rules are tried at once."""


def drifted_platforms() -> frozenset[tuple[int, str]]:
    """The ids of vantage points with the platforms that are read wrongly through them."""
    return frozenset(PlatformHealth.objects.filter(is_drifted=True).values_list("vantage_id", "platform"))


def take_check(*, vantage_id: int, platform: str, now: datetime) -> bool:
    """Whether the caller, and nobody else, shall look at the platform's known pages from there now."""
    mine, _ = PlatformHealth.objects.get_or_create(
        vantage_id=vantage_id, platform=platform, defaults={"next_check_at": now}
    )
    due = PlatformHealth.objects.due(now, RULES_VERSION).filter(pk=mine.pk)
    return bool(due.update(next_check_at=now + CHECK_EVERY, rules_version=RULES_VERSION))


def put_off_check(*, vantage_id: int, platform: str, until: datetime) -> None:
    """The known pages were not looked at; they are due again then."""
    PlatformHealth.objects.filter(vantage_id=vantage_id, platform=platform).update(next_check_at=until)


@transaction.atomic
def record_check(
    *, vantage_id: int, platform: str, alive: Verdict, missing: Verdict, now: datetime, answered: bool = True
) -> bool | None:
    """Store what the known pages looked like, and whether the rules misread them; None: nothing was learned.

    ``answered`` is False when the platform's second address did not answer about the page that lives.
    """
    row = PlatformHealth.objects.select_for_update().get(vantage_id=vantage_id, platform=platform)
    drifted = has_drifted(alive, missing, answered=answered)
    if drifted is not None and drifted != row.is_drifted:
        row.is_drifted, row.since = drifted, now if drifted else None
        tell = log.warning if drifted else log.info
        tell("platform_drifted" if drifted else "platform_fits", vantage_id=vantage_id, platform=platform)
    row.alive_state, row.alive_rule_id = alive.state.value, alive.rule_id
    row.missing_state, row.missing_rule_id = missing.state.value, missing.rule_id
    row.detail, row.checked_at = _sentence(drifted, alive, missing), now
    row.save()
    return drifted


def _sentence(drifted: bool | None, alive: Verdict, missing: Verdict) -> str:
    if drifted is None:
        return f"Nothing was learned from the page that lives: {alive.because}"[:300]
    if not drifted:
        return "Both known pages were read right."
    wrong, page = (missing, "that was never there") if missing.state == "reachable" else (alive, "that lives")
    return f"The page {page} was read as {wrong.state.value}: {wrong.because}"[:300]
