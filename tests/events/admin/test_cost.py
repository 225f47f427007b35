"""What the pages of the admin cost does not grow with the tables: from the registry, so that no page is forgotten."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.admin import MOST_QUERIES, addresses, counts_whole_table
from bench.many import Archive
from tests.make import NOW

FEW, MANY = 10, 200
pytestmark = pytest.mark.django_db


def costs(client: Client, size: int) -> dict[str, int]:
    """Queries of every page with so many events."""
    Archive(size, NOW).build()
    found = {}
    for path in dict.fromkeys(addresses(searches=1, choices=1)):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
        assert answer.status_code in {200, 302, 403}, (path, answer.status_code)
        whole = [query["sql"] for query in captured.captured_queries if counts_whole_table(query["sql"])]
        assert whole == [], path
        found[re.sub(r"/\d+/", "/N/", path)] = len(captured)
    return found


@pytest.mark.timeout(600)
def test_no_page_asks_more_of_many_rows_and_none_counts_a_table(desk: Client, administrator: User) -> None:
    with transaction.atomic():
        few = costs(desk, FEW)
        transaction.set_rollback(True)
    many = costs(desk, MANY)
    # A list that found nothing asks for neither its rows nor what belongs to them.
    grown = {path: (few[path], many[path]) for path in few.keys() & many.keys() if many[path] > few[path] + 4}
    assert grown == {}
    over = {path: n for path, n in many.items() if n > MOST_QUERIES}
    assert over == {}
    assert len(many) > 150


@pytest.mark.parametrize(
    ("sql", "is_whole"),
    [
        ('SELECT COUNT(*) AS "__count" FROM "events_group"', True),
        ('SELECT COUNT(*) FROM "events_page" WHERE "events_page"."kind" = \'site\'', True),
        ('SELECT COUNT(*) FROM (SELECT "id" FROM "events_group" LIMIT 10001) subquery', False),
        (
            'SELECT COUNT(*) AS "__count" FROM "events_historicalpage" WHERE "events_historicalpage"."id" = 1',
            False,
        ),
        ('SELECT "id" FROM "events_group"', False),
    ],
)
def test_a_count_is_told_from_a_bounded_one(sql: str, is_whole: bool) -> None:
    assert counts_whole_table(sql) is is_whole
