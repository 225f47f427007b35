"""``manage.py rules``: the public table of rules, as docs/rules.md has it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tracker.judging import rules_markdown


class Command(BaseCommand):
    help = "Print the table of rules as Markdown; docs/rules.md is its output."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(rules_markdown(), ending="")
