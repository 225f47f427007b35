"""``manage.py thin_evidence``: give up bytes that say what those before and after them say."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.operations.thinning import KEPT_WHOLE, thin


class Command(BaseCommand):
    help = (
        "Remove the kept bytes of looks in the middle of an episode, but one a month. "
        "Keeps the first and the last look of each, whatever a change of status rests on, and every row."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="remove nothing; say what would go")
        parser.add_argument(
            "--days", type=int, default=KEPT_WHOLE.days, help="how long the bytes of every look are kept"
        )

    def handle(self, *args: Any, dry_run: bool, days: int, **options: Any) -> None:
        if days < 1:
            raise CommandError("--days: write 1 or more.")
        looks = freed = 0
        for watch in thin(now=timezone.now(), kept_whole=timedelta(days=days), dry_run=dry_run):
            looks += watch.looks
            freed += watch.freed
        would = "would give" if dry_run else "gave"
        self.stdout.write(f"{looks} looks {would} up {freed} bytes.")
