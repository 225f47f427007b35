"""A large archive, made quickly: rows beyond the operations, for their number only.

In proportion: to each event a group, a page, a source, an episode, a watch and its versions; three looks, each with a
verdict; to every fifth an order, to every second another name; some hundred authorities.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from bench.rich import enrich
from events import operations
from events.models import (
    Authority,
    AuthorityName,
    BlockEvent,
    Episode,
    Erratum,
    EventDate,
    Group,
    GroupName,
    ImportBatch,
    Order,
    OrderProposal,
    Page,
    Platform,
    Source,
)
from tracker.models import (
    ChainLink,
    Evidence,
    Host,
    Measurement,
    StatusChange,
    Target,
    VantagePoint,
    Verdict,
    Watch,
)

LOOKS = 3
FIRST_LINK = 10**9
"""Past what other benches chain in the same database."""
DAY = date(2022, 11, 26)
TRACKED: list[Any] = [
    Group,
    GroupName,
    Authority,
    AuthorityName,
    Order,
    Page,
    BlockEvent,
    BlockEvent,
    Source,
    Episode,
]
TRACKED += [EventDate, Erratum]
SYLLABLES = "ба ве го ди жа зи ко лу ма но по ра си та ук фе ха ци че шо".split()
STATES = ("blocked", "blocked", "blocked", "reachable", "gone", "removed", "likely_blocked", "insufficient")
TERRITORIES = ("RU", "RU", "RU", "TR", "IN", "BY", "KZ", "UA", None)
CATEGORIES = ("extremism", "war_reporting", "protest", "drugs", "lgbt", "gambling", None)
PUBLICATION = ("published", "published", "published", "draft", "in_review")


class Archive:
    """``size`` events and all that hangs on them, for whoever measures with many rows."""

    def __init__(self, size: int, now: datetime | None = None) -> None:
        self.size, self.now = size, now or timezone.now()

    def build(self) -> None:
        """Nothing happens when the events are there already."""
        if BlockEvent.objects.count() >= self.size:
            return
        operations.ensure_platforms(by=None, now=self.now)
        self.platforms = list(Platform.objects.order_by("pk")[:6])
        self.people = [User.objects.get_or_create(username=f"person-{n}")[0] for n in range(5)]
        with transaction.atomic():
            self._nouns()
            self._tracked()
            self._events()
            self._looks()
            self._history()
        operations.make_all_search_texts()
        enrich(BlockEvent.objects.order_by("pk")[0], self.people, self.now)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _many(
        self, model: type[models.Model], row: Callable[[int], Any], size: int | None = None
    ) -> list[int]:
        """Rows made from their numbers; their keys in order."""
        keys: list[int] = []
        for start in range(0, size or self.size, 2000):
            numbers = range(start, min(start + 2000, size or self.size))
            made = QuerySet(model).bulk_create([row(n) for n in numbers], batch_size=500)
            keys += [one.pk for one in made]
        return keys

    def _nouns(self) -> None:
        kinds = ("prosecutor", "court", "regulator", "ministry")
        self.authorities = self._many(
            Authority,
            lambda n: Authority(
                name=f"Прокуратура {named(n)}", kind=kinds[n % 4], country=TERRITORIES[n % 8]
            ),
            size=min(self.size, 400),
        )
        at = self.authorities
        self._many(AuthorityName, lambda n: AuthorityName(authority_id=at[n], name=f"Office {n}"), len(at))
        self.orders = self._many(Order, self._order, size=max(1, self.size // 5))
        self.groups = self._many(Group, lambda n: Group(name=named(n), kind="community", country="RU"))
        names = max(1, self.size // 2)
        self._many(GroupName, lambda n: GroupName(group_id=self.groups[n], name=f"Group {n}"), names)

    def _order(self, n: int) -> Order:
        day = date(2015, 1, 1) + timedelta(days=n % 4000)
        return Order(
            authority_id=self.authorities[n % len(self.authorities)], number=f"27-31-{day.year}/Ид{n}-22",
            dated_earliest=day, dated_latest=day, dated_precision="day", law="Статья 15.3",
        )  # fmt: skip

    def _tracked(self) -> None:
        self.targets = self._many(
            Target,
            lambda n: Target(url=address(n), platform="vk", host="vk.com", created_at=self.now),
        )
        self._many(Host, lambda n: Host(name=f"host-{n}.example", next_turn_at=self.now), 2000)
        self.watches = self._many(Watch, self._watch)
        self.pages = self._many(Page, self._page)

    def _watch(self, n: int) -> Watch:
        since = self.now - timedelta(days=n % 900)
        return Watch(
            target_id=self.targets[n], territory=TERRITORIES[n % 8] or "RU", created_at=since,
            status=STATES[n % 8], status_since=since, status_rule_id="vk_legal_notice", n_measurements=LOOKS,
            last_measured_at=self.now - timedelta(hours=n % 2000), next_probe_at=self.now, n_vantages=1,
        )  # fmt: skip

    def _page(self, n: int) -> Page:
        return Page(
            group_id=self.groups[n], platform=self.platforms[n % 6], url=address(n), canonical_url=address(n),
            handle=f"archive{n}", kind="community", target_id=self.targets[n],
        )  # fmt: skip

    def _events(self) -> None:
        batches = self._many(ImportBatch, self._batch, size=50)
        self.events = self._many(BlockEvent, lambda n: self._event(n, batches[n % 50]))
        at, through = self.events, BlockEvent.orders.through
        self._many(
            through, lambda n: through(blockevent_id=at[n], order_id=self.orders[n // 5]), self.size // 5 * 5
        )
        self._many(Source, self._source)
        self._many(Episode, lambda n: Episode(event_id=at[n], number=1))
        self._many(
            EventDate, lambda n: EventDate(event_id=at[n], kind="ordered", **on(DAY)), max(1, self.size // 10)
        )
        self._many(
            Erratum,
            lambda n: Erratum(event_id=at[n], text="The date was wrong.", published_at=self.now),
            max(1, self.size // 100),
        )

    def _batch(self, n: int) -> ImportBatch:
        return ImportBatch(
            file_name=f"{n}.csv", file_sha256="0" * 64, format="csv", imported_at=self.now, by=self.people[0],
            rows=1, created=1, updated=0, unchanged=0,
        )  # fmt: skip

    def _event(self, n: int, batch: int) -> BlockEvent:
        day = date(2014, 1, 1) + timedelta(days=n % 4500)
        publication = PUBLICATION[n % 5]
        return BlockEvent(
            group_id=self.groups[n], platform=self.platforms[n % 6], page_id=self.pages[n],
            watch_id=self.watches[n], territory=TERRITORIES[n % 8] or "RU",
            authority_id=self.authorities[n % len(self.authorities)] if n % 10 else None,
            blocked_earliest=day, blocked_latest=day, blocked_precision="day", restriction="withheld",
            reason_category=CATEGORIES[n % 7], publication=publication,
            published_at=self.now if publication == "published" else None,
            created_at=self.now - timedelta(minutes=n), updated_at=self.now - timedelta(minutes=n),
            created_by=self.people[n % 5], batch_id=batch, internal_notes="Not for the public. " * 5,
        )  # fmt: skip

    def _source(self, n: int) -> Source:
        return Source(
            event_id=self.events[n], url=f"https://news.example/{n}", title=f"Report {n}", kind="news"
        )

    def _looks(self) -> None:
        places = [
            VantagePoint.objects.get_or_create(
                name=f"place-{n}", defaults={"country": "RU", "role": "experiment"}
            )[0]
            for n in range(4)
        ]
        evidence = self._many(
            Evidence,
            lambda n: Evidence(sha256=f"{n:064x}", size=9, stored_at=self.now),
            max(1, self.size // 5),
        )
        looks = self._many(
            Measurement,
            lambda n: self._look(n, places[n % 4].pk, evidence[n % len(evidence)]),
            self.size * LOOKS,
        )
        self._many(Verdict, lambda n: self._verdict(n, looks[n]), self.size * LOOKS)
        self._many(StatusChange, self._change)
        self._many(ChainLink, self._link)
        self._many(OrderProposal, lambda n: self._proposal(n, looks[n]), max(1, self.size // 10))

    def _look(self, n: int, place: int, body: int) -> Measurement:
        return Measurement(
            watch_id=self.watches[n % self.size], vantage_id=place, role="experiment", look=uuid.UUID(int=n),
            started_at=self.now - timedelta(minutes=n), seconds=0.5, http_status=200, title="A page",
            body_id=body, facts={"hops": [{"url": address(n), "http": {"status": 200}}] * 4},
        )  # fmt: skip

    def _verdict(self, n: int, look: int) -> Verdict:
        return Verdict(
            measurement_id=look, rules_version="2026.11.1", rule_id="vk_legal_notice", state=STATES[n % 8],
            mechanism="notice", judged_at=self.now,
        )  # fmt: skip

    def _change(self, n: int) -> StatusChange:
        when = self.now - timedelta(hours=n % 9000)
        old, new = ("insufficient", "blocked") if n % 3 else ("blocked", "reachable")
        return StatusChange(
            watch_id=self.watches[n], old=old, new=new, rule_id="vk_legal_notice", at=when, recorded_at=when
        )

    def _link(self, n: int) -> ChainLink:
        name = uuid.UUID(int=n)
        return ChainLink(
            sequence=FIRST_LINK + n,
            kind="look",
            subject=name,
            content="0" * 64,
            sha256=f"{n:064x}",
            at=self.now,
        )

    def _proposal(self, n: int, look: int) -> OrderProposal:
        return OrderProposal(
            event_id=self.events[n], measurement_id=look, notice={"text": ""}, notice_key=f"{n:064x}",
            reason="not_a_draft", proposed_at=self.now,
        )  # fmt: skip

    def _history(self) -> None:
        """One version of every row; two of every event. Copied where they lie, for there are a million of them."""
        for model in TRACKED:
            quote = connection.ops.quote_name
            columns = ", ".join(quote(field.column) for field in model._meta.fields)
            tables = [quote(table._meta.db_table) for table in (model.history.model, model)]
            copying = (
                f"INSERT INTO {tables[0]} ({columns}, history_date, history_type) "
                f"SELECT {columns}, %s, '+' FROM {tables[1]} ORDER BY {quote(model._meta.pk.column)}"
            )
            with connection.cursor() as cursor:
                cursor.execute(copying, [self.now])


def named(number: int) -> str:
    """A name of its own for every number."""
    syllables = [SYLLABLES[number // 20**place % 20] for place in range(5)]
    return "".join(syllables[:3]).capitalize() + " " + "".join(syllables[3:] + syllables[:1])


def address(number: int) -> str:
    return f"https://vk.com/archive{number}"


def on(day: date) -> dict[str, Any]:
    return {"on_earliest": day, "on_latest": day, "on_precision": "day"}
