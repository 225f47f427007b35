"""Makes the rounds of looks while a story is told, and says where a status did not follow."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

from tests.testbed.bed import CONTROL_PORT
from tests.testbed.story import OTHER, PAGE, Event, Quiet
from tracker import operations, vantage
from tracker.facts import Role
from tracker.models import Measurement, StatusChange, Watch
from tracker.operations import keeping

DAY = timedelta(days=1)


class Clock:
    """Goes as fast as any other, and can be put forward."""

    def __init__(self) -> None:
        self._ahead = datetime(2026, 1, 1, tzinfo=UTC) - timedelta(seconds=time.monotonic())

    def __call__(self) -> datetime:
        return self._ahead + timedelta(seconds=time.monotonic())

    def forward_to(self, moment: datetime) -> None:
        self._ahead += max(timedelta(0), moment - self())


class Follower:
    """Two watches, looked at from here with a control outside. Every look is real; the time between is not."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.wrong: list[str] = []
        control = f"socks5h://{os.environ['TESTBED_FREE_ADDR']}:{CONTROL_PORT}"
        operations.ensure_vantage(name="inside", country="RU", role=Role.EXPERIMENT)
        operations.ensure_vantage(name="outside", country="NL", role=Role.CONTROL, via=control)
        self._watches = {
            url: operations.watch(url=url, territory="RU", now=self.clock()) for url in (PAGE, OTHER)
        }
        self._changes = dict.fromkeys(self._watches.values(), 0)

    def follow(self, story: tuple[Event | Quiet, ...]) -> None:
        for part in story:
            if part.do:
                command = [sys.executable, os.environ["TESTBED"], "ctl", *part.do]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            if isinstance(part, Event):
                self._catch_up(part)
            else:
                self._wait(part)
        expected = sum(isinstance(part, Event) for part in story)
        found = StatusChange.objects.count()
        self._check(found == expected, f"{expected} things happened, and there are {found} changes of status")

    def check_evidence(self) -> None:
        """Each change has its verdict, and evidence of what the page was before and of what it is since."""
        for change in StatusChange.objects.select_related("verdict__measurement", "watch__target"):
            name = f"{change.watch.target.url}, {change.old} to {change.new}"
            if change.verdict is None or change.verdict.state != change.new:
                self._check(False, f"{name}: no verdict says so")
                continue
            sides = [change.verdict.measurement]
            if change.old != "insufficient":
                agreed = {"started_at": change.earliest_at, "verdicts__state": change.old}
                earlier = list(Measurement.objects.filter(watch=change.watch, role="experiment", **agreed))
                self._check(len(earlier) == 1, f"{name}: nothing says what it was before")
                sides += earlier
            for side in sides:
                self._check(is_evidenced(side), f"{name}: no evidence of the look at {side.started_at}")

    def _catch_up(self, event: Event) -> None:
        watch, happened = self._watches[event.url], self.clock()
        first: datetime | None = None
        while self._status(watch) not in event.becomes:
            if first is not None and _next_look_at() > first + timedelta(days=event.days):
                break
            self._look()
            first = first or self._first_look(watch, happened)
        status, seen_for = self._status(watch), self.clock() - (first or happened)
        self._say(
            event.what,
            f"{status}, {seen_for / DAY:.2f} days after a look at it, {(self.clock() - happened) / DAY:.2f} in all",
        )
        self._check(
            status in event.becomes, f"{event.what}: it is {status}, not {' or '.join(event.becomes)}"
        )
        self._check(
            seen_for <= timedelta(days=event.days), f"{event.what}: it took {seen_for / DAY:.2f} days"
        )
        before, self._changes[watch] = self._changes[watch], StatusChange.objects.filter(watch=watch).count()
        changes = self._changes[watch] - before
        self._check(changes == 1, f"{event.what}: {changes} changes of status")

    def _wait(self, quiet: Quiet) -> None:
        before = StatusChange.objects.count()
        for _ in range(quiet.rounds):
            self._look()
        changes = StatusChange.objects.count() - before
        self._say(quiet.what, f"{quiet.rounds} rounds, {changes} changes of status")
        self._check(changes == 0, f"{quiet.what}: {changes} changes of status")

    def _look(self) -> None:
        """The next round, when its time has come."""
        self.clock.forward_to(_next_look_at())
        vantage.probe_due(clock=self.clock, dice=lambda: 0.0)

    def _status(self, watch: Watch) -> str:
        watch.refresh_from_db()
        return watch.status

    def _first_look(self, watch: Watch, since: datetime) -> datetime | None:
        looks = Measurement.objects.filter(watch=watch, role="experiment", started_at__gte=since)
        return looks.order_by("started_at").values_list("started_at", flat=True).first()

    def _check(self, is_so: bool, otherwise: str) -> None:
        if not is_so:
            self.wrong.append(otherwise)
            print(f"  WRONG: {otherwise}", flush=True)

    def _say(self, what: str, became: str) -> None:
        print(f"{self.clock():%d %b %H:%M}  {what}: {became}", flush=True)


def _next_look_at() -> datetime:
    return Watch.objects.order_by("next_probe_at").values_list("next_probe_at", flat=True)[0]


def is_evidenced(measured: Measurement) -> bool:
    """Whether what settled it can be read: the records of the look and of its control, and the bytes they brought."""
    looks = [look for look in (measured, measured.control) if look is not None]
    return all(keeping.warc_of(look) and (look.failure or _sent_bytes(look)) for look in looks)


def _sent_bytes(measured: Measurement) -> bool:
    return measured.body is not None and len(keeping.read(measured.body)) == measured.body.size
