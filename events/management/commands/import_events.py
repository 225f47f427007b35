"""``manage.py import_events``: files of block events in, one summary a file out."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone

from events.importing import FORMATS, Choices, Summary, import_file

ERRORS_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Takes in block events, each file whole or not at all. New events are drafts, but for data sets that are "
        "published themselves; events that are there already keep their state."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--format", choices=FORMATS, default="auto")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and store nothing")
        parser.add_argument("--json", action="store_true", help="one JSON line a file")
        parser.add_argument("--by", metavar="USER", help="whose work this is in the history")
        parser.add_argument(
            "--confirmed",
            action="store_true",
            help="what this snapshot of a register lacks has left it, however much that is",
        )
        publish = parser.add_mutually_exclusive_group()
        publish.add_argument("--publish", dest="publish", action="store_true", default=None)
        publish.add_argument("--no-publish", dest="publish", action="store_false", default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        choices = Choices(
            by=_user(options["by"]),
            now=timezone.now(),
            format=options["format"],
            publish=options["publish"],
            dry_run=options["dry_run"],
            is_confirmed=options["confirmed"],
        )
        is_whole = True
        for name in options["files"]:
            summary = self._import(Path(name), choices)
            self.stdout.write(_as_json(summary) if options["json"] else _in_words(summary, choices))
            self.stdout.flush()
            is_whole = is_whole and not summary.errors
        if not is_whole:
            sys.exit(1)

    def _import(self, path: Path, choices: Choices) -> Summary:
        try:
            return import_file(path, choices, _Progress(self))
        except OperationalError as error:
            raise CommandError(f"{path}: the database failed, and nothing was stored ({error}).") from error


class _Progress:
    """A line on standard error every other second, so that a long file is seen to move."""

    def __init__(self, command: BaseCommand) -> None:
        self._command = command
        self._next = time.monotonic() + 2

    def __call__(self, step: str, done: int, total: int | None) -> None:
        if time.monotonic() >= self._next:
            self._command.stderr.write(f"{step} {done}{f' of {total}' if total else ''} rows")
            self._next = time.monotonic() + 2


def _user(name: str | None) -> User | None:
    if name is None:
        return None
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"There is no user “{name}”.")
    return user


def _as_json(summary: Summary) -> str:
    told = asdict(summary)
    notes = told.pop("notes")
    return json.dumps(told | ({"notes": notes} if notes else {}), ensure_ascii=False)


def _in_words(summary: Summary, choices: Choices) -> str:
    if not summary.errors:
        would = " (dry run: nothing was stored)" if choices.dry_run else ""
        return (
            f"{summary.file}: {summary.rows} rows of {summary.format}; {summary.created} created, "
            f"{summary.updated} updated, {summary.unchanged} unchanged, {summary.closed} closed, "
            f"{summary.reopened} reopened{would}" + "".join(f"\n  {note}" for note in summary.notes)
        )
    lines = [f"{summary.file}: nothing was stored, because of {_counted(summary.errors)}"]
    for problem in summary.errors[:ERRORS_SHOWN]:
        place = "the file" if problem.row is None else f"row {problem.row}"
        lines.append(f"  {place}{f', {problem.field}' if problem.field else ''}: {problem.message}")
    if len(summary.errors) > ERRORS_SHOWN:
        lines.append(f"  and {len(summary.errors) - ERRORS_SHOWN} more; --json names them all")
    return "\n".join(lines)


def _counted(errors: Sequence[object]) -> str:
    return "1 error" if len(errors) == 1 else f"{len(errors)} errors"
