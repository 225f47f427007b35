"""Appeals in the event's form: typed under it, kept with a history, and refused in words when they contradict."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from events import operations
from events.models import Appeal, BlockEvent
from tests import make
from tests.events.admin.forms import errors_of, filled
from tests.make import NOW


@pytest.fixture
def event(db: None) -> BlockEvent:
    return make.make_event(publish=False)


def page_of(event: BlockEvent) -> str:
    return reverse("admin:events_blockevent_change", args=[event.pk])


def typed(desk: Client, event: BlockEvent, **values: str) -> dict[str, str]:
    row = {"event": str(event.pk), "filed_by": "group", "filed": "2022-12", "outcome": "lifted", **values}
    form: dict[str, str] = filled(desk, page_of(event), because="the ruling")
    return form | {"appeals-TOTAL_FORMS": "1"} | {f"appeals-0-{name}": value for name, value in row.items()}


def test_an_appeal_is_typed_under_its_event_and_keeps_its_history(
    desk: Client, event: BlockEvent, administrator: User
) -> None:
    court = make.make_authority(name="Court")
    source = event.sources.get()
    answer = desk.post(
        page_of(event), typed(desk, event, body=str(court.pk), decided="2023", source=str(source.pk))
    )
    assert errors_of(answer) == ""
    appeal = event.appeals.get()
    assert (appeal.filed_by, appeal.body, appeal.outcome, appeal.source) == ("group", court, "lifted", source)
    assert (str(appeal.filed_latest), appeal.filed_precision) == ("2022-12-31", "month")
    assert (str(appeal.decided_earliest), appeal.decided_precision) == ("2023-01-01", "year")
    assert appeal.history.get().history_user == administrator
    assert "the ruling" in desk.get(page_of(event)).content.decode()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"decided": "2022-11"}, "cannot be decided before it is filed"),
        ({"decided": "2023", "outcome": "pending"}, "say what was decided, or empty that date"),
    ],
)
def test_an_appeal_that_contradicts_itself_is_refused_in_words(
    desk: Client, event: BlockEvent, values: dict[str, str], said: str
) -> None:
    assert said in errors_of(desk.post(page_of(event), typed(desk, event, **values)))
    assert not Appeal.objects.exists()


def test_an_import_is_not_undone_over_an_appeal_that_somebody_added(event: BlockEvent) -> None:
    batch = operations.record_batch(
        by=None, now=NOW, file_name="a.csv", file_sha256="0" * 64, format="csv", rows=1, created=1, updated=0,
        unchanged=0,
    )  # fmt: skip
    operations.record_rows(batch=batch, rows=[(2, "created", event)])
    operations.keep(Appeal(event=event), by=None, now=NOW, because="read in the ruling")
    plan = operations.plan_undo(batch=batch)
    assert (plan.removed, [pk for pk, _why in plan.kept]) == ([], [event.pk])
