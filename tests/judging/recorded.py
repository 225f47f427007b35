"""Recorded looks, one file each in ``pages/``: what was seen in YAML, then the bodies, written by us.

rule: vk_legal_notice          the rule that must decide
platform: vk                   default web
territory: RU                  default RU
seen: {url, status, …}         see ``_observation``; ``nobody`` when nobody looked
control: {…}                   default: no control looked
endpoint: {…}                  the answer of the platform's second address; default: not asked
canary: {ok: false}            default: no canary
outside: true                  the look was made from another country; default false
verdict: {failure: …}          fields of the verdict to compare, besides the rule
notice: {authority: …}         fields of its notice to compare
--- seen
<html>…
--- control
<html>…
--- endpoint
{…}
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from tracker.facts import Address, Canary, DnsLook, Hop, HttpLook, Observation, Stage, TlsLook

PAGES = Path(__file__).parent / "pages"
_BODY = re.compile(r"^--- (seen|control|endpoint)\n", re.M)
_WHEN = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    name: str
    rule: str
    platform: str
    territory: str
    seen: Observation | None
    control: Observation | None
    canary: Canary | None
    endpoint: Observation | None
    verdict: dict[str, Any]
    notice: dict[str, Any]
    outside: bool = False


def read(path: Path) -> Case:
    head, *rest = _BODY.split(path.read_text(encoding="utf-8"))
    bodies = dict(zip(rest[::2], rest[1::2], strict=True))
    facts = yaml.safe_load(head)
    return Case(
        name=path.stem,
        rule=facts["rule"],
        platform=facts.get("platform", "web"),
        territory=facts.get("territory", "RU"),
        seen=_look(facts["seen"], bodies.get("seen", "")),
        control=_look(facts.get("control", "nobody"), bodies.get("control", "")),
        canary=Canary(**facts["canary"]) if "canary" in facts else None,
        endpoint=_look(facts.get("endpoint", "nobody"), bodies.get("endpoint", "")),
        verdict=facts.get("verdict", {}),
        notice=facts.get("notice", {}),
        outside=facts.get("outside", False),
    )


def _look(facts: dict[str, Any] | str, body: str) -> Observation | None:
    return None if facts == "nobody" else _observation(**facts, body=body)  # type: ignore[arg-type]


def _observation(
    *,
    url: str,
    body: str,
    status: int | None = 200,
    headers: dict[str, str] | None = None,
    failed: str | None = None,
    through: list[str] | None = None,
    repeat: int = 1,
    answers: list[str] | None = None,
) -> Observation:
    """``failed`` is ``stage failure``; ``through`` are the URLs that redirects led to; ``repeat`` lengthens a body;
    ``answers`` are the addresses that the first name resolved to."""
    stage, _, failure = (failed or "").partition(" ")
    urls = [url, *(through or [])]
    hops = tuple(
        Hop(url=one, tls=_tls(one, None), http=HttpLook(seconds=0.1, status=302, location=following))
        for one, following in pairwise(urls)
    )
    answer = None if stage and status is None else HttpLook(0.1, status, tuple((headers or {}).items()))
    dns = DnsLook("system", 0.1, addresses=tuple(map(Address, answers))) if answers else None
    last = Hop(url=urls[-1], dns=None if hops else dns, tls=_tls(urls[-1], stage), http=answer)
    text = body * repeat
    return Observation(
        url=url,
        started_at=_WHEN,
        seconds=0.2,
        hops=(*hops, last),
        failed_stage=Stage(stage) if stage else None,
        failure=failure or None,
        body=text.encode(),
        body_text=text,
        body_charset="utf-8",
    )


def _tls(url: str, stage: str | None) -> TlsLook | None:
    return TlsLook("", 0.1) if url.startswith("https:") and stage not in ("dns", "tcp", "tls") else None


def cases() -> list[Case]:
    return [read(path) for path in sorted(PAGES.glob("*.case"))]
