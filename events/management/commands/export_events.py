"""``manage.py export_events``: events out in our own columns, as ``import_events`` takes them in."""

from __future__ import annotations

import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.importing import export
from events.models import BlockEvent


class Command(BaseCommand):
    help = (
        "Writes events in our own columns, one row each, so that they can be imported again. Everything that is "
        "recorded goes out, drafts and internal notes too: what may be given away is written with --published."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=export.FORMATS, default="csv")
        parser.add_argument("--out", metavar="FILE", type=Path, help="instead of standard output")
        parser.add_argument(
            "--published", action="store_true", help="only what the public sees, and no internal notes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        events = BlockEvent.objects.published() if options["published"] else BlockEvent.objects.all()
        write = {"csv": export.as_csv, "jsonl": export.as_jsonl}[options["format"]]
        lines = write(events.order_by("pk"), with_notes=not options["published"])
        if options["out"] is None:
            for line in lines:
                self.stdout.write(line, ending="")
            return
        try:
            _write_whole(options["out"], lines)
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}.") from error


def _write_whole(path: Path, lines: Iterator[str]) -> None:
    """The whole file or none, and for nobody else to read."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.writelines(lines)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
