"""Rows for tests, made through the operations, so that no test starts from an impossible row."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

from events import operations
from events.dates import ImpreciseDate
from events.models import Authority, BlockEvent, Group, Page, Source
from tracker import operations as tracker
from tracker.facts import DnsLook, Failure, Hop, HttpLook, Observation, Role, Stage, TcpLook
from tracker.models import VantagePoint, Watch

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def make_group(*, name: str = "", **values: Any) -> Group:
    return operations.record_group(by=None, now=NOW, name=name or f"Group {next(_numbers)}", **values)


def make_page(*, url: str = "", group: Group | None = None) -> Page:
    operations.ensure_platforms(by=None, now=NOW)
    return operations.record_page(
        group=group or make_group(), url=url or f"https://vk.com/club{next(_numbers)}", by=None, now=NOW
    )


def make_authority(*, name: str = "", country: str | None = "RU", **values: Any) -> Authority:
    return operations.record_authority(
        by=None, now=NOW, name=name or f"Authority {next(_numbers)}", country=country, **values
    )


def make_source(**values: Any) -> Source:
    return Source(**({"url": f"https://news.example/{next(_numbers)}", "title": "A report"} | values))


def make_event(*, publish: bool = True, blocked: str = "2022-11-27", **values: Any) -> BlockEvent:
    """A published event with a page, an authority, a territory and a source, unless told otherwise."""
    if "page" not in values:
        values["page"] = make_page()
    defaults: dict[str, Any] = {"territory": "RU", "restriction": "withheld", "sources": [make_source()]}
    if "authority" not in values:
        values["authority"] = make_authority()
    return operations.record_event(
        by=values.pop("by", None),
        now=values.pop("now", NOW),
        blocked=ImpreciseDate.parse(blocked) if blocked else None,
        publish=publish,
        **(defaults | values),
    )


def make_watch(*, url: str = "", territory: str = "RU", now: datetime = NOW) -> Watch:
    return tracker.watch(url=url or f"https://vk.com/club{next(_numbers)}", territory=territory, now=now)


def make_vantage(*, name: str = "", country: str = "RU", role: Role = Role.EXPERIMENT, **values: Any) -> VantagePoint:
    return tracker.ensure_vantage(name=name or f"place-{next(_numbers)}", country=country, role=role, **values)


def make_observation(
    *,
    url: str = "https://vk.com/club1",
    at: datetime = NOW,
    status: int | None = 200,
    text: str = "",
    failed_stage: Stage | None = None,
    failure: Failure | None = None,
) -> Observation:
    """What a look might have seen: an answer with a body, or a failure at a stage."""
    http = HttpLook(seconds=0.1, status=status) if failure is None else None
    hop = Hop(
        url=url,
        dns=DnsLook(resolver="127.0.0.1", seconds=0.01, rcode="NOERROR"),
        tcp=(TcpLook(ip="127.0.0.1", port=443, seconds=0.01),),
        http=http,
    )
    return Observation(
        url=url,
        started_at=at,
        seconds=0.2,
        hops=(hop,),
        failed_stage=failed_stage,
        failure=failure,
        body=text.encode(),
        body_text=text,
        body_charset="utf-8",
    )
