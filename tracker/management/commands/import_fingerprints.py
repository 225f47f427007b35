"""``manage.py import_fingerprints``: known block pages in, one summary a file out."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker import operations
from tracker.operations import FingerprintImport

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Takes in fingerprints of block pages (CSV as in ooni/blocking-fingerprints), each file whole or not at all, "
        "and uses them from the next look on. Rows that can never match anything are named and left out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and store nothing")
        parser.add_argument("--json", action="store_true", help="one JSON line a file")
        parser.add_argument("--by", metavar="USER", help="who vouches for the file")

    def handle(self, *args: Any, **options: Any) -> None:
        by = _user(options["by"])
        is_whole = True
        for name in options["files"]:
            found = operations.import_fingerprints(
                file=Path(name).name,
                content=_content(name),
                by=by,
                now=timezone.now(),
                dry_run=options["dry_run"],
            )
            shown = json.dumps(asdict(found), ensure_ascii=False) if options["json"] else _in_words(found)
            self.stdout.write(shown)
            is_whole = is_whole and not found.errors
        if not is_whole:
            sys.exit(1)


def _content(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}.") from error


def _user(name: str | None) -> str:
    if name is not None and not User.objects.filter(username=name).exists():
        raise CommandError(f"There is no user “{name}”.")
    return name or ""


def _in_words(found: FingerprintImport) -> str:
    if found.errors:
        lines = [f"{found.file}: nothing was stored"]
        for problem in found.errors[:SHOWN]:
            place = "the file" if problem.row is None else f"row {problem.row}"
            lines.append(f"  {place}{f', {problem.field}' if problem.field else ''}: {problem.message}")
        return "\n".join(lines + _and_more(len(found.errors)))
    stored = (
        "stored" if found.active and found.created else "was there" if not found.created else "not stored"
    )
    lines = [f"{found.file}: set {found.set} ({found.kind}) {stored}; {found.kept} of {found.rows} rows kept"]
    lines += [f"  row {one.row}, {one.name}: {one.why}" for one in found.never[:SHOWN]]
    return "\n".join(lines + _and_more(len(found.never)))


def _and_more(count: int) -> list[str]:
    return [f"  and {count - SHOWN} more; --json names them all"] if count > SHOWN else []
