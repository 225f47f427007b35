"""What was seen, as a terminal and a line of JSON show it."""

from __future__ import annotations

from typing import Any

from tracker.facts import Hop, Observation
from tracker.places import Place


def answer_words(seen: Observation) -> str:
    """What came, in a word or two."""
    return seen.failure or f"HTTP {seen.http_status}"


def beside_json(place: Place | None, seen: Observation | None, *, url: bool = False) -> dict[str, Any] | None:
    """What was seen beside the page; with the address that was asked, where it is another."""
    if place is None or seen is None:
        return None
    return ({"url": seen.url} if url else {}) | {
        "vantage": place.name,
        "failed_stage": seen.failed_stage,
        "failure": seen.failure,
        "http_status": seen.http_status,
        "final_url": seen.final_url,
    }


def hop_json(hop: Hop) -> dict[str, Any]:
    return {
        "url": hop.url,
        "addresses": [address.ip for address in hop.dns.addresses] if hop.dns else [],
        "connected": hop.tcp[-1].ip if hop.tcp else None,
        "tls": hop.tls.version if hop.tls else None,
        "http_status": hop.http.status if hop.http else None,
        "location": hop.http.location if hop.http else None,
    }


def stage_words(hop: Hop, whose: str = "") -> list[str]:
    lines = [f"{whose}{hop.url}"]
    if hop.dns:
        answer = hop.dns.failure or ", ".join(a.ip for a in hop.dns.addresses) or hop.dns.rcode
        lines.append(f"  dns   {answer}")
    lines += [f"  tcp   {look.ip or look.via}: {look.failure or 'connected'}" for look in hop.tcp]
    if hop.tls:
        lines.append(f"  tls   {hop.tls.failure or hop.tls.invalid or hop.tls.version}")
    if hop.http:
        lines.append(f"  http  {hop.http.failure or hop.http.status}")
    return lines
