"""When many pages of a platform change at once, it is more likely us than them: their statuses wait."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction

from tracker.facts import REHEARSAL_PLATFORM, State
from tracker.judging.belief import Lesson, Lessons, Trust
from tracker.models import PlatformHealth, PlatformRecord, StatusChange, Watch

log = structlog.get_logger(__name__)

FROZEN_RULE = "platform_frozen"

WITHIN = timedelta(hours=1)
MANY = 10
SHARE = 0.3
"""So many watches of a platform, and such a share of those whose status is known, changing within so short a time."""

BURST = timedelta(hours=4)
"""How long the looks of a confirmation take: who is in the midst of one is about to change."""

SOONEST = timedelta(hours=3)
"""How long a freeze lasts at least, unless somebody ends it."""
UNKNOWN = timedelta(hours=24)
"""The same where no page of the platform is known to live, so that only time and working vantage points speak."""
THAW = timedelta(hours=24)
"""How long after a release a platform is not frozen again: what was held comes all at once."""

_EXEMPT = (REHEARSAL_PLATFORM, "web")
"""One is played by ourselves; the other is no platform, and its sites have nothing in common."""


def frozen_since(*, platform: str, vantage_id: int, canary_ok: bool | None, now: datetime) -> datetime | None:
    """Since when no status of the platform may change, or None when one may, by a look from this vantage point.

    Asked for each change that is due; it is what freezes a platform, and what ends a freeze by fresh looks.
    """
    if platform in _EXEMPT:
        return None
    record = PlatformRecord.objects.filter(platform=platform).first()
    if record is None or not record.is_frozen:
        return _freeze(platform, now) if _is_shaken(platform, record, now) else None
    if canary_ok and _looks_sound(platform, vantage_id, record.frozen_since, now):
        _release(record, by="", now=now)
        return None
    return record.frozen_since


def release_platform(*, platform: str, by: str, now: datetime) -> bool:
    """Let the statuses of a platform change again. False when it was not frozen.

    What was held is looked at once more at once; it changes with these looks, if they still say so.
    """
    with transaction.atomic():
        record = PlatformRecord.objects.select_for_update().filter(platform=platform).first()
        if record is None or not record.is_frozen:
            return False
        _release(record, by=by, now=now)
        held = Watch.objects.filter(target__platform=platform, held_rule_id=FROZEN_RULE, is_active=True)
        held.filter(lease_token__isnull=True).update(next_probe_at=now)
    return True


def frozen_platforms() -> list[PlatformRecord]:
    """The platforms whose statuses wait, those that have waited longest first."""
    frozen = PlatformRecord.objects.filter(frozen_since__isnull=False, released_at__isnull=True)
    return list(frozen.order_by("frozen_since"))


def _is_shaken(platform: str, record: PlatformRecord | None, now: datetime) -> bool:
    """Whether too many watches change, or are about to, in too short a time."""
    if record is not None and record.released_at is not None and now - record.released_at < THAW:
        return False
    of_platform = Watch.objects.filter(target__platform=platform, is_active=True)
    known = of_platform.exclude(status=State.INSUFFICIENT.value)
    about_to = known.filter(confirming__gt=0, last_measured_at__gt=now - BURST).values_list("pk", flat=True)
    changes = StatusChange.objects.filter(watch__target__platform=platform, recorded_at__gt=now - WITHIN)
    real = changes.exclude(old=State.INSUFFICIENT.value).exclude(new=State.INSUFFICIENT.value)
    shaken = set(about_to) | set(real.values_list("watch_id", flat=True))
    return len(shaken) >= MANY and len(shaken) > SHARE * known.count()


@transaction.atomic
def _freeze(platform: str, now: datetime) -> datetime:
    record, _ = PlatformRecord.objects.select_for_update().get_or_create(platform=platform)
    if not record.is_frozen:
        record.frozen_since, record.released_at, record.released_by = now, None, ""
        record.frozen_because = f"More than {SHARE:.0%} of its watched pages were changing within an hour."
        record.save()
        PlatformHealth.objects.filter(platform=platform).update(next_check_at=now)
        log.warning("platform_frozen", platform=platform)
    return record.frozen_since or now


def _looks_sound(platform: str, vantage_id: int, since: datetime | None, now: datetime) -> bool:
    """Whether pages of the platform that are known were read right since the freeze began."""
    if since is None or now - since < SOONEST:
        return False
    known = PlatformHealth.objects.filter(platform=platform, vantage_id=vantage_id, alive_state__isnull=False)
    health = known.first()
    if health is None:
        return now - since >= UNKNOWN
    is_fresh = health.checked_at is not None and health.checked_at > since
    return is_fresh and not health.is_drifted and health.alive_state == State.REACHABLE.value


def _release(record: PlatformRecord, *, by: str, now: datetime) -> None:
    record.released_at, record.released_by = now, by
    record.save(update_fields=["released_at", "released_by"])
    log.info("platform_released", platform=record.platform, by=by)


# --- How independent looks have proven to be


def trust_in(platform: str) -> Trust:
    """Whose looks count in full: by the platform's own mistakes, or by everybody's while those are few."""
    stored = dict(PlatformRecord.objects.values_list("platform", "lessons"))
    own = _lessons(stored.get(platform, {}))
    if own.is_enough:
        return own.trust
    everybody = Lessons()
    for lessons in map(_lessons, stored.values()):
        everybody = everybody.after(lessons.counted, lessons.at) if lessons.at else everybody
    return everybody.trust


@transaction.atomic
def learn(*, platform: str, lesson: Lesson, at: datetime) -> None:
    """Count what a mistake has shown."""
    record, _ = PlatformRecord.objects.select_for_update().get_or_create(platform=platform)
    record.lessons = _stored(_lessons(record.lessons).after(lesson, at))
    record.save(update_fields=["lessons"])


def _lessons(data: dict[str, Any]) -> Lessons:
    if not data:
        return Lessons()
    counts = {key: float(value) for key, value in data.items() if key != "at"}
    return Lessons(Lesson(**counts), datetime.fromisoformat(data["at"]))


def _stored(lessons: Lessons) -> dict[str, Any]:
    counts = {key: round(value, 3) for key, value in asdict(lessons.counted).items()}
    return {**counts, "at": lessons.at.isoformat() if lessons.at else None}
