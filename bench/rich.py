"""One event with much of everything: the page of the busiest row is what a bar for pages has to hold."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import QuerySet

from events import operations
from events.dates import ImpreciseDate
from events.models import (
    Appeal,
    BlockEvent,
    Erratum,
    FormDraft,
    FormOpened,
    OrderProposal,
    Page,
    Platform,
    Source,
)
from tracker.models import Evidence, Measurement, StatusChange, VantagePoint, Verdict, Watch

MANY = 12
"""How many of everything."""
LOOKS_OF_A_PLACE = 40
STATES = ("blocked", "reachable", "insufficient", "down")
NOTICE = (
    "Этот материал заблокирован на территории РФ на основании требования Генеральной прокуратуры Российской Федерации "
    "от 05.08.2022 № 27-31-2022/Ид10925-22"
)
TOLD = operations.Correction(erratum="What was wrong, in words for readers.")
TERRITORIES = ("TR", "IN", "BY", "KZ", "UA")


def enrich(event: BlockEvent, people: list[User], now: datetime) -> None:
    """Add to an event that is published what years and many hands would."""
    _enrich_facts(event, people, now)
    _enrich_presences(event, now)
    _enrich_looks(event, now)
    _enrich_work(event, people, now)


def _enrich_facts(event: BlockEvent, people: list[User], now: datetime) -> None:
    """Sources, orders, dates, episodes, errata, and a long history that points at many rows."""
    for n in range(MANY):
        by, because = people[n % len(people)], f"For reason {n}."
        source = Source(url=f"https://rich.example/{n}", title=f"Rich report {n}", kind="news")
        source.published_earliest = source.published_latest = (now - timedelta(days=900 - n)).date()
        source.published_precision = "day"
        operations.add_source(event=event, source=source, by=by, now=now, because=because)
        order = operations.record_order(
            by=by, now=now, authority=event.authority, number=f"rich-{n}",
            dated=ImpreciseDate.parse(f"2022-11-{n + 1:02}"),
        )  # fmt: skip
        event.authority = operations.record_authority(
            by=by, now=now, name=f"Rich authority {n}", country="RU"
        )
        event.transmitted_by = operations.record_authority(
            by=by, now=now, name=f"Rich office {n}", country="RU"
        )
        correction = operations.Correction(erratum=f"Erratum {n}: the authority was wrong.")
        operations.correct_event(
            event=event, by=by, now=now + timedelta(minutes=n), because=because,
            orders=[*event.orders.all(), order], correction=correction,
        )  # fmt: skip
        on = ImpreciseDate.parse(f"2022-{n % 12 + 1:02}")
        operations.add_date(event=event, kind="ordered", on=on, source=source, by=by, now=now)
        operations.keep(
            Appeal(event=event, body=event.authority, source=source), by=by, now=now, because=because
        )
    for year in range(2027, 2031):
        on = ImpreciseDate.parse(str(year))
        if event.restored_precision is None:
            operations.end_block(event=event, on=on, how="restored", by=people[0], now=now)
        operations.block_again(event=event, on=on, by=people[1], now=now)
    assert Erratum.objects.filter(event=event).count() >= MANY


def _enrich_presences(event: BlockEvent, now: datetime) -> None:
    """Other pages of the group, on every platform."""
    platforms = list(Platform.objects.order_by("pk"))
    QuerySet(Page).bulk_create(
        Page(
            group=event.group, platform=platforms[n % len(platforms)], url=f"https://rich{n}.example/",
            canonical_url=f"https://rich{n}.example/", kind="site", handle=f"rich{n}",
        )
        for n in range(2 * MANY)
    )  # fmt: skip


def _enrich_looks(event: BlockEvent, now: datetime) -> None:
    """Watches in several territories, looks from several places, bytes that were kept, changes of the status."""
    assert event.page is not None
    assert event.page.target_id is not None
    places = [
        VantagePoint.objects.get_or_create(
            name=f"rich-{n}", defaults={"country": "RU", "role": "experiment"}
        )[0]
        for n in range(4)
    ]
    body = Evidence.objects.order_by("pk").first()
    watches = [
        Watch.objects.create(
            target_id=event.page.target_id, territory=code, created_at=now, next_probe_at=now, status="blocked",
            status_since=now, status_rule_id="vk_legal_notice", n_measurements=LOOKS_OF_A_PLACE,
            last_measured_at=now, n_vantages=4,
        )
        for code in TERRITORIES
    ]  # fmt: skip
    if event.watch is not None:
        watches.append(event.watch)
    looks = QuerySet(Measurement).bulk_create(
        Measurement(
            watch=watch, vantage=place, role="experiment", look=uuid.uuid4(), seconds=0.5, http_status=451,
            started_at=now - timedelta(hours=7 * n), title="A page", body=body, facts={"hops": []},
        )
        for watch in watches
        for place in places
        for n in range(LOOKS_OF_A_PLACE)
    )  # fmt: skip
    QuerySet(Verdict).bulk_create(
        Verdict(
            measurement=look, rules_version="2026.11.1", rule_id="vk_legal_notice", state=STATES[n % 4],
            mechanism="notice" if n % 4 == 0 else None, judged_at=now,
        )
        for n, look in enumerate(looks)
    )  # fmt: skip
    QuerySet(StatusChange).bulk_create(
        StatusChange(
            watch=watch, old="insufficient", new="blocked", rule_id="vk_legal_notice", at=now, recorded_at=now
        )
        for watch in watches
    )
    QuerySet(OrderProposal).bulk_create(
        OrderProposal(
            event=event, measurement=look, notice={"text": NOTICE, "order_number": f"{n}"},
            notice_key=f"rich-{n}", reason="not_a_draft", proposed_at=now,
        )
        for n, look in enumerate(looks[:5])
    )  # fmt: skip


def _enrich_work(event: BlockEvent, people: list[User], now: datetime) -> None:
    """People who have the form open, and what they left unsaved in it."""
    form, key = BlockEvent._meta.label_lower, str(event.pk)
    for person in {*User.objects.filter(is_staff=True), *people}:
        FormOpened.objects.get_or_create(
            user=person, form=form, object_id=key, defaults={"since": now, "seen_at": now}
        )
        for n in range(3):
            FormDraft.objects.create(
                user=person, form=form, object_id=key, token=f"{n:08x}", begun_at=now, saved_at=now,
                fields=[["summary", "What I was about to write."]],
            )  # fmt: skip


__all__ = ["enrich"]
