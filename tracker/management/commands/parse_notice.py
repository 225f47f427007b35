"""``manage.py parse_notice``: what block notices state, one a line, as it is read."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from tracker.facts import Notice
from tracker.operations import parse_notice


class Command(BaseCommand):
    help = "Reads one notice a line on standard input and says what each states: who decided, by which order."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON line for each")

    def handle(self, *args: Any, **options: Any) -> None:
        say = _as_json if options["json"] else _in_words
        try:
            for line in _lines():
                print(say(parse_notice(line)), flush=True)
        except BrokenPipeError:  # the reader has seen enough
            sys.stderr.close()


def _lines() -> Iterator[str]:
    """Bytes that are no UTF-8 become the replacement character: a broken line must not stop those behind it."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n")


def _as_json(notice: Notice) -> str:
    return json.dumps(notice.told(), ensure_ascii=False)


def _in_words(notice: Notice) -> str:
    stated = [(key, value) for key, value in notice.told().items() if key not in ("text", "confidence")]
    said = "; ".join(f"{key.replace('_', ' ')} {value}" for key, value in stated if value is not None)
    return f"{said or 'states nothing'} ({notice.confidence:.0%} sure)"
