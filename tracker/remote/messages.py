"""What home and a remote worker say to each other, how large it may be, and where at the broker it lies."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, fields, replace
from typing import Any

from tracker.facts import Observation
from tracker.probing import SCHEMA_VERSION, Limits, Manner

from .wire import Malformed, plain, typed

PROTOCOL = 1
TASK = "look"
LARGEST_ANSWER = 8 * 1024 * 1024
"""Bytes of JSON. A page of a million bytes, with its exchange, takes some three million."""
LARGEST_REQUEST = 64 * 1024
MAXIMA = Limits(total_seconds=60.0)
"""No look by a worker takes more than this, whoever asks for it."""

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def readable_name(name: str) -> str:
    """The name of a worker. Raises ValueError for what could be part of a pattern or of another's name."""
    if not _NAME.fullmatch(name):
        raise ValueError("a worker has a name of letters, digits, - and _, 64 at most")
    return name


@dataclass(frozen=True, slots=True)
class Desk:
    """Where at the broker a worker is asked and answers. Every key of it begins with ``prefix``."""

    name: str

    @property
    def prefix(self) -> str:
        return f"vantage.{self.name}:"

    @property
    def queue(self) -> str:
        return f"vantage.{self.name}"

    @property
    def queue_key(self) -> str:
        return self.prefix + self.queue

    def taken_key(self, request_id: str) -> str:
        return f"{self.prefix}taken:{request_id}"

    def answer_key(self, request_id: str) -> str:
        return f"{self.prefix}answer:{request_id}"


@dataclass(frozen=True, slots=True)
class Request:
    """One look that is asked for. ``start_by`` is in seconds of the broker's clock, the one that both can read."""

    id: str
    url: str
    start_by: float
    limits: Limits = field(default_factory=Limits)
    manner: Manner = field(default_factory=Manner)
    protocol: int = PROTOCOL
    schema_version: int = SCHEMA_VERSION

    def as_json(self) -> dict[str, Any]:
        value: dict[str, Any] = plain(self)
        return value


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says: what it saw, or in words why it did not look."""

    observation: Observation | None = None
    refused: str | None = None
    protocol: int = PROTOCOL
    schema_version: int = SCHEMA_VERSION

    def as_bytes(self) -> bytes:
        """JSON of at most ``LARGEST_ANSWER``, if need be without the bytes of all exchanges but the last."""
        written = self._written()
        if len(written) > LARGEST_ANSWER and self.observation is not None:
            written = replace(self, observation=_lighter(self.observation))._written()
        return written

    def _written(self) -> bytes:
        value = plain(self)
        if value["observation"] is not None:
            del value["observation"]["body_text"]  # home reads it from the body
        return json.dumps(value, separators=(",", ":")).encode("ascii")


def read_request(value: Any) -> Request:
    """The request that home wrote, within this worker's own bounds. Raises Malformed, with a sentence."""
    _check_versions(value, "home")
    request: Request = typed(Request, value)
    if len(json.dumps(plain(request))) > LARGEST_REQUEST:
        raise Malformed("a longer request than a look can need")
    return replace(request, limits=_within(request.limits, MAXIMA))


def _within(asked: Limits, most: Limits) -> Limits:
    """The smaller of both in every bound, and never below nothing."""
    bounds = {}
    for each in fields(Limits):
        bound = getattr(most, each.name)
        bounds[each.name] = max(type(bound)(0), min(getattr(asked, each.name), bound))
    return replace(asked, **bounds)


def _check_versions(value: Any, speaker: str) -> None:
    """Versions are read before anything else: of another version nothing else can be understood."""
    spoken = (value.get("protocol"), value.get("schema_version")) if isinstance(value, dict) else (None, None)
    if spoken == (PROTOCOL, SCHEMA_VERSION) and all(type(part) is int for part in spoken):
        return
    if not all(type(part) is int and abs(part) < 10**6 for part in spoken):
        raise Malformed(f"what {speaker} sent names no version")
    raise Malformed(
        f"{speaker} speaks protocol {spoken[0]} and observations of version {spoken[1]}, this side {PROTOCOL} and"
        f" {SCHEMA_VERSION}: bring both to the same release"
    )


def read_answer(data: bytes) -> Answer:
    """The answer that a worker wrote: its form only. Raises Malformed, with a sentence."""
    if len(data) > LARGEST_ANSWER:
        raise Malformed("a longer answer than any page takes")
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None
    _check_versions(value, "the worker")
    answer: Answer = typed(Answer, value)
    if (answer.observation is None) == (answer.refused is None):
        raise Malformed("neither an observation nor a reason")
    return answer


def _lighter(observation: Observation) -> Observation:
    exchanges = observation.exchanges
    emptied = tuple(replace(exchange, body=b"", truncated=True) for exchange in exchanges[:-1])
    return replace(observation, exchanges=emptied + exchanges[-1:])
