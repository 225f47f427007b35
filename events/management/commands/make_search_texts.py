"""Makes anew what searches look into, and finds duplicates: after rows came into the database in some other way."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from events import operations


class Command(BaseCommand):
    help = "Make all search texts anew and find likely duplicates. Nothing that people entered is changed."

    def handle(self, *args: Any, **options: Any) -> None:
        made = operations.make_all_search_texts()
        self.stdout.write(f"{made} search texts were made.")
