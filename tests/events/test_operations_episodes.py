"""Blocked, restored, blocked again: episodes with bounds, and the event that repeats the first and the last."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from events import operations
from events.dates import ImpreciseDate
from events.models import BlockEvent, Episode
from tests.make import NOW, TOLD, make_event

pytestmark = pytest.mark.django_db


def day(text: str) -> ImpreciseDate:
    return ImpreciseDate.parse(text)


def end(event: BlockEvent, text: str, how: str = "restored") -> None:
    operations.end_block(event=event, on=day(text), how=how, by=None, now=NOW)


def again(event: BlockEvent, text: str) -> None:
    operations.block_again(event=event, on=day(text), by=None, now=NOW)


def spans(event: BlockEvent) -> list[tuple[str | None, str | None, str | None]]:
    rows = Episode.objects.filter(event=event).order_by("number")
    return [
        (operations.interval(row, "began").iso, operations.interval(row, "ended").iso, row.ended_how)
        for row in rows
    ]


def bounds(event: BlockEvent) -> tuple[str | None, str | None, str | None]:
    stored = BlockEvent.objects.get(pk=event.pk)
    restored = operations.interval(stored, "restored").iso
    return operations.interval(stored, "blocked").iso, restored, stored.restored_precision


def test_an_event_begins_with_one_open_episode() -> None:
    event = make_event(blocked="2022-11-27")
    assert spans(event) == [("2022-11-27", None, None)]
    assert bounds(event) == ("2022-11-27", None, None)


def test_an_event_without_a_date_has_an_episode_without_one() -> None:
    assert spans(make_event(blocked="")) == [(None, None, None)]


def test_the_end_of_a_block_closes_its_episode_and_shows_on_the_event() -> None:
    event = make_event(blocked="2022-11-27")
    end(event, "2023-01", "court_reversed")
    assert spans(event) == [("2022-11-27", "2023-01", "court_reversed")]
    assert bounds(event) == ("2022-11-27", "2023-01", "month")


def test_a_block_may_be_over_and_nobody_says_since_when() -> None:
    event = make_event()
    operations.end_block(event=event, on=ImpreciseDate.unknown(), how="unknown", by=None, now=NOW)
    assert spans(event) == [("2022-11-27", None, "unknown")]
    assert bounds(event) == ("2022-11-27", None, "unknown")
    with pytest.raises(ValueError, match="already recorded as over"):
        end(event, "2023")


def test_a_block_does_not_end_twice_and_does_not_begin_again_while_it_holds() -> None:
    event = make_event()
    with pytest.raises(ValueError, match="not recorded as over"):
        again(event, "2023-02-01")
    end(event, "2023-01-01")
    with pytest.raises(ValueError, match="already recorded as over"):
        end(event, "2023-01-02")


def test_blocked_again_is_another_episode_and_the_event_is_open_again() -> None:
    event = make_event(blocked="2022-11-27")
    end(event, "2023-01-01")
    again(event, "2023-02")
    assert spans(event) == [("2022-11-27", "2023-01-01", "restored"), ("2023-02", None, None)]
    assert bounds(event) == ("2022-11-27", None, None)
    end(event, "2024", "order_lifted")
    assert bounds(event) == ("2022-11-27", "2024", "year")
    assert [row.number for row in event.episodes.order_by("number")] == [1, 2]


def test_a_block_does_not_end_before_it_began() -> None:
    event = make_event(blocked="2022-11-27")
    with pytest.raises(IntegrityError, match="episode_ends_after_it_began"), transaction.atomic():
        end(event, "2022-11-26")
    assert spans(event) == [("2022-11-27", None, None)]


def test_an_imprecise_end_may_begin_before_a_precise_beginning() -> None:
    event = make_event(blocked="2022-11-27")
    end(event, "2022")
    assert bounds(event) == ("2022-11-27", "2022", "year")


def test_a_single_episode_follows_the_event() -> None:
    event = make_event(blocked="2022-11-27")
    operations.correct_event(
        correction=TOLD, event=event, by=None, now=NOW, blocked=day("2022-11"), restored=day("2023-05-05")
    )
    assert spans(event) == [("2022-11", "2023-05-05", "restored")]
    operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, restored=ImpreciseDate.unknown())
    assert spans(event) == [("2022-11", None, "restored")]


def test_a_single_episode_keeps_how_it_ended_when_the_date_is_corrected() -> None:
    event = make_event()
    end(event, "2023-01-01", "left_register")
    operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, restored=day("2023-01-02"))
    assert spans(event) == [("2022-11-27", "2023-01-02", "left_register")]


def test_an_event_recorded_with_its_end_has_a_closed_episode() -> None:
    assert spans(make_event(restored=day("2023-01"))) == [("2022-11-27", "2023-01", "restored")]


def test_several_episodes_are_the_record_and_the_event_repeats_them() -> None:
    event = make_event(blocked="2022-11-27")
    end(event, "2023-01-01")
    again(event, "2023-02-01")
    before = spans(event)
    operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, summary="Other words.")
    assert spans(event) == before
    assert bounds(event) == ("2022-11-27", None, None)


def test_a_date_of_an_event_with_several_episodes_is_not_changed_in_silence() -> None:
    event = make_event(blocked="2022-11-27")
    end(event, "2023-01-01")
    again(event, "2023-02-01")
    with pytest.raises(operations.Inconsistent, match="several episodes"):
        operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, blocked=day("2021"))
    assert bounds(event) == ("2022-11-27", None, None)


def test_a_correction_that_moves_no_bound_leaves_the_episode_alone() -> None:
    event = make_event()
    before = Episode.history.count()
    operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, summary="Other words.")
    assert Episode.history.count() == before


def test_the_reason_is_in_the_history_of_episode_and_event() -> None:
    event = make_event()
    operations.end_block(
        event=event, on=day("2023-01-01"), how="restored", by=None, now=NOW, because="the group said so"
    )
    assert event.history.latest().history_change_reason == "the group said so"
    assert event.episodes.get().history.latest().history_change_reason == "the group said so"
