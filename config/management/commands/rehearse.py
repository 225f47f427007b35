"""``manage.py rehearse``: changes a rehearsal page, so that a status can be seen to follow."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.rehearsal import store
from config.rehearsal.store import Kind, UnknownPage

ACTS = {
    "block": (Kind.WITHHELD, "is withheld inside territory XX, with a notice", "blocked"),
    "restore": (Kind.ALIVE, "is there for everyone", "reachable"),
    "delete": (Kind.DELETED, "is deleted", "gone"),
    "remove": (Kind.REMOVED, "is removed under the platform's rules", "removed"),
    "login": (Kind.LOGIN, "asks everyone to sign in", "restricted"),
    "outage": (Kind.OUTAGE, "is out of order for everyone", "down"),
}
"""What can be done, what the page becomes by it, in words, and the status that must follow."""


class Command(BaseCommand):
    help = "Changes a page of the rehearsal platform; `rehearse list` shows them all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=[*ACTS, "list"])
        parser.add_argument("name", nargs="?", help="The page, as `rehearse list` names it.")

    def handle(self, *, act: str, name: str | None, **options: Any) -> None:
        platform = store.at(settings.DATA_DIR)
        if act == "list":
            for page in platform.pages().values():
                self.stdout.write(f"{page.name:<16} {page.kind:<9} {page.title}")
            return
        kind, became, status = ACTS[act]
        try:
            page = platform.turn(name or "", kind)
        except UnknownPage as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{page.name} {became}. Its status should be {status} within a minute,"
            " after several looks have agreed."
        )
