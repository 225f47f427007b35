"""``manage.py draft_event``: an article, a notice or an address in, a draft of an event out. Nothing is stored."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from events.intake import Draft, draft
from events.intake.drafts import VALUES
from events.intake.fetching import NotFetched, fetch_article

_MOST_BYTES = 20_000_000


class Command(BaseCommand):
    help = "Reads an article or a notice and says what it states of a block, value by value with the words that say so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("--url", help="the address of an article; it is fetched")
        source.add_argument("--file", help="a text; - reads standard input as one")
        source.add_argument("--stdin", action="store_true", help="one JSON object with id, url, title, published, language, text a line")  # fmt: skip
        parser.add_argument("--json", action="store_true", help="one JSON line for each")

    def handle(self, *args: Any, **options: Any) -> None:
        say = _as_json if options["json"] else _in_words
        try:
            if options["stdin"]:
                for line in sys.stdin.buffer:
                    if line.strip():
                        print(_of_line(line, say), flush=True)
            elif options["url"]:
                print(say(_at(options["url"]), options["url"]))
            else:
                print(say(draft(_read(options["file"])), None))
        except BrokenPipeError:  # the reader has seen enough
            sys.stderr.close()


def _at(url: str) -> Draft:
    try:
        found = fetch_article(url, now=timezone.now())
    except NotFetched as error:
        raise CommandError(str(error)) from error
    return draft(
        found.text,
        url=found.url,
        title=found.title,
        published=found.published or None,
        language=found.language,
    )


def _read(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read(_MOST_BYTES) if name == "-" else Path(name).read_bytes()[:_MOST_BYTES]
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
    return raw.decode("utf-8", "replace").removeprefix("\ufeff")


def _of_line(line: bytes, say: Any) -> str:
    """A line that cannot be read gets an answer that says so, and those behind it are read."""
    try:
        given = json.loads(line.decode("utf-8", "replace").removeprefix("\ufeff"))
        if not isinstance(given, dict):
            raise ValueError("not an object")
    except (ValueError, RecursionError) as error:
        return json.dumps({"id": None, "error": f"This line is no JSON object: {error}"}, ensure_ascii=True)
    text, url, title, published, language = (_text(given.get(key)) for key in ("text", "url", "title", "published", "language"))  # fmt: skip
    found = draft(text, url=url, title=title, published=published or None, language=language)
    return str(say(found, given.get("id")))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _as_json(found: Draft, identity: Any) -> str:
    """Escaped where a lone half of a character, which JSON may hold, could not be written."""
    try:
        line = json.dumps(found.as_json(identity), ensure_ascii=False)
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(found.as_json(identity), ensure_ascii=True)
    return line


def _in_words(found: Draft, identity: Any) -> str:
    lines = [f"{identity or 'draft'}: {found.kind} ({found.kind_confidence:.0%} sure)"]
    for name in VALUES:
        if reading := found.fields.get(name):
            lines.append(
                f"  {name.replace('_', ' ')}: {reading.value} ({reading.confidence:.0%}; «{reading.words}»)"
            )
    return "\n".join(lines).encode("utf-8", "replace").decode("utf-8")


# ruff: noqa: E501 -- words of one meaning a line
