"""Watches on rehearsal pages, and what the database says afterwards about the looks at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

from tests.services.composed import Composed

CLOSEST = 2.0
"""Seconds. The rehearsal's shortest wait is 3 s less a tenth: two looks nearer than this are one look made twice."""


def watch(installed: Composed, names: list[str]) -> None:
    """Begins to watch rehearsal pages from territory XX. A page that the platform does not know is gone."""
    code = f"""
import json
from django.utils import timezone
from tracker import operations
from tracker.places import ensure_places
ensure_places()
for name in {names!r}:
    operations.watch(url="{installed.origin}/" + name, territory="XX", now=timezone.now())
print(json.dumps(len({names!r})))
"""
    assert installed.python(code) == len(names)


@dataclass(frozen=True, slots=True)
class Account:
    """What was looked at, and how often: from the tables alone."""

    watches: int
    never_measured: int
    miscounted: int
    twice: int
    least_recent: float | None
    """Seconds since the look at the watch that has waited longest."""
    held: list[str]


def account(installed: Composed) -> Account:
    with psycopg.connect(installed.database_url()) as connection:
        return Account(
            watches=_one(connection, "SELECT count(*) FROM tracker_watch"),
            never_measured=_one(
                connection, "SELECT count(*) FROM tracker_watch WHERE last_measured_at IS NULL"
            ),
            miscounted=_one(
                connection,
                "SELECT count(*) FROM tracker_watch w WHERE n_measurements <> (SELECT count(*) FROM"
                " tracker_measurement m WHERE m.watch_id = w.id AND role = 'experiment')",
            ),
            twice=_one(
                connection,
                "SELECT count(*) FROM (SELECT started_at - lag(started_at) OVER (PARTITION BY watch_id ORDER BY"
                " started_at) AS gap FROM tracker_measurement WHERE role = 'experiment') g"
                f" WHERE gap < interval '{CLOSEST} seconds'",
            ),
            least_recent=_one(
                connection,
                "SELECT extract(epoch FROM now() - min(last_measured_at))::float FROM tracker_watch",
            ),
            held=[
                row[0]
                for row in connection.execute(
                    "SELECT held_rule_id FROM tracker_watch WHERE held_rule_id IS NOT NULL"
                )
            ],
        )


def _one(connection: psycopg.Connection[Any], query: str) -> Any:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]
