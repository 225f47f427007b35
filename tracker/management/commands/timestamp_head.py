"""``manage.py timestamp_head``: have the end of the chain timestamped by an authority of the operator's choice."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tracker.evidence.heads import write_head
from tracker.evidence.timestamping import NotProven, timestamp
from tracker.networks import network_of
from tracker.operations.verifying import chain_head
from tracker.probing.asking import NoAnswer


class Command(BaseCommand):
    help = "Ask the authority at STILLBLOCKED_TIMESTAMP_URL for an RFC 3161 timestamp of the last link; keep both."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TIMESTAMP_URL:
            raise CommandError("Set STILLBLOCKED_TIMESTAMP_URL to the address of a timestamping authority.")
        last = chain_head()
        if last is None or last.sequence is None:
            raise CommandError("There is no link yet.")
        data = json.dumps(last.as_json()).encode("ascii") + b"\n"
        asked = timestamp(
            data,
            url=settings.TIMESTAMP_URL,
            network=network_of("direct"),
            ca_file=settings.TIMESTAMP_ROOTS or None,
        )
        try:
            stamped = asyncio.run(asked)
        except (NoAnswer, NotProven) as error:
            raise CommandError(f"There is no timestamp: {error}.") from error
        path = write_head(last.sequence, data, stamped.reply)
        self.stdout.write(f"Link {last.sequence} was there at {stamped.at.isoformat()}: {path}")
