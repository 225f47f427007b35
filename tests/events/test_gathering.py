"""What is written many at a time is what the operations write one by one: the same rows, watches and history."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.forms.models import model_to_dict

from events import operations
from events.dates import ImpreciseDate
from events.models import BlockEvent, Episode, Group, GroupName, Order, Page, Platform, Source
from events.operations import Gathering, Inconsistent
from tests.make import NOW, make_authority, make_event, make_source
from tracker.models import Target, Watch
from tracker.operations import canonical_address

pytestmark = pytest.mark.django_db

URL = "https://vk.com/sovet"
DATED = ImpreciseDate.parse("2022-11-26")
VALUES: dict[str, Any] = {
    "blocked": ImpreciseDate.parse("2022-11"),
    "restored": ImpreciseDate.parse("2023-01-02"),
    "territory": "RU",
    "restriction": "withheld",
    "publish": True,
}


def one_by_one(by: User) -> BlockEvent:
    authority = make_authority(name="Прокуратура")
    signed: Any = {"by": by, "now": NOW, "because": "import"}
    group = operations.record_group(name="Совет", kind="community", **signed)
    operations.name_group(group=group, name="Council", **signed)
    page = operations.record_page(group=group, url=URL, title="Совет", **signed)
    order = operations.record_order(authority=authority, number="27-31/1", dated=DATED, law="149", **signed)
    return operations.record_event(
        page=page,
        authority=authority,
        orders=[order],
        sources=[make_source(url="https://a.example/")],
        **VALUES,
        **signed,
    )


def together(by: User) -> BlockEvent:
    authority = make_authority(name="Прокуратура")
    gathering = Gathering(by=by, now=NOW, because="import")
    group = gathering.group(name="Совет", kind="community")
    gathering.name_group(group=group, name="Council")
    page = gathering.page(
        group=group,
        url=URL,
        address=canonical_address(URL),
        platform=Platform.objects.get(key="vk"),
        title="Совет",
        kind="other",
    )
    order = gathering.order(
        authority=authority,
        number="27-31/1",
        dated_earliest=DATED.earliest,
        dated_latest=DATED.latest,
        dated_precision="day",
        law="149",
    )
    event = gathering.event(
        page=page,
        authority=authority,
        orders=[order],
        sources=[make_source(url="https://a.example/")],
        **VALUES,
    )
    gathering.flush()
    return event


def _rows(model: Any) -> list[dict[str, Any]]:
    """All rows, without what differs from one writing to the next: one by one there are more steps."""
    left_out = {"id", "public_id", "history_id", "history_change_reason", "history_type"}
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in left_out]
    return [
        {name: bool(value) if name.endswith("_id") else value for name, value in row.items()}
        for row in model.objects.order_by("pk").values(*names)
    ]


def test_the_rows_and_their_history_are_those_of_the_operations(researcher: User) -> None:
    operations.ensure_platforms(by=None, now=NOW)
    models = [Group, GroupName, Page, Order, BlockEvent, Episode, Source]
    found = []
    for write in (one_by_one, together):
        event = write(researcher)
        latest = {model.__name__: model.history.first() for model in models}
        assert {row.history_user for row in latest.values() if row} == {researcher}
        newest = BlockEvent.history.first()
        assert [link.order for link in newest.orders.all()] == list(event.orders.all())
        assert event.page.target == event.watch.target
        found.append(
            {
                **{model.__name__: _rows(model) for model in (*models, Watch, Target)},
                **{f"history of {model.__name__}": _rows(model.history.model)[-1:] for model in models},
                "watched from": sorted(Watch.objects.values_list("territory", flat=True)),
                "event": model_to_dict(
                    event, exclude=["id", "group", "page", "authority", "orders", "watch"]
                ),
            }
        )
        for model in (Source, Episode, BlockEvent, Order, GroupName, Page, Group, Watch):
            for row in model.objects.all():
                row.delete()
            if hasattr(model, "history"):
                model.history.model.objects.all().delete()
        Target.objects.all()._raw_delete("default")
    assert found[0].keys() == found[1].keys()
    for name in found[0]:
        assert found[1][name] == found[0][name], name


def test_an_event_that_contradicts_itself_is_refused_before_anything_is_written() -> None:
    gathering = Gathering(by=None, now=NOW, because="import")
    with pytest.raises(Inconsistent, match="before the block"):
        gathering.event(
            orders=[],
            sources=[],
            publish=False,
            blocked=ImpreciseDate.parse("2022-05-01"),
            restored=ImpreciseDate.parse("2022-04-01"),
        )
    gathering.flush()
    assert not BlockEvent.objects.exists()


def test_what_the_database_refuses_leaves_nothing(researcher: User) -> None:
    event = make_event(external_id="taken")
    counted = (
        BlockEvent.objects.count(),
        Group.objects.count(),
        Group.history.count(),
        Watch.objects.count(),
    )
    gathering = Gathering(by=researcher, now=NOW, because="import")
    group = gathering.group(name="Another", kind="unknown")
    gathering.event(
        group=group,
        platform=event.platform,
        external_id="taken",
        orders=[],
        sources=[],
        publish=False,
        blocked=None,
        restored=None,
    )
    with pytest.raises(IntegrityError):
        gathering.flush()
    assert counted == (
        BlockEvent.objects.count(),
        Group.objects.count(),
        Group.history.count(),
        Watch.objects.count(),
    )
