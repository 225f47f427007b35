"""A host that asks for fewer visits gets them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from tracker import operations
from tracker.facts import Observation
from tracker.operations import Look

PAUSE = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(hours=6)


def mind_rate_limit(look: Look, now: datetime) -> None:
    """A host that says "later" is left alone, by every page and worker, for as long as it says."""
    _mind(look.experiment.observation, look.claim.host, now)
    if look.endpoint is not None:
        second = look.endpoint.observation
        _mind(second, urlsplit(second.url).hostname or look.claim.host, now)


def _mind(seen: Observation, host: str, now: datetime) -> None:
    http = seen.http
    if http is None or http.status not in {429, 503, 999}:
        return
    if http.status == 503 and http.header("retry-after") is None:
        return
    operations.pause_host(host=host, until=now + _asked_pause(http.header("retry-after"), now))


def _asked_pause(retry_after: str | None, now: datetime) -> timedelta:
    """Seconds or a date, as RFC 9110 has it, to a bound; what cannot be read is a pause of our own length."""
    text = (retry_after or "").strip()[:40]
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=min(int(text), 10**9)), LONGEST_PAUSE)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return PAUSE
    return max(timedelta(0), min(until.replace(tzinfo=UTC) - now, LONGEST_PAUSE))
