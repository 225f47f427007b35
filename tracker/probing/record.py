"""An observation as JSON and back, so that a look can be judged again years later by better rules.

The body is not part of it: it is stored once, by its hash, as evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tracker.facts import Address, DnsLook, Hop, HttpLook, Observation, Stage, TcpLook, TlsLook

from .charset import as_text

SCHEMA_VERSION = 1


class UnknownRecord(ValueError):
    """The record is of a version that this code does not read."""


def to_json(observation: Observation) -> dict[str, Any]:
    """A value of JSON types only, holding everything but the body and what is computed from it."""
    record = asdict(observation)
    del record["body"], record["body_text"]
    record["started_at"] = observation.started_at.isoformat()
    return {"schema_version": SCHEMA_VERSION, **_plain(record)}


def from_json(record: Mapping[str, Any], body: bytes) -> Observation:
    """The observation that ``to_json`` wrote down, with its body. Raises UnknownRecord."""
    version = record.get("schema_version")
    if version != SCHEMA_VERSION:
        raise UnknownRecord(f"schema_version {version!r} is not {SCHEMA_VERSION}")
    values = {key: value for key, value in record.items() if key != "schema_version"}
    values["started_at"] = datetime.fromisoformat(record["started_at"])
    values["hops"] = tuple(_hop(hop) for hop in record["hops"])
    values["failed_stage"] = Stage(record["failed_stage"]) if record["failed_stage"] else None
    return Observation(**values, body=body, body_text=as_text(body, record["body_charset"]))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    # StrEnum members are strings already, but would be compared and pickled as what they are.
    return str(value) if isinstance(value, str) else value


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
