"""Who changed what, when and why: on every researchers' table, for what is made, changed and taken away."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import models

from events import operations
from events.dates import ImpreciseDate
from events.models import (
    Appeal,
    BlockEvent,
    BulkChange,
    BulkChangeRow,
    EventDate,
    FormDraft,
    FormOpened,
    ImportBatch,
    ImportRow,
    ImportUpload,
    Intake,
    NoticeMark,
    OrderProposal,
    PreviewRow,
    ProposedCorrection,
    RegisterEntry,
    RegisterSnapshot,
    SavedView,
    SeenChange,
    Twin,
)
from events.models.searching import SearchText
from tests.breaking import tables
from tests.make import NOW, TOLD, make_authority, make_event, make_group, make_page, make_source

pytestmark = pytest.mark.django_db
LATER, LAST = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
ROOT = Path(__file__).resolve().parents[2]
DAY = ImpreciseDate.parse("2022-11-26")
Row = Any


def _platform() -> Row:
    operations.ensure_platforms(by=None, now=NOW)
    return make_page().platform.__class__.objects.exclude(pages__isnull=False).order_by("pk").first()


def _draft() -> BlockEvent:
    return make_event(publish=False)


def _order() -> Row:
    return operations.record_order(by=None, now=NOW, authority=make_authority(), number="1", dated=DAY)


def _episode() -> Row:
    return _draft().episodes.get()


def _appeal() -> Row:
    row = Appeal(event=_draft(), outcome="pending")
    operations.keep(row, by=None, now=NOW)
    return row


def _erratum() -> Row:
    return operations.add_erratum(event=make_event(), text="Wrong.", by=None, now=NOW)


TRACKED: dict[str, tuple[Callable[[], Row], str, Any]] = {
    "Platform": (_platform, "company", "Another"),
    "Group": (make_group, "name", "Another"),
    "GroupName": (
        lambda: operations.name_group(group=make_group(), by=None, now=NOW, name="Совет"),
        "note",
        "As Meduza has it.",
    ),
    "Page": (make_page, "note", "Not blocked."),
    "Authority": (make_authority, "kind", "prosecutor"),
    "AuthorityName": (
        lambda: operations.name_authority(authority=make_authority(), by=None, now=NOW, name="Court"),
        "language",
        "en",
    ),
    "Order": (_order, "law", "Article 15.3"),
    "BlockEvent": (_draft, "summary", "Other words."),
    "Appeal": (_appeal, "note", "As the group says."),
    "Episode": (_episode, "note", "Seen by the group."),
    "EventDate": (
        lambda: operations.add_date(event=_draft(), kind="ordered", on=DAY, by=None, now=NOW),
        "note",
        "The order's own.",
    ),
    "Source": (lambda: make_event(publish=False).sources.get(), "quote", "“It was blocked.”"),
    "Erratum": (_erratum, "text", "Quite wrong."),
}


def test_every_researchers_table_is_tracked() -> None:
    assert {model.__name__ for model in tables("events") if hasattr(model, "history")} == set(TRACKED)
    # An import and a proposal are written once and are themselves a record of who did what; the mark is the machine's.
    # Search texts and pairs of likely duplicates repeat what stands elsewhere; views and open forms are a person's own.
    # What an import keeps of its rows and of registers is a record, too; what was pasted is its owner's and goes.
    untracked = {
        *(FormDraft, FormOpened, Intake, SavedView, SeenChange, Twin),
        *(ImportBatch, ImportRow, ImportUpload, PreviewRow, RegisterEntry, RegisterSnapshot),
        *(NoticeMark, OrderProposal, ProposedCorrection, BulkChange, BulkChangeRow),
    }
    without = {model for model in tables("events") if not hasattr(model, "history")}
    assert {model for model in without if not issubclass(model, SearchText)} == untracked


@pytest.mark.parametrize("name", TRACKED)
def test_history_says_who_when_and_why(name: str, researcher: User) -> None:
    make, column, value = TRACKED[name]
    row = make()
    model, pk = type(row), row.pk
    assert model.__name__ == name
    assert _first(model, pk).history_type == "+"
    setattr(row, column, value)
    operations.keep(row, by=researcher, now=LATER, because="a source says so")
    changed = _last(model, pk)
    assert (changed.history_type, changed.history_user, changed.history_date) == ("~", researcher, LATER)
    assert changed.history_change_reason == "a source says so"
    assert getattr(changed, column) == value
    assert getattr(_first(model, pk), column) != value
    operations.remove(row, by=researcher, now=LAST, because="entered twice")
    gone = _last(model, pk)
    assert (gone.history_type, gone.history_user, gone.history_date) == ("-", researcher, LAST)
    assert gone.history_change_reason == "entered twice"
    assert not model._default_manager.filter(pk=pk).exists()


def test_the_first_entry_says_who_made_the_row(researcher: User) -> None:
    group = operations.record_group(by=researcher, now=NOW, name="Совет", because="read in Meduza")
    made = _first(type(group), group.pk)
    assert (made.history_user, made.history_date, made.history_change_reason) == (
        researcher,
        NOW,
        "read in Meduza",
    )


def test_the_next_change_does_not_inherit_the_last_reason_or_person(researcher: User) -> None:
    group = operations.record_group(by=researcher, now=NOW, name="Совет", because="read in Meduza")
    operations.keep(group, by=None, now=LATER)
    changed = _last(type(group), group.pk)
    assert (changed.history_user, changed.history_date, changed.history_change_reason) == (None, LATER, None)


def test_what_falls_with_an_event_is_signed_too(researcher: User) -> None:
    event = make_event(publish=False, sources=[make_source(), make_source()])
    operations.add_date(event=event, kind="ordered", on=DAY, source=event.sources.first(), by=None, now=NOW)
    pk = event.pk
    operations.remove(event, by=researcher, now=LAST, because="entered twice")
    for name in ("Source", "EventDate", "Episode", "BlockEvent"):
        model: Any = next(model for model in tables("events") if model.__name__ == name)
        gone = model.history.filter(history_type="-", **{"id" if name == "BlockEvent" else "event_id": pk})
        assert gone.count() == (2 if name == "Source" else 1), name
        signed = {(row.history_user, row.history_date, row.history_change_reason) for row in gone}
        assert signed == {(researcher, LAST, "entered twice")}
    assert not EventDate.history.filter(history_type="~").exists()


def test_a_date_that_loses_its_source_has_that_in_its_history(researcher: User) -> None:
    event = make_event(sources=[make_source(), make_source()])
    source = event.sources.first()
    date = operations.add_date(event=event, kind="ordered", on=DAY, source=source, by=None, now=NOW)
    assert source is not None
    operations.remove(source, by=researcher, now=LATER, because="never said so", correction=TOLD)
    date.refresh_from_db()
    assert date.source is None
    changed = _last(EventDate, date.pk)
    assert (changed.history_type, changed.history_user, changed.source_id) == ("~", researcher, None)


def test_orders_are_part_of_an_events_history() -> None:
    old, new = (
        operations.record_order(by=None, now=NOW, authority=None, number=number, dated=DAY) for number in "12"
    )
    event = make_event(orders=[old])
    operations.correct_event(correction=TOLD, event=event, by=None, now=LATER, orders=[new])
    before = BlockEvent.history.filter(id=event.pk, history_date=NOW).latest("history_id")
    assert [row.order for row in before.orders.all()] == [old]
    assert [row.order for row in _last(BlockEvent, event.pk).orders.all()] == [new]


def test_a_long_reason_is_cut_and_does_not_fail() -> None:
    group = operations.record_group(by=None, now=NOW, name="Совет", because="я" * 300)
    assert _first(type(group), group.pk).history_change_reason == "я" * 100


def test_the_history_of_a_person_who_left_stays(researcher: User) -> None:
    group = operations.record_group(by=researcher, now=NOW, name="Совет")
    researcher.delete()
    assert _first(type(group), group.pk).history_user is None


@pytest.mark.parametrize("app", ["events", "tracker"])
def test_rows_are_saved_and_deleted_by_operations_only(app: str) -> None:
    """Nothing outside operations calls ``save`` or ``delete``, but for a form that is told whether to store."""
    # What asks remote workers knows no rows: its keys are the broker's.
    apart = {"operations", "migrations", "remote"}
    files = [path for path in (ROOT / app).rglob("*.py") if not apart & set(path.parts)]
    assert len(files) > 15
    assert [call for path in files for call in _writes(path)] == []


def _writes(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            handed_on = any(
                isinstance(argument, ast.Name) and argument.id == "commit" for argument in node.args
            )
            stores_nothing = handed_on or any(
                word.arg == "commit" and isinstance(word.value, ast.Constant) and word.value.value is False
                for word in node.keywords
            )
            if name in {"save", "asave", "save_base", "delete", "adelete"} and not stores_nothing:
                yield f"{path.relative_to(ROOT)}:{node.lineno} .{name}()"


def _history(model: type[models.Model], pk: int) -> Any:
    return model.history.filter(id=pk).order_by("history_id")  # type: ignore[attr-defined]


def _first(model: type[models.Model], pk: int) -> Any:
    return _history(model, pk).first()


def _last(model: type[models.Model], pk: int) -> Any:
    return _history(model, pk).last()
