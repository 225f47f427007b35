"""``manage.py probe``: look once, now, with the same code the workers use."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from tracker import probes
from tracker.probes import Asked, Failed, Probed


class Command(BaseCommand):
    help = "Look at pages once, now, and say what was seen and what it means."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("urls", nargs="*", metavar="URL")
        parser.add_argument("--stdin", action="store_true", help="a URL or a JSON object with url a line")
        parser.add_argument("--json", action="store_true", help="one JSON line for each, as it is finished")
        place = parser.add_mutually_exclusive_group()
        place.add_argument("--vantage", help="the name of a vantage point")
        place.add_argument("--via", help="direct, socks5h://host:port or http://host:port")
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
        asked = list(options["urls"]) if not options["stdin"] else None
        wanted: Iterator[Asked | Failed] = (
            probes.parse(line) for line in (asked if asked is not None else sys.stdin)
        )

        def one(ask: Asked | Failed) -> Probed | Failed:
            try:
                return ask if isinstance(ask, Failed) else probes.probe(ask, view, save=options["save"])
            finally:
                connection.close()

        say = self._say_json if options["json"] else self._say_words

        def one_said(ask: Asked | Failed) -> None:
            say(one(ask))

        with ThreadPoolExecutor(options["at_once"]) as pool:
            for future in [pool.submit(one_said, ask) for ask in wanted]:
                future.result()

    def _say_json(self, probed: Probed | Failed) -> None:
        self.stdout.write(json.dumps(probed.as_json(), ensure_ascii=False))
        self.stdout.flush()

    def _say_words(self, probed: Probed | Failed) -> None:
        self.stdout.write("\n".join(probed.as_words()))
        self.stdout.flush()
