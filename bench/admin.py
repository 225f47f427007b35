"""Every page of the admin over a large archive: milliseconds, queries, and whether a whole table is counted."""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.many import Archive, address, named

SIZE = int(os.environ.get("BENCH_EVENTS", "100000"))
ROUNDS = 3
MOST_QUERIES, MOST_MILLISECONDS = 15, 300
SHOWN = 12
OF_ONE = re.compile(r'WHERE .*"(\w+_)?id" (= |IN \()\d')
COUNTS = re.compile(r"\bCOUNT\s*\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What one address cost."""

    path: str
    milliseconds: float
    queries: int
    counts: bool

    @property
    def is_over(self) -> bool:
        return self.milliseconds > MOST_MILLISECONDS or self.queries > MOST_QUERIES or self.counts

    def __str__(self) -> str:
        counted = ", counts a whole table" if self.counts else ""
        return f"{self.milliseconds:6.0f} ms {self.queries:3} queries{counted}  {self.path}"


def lines() -> Iterator[str]:
    pages = sorted(measured(), key=lambda page: -page.milliseconds)
    over = [page for page in pages if page.is_over]
    worst = pages[0]
    yield (
        f"admin over {SIZE} events on {connection.vendor}: {len(pages)} addresses, {len(over)} over "
        f"{MOST_QUERIES} queries, {MOST_MILLISECONDS} ms or no count of a whole table; slowest "
        f"{worst.milliseconds:.0f} ms, most queries {max(page.queries for page in pages)} "
        "(yardstick: the bars themselves)"
    )
    for page in dict.fromkeys([*over, *pages[:SHOWN]]):
        yield f"  {page}"


def measured() -> Iterator[Page]:
    settings.ALLOWED_HOSTS.append("testserver")
    logging.getLogger("django.request").setLevel(logging.ERROR)  # who may not is refused by design
    Archive(SIZE).build()
    client = Client()
    client.force_login(_administrator())
    for path in dict.fromkeys(addresses()):
        yield _visit(client, path)


def counts_whole_table(sql: str) -> bool:
    """Whether a query counts rows without a bound: neither a limited number, nor those of one row."""
    return bool(COUNTS.search(sql)) and "LIMIT" not in sql and not OF_ONE.search(sql)


def addresses(*, searches: int = 5, choices: int = 8) -> Iterator[str]:
    """All that the registry leads to: lists, each of their filters and searches, rows, histories, autocompletes.

    So many searches of a list and choices of a filter: what they cost differs, what they ask does not.
    """
    yield reverse("admin:index")
    for label in ("events", "tracker", "auth"):
        yield reverse("admin:app_list", args=[label])
    for model, desk in admin.site._registry.items():
        yield from _of_list(model, desk, searches, choices)
        yield from _of_row(model, desk)


def _of_list(model: Any, desk: Any, searches: int, n_choices: int) -> Iterator[str]:
    path = _address(model, "changelist")
    yield path
    request = RequestFactory().get(path)
    request.user = _administrator()
    changelist = desk.get_changelist_instance(request)
    if desk.search_fields:
        words_of = ("archive 27", named(777), "zh", "nobody-has-this-name", address(4242))
        for words in words_of[:searches]:
            yield f"{path}?q={words}"
    for spec in changelist.filter_specs:
        yield from (path + choice for choice in _choices(spec, changelist)[:n_choices])
    yield f"{path}?p={min(changelist.paginator.num_pages, 200)}"
    for number, column in enumerate(changelist.list_display):
        if changelist.sortable_by is None or column in changelist.sortable_by:
            yield f"{path}?o={number}"
            yield f"{path}?o=-{number}"
    for field in getattr(desk, "autocomplete_fields", ()):
        asked = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}&field_name={field}"
        for term in ("", "zh", named(777), "nobody-has-this-name")[:searches]:
            yield f"/admin/autocomplete/?term={term}&{asked}"


def _choices(spec: Any, changelist: Any) -> list[str]:
    """The addresses of a filter's choices: links beside the list, or the options of a field above it."""
    if hasattr(spec, "options"):
        return [f"?{spec.parameter_name}={key}" for key, _label in spec.options()]
    if callable(getattr(spec, "field", None)):
        example = "2020-03" if "blocked" in spec.parameter_name else "1"
        return [f"?{spec.parameter_name}={example}"]
    return [choice["query_string"] for choice in spec.choices(changelist)][1:]


def _of_row(model: Any, desk: Any) -> Iterator[str]:
    yield _address(model, "add")
    row = model._default_manager.order_by("pk").first()
    if row is None:
        return
    for page in ("change", "history", "delete"):
        yield _address(model, page, row.pk)
    if hasattr(model, "history"):
        yield from (_address(model, "simple_history", row.pk, v.pk) for v in row.history.all()[:1])


def _address(model: Any, page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def _visit(client: Client, path: str) -> Page:
    """What one address costs at its best: whoever else uses the machine is no part of it."""
    times, queries, counts = [], 0, False
    for _ in range(ROUNDS):
        connection.queries_log.clear()  # which is only so long
        with CaptureQueriesContext(connection) as captured:
            began = time.perf_counter()
            answer = client.get(path)
            _ = answer.content
            times.append((time.perf_counter() - began) * 1000)
        assert answer.status_code in {200, 302, 403}, (path, answer.status_code)
        queries = len(captured)
        counts = any(counts_whole_table(query["sql"]) for query in captured.captured_queries)
    return Page(path, min(times), queries, counts)


def _administrator() -> User:
    user, _is_new = User.objects.get_or_create(
        username="bench", defaults={"is_staff": True, "is_superuser": True}
    )
    return user


__all__ = ["Page", "addresses", "counts_whole_table", "lines", "measured"]
