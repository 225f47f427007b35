"""``manage.py rehearsal``: serves the rehearsal platform on loopback."""

from __future__ import annotations

import asyncio
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.rehearsal import store
from config.rehearsal.server import Platform
from config.tether import end_with_parent


class Command(BaseCommand):
    help = "Serves the rehearsal platform at STILLBLOCKED_REHEARSAL_ORIGIN, and its inside on the next port."

    def handle(self, **options: Any) -> None:
        origin = settings.REHEARSAL_ORIGIN
        if not origin:
            raise CommandError("Set STILLBLOCKED_REHEARSAL_ORIGIN, for example to http://127.0.0.1:8001.")
        end_with_parent()
        try:
            asyncio.run(_until_told(Platform(origin.rstrip("/"), store.at(settings.DATA_DIR))))
        except OSError as error:
            raise CommandError(f"The rehearsal platform cannot be served at {origin}: {error}.") from error


async def _until_told(platform: Platform) -> None:
    serving = asyncio.ensure_future(platform.serve())
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
    await asyncio.wait([serving])
    if not serving.cancelled():
        serving.result()
