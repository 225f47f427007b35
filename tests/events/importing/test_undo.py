"""An import can be taken back: what it made, what it changed, and never what somebody changed since."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from events import operations
from events.importing import Choices, import_file
from events.models import (
    Authority,
    BlockEvent,
    Group,
    GroupName,
    ImportBatch,
    Order,
    Page,
    RegisterEntry,
    Source,
)
from events.operations import Inconsistent
from tests.events.importing.test_own_columns import FULL, write_csv
from tests.events.importing.test_register import line, snapshot
from tests.make import NOW
from tracker.models import Watch

pytestmark = pytest.mark.django_db
LATER = NOW.replace(hour=13)


def take_in(tmp_path: Path, *rows: dict[str, str], publish: bool = False, at: int = 12) -> ImportBatch:
    choices = Choices(by=None, now=NOW.replace(hour=at), publish=publish)
    summary = import_file(write_csv(tmp_path, *rows), choices)
    assert summary.errors == ()
    return ImportBatch.objects.get(public_id=summary.batch)


def undo(batch: ImportBatch, by: User | None = None) -> operations.Undoing:
    return operations.undo_batch(batch=batch, by=by, now=LATER.replace(hour=20), because="the wrong file")


def test_what_an_import_made_goes_with_all_that_came_with_it(tmp_path: Path, researcher: User) -> None:
    batch = take_in(tmp_path, FULL, FULL | {"url": "https://vk.com/club9", "group": "Another"})
    plan = undo(batch, researcher)
    assert (len(plan.removed), plan.withdrawn, plan.restored, plan.kept) == (2, [], [], [])
    for model in (BlockEvent, Group, Page, Order, Authority, Source):
        assert not model.objects.exists(), model
    assert not Watch.objects.filter(is_active=True).exists()
    last = BlockEvent.history.first()
    assert (last.history_type, last.history_user) == ("-", researcher)
    assert last.history_change_reason == "undone: the wrong file"
    batch.refresh_from_db()
    assert (batch.state, batch.undone_by, batch.undone_because) == ("undone", researcher, "the wrong file")
    assert [row.event for row in batch.lines.all()] == [None, None]
    with pytest.raises(Inconsistent, match="already"):
        undo(batch)


def test_what_was_published_is_withdrawn_and_says_why(tmp_path: Path) -> None:
    plan = undo(take_in(tmp_path, FULL, publish=True))
    assert len(plan.withdrawn) == 1
    event = BlockEvent.objects.get()
    assert event.publication == "withdrawn"
    assert "the wrong file" in event.withdrawn_because


def test_what_somebody_changed_since_stays_and_is_named(tmp_path: Path, researcher: User) -> None:
    batch = take_in(
        tmp_path,
        FULL,
        FULL | {"url": "https://vk.com/club9", "group": "B"},
        FULL | {"url": "https://vk.com/club10", "group": "C"},
    )
    first, second, third = BlockEvent.objects.order_by("pk")
    operations.correct_event(event=first, summary="Ours.", by=researcher, now=LATER, because="")
    operations.add_source(event=second, source=Source(title="A letter"), by=researcher, now=LATER)
    plan = undo(batch)
    assert [pk for pk, _ in plan.kept] == [first.pk, second.pk]
    assert plan.removed == [third.pk]
    assert set(BlockEvent.objects.all()) == {first, second}
    assert Order.objects.count() == Authority.objects.filter(name=FULL["authority"]).count() == 1


def test_what_an_import_changed_is_as_before(tmp_path: Path) -> None:
    row = FULL | {"external_id": "a-1"}
    take_in(tmp_path, row)
    event = BlockEvent.objects.get()
    before = {
        name: getattr(event, name)
        for name in ("restriction", "blocked_earliest", "internal_notes", "watch_id")
    }
    changed = row | {
        "restriction": "removed",
        "blocked_on": "2022-11-20",
        "restored_on": "2023-01-01",
        "order_number": "9",
        "notes": "x",
        "source_url": "https://news.example/2",
        "group": "Council",
        "authority": "Another",
    }
    batch = take_in(tmp_path, changed, at=13)
    assert BlockEvent.objects.get().episodes.get().ended_how == "restored"
    plan = undo(batch)
    assert plan.restored == [event.pk]
    event.refresh_from_db()
    assert {name: getattr(event, name) for name in before} == before
    assert (event.restored_precision, event.episodes.get().ended_how) == (None, None)
    assert [order.number for order in event.orders.all()] == [FULL["order_number"]]
    assert [source.url for source in event.sources.all()] == [FULL["source_url"]]
    assert not GroupName.objects.exists()
    assert not Authority.objects.filter(name="Another").exists()
    assert not Order.objects.filter(number="9").exists()


def test_a_change_that_was_changed_again_stays(tmp_path: Path, researcher: User) -> None:
    row = FULL | {"external_id": "a-1"}
    take_in(tmp_path, row)
    batch = take_in(tmp_path, row | {"restriction": "removed"}, at=13)
    event = BlockEvent.objects.get()
    operations.correct_event(event=event, summary="Ours.", by=researcher, now=LATER.replace(hour=14))
    plan = undo(batch)
    assert [pk for pk, _ in plan.kept] == [event.pk]
    event.refresh_from_db()
    assert (event.restriction, event.summary) == ("removed", "Ours.")


def test_a_plan_changes_nothing(tmp_path: Path) -> None:
    batch = take_in(tmp_path, FULL)
    assert len(operations.plan_undo(batch=batch).removed) == 1
    assert BlockEvent.objects.count() == 1
    with pytest.raises(Inconsistent, match="why"):
        operations.undo_batch(batch=batch, by=None, now=LATER, because=" ")


def test_a_second_worker_that_read_the_batch_before_undoes_nothing(tmp_path: Path) -> None:
    batch = take_in(tmp_path, FULL)
    read_before = ImportBatch.objects.get(pk=batch.pk)
    undo(batch)
    with pytest.raises(Inconsistent, match="already"):
        undo(read_before)


def test_the_newest_snapshot_of_a_register_can_be_undone_while_it_ended_nothing(tmp_path: Path) -> None:
    lines = [line(f"{number}.example") for number in range(20)]
    first = snapshot(tmp_path, "2012-12-01 08:00:00", *lines[:15])
    second = snapshot(tmp_path, "2012-12-03 08:00:00", *lines)
    with pytest.raises(Inconsistent, match="Later snapshots"):
        undo(ImportBatch.objects.get(public_id=first.batch))
    assert len(undo(ImportBatch.objects.get(public_id=second.batch)).removed) == 5
    assert (RegisterEntry.objects.count(), BlockEvent.objects.count()) == (15, 15)
    again = snapshot(tmp_path, "2012-12-03 08:00:00", *lines)
    assert (again.created, again.unchanged) == (5, 15)
    third = snapshot(tmp_path, "2012-12-05 08:00:00", *lines[:19])
    with pytest.raises(Inconsistent, match="by hand"):
        undo(ImportBatch.objects.get(public_id=third.batch))
    parked = snapshot(tmp_path, "2012-12-02 08:00:00", *lines)
    with pytest.raises(Inconsistent, match="parked"):
        undo(ImportBatch.objects.get(public_id=parked.batch))
