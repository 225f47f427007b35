"""``manage.py probe``: look once, now, with the same code the workers use."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from tracker import probes
from tracker.probes import Failed, Probed


class Command(BaseCommand):
    help = "Look at pages once, now, and say what was seen and what it means."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("urls", nargs="*", metavar="URL")
        parser.add_argument("--stdin", action="store_true", help="a URL or a JSON object with url a line")
        parser.add_argument("--json", action="store_true", help="one JSON line for each, as it is finished")
        place = parser.add_mutually_exclusive_group()
        place.add_argument("--vantage", help="the name of a vantage point")
        place.add_argument("--via", help="direct, socks5h://host:port, http://host:port or worker:NAME")
        parser.add_argument("--control", help="a vantage point's name, a URI as for --via, or none")
        parser.add_argument("--territory", help="ISO 3166-1 alpha-2; default: the vantage point's country")
        parser.add_argument("--save", action="store_true", help="store the measurement, and watch the page")
        parser.add_argument("--at-once", type=int, default=20, help="how many looks at a time (default 20)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["urls"] and not options["stdin"]:
            raise CommandError("Name a URL, or give --stdin.")
        try:
            view = probes.view(
                vantage=options["vantage"],
                via=options["via"],
                control=options["control"],
                territory=options["territory"],
                clock=timezone.now,
            )
        except probes.NoSuchPlace as error:
            raise CommandError(str(error)) from error
        lines = sys.stdin if options["stdin"] else options["urls"]
        say = self._say_json if options["json"] else self._say_words

        def look(line: str) -> None:
            asked = probes.parse(line)
            say(asked if isinstance(asked, Failed) else probes.probe(asked, view, save=options["save"]))

        for_each(lines, look, 1 if len(options["urls"]) == 1 else options["at_once"])

    def _say_json(self, probed: Probed | Failed) -> None:
        self.stdout.write(json.dumps(probed.as_json(), ensure_ascii=False))
        self.stdout.flush()

    def _say_words(self, probed: Probed | Failed) -> None:
        self.stdout.write("\n".join(probed.as_words()))
        self.stdout.flush()


def for_each(lines: Iterable[str], look: Callable[[str], None], at_once: int) -> None:
    """Calls ``look`` on each line, ``at_once`` at a time, and reads no further ahead than that.

    Raises what the first of them to fail raised, after those under way have ended.
    """
    if at_once <= 1:
        for line in lines:
            look(line)
        return
    room = BoundedSemaphore(at_once)
    failures: list[BaseException] = []

    def one(line: str) -> None:
        try:
            look(line)
        except Exception as error:  # raised again below
            failures.append(error)
        finally:
            connection.close()
            room.release()

    with ThreadPoolExecutor(at_once) as pool:
        for line in lines:
            room.acquire()
            if failures:
                break
            pool.submit(one, line)
    if failures:
        raise failures[0]
