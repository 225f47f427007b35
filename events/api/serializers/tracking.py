"""Measurements and status changes. What could lead to a vantage point or its keeper is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from events.api.serializers.fields import LinkField, OrNull, Word, link
from events.api.serializers.nouns import Id
from tracker.models import Measurement, StatusChange, Verdict

SHOWN_HEADERS = frozenset(
    "content-type content-length content-language location link server date retry-after cache-control "
    "www-authenticate x-frame-options".split()
)
"""Headers that tell of the page. Others may carry a session or the address of whoever looked."""


class PlaceSerializer(serializers.Serializer):
    """From where it was seen. How the place is reached is never told."""

    name = serializers.CharField()
    country = serializers.CharField()
    asn = serializers.IntegerField(allow_null=True)


class SeenPageSerializer(serializers.Serializer):
    id = serializers.CharField()
    canonical_url = serializers.CharField()
    url = serializers.URLField()


class SeenEventSerializer(serializers.Serializer):
    id = serializers.CharField()
    url = serializers.URLField()


class VerdictSerializer(serializers.Serializer):
    """What the measurement means under the newest rules that judged it."""

    state = Word("state")
    mechanism = Word("mechanism", allow_null=True)
    rule_id = serializers.CharField()
    rules_version = serializers.CharField()
    failed_stage = Word("stage", allow_null=True)
    failure = serializers.CharField(allow_null=True)
    notice = serializers.DictField(allow_null=True)
    fingerprint = serializers.CharField(allow_null=True)
    judged_at = serializers.DateTimeField()


class WatchedSerializer(serializers.Serializer):
    """What rows of a watch share: which page, from which territory, of which event."""

    id = Id()
    territory = serializers.CharField(source="watch.territory")
    page = serializers.SerializerMethodField()
    event = serializers.SerializerMethodField()

    @extend_schema_field(SeenPageSerializer)
    def get_page(self, row: Any) -> dict[str, str]:
        return {
            "id": row.page_id,
            "canonical_url": row.watch.target.url,
            "url": link(self.context, "page", row.page_id),
        }

    @extend_schema_field(SeenEventSerializer)
    def get_event(self, row: Any) -> dict[str, str]:
        return {"id": row.event_id, "url": link(self.context, "event", row.event_id)}


class MeasurementSerializer(WatchedSerializer):
    """What one vantage point saw, once. Facts stand beside the verdict and are never changed by it.

    ``failure`` is an OONI df-007 string or one of ours, and null when every stage worked. ``evidence`` is the
    SHA-256 of the stored body. ``hops`` is the redirect chain, each stage that was reached. Addresses on another
    host than was asked are given without their query: block pages write their visitor's address there.
    """

    url = LinkField("measurement")
    role = Word("role")
    vantage = PlaceSerializer()
    control = serializers.SerializerMethodField()
    started_at = serializers.DateTimeField()
    seconds = serializers.FloatField()
    failed_stage = Word("stage", allow_null=True)
    failure = serializers.CharField(allow_null=True)
    http_status = serializers.IntegerField(allow_null=True)
    final_url = serializers.SerializerMethodField()
    title = OrNull()
    canary_ok = serializers.BooleanField(allow_null=True)
    verdict = serializers.SerializerMethodField()
    evidence = serializers.SerializerMethodField()
    hops = serializers.SerializerMethodField()

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_control(self, row: Measurement) -> str | None:
        return link(self.context, "measurement", row.control.public_id) if row.control else None

    def get_final_url(self, row: Measurement) -> str | None:
        return _public_address(row.final_url, row.final_url, asked_of(row)) or None

    @extend_schema_field(VerdictSerializer(allow_null=True))
    def get_verdict(self, row: Measurement) -> Any:
        newest = max(row.verdicts.all(), key=_age, default=None)
        return VerdictSerializer(newest).data if newest else None

    def get_evidence(self, row: Measurement) -> str | None:
        return row.body.sha256 if row.body else None

    def get_hops(self, row: Measurement) -> list[dict[str, Any]]:
        hops = row.facts.get("hops", ()) if isinstance(row.facts, Mapping) else ()
        return [public_hop(hop, asked_of(row)) for hop in hops]


class StatusChangeSerializer(WatchedSerializer):
    """A page went from one status to another. It happened after ``earliest_at``, the last look that still saw the
    old status (null: there was none), and not later than ``at``, the first look that saw the new one."""

    url = LinkField("status-change")
    old = Word("state")
    new = Word("state")
    mechanism = Word("mechanism", allow_null=True)
    rule_id = serializers.CharField()
    earliest_at = serializers.DateTimeField(allow_null=True)
    at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
    measurement = serializers.SerializerMethodField()

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_measurement(self, row: StatusChange) -> str | None:
        return link(self.context, "measurement", row.verdict.measurement.public_id) if row.verdict else None


def _age(verdict: Verdict) -> int:
    return verdict.pk


def asked_of(row: Measurement) -> str:
    """The address that was asked, of the page or of its platform's second address."""
    asked = row.facts.get("url") if isinstance(row.facts, Mapping) else None
    return asked if isinstance(asked, str) else row.watch.target.url


def public_hop(hop: Mapping[str, Any], asked: str) -> dict[str, Any]:
    """One URL of the chain without bodies, without the resolver and the proxy, and with harmless headers only."""
    url = hop.get("url") or ""
    return {
        "url": _public_address(url, url, asked) or None,
        "dns": _only(hop.get("dns"), "seconds rcode addresses cnames late failure"),
        "tcp": [_only(each, "ip port seconds failure") for each in hop.get("tcp") or ()],
        "tls": _only(
            hop.get("tls"),
            "server_name seconds version cipher chain_sha256 leaf_subject leaf_issuer invalid bytes_received failure",
        ),
        "http": _public_answer(hop.get("http"), url, asked),
    }


def _public_answer(http: Mapping[str, Any] | None, url: str, asked: str) -> dict[str, Any] | None:
    kept = _only(http, "seconds status location bytes_received failure")
    if kept is not None and http is not None:
        shown = [
            (name, value) for name, value in http.get("headers") or () if str(name).lower() in SHOWN_HEADERS
        ]
        kept["headers"] = [[name, _public_header(str(name), value, url, asked)] for name, value in shown]
        if kept.get("location"):
            kept["location"] = _public_address(kept["location"], url, asked)
    return kept


def _public_header(name: str, value: str, url: str, asked: str) -> str:
    match name.lower():
        case "location":
            return _public_address(value, url, asked)
        case "link":
            return re.sub(r"<([^>]*)>", lambda found: f"<{_public_address(found[1], url, asked)}>", value)
    return value


def _public_address(address: str, base: str, asked: str) -> str:
    """An address without its query when it leads to another host than was asked: that may name who looked."""
    try:
        host = urlsplit(urljoin(base, address)).hostname
        is_own = host == urlsplit(asked).hostname
    except ValueError:
        is_own = False
    return address if is_own else address.partition("#")[0].partition("?")[0]


def _only(part: Mapping[str, Any] | None, names: str) -> dict[str, Any] | None:
    return None if part is None else {name: part[name] for name in names.split() if name in part}
