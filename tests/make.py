"""Rows for tests, made through the operations, so that no test starts from an impossible row."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from events import operations
from events.dates import ImpreciseDate
from events.models import Authority, BlockEvent, Group, Page, Source
from tracker import operations as tracker
from tracker.facts import Canary, DnsLook, Failure, Hop, HttpLook, Observation, Role, Stage, State, TcpLook
from tracker.models import Measurement, StatusChange, VantagePoint, Watch

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TOLD = operations.Correction(erratum="What was wrong, in words for readers.")
"""For tests that correct a published event and are about something else."""
_numbers = itertools.count(1)


def next_number() -> int:
    """A number that no other row of the test run has."""
    return next(_numbers)


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


def make_vantage(
    *, name: str = "", country: str = "RU", role: Role = Role.EXPERIMENT, **values: Any
) -> VantagePoint:
    return tracker.ensure_vantage(
        name=name or f"place-{next(_numbers)}", country=country, role=role, **values
    )


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


def make_own_page(url: str, *, title: str = "A page of its own") -> str:
    """The markup of a page that names itself, with enough text to be one."""
    text = "Words that somebody wrote here. " * 40
    head = f'<title>{title}</title><link rel="canonical" href="{url}">'
    return f"<html><head>{head}</head><body><p>{text}</p></body></html>"


def make_seen(state: State, *, url: str, at: datetime = NOW) -> Observation:
    """An observation that, with the control of ``make_look``, the rules read as that state."""
    match state:
        case State.REACHABLE:
            return make_observation(url=url, at=at, text=make_own_page(url))
        case State.BLOCKED:
            return make_observation(url=url, at=at, status=451, text="Unavailable for legal reasons.")
        case State.GONE:
            return make_observation(url=url, at=at, status=404, text="There is nothing here.")
        case State.DOWN:
            return make_observation(url=url, at=at, status=500, text="Out of order.")
        case State.LIKELY_BLOCKED:
            return make_observation(
                url=url, at=at, status=None, failed_stage=Stage.TLS, failure=Failure.CONNECTION_RESET
            )
        case State.INSUFFICIENT:
            return make_observation(url=url, at=at, status=403, text="No.")
    raise AssertionError(f"No rule reads a page of no platform as {state}.")


def make_look(
    claim: tracker.Claim,
    state: State = State.BLOCKED,
    *,
    at: datetime = NOW,
    vantage: VantagePoint | None = None,
) -> tracker.Look:
    """A look at a claimed page of no platform that means the state, with the control that it takes."""
    experiment = vantage or make_vantage(country=claim.territory)
    control = None
    if state in {State.DOWN, State.LIKELY_BLOCKED}:
        elsewhere = State.DOWN if state is State.DOWN else State.REACHABLE
        control = tracker.Seen(
            make_vantage(country="DE", role=Role.CONTROL).pk, make_seen(elsewhere, url=claim.url, at=at)
        )
    seen = tracker.Seen(experiment.pk, make_seen(state, url=claim.url, at=at))
    return tracker.Look(claim, seen, control, Canary(ok=True, checked_at=at))


def look_at(
    watch: Watch, state: State, *, at: datetime = NOW, vantage: VantagePoint | None = None
) -> tracker.Recorded:
    """Claim, look and record at one moment."""
    claim = tracker.claim_one(watch_id=watch.pk, now=at)
    assert claim is not None
    recorded = tracker.record_look(look=make_look(claim, state, at=at, vantage=vantage), now=at, jitter=0.0)
    assert recorded is not None
    return recorded


def make_measurement(
    state: State = State.BLOCKED, *, watch: Watch | None = None, at: datetime = NOW
) -> Measurement:
    recorded = look_at(watch or make_web_watch(), state, at=at)
    return Measurement.objects.get(pk=recorded.measurement_id)


def make_web_watch(*, territory: str = "RU", now: datetime = NOW) -> Watch:
    """A watch of a page of no platform, which the plain rules of ``make_seen`` read."""
    return make_watch(url=f"https://page.example/{next(_numbers)}", territory=territory, now=now)


def make_status_change(state: State = State.BLOCKED) -> StatusChange:
    """A first status, reached by two looks."""
    watch = make_web_watch()
    for at in (NOW, NOW + timedelta(minutes=10)):
        look_at(watch, state, at=at)
    return StatusChange.objects.get(watch=watch)
