"""What home does not believe of a worker. Any may have been captured: its form was checked before, now its sense.

A captured worker can still lie about what a page holds, as anybody in that place can; what it cannot do is speak of
another page, another time or another place, or hand over what breaks those who read it later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from tracker.facts import OF_A_WORKER, Failure, Observation, Stage
from tracker.probing.charset import as_text
from tracker.probing.target import is_literal, printable

from .messages import Request
from .wire import Malformed

SKEW = timedelta(seconds=10)
"""How far a worker's clock may be off before home's counts in its place."""
LONGEST_TEXT = 128 * 1024
LONGEST_DETAIL = 500
_DAY = 86_400
_FAILURES = frozenset(Failure) - OF_A_WORKER


def believed(observation: Observation, request: Request, *, now: datetime, waited: float) -> Observation:
    """The observation as far as it can be true. ``now``: when it was asked for. Raises Malformed, with a sentence."""
    _check_question(observation, request)
    _check_stages(observation)
    for owner, name, value in _parts(observation):
        _check_part(owner, name, value)
    _check_bytes(observation, request)
    started = observation.started_at
    is_plausible = now - SKEW <= started <= now + timedelta(seconds=waited) + SKEW
    return replace(
        observation,
        started_at=started.astimezone(now.tzinfo) if is_plausible else now,
        seconds=min(observation.seconds, round(waited, 4)),
        body_text=_text(observation),
        detail=printable(observation.detail[:LONGEST_DETAIL]) if observation.detail else None,
    )


def _check_question(observation: Observation, request: Request) -> None:
    if observation.url != printable(request.url):
        raise Malformed("it is about another page than was asked for")
    if observation.accept_language != request.manner.accept_language:
        raise Malformed("it was made in another language than was asked for")


def _check_stages(observation: Observation) -> None:
    if (observation.failed_stage is None) != (observation.failure is None):
        raise Malformed("a failure has a stage, and a stage a failure")
    if observation.failed_stage is Stage.CONTENT:
        raise Malformed("what content means is not for a worker to say")
    if observation.earlier is not None:
        raise Malformed("an earlier look is for home to add")
    if not observation.hops:
        raise Malformed("it saw nothing at all")


def _parts(value: Any) -> Iterator[tuple[Any, str, Any]]:
    """Every field of every dataclass in it, with the one that it belongs to."""
    for each in fields(value):
        inner = getattr(value, each.name)
        yield value, each.name, inner
        for part in inner if isinstance(inner, tuple) else (inner,):
            if is_dataclass(part):
                yield from _parts(part)


def _check_part(owner: Any, name: str, value: Any) -> None:
    if name == "failure" and value is not None and value not in _FAILURES:
        raise Malformed("a failure that has no such name")
    if name == "ip" and value and not is_literal(value):
        raise Malformed("an address that is none")
    if name in ("seconds", "bytes_received") and not 0 <= value < (_DAY if name == "seconds" else 2**40):
        raise Malformed(f"{name} that cannot be")
    if name == "status" and value is not None and not 100 <= value <= 999:
        raise Malformed("a status that no answer has")
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise Malformed(f"a longer text than {type(owner).__name__}.{name} can have")


def _check_bytes(observation: Observation, request: Request) -> None:
    limits = request.limits
    if len(observation.body) > limits.body_bytes or len(observation.hops) > limits.hops + 1:
        raise Malformed("more than was asked for")
    if len(observation.exchanges) > len(observation.hops):
        raise Malformed("more exchanges than answers")
    named = {digest for hop in observation.hops if hop.tls for digest in hop.tls.chain_sha256}
    if not {sha256(der).hexdigest() for der in observation.certificates} <= named:
        raise Malformed("certificates that no handshake showed")


def _text(observation: Observation) -> str:
    try:
        return as_text(observation.body, observation.body_charset)
    except LookupError:
        raise Malformed("a charset that no browser knows") from None
