"""The rows that the tables of ``docs/access.md`` speak of, by name.

In an address, ``{group.pk}`` is the first row of the table *group*; besides there are ``draft`` (somebody else's),
``draft_order``, ``own_draft`` and ``own_in_review`` (the contributor's), ``in_review`` and ``sensitive`` (both somebody
else's and in review), ``waiting`` (a correction of it waits for a second person), ``withdrawn``, ``own_intake`` (a
text that the contributor gave), and ``user`` (an account that nobody uses).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User

from events import operations
from events.dates import ImpreciseDate
from events.models import Appeal, BlockEvent, ImportBatch, Order
from events.operations import registers, uploads
from tests import make
from tests.make import NOW


@dataclass(frozen=True)
class World:
    """``named``: rows for addresses. ``cases``: rows for *Tables*, by table and by the words that make it a case."""

    named: dict[str, Any]
    cases: dict[tuple[str, str], Any]

    def row(self, label: str, which: str) -> Any:
        return self.cases[label, which]

    def address(self, template: str) -> str:
        return template.format(**self.named)


def make_world(event: BlockEvent, accounts: dict[str, User]) -> World:
    somebody = User.objects.create_user("somebody", password="a-long-passphrase", is_staff=True)
    contributor = accounts["contributor"]
    draft, own, in_review = _draft(somebody), _draft(contributor), _draft(contributor)
    operations.send_to_review(event=in_review, by=contributor, now=NOW)
    _make_import(accounts["administrator"])
    waiting = _waiting_for_second(somebody)
    first = _first_rows() | {"events.blockevent": event, "auth.user": somebody}
    named = {label.split(".")[1]: row for label, row in first.items() if label != "auth.group"}
    named |= {"draft": draft, "draft_order": draft.orders.get()}
    named |= {
        "waiting": waiting,
        "proposedcorrection": waiting.corrections.get(),
        "own_draft": own,
        "own_in_review": in_review,
        **_in_every_state(somebody),
    }
    named["own_intake"] = operations.begin_intake(
        by=contributor, now=NOW, given="text", text="A page was blocked."
    )
    cases = {(label, ""): row for label, row in first.items()}
    return World(named, cases | _cases(draft, own, in_review))


def _make_import(by: User) -> None:
    """A file on its way in, and a batch that is a snapshot of a register which was not believed."""
    uploads.record_upload(
        by=by, now=NOW, file_name="a.csv", stored_as="a", size=1, format="auto", publish=False
    )
    batch = ImportBatch.objects.order_by("pk").first()
    assert batch is not None
    registers.record_snapshot(register="rkn", of=NOW, entries=1, state="doubted", batch=batch)


def _waiting_for_second(by: User) -> BlockEvent:
    """A sensitive published event of which somebody proposed a correction."""
    event = make.make_event(publish=False, is_sensitive=True)
    second = User.objects.create_superuser("second", password="a-long-passphrase")
    operations.publish_event(event=event, by=second, now=NOW)
    event.summary = "Other words."
    operations.propose_correction(event=event, by=by, now=NOW, correction=make.TOLD)
    return event


def _first_rows() -> dict[str, Any]:
    """The first row of every table that the admin may show, by label; None of a table that is empty."""
    models = (model for model in apps.get_models() if not model.__name__.startswith("Historical"))
    return {model._meta.label_lower: model._default_manager.order_by("pk").first() for model in models}


def _in_every_state(by: User) -> dict[str, BlockEvent]:
    rows = {"in_review": _draft(by), "sensitive": _draft(by), "withdrawn": make.make_event()}
    operations.correct_event(event=rows["sensitive"], by=by, now=NOW, is_sensitive=True)
    for name in ("in_review", "sensitive"):
        operations.send_to_review(event=rows[name], by=by, now=NOW)
    operations.withdraw_event(event=rows["withdrawn"], by=None, now=NOW, because="Two groups were mixed up.")
    return rows


def _draft(by: User) -> BlockEvent:
    """A draft with a group, a page, an order, a source and a date of its own."""
    group = operations.record_group(by=by, now=NOW, name=f"A group of {by.username}")
    page = operations.record_page(group=group, url=f"https://vk.com/of_{make.next_number()}", by=by, now=NOW)
    order: Order = operations.record_order(
        by=by, now=NOW, authority=None, number=f"7-{make.next_number()}", dated=ImpreciseDate.parse("2022")
    )
    event = make.make_event(publish=False, by=by, page=page, orders=[order])
    operations.add_date(event=event, kind="ordered", on=ImpreciseDate.parse("2022-11-26"), by=by, now=NOW)
    operations.keep(Appeal(event=event, outcome="pending"), by=by, now=NOW)
    return event


def _cases(draft: BlockEvent, own: BlockEvent, in_review: BlockEvent) -> dict[tuple[str, str], Any]:
    others = "of a draft of somebody else"
    cases: dict[tuple[str, str], Any] = {
        ("events.blockevent", "own draft"): own,
        ("events.blockevent", "own event in review"): in_review,
        ("events.blockevent", "draft of somebody else"): draft,
        ("events.source", others): draft.sources.get(),
        ("events.eventdate", others): draft.dates.get(),
        ("events.appeal", others): draft.appeals.get(),
        ("events.episode", others): draft.episodes.get(),
    }
    for name, its in (("group", "group"), ("page", "page"), ("order", "orders")):
        for words, event in ((others, draft), ("that they recorded", own)):
            row = getattr(event, its)
            cases[f"events.{name}", words] = row.get() if its == "orders" else row
    return cases
