"""A small world for the API's tests, written straight into the tables: how rows come about is tested elsewhere."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from events.dates import ImpreciseDate
from events.models import (
    Authority,
    BlockEvent,
    Episode,
    Erratum,
    Group,
    GroupName,
    Order,
    Page,
    Platform,
    Source,
)
from events.operations import searching
from tracker.models import Evidence, Measurement, StatusChange, Target, VantagePoint, Verdict, Watch

NOW = datetime(2026, 3, 12, 14, 2, tzinfo=UTC)
_numbers = itertools.count(1)


def saved(row: Any) -> Any:
    row.save()
    searching.note(row)
    return row


def dated(prefix: str, text: str | None) -> dict[str, Any]:
    day = ImpreciseDate.parse(text) if text else ImpreciseDate.unknown()
    return {
        f"{prefix}_earliest": day.earliest,
        f"{prefix}_latest": day.latest,
        f"{prefix}_precision": day.precision.value,
    }


class World:
    """Makes rows with sensible values for whatever a test does not care about."""

    def platform(self, key: str = "vk", **values: Any) -> Platform:
        found = Platform.objects.filter(key=key).first()
        return found or saved(Platform(key=key, name=values.pop("name", key.upper()), **values))

    def group(
        self, name: str = "Council of Wives and Mothers", *, also: tuple[str, ...] = (), **values: Any
    ) -> Group:
        group = saved(Group(name=name, **values))
        for alias in also:
            saved(GroupName(group=group, name=alias, language="ru"))
        return group

    def authority(self, name: str = "Prosecutor General's Office", **values: Any) -> Authority:
        found = Authority.objects.filter(name=name).first()
        return found or saved(Authority(**{"name": name, "kind": "prosecutor", "country": "RU"} | values))

    def order(
        self, number: str = "27-31-2022/Треб1335-22", dated_on: str | None = "2022-11-26", **values: Any
    ) -> Order:
        return saved(Order(number=number, **dated("dated", dated_on), **values))

    def target(self, url: str) -> Target:
        return saved(Target(url=url, platform="vk", host="vk.example", created_at=NOW))

    def page(self, group: Group, *, url: str = "", watched: bool = True, **values: Any) -> Page:
        url = url or f"https://vk.example/club{next(_numbers)}"
        target = self.target(url) if watched else None
        known = {
            "group": group,
            "platform": self.platform(),
            "url": url,
            "canonical_url": url,
            "target": target,
        }
        return saved(Page(**known | values))

    def watch(self, page: Page, territory: str = "RU", **values: Any) -> Watch:
        known = {"target": page.target, "territory": territory, "created_at": NOW, "next_probe_at": NOW}
        if values.get("status", "insufficient") != "insufficient":
            known |= {"status_since": NOW, "status_rule_id": "vk.notice", "last_measured_at": NOW}
        return saved(Watch(**known | values))

    def event(
        self,
        *,
        blocked: str | None = "2022-11-27",
        status: str | None = None,
        orders: tuple[Order, ...] = (),
        sources: int = 0,
        **values: Any,
    ) -> Any:
        """A published event; with a status it has a watched page."""
        group = values.pop("group", None) or self.group()
        if status is not None and "page" not in values:
            values["page"] = self.page(group)
        known: dict[str, Any] = {
            "group": group,
            "platform": self.platform(),
            "territory": "RU",
            "publication": "published",
            "published_at": NOW,
            "created_at": NOW,
            "updated_at": NOW,
        }
        if status is not None:
            known["watch"] = self.watch(values["page"], status=status)
        event = saved(BlockEvent(**known | dated("blocked", blocked) | values))
        event.orders.set(orders)
        searching.note(event)
        for number in range(sources):
            saved(Source(event=event, url=f"https://news.example/{event.public_id}/{number}", title="Report"))
        return event

    def full_event(self, **values: Any) -> Any:
        """An event with at least one row of everything that hangs on it."""
        order = self.order(f"27-31-{next(_numbers)}", authority=self.authority())
        event = self.event(status="blocked", orders=(order,), sources=2, authority=self.authority(), **values)
        saved(Erratum(event=event, text="The date was wrong.", published_at=NOW))
        saved(Episode(event=event, number=1, **dated("began", "2022-11-27")))
        self.watch(event.page, "DE", status="reachable")
        return event

    def draft(self, **values: Any) -> Any:
        return self.event(publication="draft", published_at=None, **values)

    def many_events(self, count: int, **values: Any) -> None:
        """Bare events of one group, cheaply. Their history does not matter here."""
        known = {
            "group": self.group(),
            "platform": self.platform(),
            "publication": "published",
            "published_at": NOW,
            "created_at": NOW,
            "updated_at": NOW,
        }
        row = known | dated("blocked", "2022-11-27") | values
        rows: Any = [BlockEvent(**row) for _ in range(count)]
        QuerySet(BlockEvent).bulk_create(rows)

    def vantage(self, name: str = "moscow-1", **values: Any) -> VantagePoint:
        known = {
            "country": "RU",
            "asn": 64500,
            "via": "socks5h://user:hidden@127.0.0.2:1080",
            "role": "experiment",
        }
        return VantagePoint.objects.filter(name=name).first() or saved(
            VantagePoint(name=name, **known | values)
        )

    def measurement(self, watch: Watch, *, state: str | None = "blocked", **values: Any) -> Measurement:
        known: dict[str, Any] = {
            "watch": watch,
            "vantage": self.vantage(),
            "role": "experiment",
            "look": uuid.uuid4(),
            "started_at": NOW + timedelta(seconds=next(_numbers)),
            "seconds": 1.5,
            "http_status": 200,
            "facts": FACTS,
        }
        row = saved(Measurement(**known | values))
        if state is not None:
            self.verdict(row, state)
        return row

    def verdict(self, measurement: Measurement, state: str, rules_version: str = "2026-01") -> Verdict:
        meaning = {"state": state, "rule_id": f"vk.{state}", "rules_version": rules_version, "judged_at": NOW}
        return saved(
            Verdict(measurement=measurement, mechanism="notice" if state == "blocked" else None, **meaning)
        )

    def change(
        self, watch: Watch, old: str = "reachable", new: str = "blocked", **values: Any
    ) -> StatusChange:
        when = NOW + timedelta(seconds=next(_numbers))
        known = {"rule_id": "vk.notice", "at": when, "recorded_at": when, "earliest_at": NOW}
        return saved(StatusChange(watch=watch, old=old, new=new, **known | values))

    def evidence(self) -> Evidence:
        return saved(Evidence(sha256=f"{next(_numbers):064x}", size=3, stored_at=NOW))


FACTS: dict[str, Any] = {
    "schema_version": 1,
    "url": "https://vk.example/club1",
    "body_charset": "utf-8",
    "accept_language": "ru",
    "hops": [
        {
            "url": "https://vk.example/club1",
            "dns": {
                "resolver": "127.0.0.53",
                "seconds": 0.1,
                "rcode": "NOERROR",
                "addresses": [{"ip": "127.0.0.2", "ttl": 60, "refused": None}],
                "cnames": [],
                "late": [],
                "failure": None,
            },
            "tcp": [{"ip": "127.0.0.2", "port": 443, "seconds": 0.1, "via": "socks5h", "failure": None}],
            "tls": {
                "server_name": "vk.example",
                "seconds": 0.1,
                "version": "TLSv1.3",
                "chain_sha256": ["00"],
            },
            "http": {
                "seconds": 0.2,
                "status": 200,
                "headers": [
                    ["content-type", "text/html"],
                    ["set-cookie", "session=hidden"],
                    ["x-client", "hidden"],
                ],
                "location": None,
                "bytes_received": 3,
                "failure": None,
                "body": "hidden",
            },
        }
    ],
}


@pytest.fixture(autouse=True)
def _no_collected_files(settings: Any) -> None:
    """Static files come from the apps, whether or not somebody has collected them; a missing folder is a warning."""
    settings.STATIC_ROOT = None
    settings.WHITENOISE_USE_FINDERS = True


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def get(client: Any) -> Any:
    """``get("events/", status="blocked")``: the answer of the API as data, which must be a success."""

    def fetch(path: str, **parameters: Any) -> Any:
        answer = client.get(path if path.startswith("http") else f"/api/v1/{path}", parameters)
        assert answer.status_code == 200, answer.content
        return answer.json()

    return fetch


@pytest.fixture
def refused(client: Any) -> Any:
    """``refused("events/?x=1")``: the problem that the API answers, which must be a 400."""

    def fetch(path: str, **parameters: Any) -> Any:
        answer = client.get(f"/api/v1/{path}", parameters)
        assert answer.status_code == 400, answer.content
        assert answer["Content-Type"] == "application/problem+json"
        return answer.json()

    return fetch


def ids(answer: Any) -> list[str]:
    return [row["id"] for row in answer["results"]]


__all__ = ["NOW", "World", "date", "dated", "ids", "saved"]
