"""An observation as JSON and back, so that a look can be judged again years later by better rules.

The body is not part of it: it is stored once, by its hash, as evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from tracker.facts import Address, DnsLook, Hop, HttpLook, Observation, Stage, TcpLook, TlsLook

from .charset import as_text

SCHEMA_VERSION = 1

_Taker = tuple[tuple[str, ...], "attrgetter[tuple[Any, ...]]"]
_NOT_RECORDED = frozenset({"body", "body_text", "exchanges", "certificates", "earlier"})


def _taker(kind: type[Any]) -> _Taker:
    """The names of a dataclass, and what takes their values all at once: a look has a hundred of them."""
    names = tuple(each.name for each in fields(kind) if each.name not in _NOT_RECORDED)
    return names, attrgetter(*names)


_TAKERS = {kind: _taker(kind) for kind in (Observation, Hop, DnsLook, Address, TcpLook, TlsLook, HttpLook)}


class UnknownRecord(ValueError):
    """The record is of a version that this code does not read."""


def to_json(observation: Observation) -> dict[str, Any]:
    """A value of JSON types only, holding everything but the body and what is computed from it."""
    record = _taken(observation)
    record["started_at"] = observation.started_at.isoformat()
    record["failed_stage"] = observation.failed_stage.value if observation.failed_stage else None
    record["hops"] = [_hop_record(hop) for hop in observation.hops]
    if observation.earlier is not None:
        record["earlier"] = to_json(observation.earlier)
    return {"schema_version": SCHEMA_VERSION, **record}


def from_json(record: Mapping[str, Any], body: bytes) -> Observation:
    """The observation that ``to_json`` wrote down, with its body. Raises UnknownRecord."""
    version = record.get("schema_version")
    if version != SCHEMA_VERSION:
        raise UnknownRecord(f"schema_version {version!r} is not {SCHEMA_VERSION}")
    values = {key: value for key, value in record.items() if key != "schema_version"}
    values["started_at"] = datetime.fromisoformat(record["started_at"])
    values["hops"] = tuple(_hop(hop) for hop in record["hops"])
    values["failed_stage"] = Stage(record["failed_stage"]) if record["failed_stage"] else None
    if record.get("earlier") is not None:
        values["earlier"] = _earlier(record["earlier"])
    return Observation(**values, body=body, body_text=as_text(body, record["body_charset"]))


def _earlier(record: Mapping[str, Any]) -> Observation:
    if record.get("earlier") is not None:  # a look is repeated once
        raise UnknownRecord("an earlier look has none before it")
    return from_json(record, b"")


def _taken(value: Any) -> dict[str, Any]:
    names, take = _TAKERS[type(value)]
    record = dict(zip(names, take(value), strict=True))
    if record.get("failure") is not None:
        # A member of Failure is a string already, but would be compared and pickled as what it is.
        record["failure"] = str(record["failure"])
    return record


def _hop_record(hop: Hop) -> dict[str, Any]:
    record = _taken(hop)
    record["tcp"] = [_taken(attempt) for attempt in hop.tcp]
    if hop.dns:
        record["dns"] = dns = _taken(hop.dns)
        dns["addresses"] = [_taken(address) for address in hop.dns.addresses]
        dns["late"] = [_taken(address) for address in hop.dns.late]
        dns["cnames"] = list(hop.dns.cnames)
    if hop.tls:
        record["tls"] = tls = _taken(hop.tls)
        tls["chain_sha256"] = list(hop.tls.chain_sha256)
    if hop.http:
        record["http"] = http = _taken(hop.http)
        http["headers"] = [list(header) for header in hop.http.headers]
    return record


def _hop(record: Mapping[str, Any]) -> Hop:
    return Hop(
        url=record["url"],
        dns=_dns(record["dns"]) if record["dns"] else None,
        tcp=tuple(TcpLook(**attempt) for attempt in record["tcp"]),
        tls=_tls(record["tls"]) if record["tls"] else None,
        http=_http(record["http"]) if record["http"] else None,
    )


def _dns(record: Mapping[str, Any]) -> DnsLook:
    lists = {
        "addresses": tuple(Address(**address) for address in record["addresses"]),
        "late": tuple(Address(**address) for address in record["late"]),
        "cnames": tuple(record["cnames"]),
    }
    return DnsLook(**{**record, **lists})


def _tls(record: Mapping[str, Any]) -> TlsLook:
    return TlsLook(**{**record, "chain_sha256": tuple(record["chain_sha256"])})


def _http(record: Mapping[str, Any]) -> HttpLook:
    return HttpLook(**{**record, "headers": tuple((name, value) for name, value in record["headers"])})
