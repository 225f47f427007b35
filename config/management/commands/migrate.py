"""Django's ``migrate``, and the roles after it: new tables bring new rights, and a role without them is half a role."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import DEFAULT_DB_ALIAS

from events import operations


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        is_whole = not (options["app_label"] or options["plan"] or options["check_unapplied"])
        if is_whole and options["database"] == DEFAULT_DB_ALIAS:
            changed = operations.ensure_roles()
            if changed and options["verbosity"]:
                self.stdout.write(f"  Roles made right: {', '.join(changed)}")
