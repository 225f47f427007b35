"""Several reads as one statement bring what each would have brought by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Exists, F, Max, Min, OuterRef
from django.test.utils import CaptureQueriesContext

from events.models import BlockEvent, Source
from events.together import kept_as, read_together
from tests import make
from tests.events.admin.conftest import look_at
from tests.make import NOW
from tracker.models import Measurement, Verdict, Watch

pytestmark = pytest.mark.django_db

READS: list[Callable[[], Any]] = [
    lambda: Source.objects.order_by("-title", "pk"),
    lambda: Source.objects.order_by("pk")[1:3],
    lambda: Source.objects.none(),
    lambda: Source.objects.filter(pk__in=[]),
    lambda: BlockEvent.objects.select_related("group", "page__target", "watch").order_by("pk"),
    lambda: BlockEvent.objects.annotate(has_any=Exists(Source.objects.filter(event=OuterRef("pk")))).order_by("pk"),
    lambda: BlockEvent.history.select_related("history_user").order_by("-history_id"),
    lambda: Measurement.objects.select_related("vantage", "body", "capture").order_by("-started_at", "-pk"),
    lambda: Verdict.objects.order_by("pk"),
    lambda: Watch.objects.order_by("territory", "pk"),
    lambda: Watch.objects.values_list("pk", "public_id", "created_at", "lease_token").order_by("pk"),
    lambda: Measurement.objects.order_by()
    .values_list("watch_id", "vantage__name")
    .annotate(n=Count("pk"), first=Min("started_at"), last=Max("started_at")),
    lambda: BlockEvent.objects.order_by("pk").values_list("blocked_earliest", flat=True),
    lambda: BlockEvent.objects.order_by("pk").values("public_id", word=F("group__name")),
]  # fmt: skip


def told(row: Any) -> Any:
    """All that is in a row, and in the rows that were read with it."""
    if not hasattr(row, "_meta"):
        return row
    own = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    beside = {name: told(other) for name, other in row._state.fields_cache.items() if other is not row}
    return type(row), own, beside, getattr(row, "has_any", None)


@pytest.fixture
def world() -> BlockEvent:
    event = make.make_event(sources=[make.make_source(title=title) for title in "bca"])
    bare = {"page": None, "group": event.group, "platform": event.platform, "authority": None}
    make.make_event(**bare, publish=False, blocked="")
    assert event.watch is not None
    for hour in range(3):
        look_at(event.watch, status=451, text="withheld", at=NOW + timedelta(hours=hour))
    return event


def test_each_read_brings_what_it_would_have_brought_by_itself(world: BlockEvent) -> None:
    with CaptureQueriesContext(connection) as captured:
        together = read_together(*(read() for read in READS))
    assert len(captured) == 1
    for read, rows in zip(READS, together, strict=True):
        assert [told(row) for row in rows] == [told(row) for row in read()]
    assert sum(map(bool, together)) == len(READS) - 2, "what is compared with nothing proves nothing"


def test_what_is_empty_is_not_asked_for() -> None:
    with CaptureQueriesContext(connection) as captured:
        assert read_together(Source.objects.none(), BlockEvent.objects.filter(pk__in=[])) == [[], []]
        assert read_together() == []
    assert len(captured) == 0


def test_rows_that_were_read_through_their_row_know_it(world: BlockEvent) -> None:
    (sources,) = read_together(world.sources.order_by("title"))
    with CaptureQueriesContext(connection) as captured:
        assert [source.title for source in sources] == ["a", "b", "c"]
        assert all(source.event is world for source in sources)
        assert list(kept_as(world.sources.order_by("title"), sources)) == sources
    assert len(captured) == 0


def test_a_prefetched_relation_answers_from_what_was_read(world: BlockEvent) -> None:
    (sources,) = read_together(world.sources.order_by("title"))
    world._prefetched_objects_cache = {"sources": kept_as(world.sources.order_by("title"), sources)}
    with CaptureQueriesContext(connection) as captured:
        assert list(world.sources.all()) == sources
    assert len(captured) == 0
