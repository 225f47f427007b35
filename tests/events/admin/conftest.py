"""A desk with something on every table, and somebody signed in."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from events import operations
from events.dates import ImpreciseDate
from events.models import Appeal, BlockEvent, OrderProposal, Platform, ProposedCorrection
from tests import make
from tests.make import NOW
from tracker import operations as tracker
from tracker.facts import Canary, Role
from tracker.models import (
    ChainLink,
    Evidence,
    EvidenceCopy,
    FingerprintRow,
    FingerprintSet,
    Measurement,
    PlatformRecord,
    Thinning,
    Watch,
)
from tracker.operations import Claim, Look, Seen, parse_notice


@pytest.fixture
def desk(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


@pytest.fixture
def platforms(db: None) -> dict[str, Platform]:
    operations.ensure_platforms(by=None, now=NOW)
    return {platform.key: platform for platform in Platform.objects.all()}


def look_at(watch: Watch, **values: Any) -> None:
    """Store one look at a watch as a worker does, with its control."""
    vantage = make.make_vantage(name="inside", country=watch.territory)
    control = make.make_vantage(name="outside", country="DE", role=Role.CONTROL)
    token = uuid.uuid4()
    Watch.objects.filter(pk=watch.pk).update(lease_token=token, lease_until=NOW + timedelta(minutes=3))
    target = watch.target
    claim = Claim(watch.pk, token, target.url, target.platform, target.host, watch.territory, None, 0, NOW)
    seen = Seen(vantage.pk, make.make_observation(url=target.url, **values))
    outside = Seen(control.pk, make.make_observation(url=target.url, text="x"))
    look = Look(claim, seen, outside, Canary(ok=True))
    assert tracker.record_look(look=look, now=values.get("at", NOW), jitter=0.0) is not None


NOTICE = (
    "Этот материал заблокирован на территории РФ на основании требования Генеральной прокуратуры Российской Федерации "
    "от 05.08.2022 № 27-31-2022/Ид10925-22"
)


def propose(event: BlockEvent, text: str = NOTICE, state: str = "open") -> OrderProposal:
    """A proposal as the reader of notices leaves it, of the last look at the event's page."""
    measurement = Measurement.objects.filter(watch=event.watch, role="experiment").latest("pk")
    notice = parse_notice(text)
    return OrderProposal.objects.create(
        event=event,
        measurement=measurement,
        notice={
            name: getattr(notice, name)
            for name in ("text", "authority", "order_number", "order_date", "language")
        },
        notice_key=str(OrderProposal.objects.count()),
        reason="not_a_draft",
        proposed_at=NOW,
        state=state,
        decided_at=None if state == "open" else NOW,
    )


def _load_a_fingerprint() -> None:
    """A set as the import leaves it, but not in use by this process: that would outlive the test."""
    loaded = FingerprintSet.objects.create(
        sha256="0" * 64, kind="http", file_name="a.csv", n_rows=1, n_kept=1, never=[], imported_at=NOW,
        imported_by="vera", active_since=NOW,
    )  # fmt: skip
    FingerprintRow.objects.create(
        set=loaded,
        number=2,
        name="quay",
        scope="nat",
        place="body",
        kind="contains",
        pattern="x",
        countries=[],
    )


def _thin_something() -> None:
    """As the operation that thins leaves it, and as bytes that come again are kept."""
    evidence, link = Evidence.objects.latest("pk"), ChainLink.objects.latest("sequence")
    Thinning.objects.create(evidence=evidence, link=link, thinned_at=NOW)
    EvidenceCopy.objects.create(evidence=evidence, segment="a.warc.gz", offset=0, length=1, stored_at=NOW)


def _work_over_lists(event: BlockEvent) -> None:
    """What is kept of it. The second event is withdrawn, so that nobody meets it; its pair was dismissed before."""
    person = User.objects.create_user("list-keeper", is_staff=True)
    operations.save_view(name="Drafts", query="publication=draft", is_shared=True, by=person, now=NOW)
    operations.see_changes(events=[event], by=person, now=NOW)
    twin = make.make_event(page=event.page)
    operations.dismiss_twins(events=[twin], by=person, now=NOW)
    operations.change_many(kind="withdraw", events=[twin], by=None, now=NOW, because="Entered twice.")


@pytest.fixture
def full(db: None) -> BlockEvent:
    """An event with something under it in every table."""
    event = make.make_event(restored=ImpreciseDate.parse("2023"), blocked="2022-11")
    authority = event.authority
    order = operations.record_order(
        by=None, now=NOW, authority=authority, number="27-31-2022", dated=ImpreciseDate.parse("2022-11-26")
    )
    operations.correct_event(correction=make.TOLD, event=event, by=None, now=NOW, orders=[order])
    operations.name_group(group=event.group, by=None, now=NOW, name="Другое имя", language="ru")
    operations.name_authority(authority=authority, by=None, now=NOW, name="Генпрокуратура", language="ru")
    operations.add_date(event=event, kind="ordered", on=ImpreciseDate.parse("2022-11-26"), by=None, now=NOW)
    operations.add_erratum(event=event, text="The date was wrong.", by=None, now=NOW)
    operations.record_batch(
        by=None,
        now=NOW,
        file_name="a.csv",
        file_sha256="0" * 64,
        format="csv",
        rows=1,
        created=1,
        updated=0,
        unchanged=0,
    )
    for day in range(0, 8, 2):  # enough looks, far enough apart, for the status to be believed
        look_at(event.watch, status=451, text="withheld", at=NOW + timedelta(days=day))
    _work_over_lists(event)
    operations.keep(Appeal(event=event, body=authority, outcome="pending"), by=None, now=NOW)
    ProposedCorrection.objects.create(
        event=event, changes={"summary": ["", "Words."]}, erratum="Words were missing.", proposed_at=NOW
    )
    propose(event)
    operations.consider_notices(now=NOW)
    _thin_something()
    _load_a_fingerprint()
    PlatformRecord.objects.get_or_create(platform="vk")
    tracker.take_turn(host="vk.com", now=NOW, spacing=timedelta(seconds=5))
    tracker.take_check(vantage_id=make.make_vantage(name="inside").pk, platform="vk", now=NOW)
    return event
