"""One look outside the timetable: what ``manage.py probe`` asks for, and what it prints."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tracker import operations, vantage
from tracker.facts import UNKNOWN_COUNTRY, Canary, Observation, Role, Verdict
from tracker.judging import judge
from tracker.models import VantagePoint
from tracker.networks import NoBroker, observer_of
from tracker.operations import AddressRefused, Canonical
from tracker.operations.readings import notice_json
from tracker.places import HOME, Place, Places, ensure_places, place_of
from tracker.printed import answer_words, beside_json, hop_json, stage_words
from tracker.vantage import Sighting, Subject


class NoSuchPlace(ValueError):
    """The vantage point or control that was named does not exist; the message says which do."""


@dataclass(frozen=True, slots=True)
class View:
    """From where looks are made, with what control, for which territory."""

    experiment: Place
    control: Place | None
    territory: str
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Asked:
    """One page to look at. ``id`` comes back with the answer."""

    url: str
    id: Any = None
    territory: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """A line that could not be read, or an address that is none."""

    url: str
    message: str
    id: Any = None

    def as_json(self) -> dict[str, Any]:
        empty = dict.fromkeys(KEYS)
        return empty | {
            "id": self.id,
            "url": self.url,
            "state": "insufficient",
            "rule_id": "own_policy_refused",
            "rules_version": operations.RULES_VERSION,
            "failed_stage": "dns",
            "failure": "egress_refused",
            "hops": [],
            "message": self.message,
        }

    def as_words(self) -> list[str]:
        return [f"{self.url}: {self.message}"]


KEYS = [
    "id",
    "url",
    "canonical_url",
    "platform",
    "state",
    "mechanism",
    "rule_id",
    "rules_version",
    "failed_stage",
    "failure",
    "http_status",
    "final_url",
    "hops",
    "title",
    "notice",
    "control",
    "endpoint",
    "vantage",
    "started_at",
    "seconds",
]


@dataclass(frozen=True, slots=True)
class Probed:
    """A look with its verdict."""

    asked: Asked
    address: Canonical
    view: View
    territory: str
    found: Sighting
    canary: Canary
    verdict: Verdict

    @property
    def seen(self) -> Observation:
        return self.found.page

    def as_json(self) -> dict[str, Any]:
        """The keys of the contract, in its order."""
        verdict, seen = self.verdict, self.seen
        return {
            "id": self.asked.id,
            "url": self.asked.url,
            "canonical_url": self.address.url,
            "platform": self.address.platform,
            "state": verdict.state.value,
            "mechanism": verdict.mechanism,
            "rule_id": verdict.rule_id,
            "rules_version": verdict.rules_version,
            "failed_stage": verdict.failed_stage,
            "failure": verdict.failure,
            "http_status": seen.http_status,
            "final_url": seen.final_url,
            "hops": [hop_json(hop) for hop in seen.hops],
            "title": verdict.title,
            "notice": notice_json(verdict),
            "control": beside_json(self.view.control, self.found.control),
            "endpoint": beside_json(self.view.experiment, self.found.endpoint, url=True),
            "vantage": self.view.experiment.name,
            "started_at": seen.started_at.isoformat(),
            "seconds": round(seen.seconds, 3),
        }

    def as_words(self) -> list[str]:
        """Each stage, the rule and its reason, for a person."""
        verdict = self.verdict
        lines = [f"{self.address.url}", f"  from {self.view.experiment.name} for {self.territory}"]
        lines += [f"  {line}" for hop in self.seen.hops for line in stage_words(hop)]
        if self.found.endpoint is not None:
            second = self.found.endpoint
            lines += [f"  {line}" for hop in second.hops for line in stage_words(hop, "second address ")]
        if self.found.control is not None and self.view.control is not None:
            lines.append(f"  control {self.view.control.name}: {answer_words(self.found.control)}")
        if self.canary.ok is False:
            lines.append(f"  canary: {self.canary.detail}")
        lines.append(
            f"  {verdict.state.value}: {verdict.because} (rule {verdict.rule_id}, {verdict.rules_version})"
        )
        return lines


def view(
    *,
    vantage: str | None,
    via: str | None,
    control: str | None,
    territory: str | None,
    clock: Callable[[], datetime],
) -> View:
    """From where to look. Raises ``NoSuchPlace`` with a sentence that names those there are."""
    if territory is not None and not _is_country(territory):
        raise NoSuchPlace(f"{territory} is no territory: give two letters, such as RU.")
    ensure_places()
    experiment = _passing("via", via, Role.EXPERIMENT) if via else _named(vantage or HOME)
    beside = None if control in {None, "none"} else _named_or_passing(str(control))
    return View(experiment, beside, (territory or experiment.country).upper(), clock)


def parse(line: str) -> Asked | Failed:
    """A URL, or a JSON object with ``url`` and perhaps ``id`` and ``territory``."""
    line = line.strip()
    if not line.startswith("{"):
        return Asked(line)
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = {}
    url, territory = found.get("url"), found.get("territory")
    if not isinstance(url, str):
        return Failed(line[:200], "Give a URL, or a JSON object with a url.", found.get("id"))
    if territory is not None and not _is_country(territory):
        return Failed(url, "Give a territory as two letters, such as RU.", found.get("id"))
    return Asked(url, found.get("id"), territory)


def _is_country(code: object) -> bool:
    return isinstance(code, str) and len(code) == 2 and code.isascii() and code.isalpha()


def probe(asked: Asked, view: View, *, save: bool) -> Probed | Failed:
    """Look once. An address that is none is an answer too."""
    try:
        address = operations.canonical_address(asked.url)
    except AddressRefused as error:
        return Failed(asked.url, str(error), asked.id)
    territory = (asked.territory or view.territory).upper()
    outside = _is_outside(view.experiment, territory)
    subject = Subject(
        address.url, address.platform, territory, outside, None if save else _spelled(asked.url)
    )
    found, canary = vantage.look_once(
        subject, experiment=view.experiment, control=view.control, clock=view.clock
    )
    is_drifted = Places().is_drifted(view.experiment, subject)
    canary = replace(canary, drifted=is_drifted)
    verdict = judge(
        seen=found.page,
        control=found.control,
        canary=canary,
        platform=subject.platform,
        territory=territory,
        endpoint=found.endpoint,
        outside=subject.outside,
        fingerprints=operations.fingerprints_at_hand(),
    )
    if save:
        _save(view, subject, found, canary)
    return Probed(asked, address, view, territory, found, canary, verdict)


def _spelled(url: str) -> str | None:
    """The address as it was given, if it is whole: a site may answer otherwise at its other spellings."""
    return url if url.lower().startswith(("http://", "https://")) else None


def _is_outside(place: Place, territory: str) -> bool:
    """Whether the place is known to stand in another country; of one whose country nobody said, it is not."""
    return place.country not in {territory, UNKNOWN_COUNTRY}


def _save(view: View, subject: Subject, found: Sighting, canary: Canary) -> None:
    """Store the look as if its time had come, by taking the watch as a worker would."""
    now = view.clock()
    watched = operations.watch(url=subject.url, territory=subject.territory, now=now)
    claim = operations.claim_one(watch_id=watched.pk, now=now)
    if claim is None:  # a worker is looking at this very moment; its look counts
        return
    look = vantage.look_of(claim, view.experiment.with_canary(canary), view.control, found, subject.outside)
    if operations.record_look(look=look, now=view.clock(), jitter=_jitter()) is not None:
        vantage.record_declared(look, view.clock, _jitter)


def _jitter() -> float:
    return random.uniform(-1, 1)  # noqa: S311 it only spreads looks


def _named(name: str) -> Place:
    row = VantagePoint.objects.filter(name=name).first()
    if row is None:
        known = ", ".join(VantagePoint.objects.order_by("name").values_list("name", flat=True))
        raise NoSuchPlace(f"There is no vantage point “{name}”. There are: {known}.")
    try:
        observer_of(row.via)
    except NoBroker as error:
        raise NoSuchPlace(f"Vantage point “{name}”: {error}.") from error
    return place_of(row)


def _named_or_passing(text: str) -> Place:
    is_a_way = text == "direct" or "://" in text or text.startswith("worker:")
    return _passing("control-via", text, Role.CONTROL) if is_a_way else _named(text)


def _passing(name: str, via: str, role: Role) -> Place:
    """A place that was named by how it is reached; it is kept, so that what is saved can point at it."""
    try:
        observer_of(via)
    except ValueError as error:
        raise NoSuchPlace(f"{via}: {error}.") from error
    row = operations.ensure_vantage(name=name, country=UNKNOWN_COUNTRY, role=role, via=via, is_active=False)
    return place_of(row)
