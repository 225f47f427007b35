"""Who shows what to the world, when, and with which words: a second person, an embargo, an erratum."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group as AccountGroup
from django.contrib.auth.models import User
from django.utils import translation

from events import operations
from events.dates import ImpreciseDate
from events.models import BlockEvent, Erratum
from events.operations import TYPO, Correction, Inconsistent, NotAllowed, Untold
from tests import make
from tests.make import NOW, TOLD

pytestmark = pytest.mark.django_db
LATER, LAST = NOW + timedelta(hours=1), NOW + timedelta(hours=2)


@pytest.fixture
def people(db: None) -> dict[str, User]:
    operations.ensure_roles()
    people = {"root": User.objects.create_superuser("root", password="a-long-passphrase")}
    for role in ("contributor", "editor", "reviewer", "another reviewer", "auditor"):
        people[role] = User.objects.create_user(role.replace(" ", "-"), password="a-long-passphrase")
        people[role].groups.add(AccountGroup.objects.get(name=role.removeprefix("another ")))
    return people


def sensitive(by: User, **values: Any) -> BlockEvent:
    return make.make_event(publish=False, by=by, is_sensitive=True, **values)


# --- A second pair of eyes


@pytest.mark.parametrize("who", ["root", "reviewer"])
def test_nobody_publishes_a_sensitive_event_that_they_wrote(people: dict[str, User], who: str) -> None:
    event = sensitive(people[who])
    with pytest.raises(NotAllowed, match="you wrote it or changed it last"):
        operations.publish_event(event=event, by=people[who], now=LATER)
    operations.send_to_review(event=event, by=people[who], now=LATER)
    with pytest.raises(NotAllowed):
        operations.publish_event(event=event, by=people[who], now=LATER)
    operations.publish_event(event=event, by=people["another reviewer"], now=LAST)
    event.refresh_from_db()
    assert event.publication == "published"


def test_a_refusal_is_said_in_the_language_of_the_page(people: dict[str, User]) -> None:
    event = sensitive(people["reviewer"])
    with translation.override("ru"), pytest.raises(NotAllowed, match="опубликовать его должен кто-то другой"):
        operations.publish_event(event=event, by=people["reviewer"], now=LATER)


def test_nobody_publishes_a_sensitive_event_that_they_changed_last(people: dict[str, User]) -> None:
    event = sensitive(people["contributor"])
    operations.correct_event(event=event, by=people["reviewer"], now=LATER, summary="Better words.")
    with pytest.raises(NotAllowed):
        operations.publish_event(event=event, by=people["reviewer"], now=LAST)
    operations.publish_event(event=event, by=people["another reviewer"], now=LAST)


@pytest.mark.parametrize("what", ["source", "date", "order", "source taken away"])
def test_whoever_changed_what_stands_under_it_changed_it(people: dict[str, User], what: str) -> None:
    event, by = sensitive(people["contributor"]), people["reviewer"]
    order = operations.record_order(
        by=None, now=NOW, authority=None, number="7", dated=ImpreciseDate.parse("2022")
    )
    changes = {
        "source": lambda: operations.add_source(event=event, source=make.make_source(), by=by, now=LATER),
        "date": lambda: operations.add_date(
            event=event, kind="ordered", on=ImpreciseDate.parse("2022"), by=by, now=LATER
        ),
        "order": lambda: operations.correct_event(event=event, orders=[order], by=by, now=LATER),
        "source taken away": lambda: operations.remove(event.sources.get(), by=by, now=LATER),
    }
    changes[what]()
    assert operations.writers(event) == {people["contributor"].pk, by.pk}
    with pytest.raises(NotAllowed):
        operations.publish_event(event=event, by=by, now=LAST)


def test_a_step_is_no_change(people: dict[str, User]) -> None:
    """A reviewer who sent it back with a comment may publish it once its author has answered."""
    event = sensitive(people["contributor"])
    operations.send_to_review(event=event, by=people["contributor"], now=NOW)
    operations.return_event(event=event, by=people["reviewer"], now=NOW, because="Which page?")
    operations.send_to_review(event=event, by=people["reviewer"], now=LATER)
    assert operations.writers(event) == {people["contributor"].pk}
    operations.publish_event(event=event, by=people["reviewer"], now=LAST)


def test_what_is_about_a_sensitive_group_is_sensitive(people: dict[str, User]) -> None:
    group = make.make_group(is_sensitive=True)
    event = make.make_event(publish=False, by=people["reviewer"], page=make.make_page(group=group))
    with pytest.raises(NotAllowed):
        operations.publish_event(event=event, by=people["reviewer"], now=LATER)


def test_no_editor_and_no_command_publishes_what_is_sensitive(people: dict[str, User]) -> None:
    event = sensitive(people["contributor"])
    with pytest.raises(NotAllowed, match="a reviewer publishes it"):
        operations.publish_event(event=event, by=people["editor"], now=LATER)
    with pytest.raises(NotAllowed, match="a command is nobody"):
        operations.publish_event(event=event, by=None, now=LATER)


@pytest.mark.parametrize("who", ["root", "reviewer", None])
def test_recording_and_publishing_at_once_goes_to_review_when_it_is_sensitive(
    people: dict[str, User], who: str | None
) -> None:
    event = make.make_event(by=people[who] if who else None, is_sensitive=True)
    event.refresh_from_db()
    assert (event.publication, event.published_at) == ("in_review", None)


@pytest.mark.parametrize("who", ["root", "reviewer", "editor"])
def test_the_mark_is_not_taken_away_by_who_wrote_it(people: dict[str, User], who: str) -> None:
    event = sensitive(people[who])
    with pytest.raises(NotAllowed, match="taken back by a reviewer"):
        operations.correct_event(event=event, by=people[who], now=LATER, is_sensitive=False)
    event.refresh_from_db()
    assert event.is_sensitive
    operations.correct_event(event=event, by=people["another reviewer"], now=LATER, is_sensitive=False)


def test_the_mark_is_not_lost_by_moving_to_another_group_either(people: dict[str, User]) -> None:
    group = make.make_group(is_sensitive=True)
    page = make.make_page(group=group)
    event = make.make_event(publish=False, by=people["reviewer"], page=page)
    with pytest.raises(NotAllowed):
        operations.correct_event(
            event=event, by=people["reviewer"], now=LATER, page=None, group=make.make_group()
        )


def test_a_group_is_unmarked_by_a_reviewer_who_wrote_none_of_its_drafts(people: dict[str, User]) -> None:
    group = make.make_group(is_sensitive=True)
    make.make_event(publish=False, by=people["reviewer"], page=make.make_page(group=group))
    group.is_sensitive = False
    for who in ("editor", "reviewer"):
        with pytest.raises(NotAllowed):
            operations.keep(group, by=people[who], now=LATER)
    operations.keep(group, by=people["another reviewer"], now=LATER)


def test_what_changed_while_somebody_looked_is_not_published_unseen(people: dict[str, User]) -> None:
    event = sensitive(people["contributor"])
    seen = operations.version(event)
    operations.add_source(event=event, source=make.make_source(), by=people["contributor"], now=LATER)
    with pytest.raises(Inconsistent, match="while you looked at it"):
        operations.publish_event(event=event, by=people["reviewer"], now=LAST, seen=seen)
    operations.publish_event(event=event, by=people["reviewer"], now=LAST, seen=operations.version(event))


def test_what_is_sensitive_and_published_is_changed_by_nobody_alone(people: dict[str, User]) -> None:
    event = sensitive(people["contributor"])
    operations.publish_event(event=event, by=people["reviewer"], now=LATER)
    by = people["another reviewer"]
    with pytest.raises(Inconsistent, match="nobody changes alone"):
        operations.correct_event(event=event, by=by, now=LAST, summary="New words.", correction=TOLD)
    with pytest.raises(Inconsistent, match="nobody adds alone"):
        operations.add_source(event=event, source=make.make_source(), by=by, now=LAST)
    with pytest.raises(Inconsistent, match="nobody changes alone"):
        operations.keep(_retitled(event), by=by, now=LAST, correction=TOLD)
    event.refresh_from_db()
    operations.correct_event(event=event, by=by, now=LAST, internal_notes="Called them.")
    operations.withdraw_event(event=event, by=by, now=LAST, because="They asked for it.")


def _retitled(event: BlockEvent) -> Any:
    source = event.sources.get()
    source.title = "Another title"
    return source


# --- Roles


@pytest.mark.parametrize("who", ["contributor", "auditor"])
def test_who_has_no_right_to_publish_does_not(people: dict[str, User], who: str) -> None:
    event = make.make_event(publish=False, by=people[who])
    with pytest.raises(NotAllowed, match="Your role does not publish"):
        operations.publish_event(event=event, by=people[who], now=LATER)
    assert make.make_event(by=people[who]).publication == "in_review"


@pytest.mark.parametrize("who", ["contributor", "editor", "auditor"])
def test_only_a_reviewer_withdraws_and_returns(people: dict[str, User], who: str) -> None:
    event = make.make_event()
    with pytest.raises(NotAllowed):
        operations.withdraw_event(event=event, by=people[who], now=LATER, because="Wrong.")
    draft = make.make_event(publish=False)
    operations.send_to_review(event=draft, by=None, now=NOW)
    with pytest.raises(NotAllowed):
        operations.return_event(event=draft, by=people[who], now=LATER, because="Wrong.")


def test_a_step_cannot_be_taken_by_writing_its_column(people: dict[str, User]) -> None:
    draft = make.make_event(publish=False, by=people["contributor"])
    for column in ("publication", "published_at", "withdrawn_at", "updated_at"):
        with pytest.raises(TypeError, match=column):
            operations.correct_event(event=draft, by=people["contributor"], now=NOW, **{column: "published"})
    draft.publication, draft.published_at = "published", NOW
    operations.keep_event(draft, by=people["contributor"], now=NOW)
    stored = BlockEvent.objects.get(pk=draft.pk)
    assert (stored.publication, stored.published_at) == ("draft", None)


# --- Sent back


def test_an_event_is_sent_back_with_what_is_missing(people: dict[str, User]) -> None:
    event = make.make_event(publish=False, by=people["contributor"])
    operations.send_to_review(event=event, by=people["contributor"], now=NOW, because="Is the date right?")
    assert event.review_comment == "Is the date right?"
    with pytest.raises(Inconsistent, match="Say what is missing"):
        operations.return_event(event=event, by=people["reviewer"], now=LATER, because=" ")
    operations.return_event(event=event, by=people["reviewer"], now=LATER, because="Which page?")
    event.refresh_from_db()
    assert (event.publication, event.review_comment) == ("draft", "Which page?")
    told = list(event.history.order_by("history_id").values_list("review_comment", flat=True))
    assert told[-2:] == ["Is the date right?", "Which page?"]


def test_who_wrote_it_takes_it_back_from_review_without_a_word(people: dict[str, User]) -> None:
    event = make.make_event(publish=False, by=people["contributor"])
    operations.send_to_review(event=event, by=people["contributor"], now=NOW)
    operations.return_event(event=event, by=people["contributor"], now=LATER, because="")
    assert BlockEvent.objects.get(pk=event.pk).publication == "draft"


def test_what_readers_have_seen_is_not_sent_back() -> None:
    with pytest.raises(Inconsistent, match="withdraw it"):
        operations.return_event(event=make.make_event(), by=None, now=LATER, because="Wrong.")


# --- Embargo


def embargoed(**values: Any) -> BlockEvent:
    return make.make_event(embargoed_until=LATER, **values)


def test_a_published_event_waits_for_the_end_of_its_embargo() -> None:
    event = embargoed()
    event.refresh_from_db()
    assert (event.publication, event.published_at, event.updated_at) == ("published", LATER, LATER)
    assert not operations.is_out(event, NOW)
    assert operations.is_out(event, LATER)


def test_no_date_betrays_that_it_was_ready_before() -> None:
    """Whoever asks for what is new since yesterday finds it at its end, and each version has a moment of its own."""
    event = embargoed()
    moments = [event.updated_at]
    for words in ("One.", "Two."):
        operations.correct_event(event=event, by=None, now=NOW, summary=words)
        moments.append(event.updated_at)
    assert moments == sorted(set(moments))
    assert moments[0] == LATER
    assert moments[-1] - LATER < timedelta(milliseconds=1)


def test_nobody_is_told_of_corrections_before_the_embargo_ends() -> None:
    event = embargoed()
    operations.correct_event(event=event, by=None, now=NOW, territory="TR", correction=TOLD)
    assert not Erratum.objects.exists()
    with pytest.raises(Inconsistent, match="Only what was published"):
        operations.add_erratum(event=event, text="Wrong.", by=None, now=NOW)
    with pytest.raises(Untold):
        operations.correct_event(event=event, by=None, now=LATER, territory="RU")


def test_an_embargo_is_not_moved_once_it_is_published() -> None:
    event = embargoed()
    for until in (None, NOW, LAST):
        with pytest.raises(Inconsistent, match="send it back to draft"):
            operations.correct_event(event=event, by=None, now=NOW, embargoed_until=until)
        event.refresh_from_db()
    with pytest.raises(Inconsistent, match="comes too late"):
        operations.correct_event(event=make.make_event(), by=None, now=LATER, embargoed_until=LAST)


def test_what_nobody_has_seen_is_sent_back_and_not_withdrawn() -> None:
    event = embargoed()
    with pytest.raises(Inconsistent, match="Nobody has seen this event yet"):
        operations.withdraw_event(event=event, by=None, now=NOW, because="Wrong.")
    operations.return_event(event=event, by=None, now=NOW, because="Not yet.")
    event.refresh_from_db()
    assert (event.publication, event.published_at) == ("draft", None)
    operations.correct_event(event=event, by=None, now=NOW, embargoed_until=None)
    operations.publish_event(event=event, by=None, now=LAST)
    assert event.published_at == LAST


# --- Errata


@pytest.mark.parametrize(
    "change",
    [
        {"territory": "TR"},
        {"summary": "Other words."},
        {"restriction": "removed"},
        {"cited_reason_status": "none_given"},
        {"blocked": ImpreciseDate.parse("2021")},
        {"audience_size": 7},
        {"authority": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_published_event_is_not_changed_in_silence(change: dict[str, Any]) -> None:
    event = make.make_event()
    with pytest.raises(Untold, match="say in an erratum"):
        operations.correct_event(event=event, by=None, now=LATER, **change)
    stored = BlockEvent.objects.get(pk=event.pk)
    assert operations.changed(stored, BlockEvent.history.filter(id=event.pk).first().instance) == set()
    operations.correct_event(event=stored, by=None, now=LATER, correction=TOLD, **change)
    assert event.errata.get().text == TOLD.erratum


def test_orders_and_sources_are_facts_too() -> None:
    event = make.make_event()
    operations.add_source(event=event, source=make.make_source(), by=None, now=NOW)
    order = operations.record_order(
        by=None, now=NOW, authority=None, number="7", dated=ImpreciseDate.parse("2022")
    )
    with pytest.raises(Untold):
        operations.correct_event(event=event, by=None, now=LATER, orders=[order])
    source = event.sources.first()
    with pytest.raises(Untold):
        operations.remove(source, by=None, now=LATER)
    source.title = "Another title"
    with pytest.raises(Untold):
        operations.keep(source, by=None, now=LATER)
    assert (event.orders.count(), event.sources.count()) == (0, 2)
    operations.remove(source, by=None, now=LATER, correction=Correction(erratum="One source was another's."))
    assert event.errata.count() == 1


def test_a_typing_error_is_one_in_a_text_and_is_called_one_in_the_history() -> None:
    event = make.make_event(summary="Teh page.")
    operations.correct_event(
        event=event, by=None, now=LATER, summary="The page.", because="saw it", correction=TYPO
    )
    assert not event.errata.exists()
    assert event.history.latest().history_change_reason == "typing error: saw it"
    with pytest.raises(Untold, match="more than a typing error"):
        operations.correct_event(event=event, by=None, now=LATER, territory="TR", correction=TYPO)


def test_what_readers_do_not_see_is_changed_without_a_word_to_them() -> None:
    event = make.make_event()
    operations.correct_event(
        event=event, by=None, now=LATER, internal_notes="Ask again.", external_id="ours-7"
    )
    operations.correct_event(event=event, by=None, now=LATER, is_sensitive=True)
    assert not event.errata.exists()


def test_the_same_erratum_twice_is_one() -> None:
    event = make.make_event()
    for territory in ("TR", "IN"):
        operations.correct_event(event=event, by=None, now=LATER, territory=territory, correction=TOLD)
    assert event.errata.count() == 1


def test_every_column_that_readers_see_is_a_public_fact() -> None:
    """A new column is a public fact until somebody says that it is internal."""
    internal = {field.name for field in BlockEvent._meta.fields} - set(operations.public_facts())
    assert internal == {
        *("id", "public_id", "external_id", "internal_notes", "is_sensitive", "embargoed_until", "watch"),
        *("batch", "created_at", "created_by", "publication", "published_at", "withdrawn_at"),
        *("withdrawn_because", "review_comment", "updated_at"),
    }
