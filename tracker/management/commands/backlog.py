"""``manage.py backlog``: what is due, leased, overdue, held and suspect."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker import operations
from tracker.models import PlatformHealth, VantagePoint, Watch
from tracker.operations.freezing import FROZEN_RULE

SHOWN = 10


class Command(BaseCommand):
    help = "Say what is due, leased, overdue, held and suspect, and what does not work."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        active = Watch.objects.filter(is_active=True)
        held = active.filter(held_rule_id__isnull=False)
        late = active.filter(next_probe_at__lt=now - timedelta(hours=1))
        for word, rows in (
            ("watched", active),
            ("due", Watch.objects.due(now)),
            ("leased", Watch.objects.leased(now)),
            ("overdue by more than an hour", late),
            ("held (no look can be made)", held.exclude(held_rule_id=FROZEN_RULE)),
            ("changes that wait (their platform is frozen)", held.filter(held_rule_id=FROZEN_RULE)),
            ("suspect (claims that never finished)", active.filter(attempts__gt=1)),
            ("vantage points that do not work", VantagePoint.objects.filter(is_active=True, canary_ok=False)),
            ("platforms that are read wrongly", PlatformHealth.objects.filter(is_drifted=True)),
        ):
            self.stdout.write(f"{rows.count():>8}  {word}")
        for row in PlatformHealth.objects.filter(is_drifted=True).select_related("vantage").order_by("since"):
            self.stdout.write(
                f"{row.platform} from {row.vantage.name} since {row.since:%Y-%m-%d %H:%M}: {row.detail}"
            )
        for record in operations.frozen_platforms():
            self.stdout.write(
                f"{record.platform} frozen since {record.frozen_since:%Y-%m-%d %H:%M}: {record.frozen_because}"
            )
        for watch in active.select_related("target").order_by("next_probe_at")[:SHOWN]:
            self.stdout.write(
                f"{watch.next_probe_at:%Y-%m-%d %H:%M:%S}  {watch.territory}  {watch.target.url}"
            )
