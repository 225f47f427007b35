"""A sensitive published event is corrected by two: one proposes, another takes, and readers are told then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group as AccountGroup
from django.contrib.auth.models import User

from events import operations
from events.dates import ImpreciseDate
from events.models import BlockEvent, ProposedCorrection
from events.operations import TYPO, Correction, Inconsistent, NotAllowed, Untold
from tests import make
from tests.make import NOW, TOLD

pytestmark = pytest.mark.django_db
LATER, LAST = NOW + timedelta(hours=1), NOW + timedelta(hours=2)


@pytest.fixture
def people(db: None) -> dict[str, User]:
    operations.ensure_roles()
    people = {name: User.objects.create_user(name) for name in ("editor", "reviewer", "second")}
    for name, user in people.items():
        user.groups.add(AccountGroup.objects.get(name="editor" if name == "editor" else "reviewer"))
    return {name: User.objects.get(pk=user.pk) for name, user in people.items()}


@pytest.fixture
def event(people: dict[str, User]) -> BlockEvent:
    event = make.make_event(publish=False, by=people["editor"], is_sensitive=True, summary="Old words.")
    operations.publish_event(event=event, by=people["reviewer"], now=NOW)
    return event


def proposed(event: BlockEvent, by: User, **values: Any) -> ProposedCorrection:
    said: dict[str, Any] = {"correction": TOLD, "orders": None} | {
        name: values.pop(name) for name in ("correction", "orders") if name in values
    }
    for name, value in values.items():
        setattr(event, name, value)
    row = operations.propose_correction(event=event, by=by, now=LATER, because="a letter", **said)
    assert row is not None
    return row


def test_until_a_second_person_takes_it_readers_see_what_stood_there(
    event: BlockEvent, people: dict[str, User]
) -> None:
    row = proposed(event, people["reviewer"], summary="New words.", territory="TR")
    assert (event.summary, event.territory) == ("Old words.", "RU")
    event.refresh_from_db()
    assert (event.summary, event.territory, event.errata.count()) == ("Old words.", "RU", 0)
    operations.take_correction(proposed=row, by=people["second"], now=LAST)
    event.refresh_from_db()
    assert (event.summary, event.territory, event.publication) == ("New words.", "TR", "published")
    assert [erratum.text for erratum in event.errata.all()] == [TOLD.erratum]
    newest = event.history.order_by("-history_id").first()
    assert (newest.history_user, newest.history_change_reason) == (
        people["second"],
        "proposed by reviewer: a letter",
    )
    assert event.watch is not None
    assert event.watch.territory == "TR"


def test_nobody_takes_their_own_correction_and_no_editor_any(
    event: BlockEvent, people: dict[str, User]
) -> None:
    row = proposed(event, people["reviewer"], summary="New words.")
    for by in (people["reviewer"], people["editor"], None):
        with pytest.raises(NotAllowed):
            operations.take_correction(proposed=row, by=by, now=LAST)
    event.refresh_from_db()
    assert event.summary == "Old words."


def test_orders_and_dates_are_proposed_as_well(event: BlockEvent, people: dict[str, User]) -> None:
    order = operations.record_order(
        by=None, now=NOW, authority=event.authority, number="7-1", dated=ImpreciseDate.parse("2022-11")
    )
    operations.set_interval(event, "blocked", ImpreciseDate.parse("2021-03"))
    row = proposed(event, people["editor"], orders=[order])
    assert event.orders.count() == 0
    operations.take_correction(proposed=row, by=people["reviewer"], now=LAST)
    event.refresh_from_db()
    assert list(event.orders.all()) == [order]
    assert (str(event.blocked_earliest), event.blocked_precision) == ("2021-03-01", "month")
    assert str(event.episodes.get().began_latest) == "2021-03-31"


def test_a_correction_says_what_was_wrong_before_it_is_proposed(
    event: BlockEvent, people: dict[str, User]
) -> None:
    event.territory = "TR"
    for correction in (Correction(), TYPO):
        with pytest.raises(Untold):
            operations.propose_correction(event=event, by=people["editor"], now=LATER, correction=correction)
    assert not ProposedCorrection.objects.exists()


def test_what_was_changed_since_is_not_overwritten(event: BlockEvent, people: dict[str, User]) -> None:
    first = proposed(event, people["editor"], summary="New words.")
    second = proposed(event, people["editor"], summary="Other words.")
    operations.take_correction(proposed=first, by=people["reviewer"], now=LAST)
    with pytest.raises(Inconsistent, match="propose it anew"):
        operations.take_correction(proposed=second, by=people["reviewer"], now=LAST)
    event.refresh_from_db()
    assert event.summary == "New words."


def test_what_was_decided_is_decided_and_what_is_withdrawn_stays(
    event: BlockEvent, people: dict[str, User]
) -> None:
    row, other = (proposed(event, people["editor"], summary=words) for words in ("New words.", "Others."))
    with pytest.raises(NotAllowed):
        operations.dismiss_correction(proposed=row, by=_stranger(), now=LAST)
    operations.dismiss_correction(proposed=row, by=people["editor"], now=LAST)
    with pytest.raises(Inconsistent, match="decided already"):
        operations.take_correction(proposed=row, by=people["reviewer"], now=LAST)
    operations.withdraw_event(event=event, by=people["reviewer"], now=LAST, because="They asked for it.")
    with pytest.raises(Inconsistent, match="not published any more"):
        operations.take_correction(proposed=other, by=people["reviewer"], now=LAST)


def _stranger() -> User:
    return User.objects.create_user("stranger")


def test_what_can_be_corrected_at_once_needs_no_second_person(people: dict[str, User]) -> None:
    event = make.make_event()
    event.summary = "New words."
    with pytest.raises(Inconsistent, match="at once"):
        operations.propose_correction(event=event, by=people["editor"], now=LATER, correction=TOLD)


# --- What an event shows of its group and its page


def test_a_group_or_page_that_readers_see_is_renamed_with_a_word_to_them() -> None:
    event = make.make_event()
    group, page = event.group, event.page
    assert page is not None
    for row, column in ((group, "name"), (group, "kind"), (page, "title"), (page, "kind")):
        row.refresh_from_db()
        setattr(
            row, column, "Another" if column in ("name", "title") else "channel" if row is page else "person"
        )
        with pytest.raises(Untold):
            operations.keep(row, by=None, now=LATER)
        told = Correction(erratum=f"Another {column} of the {row._meta.model_name}.")
        operations.keep(row, by=None, now=LATER, correction=told)
        assert event.errata.filter(text=told.erratum).exists()
    assert event.errata.count() == 4


def test_a_name_may_have_a_typing_error_and_what_nobody_sees_needs_no_word() -> None:
    event = make.make_event()
    event.group.name += "!"
    operations.keep(event.group, by=None, now=LATER, correction=TYPO)
    event.group.internal_notes = "Called them."
    operations.keep(event.group, by=None, now=LATER)
    draft = make.make_event(publish=False)
    draft.group.name = "Another"
    operations.keep(draft.group, by=None, now=LATER)
    assert event.errata.count() == draft.errata.count() == 0


def test_the_group_of_a_sensitive_published_event_is_renamed_by_nobody_alone(event: BlockEvent) -> None:
    event.group.name = "Another"
    with pytest.raises(Inconsistent, match="nobody changes alone"):
        operations.keep(event.group, by=None, now=LATER, correction=TOLD)
