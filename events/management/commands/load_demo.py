"""``manage.py load_demo``: the demo workspace into an empty database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from events.demo import NotEmpty, load_demo
from tracker.operations import AddressRefused


class Command(BaseCommand):
    help = "Loads documented block events, and events of the rehearsal platform, into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rehearsal-origin",
            metavar="ORIGIN",
            help="where the rehearsal platform is served, such as http://127.0.0.1:8001; "
            "STILLBLOCKED_REHEARSAL_ORIGIN must name the same",
        )

    def handle(self, *args: Any, rehearsal_origin: str | None, **options: Any) -> None:
        try:
            loaded = load_demo(now=timezone.now(), rehearsal_origin=rehearsal_origin)
        except NotEmpty as error:
            raise CommandError(
                "There are events already; the demo workspace is for an empty database."
            ) from error
        except AddressRefused as error:
            raise CommandError(
                f"{rehearsal_origin} is not let through: set STILLBLOCKED_REHEARSAL_ORIGIN to it."
            ) from error
        self.stdout.write(
            f"Loaded {loaded.documented} documented events and {loaded.rehearsed} of the rehearsal."
        )
