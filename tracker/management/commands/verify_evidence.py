"""``manage.py verify_evidence``: every stored file is still what its name says."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker import evidence
from tracker.models import Evidence


class Command(BaseCommand):
    help = "Read every stored file and compare it with its SHA-256. Exit 1 when one is missing or changed."

    def handle(self, *args: Any, **options: Any) -> None:
        sound = broken = 0
        for name in Evidence.objects.order_by("id").values_list("sha256", flat=True).iterator():
            try:
                evidence.read(name)
                sound += 1
            except evidence.Missing as error:
                broken += 1
                self.stderr.write(str(error))
        self.stdout.write(f"{sound} files are what their names say, {broken} are not.")
        if broken:
            raise CommandError("Evidence is damaged: see the lines above.")
