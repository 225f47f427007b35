"""``manage.py verify_evidence``: everything stored is still there, as it was, and in its order."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tracker.operations.verifying import Count, Head, chain_head, read_head, verify


class Command(BaseCommand):
    help = (
        "Compare all kept bytes with their SHA-256 and all measurements with the chain. "
        "Exit 1 when anything was changed, removed, reordered or cut off; each is named."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--export-head",
            action="store_true",
            help="print the last link, to be kept elsewhere, and check nothing",
        )
        parser.add_argument(
            "--head", help="a file that --export-head wrote, or a SHA-256: the chain must lead to that link"
        )

    def handle(self, *args: Any, export_head: bool, head: str | None, **options: Any) -> None:
        if export_head:
            self._export()
            return
        count, wrong = Count(), 0
        roots = settings.TIMESTAMP_ROOTS or None
        for sentence in verify(count, head=_head(head) if head else None, ca_file=roots):
            wrong += 1
            self.stderr.write(sentence)
        heads = f" {count.heads} heads." if count.heads else ""
        older = f" {count.unchained} measurements are older than the chain." if count.unchained else ""
        self.stdout.write(
            f"{count.files} kept bytes are what their names say, {count.thinned} were thinned on purpose; "
            f"{count.links} links.{heads}{older} {wrong} faults."
        )
        if wrong:
            raise CommandError("What was stored is not what is here: see the lines above.")

    def _export(self) -> None:
        last = chain_head()
        if last is None:
            raise CommandError("There is no link yet.")
        self.stdout.write(json.dumps(last.as_json()))


def _head(text: str) -> Head:
    """What was kept elsewhere: a SHA-256, or the file with it."""
    if len(text) == 64 and set(text.lower()) <= set("0123456789abcdef"):
        return Head(text.lower())
    try:
        return read_head(Path(text).read_bytes())
    except (OSError, ValueError) as error:
        raise CommandError(
            f"{text}: this is neither a SHA-256 nor a file that --export-head wrote."
        ) from error
