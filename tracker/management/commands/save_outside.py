"""``manage.py save_outside URL …``: have the Wayback Machine keep pages as they are seen from outside."""

from __future__ import annotations

import asyncio
import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tracker import operations
from tracker.evidence.wayback import Refused, Wayback
from tracker.networks import network_of
from tracker.operations import AddressRefused
from tracker.probing.asking import NoAnswer


class Command(BaseCommand):
    help = "Save pages with Save Page Now, by the key in STILLBLOCKED_WAYBACK_KEY. One JSON line a page."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("urls", nargs="+", metavar="URL")
        parser.add_argument(
            "--pause", type=float, default=6.0, help="seconds between two questions how far it is"
        )

    def handle(self, *args: Any, urls: list[str], pause: float, **options: Any) -> None:
        if not settings.WAYBACK_KEY:
            raise CommandError(
                "Set STILLBLOCKED_WAYBACK_KEY to access:secret, from archive.org/account/s3.php."
            )
        wayback = Wayback(network_of("direct"), settings.WAYBACK_KEY, settings.WAYBACK_URL)
        failed = 0
        for url in urls:
            try:
                address = operations.canonical_address(url).url
                saved = asyncio.run(wayback.capture(address, pause=pause))
                told = {"url": url, "snapshot": saved.snapshot_url, "timestamp": saved.timestamp}
            except (AddressRefused, NoAnswer, Refused) as error:
                failed += 1
                told = {"url": url, "error": str(error)}
            self.stdout.write(json.dumps(told))
        if failed:
            raise CommandError(f"{failed} of {len(urls)} pages were not saved.")
