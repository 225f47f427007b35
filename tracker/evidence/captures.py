"""A look as a run of WARC records: what was asked and answered on every hop, and what was found out besides."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from tracker.evidence.bodies import carries, name_of
from tracker.evidence.records import SAME_BODY, Record, date, identity_of_body, new_identities, target
from tracker.facts import Exchange, Hop, Observation

BODY, CERTIFICATE, CAPTURE = "body", "certificate", "capture"
"""What a stored row can be: a decoded body, a certificate as DER, and all records of one look."""


@dataclass(frozen=True, slots=True)
class About:
    """What a capture says of itself besides what was seen. ``facts`` is the observation as JSON."""

    facts: str
    vantage: dict[str, object]
    territory: str
    role: str
    look: str
    rules_version: str


@dataclass(frozen=True, slots=True)
class Part:
    """Something in a capture that is kept once and found by its SHA-256. ``offset`` is counted in the capture."""

    kind: str
    sha256: str
    size: int
    offset: int
    length: int
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """The records of one look, and what in them is new."""

    data: bytes
    parts: tuple[Part, ...]
    sha256: str
    """Of ``data``."""


class _Run:
    """Records in the making, one after the other."""

    def __init__(self, at: datetime) -> None:
        self.at = date(at)
        self.identities = new_identities()
        self.members: list[bytes] = []
        self.parts: list[Part] = []
        self.size = 0

    def add(self, record: Record) -> tuple[int, int]:
        member = record.as_member()
        offset = self.size
        self.members.append(member)
        self.size += len(member)
        return offset, len(member)

    def add_part(self, record: Record, kind: str, sha256: str, size: int, media_type: str = "") -> None:
        offset, length = self.add(record)
        self.parts.append(Part(kind, sha256, size, offset, length, media_type))


def capture_of(
    observation: Observation, body_name: str | None, about: About, is_known: Callable[[str], bool]
) -> Capture:
    """The look as WARC. ``body_name`` is the SHA-256 of its body, if it has one. What ``is_known`` is not repeated."""
    run = _Run(observation.started_at)
    hops = [hop for hop in observation.hops if hop.http is not None]
    pairs = list(zip(hops, observation.exchanges, strict=False))
    is_whole = (
        len(hops) == len(observation.exchanges) and bool(hops) and observation.hops[-1].http is not None
    )
    kept = False
    for number, (hop, exchange) in enumerate(pairs):
        is_last = is_whole and number == len(pairs) - 1
        kept |= _add_hop(run, hop, exchange, observation, body_name if is_last else None, is_known)
    if body_name is not None and not kept and not is_known(body_name):
        _add_body(run, observation, body_name)
    _add_certificates(run, observation, is_known)
    run.add(_metadata(run, observation, about))
    data = b"".join(run.members)
    return Capture(data, tuple(run.parts), name_of(data))


def _add_hop(
    run: _Run,
    hop: Hop,
    exchange: Exchange,
    observation: Observation,
    body_name: str | None,
    is_known: Callable[[str], bool],
) -> bool:
    """Adds request and answer. Whether the body is, or was before, kept with such an answer."""
    usual, asked = _usual(run, hop), next(run.identities)
    run.add(Record("request", asked, (*usual, _HTTP_REQUEST), exchange.request, is_packed=True))
    if not exchange.response_head:
        return False
    headers = [*usual, ("WARC-Concurrent-To", asked)]
    if exchange.truncated or observation.body_truncated:
        headers.append(("WARC-Truncated", "length"))
    if hop.http is None or hop.http.status is None:  # whatever it was, it was not HTTP
        headers.append(("Content-Type", "application/octet-stream"))
        run.add(Record("resource", next(run.identities), headers, exchange.response_head))
        return False
    headers.append(_HTTP_RESPONSE)
    if body_name is not None and is_known(body_name):
        known = ("WARC-Profile", SAME_BODY), ("WARC-Refers-To", identity_of_body(body_name))
        run.add(
            Record(
                "revisit", next(run.identities), (*headers, *known), exchange.response_head, is_packed=True
            )
        )
        return True
    answer = exchange.response_head + exchange.body
    is_packed = hop.http.header("content-encoding") is not None
    if body_name is not None and not exchange.truncated and carries(exchange, observation.body):
        record = Record("response", identity_of_body(body_name), headers, answer, is_packed)
        media_type = (hop.http.header("content-type") or "").partition(";")[0].strip()[:100]
        run.add_part(record, BODY, body_name, len(observation.body), media_type)
        return True
    run.add(Record("response", next(run.identities), headers, answer, is_packed))
    return False


_HTTP_REQUEST = ("Content-Type", "application/http;msgtype=request")
_HTTP_RESPONSE = ("Content-Type", "application/http;msgtype=response")


def _usual(run: _Run, hop: Hop) -> list[tuple[str, str]]:
    usual = [("WARC-Date", run.at), ("WARC-Target-URI", target(hop.url))]
    last = hop.tcp[-1] if hop.tcp else None
    if last is not None and last.via is None and last.failure is None:
        usual.append(("WARC-IP-Address", last.ip))
    return usual


def _add_body(run: _Run, observation: Observation, name: str) -> None:
    """The decoded body alone, where the bytes that brought it are not all there."""
    headers = [
        ("WARC-Date", run.at),
        ("WARC-Target-URI", target(observation.final_url)),
        ("Content-Type", "application/octet-stream"),
    ]
    record = Record("resource", identity_of_body(name), headers, observation.body)
    run.add_part(record, BODY, name, len(observation.body))


def _add_certificates(run: _Run, observation: Observation, is_known: Callable[[str], bool]) -> None:
    for der in observation.certificates:
        name = _name_of_certificate(der)
        if not is_known(name):
            headers = [
                ("WARC-Date", run.at),
                ("WARC-Target-URI", f"urn:sha256:{name}"),
                ("Content-Type", "application/pkix-cert"),
            ]
            run.add_part(
                Record("resource", identity_of_body(name), headers, der), CERTIFICATE, name, len(der)
            )


def _metadata(run: _Run, observation: Observation, about: About) -> Record:
    """DNS answers, addresses, certificates by their hashes, times and failures, and where it was seen from."""
    headers = [
        ("WARC-Date", run.at),
        ("WARC-Target-URI", target(observation.url)),
        ("Content-Type", "application/json"),
    ]
    own = json.dumps(
        {
            "look": about.look,
            "role": about.role,
            "territory": about.territory,
            "vantage": about.vantage,
            "rules_version": about.rules_version,
        }
    )
    block = f'{own[:-1]}, "facts": {about.facts}}}'.encode()
    return Record("metadata", next(run.identities), headers, block)


_name_of_certificate = lru_cache(maxsize=4096)(name_of)
"""The same few are sent with every page of a site."""


def names_in(observations: Iterable[Observation]) -> set[str]:
    """The SHA-256 of all certificates."""
    return {_name_of_certificate(der) for observation in observations for der in observation.certificates}
