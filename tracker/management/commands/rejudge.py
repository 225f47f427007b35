"""``manage.py rejudge``: read stored measurements by the present rules."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker import operations

BATCH = 500


class Command(BaseCommand):
    help = "Add verdicts of the present rules to measurements that have none. Changes no fact and no status."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="store nothing; say what would differ")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        read = differ = unreadable = thinned = after = 0
        while found := operations.rejudge(now=timezone.now(), dry_run=dry_run, limit=BATCH, after=after):
            after = found[-1].measurement_id
            read += len(found)
            for one in found:
                if one.thinned:
                    thinned += 1
                elif one.new is None:
                    unreadable += 1
                    self.stderr.write(f"{one.public_id}: its evidence is missing or damaged")
                elif one.old != one.new:
                    differ += 1
                    self.stdout.write(f"{one.public_id}: {one.old} → {one.new} ({one.rule_id})")
            self.stderr.write(f"{read} read")
        would = "would differ" if dry_run else "differ"
        self.stdout.write(
            f"{read - unreadable - thinned} measurements read by {operations.present_version()}; {differ} {would}."
        )
        if thinned:
            self.stdout.write(f"{thinned} were thinned on purpose and cannot be read again.")
