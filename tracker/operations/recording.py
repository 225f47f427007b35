"""Fact, meaning, change and next time, stored together: there is no status without its cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime

import structlog
from django.db import transaction

from tracker import evidence
from tracker.facts import Canary, Observation, Role, State
from tracker.facts import Verdict as Judged
from tracker.judging import judge
from tracker.models import Measurement, Target, VantagePoint, Verdict, Watch
from tracker.operations import chaining, keeping, rows
from tracker.operations.believing import move
from tracker.operations.claiming import Claim
from tracker.operations.fingerprinting import fingerprints_at_hand
from tracker.operations.readings import verdict_row, word
from tracker.probing.record import SCHEMA_VERSION, to_json

log = structlog.get_logger(__name__)

_NEVER_WRITTEN = ("public_id", "target_id", "territory", "is_active", "created_at")
"""Columns of a watch that no look changes."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one vantage point saw."""

    vantage_id: int
    observation: Observation


@dataclass(frozen=True, slots=True)
class Look:
    """One run: the experiment, the control when it was needed, and whether the vantage point worked.

    ``endpoint`` is what the platform's second address answered, asked from where the experiment looked.
    ``outside`` says that this was another country than the watch's territory.
    """

    claim: Claim
    experiment: Seen
    control: Seen | None
    canary: Canary
    endpoint: Seen | None = None
    outside: bool = False
    verdict: Judged | None = None
    """What it means, where that was found out already. Whoever changes anything else of a look takes it away."""

    @property
    def seen(self) -> dict[Role, Seen]:
        """All that was seen, those that others point at first."""
        parts = {Role.CONTROL: self.control, Role.ENDPOINT: self.endpoint, Role.EXPERIMENT: self.experiment}
        return {role: seen for role, seen in parts.items() if seen is not None}


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a look led to."""

    measurement_id: int
    verdict: Judged
    status: State
    changed: bool


Outcome = Recorded | Exception | None
"""None when the lease was lost; an exception in place of a look that could not be stored."""


@dataclass(slots=True, eq=False)
class _Entry:
    """A look on its way into the tables."""

    look: Look
    verdict: Judged
    jitter: float
    facts: dict[Role, rows.Encoded] = field(default_factory=dict)
    names: dict[Role, tuple[str | None, str]] = field(default_factory=dict)
    """The SHA-256 of body and capture."""
    measured: dict[Role, Measurement] = field(default_factory=dict)
    stored: Verdict | None = None

    @property
    def content(self) -> str:
        return chaining.content_of_look((row, *self.names[role]) for role, row in self.measured.items())

    def holds(self, watches: Mapping[int, Watch]) -> bool:
        """Whether the lease is still that of the look: it has not run out and gone to another worker."""
        watch = watches.get(self.look.claim.watch_id)
        return watch is not None and watch.lease_token == self.look.claim.token


def record_look(*, look: Look, now: datetime, jitter: float) -> Recorded | None:
    """Store a look with its verdict, move the status if enough agree, and say when the next look is due.

    None when the lease was lost: another worker has the watch by now, and its look counts.
    """
    return _stored([_judged(look, jitter)], now)[0]


def record_looks(*, looks: Sequence[Look], now: datetime, jitters: Sequence[float]) -> list[Outcome]:
    """Store many looks as ``record_look`` does, in one short transaction; one outcome each, in their order.

    When that fails each is stored by itself, so that what is wrong with one stays with it.
    """
    outcomes: list[Outcome] = [None] * len(looks)
    entries: dict[int, _Entry] = {}
    for number, (look, jitter) in enumerate(zip(looks, jitters, strict=True)):
        try:
            entries[number] = _judged(look, jitter)
        except Exception as error:
            outcomes[number] = error
    for number, outcome in zip(entries, _stored_together(list(entries.values()), now), strict=True):
        outcomes[number] = outcome
    return outcomes


def _stored_together(entries: list[_Entry], now: datetime) -> list[Outcome]:
    try:
        return list(_stored(entries, now))
    except Exception as error:
        if len(entries) == 1:
            return [error]
        log.warning("recorded_one_by_one", looks=len(entries), exc_info=error)
        return [outcome for entry in entries for outcome in _stored_together([entry], now)]


def _judged(look: Look, jitter: float) -> _Entry:
    return _Entry(look, look.verdict or judge_look(look), jitter)


def judge_look(look: Look) -> Judged:
    """What a look means, by the fingerprints at hand. Touches no database."""
    claim = look.claim
    return judge(
        seen=look.experiment.observation,
        control=look.control.observation if look.control else None,
        canary=look.canary,
        platform=claim.platform,
        territory=claim.territory,
        endpoint=look.endpoint.observation if look.endpoint else None,
        outside=look.outside,
        fingerprints=fingerprints_at_hand(),
    )


def _stored(entries: list[_Entry], now: datetime) -> list[Recorded | None]:
    # The bytes first, outside the transaction: bytes without a row are harmless, a row without bytes is not.
    kept, known = _kept(entries, now)
    with transaction.atomic():
        watches = _locked(entries)
        held = [entry for entry in entries if entry.holds(watches)]
        _add_facts(held, kept, known, now)
        recorded = {entry: _believed(entry, watches[entry.look.claim.watch_id], now) for entry in held}
        rows.update([watches[entry.look.claim.watch_id] for entry in held], but=_NEVER_WRITTEN)
        chaining.add_links("look", [(entry.look.claim.token, entry.content) for entry in held], at=now)
    return [recorded.get(entry) for entry in entries]


def _locked(entries: list[_Entry]) -> dict[int, Watch]:
    """The watches of these looks. They stay as they are until the transaction ends."""
    claims = {entry.look.claim.watch_id: entry.look.claim for entry in entries}
    watches = {watch.pk: watch for watch in rows.lock(Watch, claims)}
    for pk, watch in watches.items():
        # All that belief asks of the target; the rest is read when somebody does ask.
        claim = claims[pk]
        watch._state.fields_cache["target"] = rows.known(
            Target, id=watch.target_id, url=claim.url, platform=claim.platform, host=claim.host
        )
    return watches


def _kept(
    entries: list[_Entry], now: datetime
) -> tuple[dict[tuple[_Entry, Role], keeping.Kept], dict[str, int]]:
    """The bytes of all that was seen, by entry and role, and the ids of those that were kept before."""
    parts = [(entry, role, seen) for entry in entries for role, seen in entry.look.seen.items()]
    ids = {seen.vantage_id for _, _, seen in parts}
    places = rows.lookup(VantagePoint, ("id", "name", "country", "asn"), by="id", among=ids)
    named: dict[int, dict[str, object]] = {
        pk: {"name": name, "country": country, "asn": asn} for pk, name, country, asn in places
    }
    asked = []
    for entry, role, seen in parts:
        entry.facts[role] = rows.encoded(to_json(seen.observation))
        body = seen.observation.body
        name = evidence.name_of(body) if body else None
        asked.append(
            keeping.Asked(seen.observation, name, _about(entry, role, named.get(seen.vantage_id, {})))
        )
    kept, known = keeping.keep(asked, at=now)
    return {(entry, role): one for (entry, role, _), one in zip(parts, kept, strict=True)}, known


def _about(entry: _Entry, role: Role, vantage: dict[str, object]) -> evidence.About:
    return evidence.About(
        facts=entry.facts[role],
        vantage=vantage,
        territory=entry.look.claim.territory,
        role=role.value,
        look=str(entry.look.claim.token),
        rules_version=entry.verdict.rules_version,
    )


def _add_facts(
    entries: list[_Entry],
    kept: Mapping[tuple[_Entry, Role], keeping.Kept],
    known: dict[str, int],
    now: datetime,
) -> None:
    mine = {(entry, role): kept[entry, role] for entry in entries for role in entry.look.seen}
    bodies, captures = keeping.add_rows(list(mine.values()), known, at=now)
    for (entry, role), one in mine.items():
        capture = one.capture.sha256
        body_id = bodies[one.body] if one.body else None
        entry.measured[role] = _measurement(entry, role, body_id, captures[capture])
        entry.names[role] = (one.body, capture)
    beside = [row for e in entries for role, row in e.measured.items() if role is not Role.EXPERIMENT]
    rows.insert(beside)
    for entry in entries:
        if Role.CONTROL in entry.measured:
            entry.measured[Role.EXPERIMENT].control_id = entry.measured[Role.CONTROL].pk
    rows.insert([entry.measured[Role.EXPERIMENT] for entry in entries])
    keeping.ensure_kept({bodies[one.body] for one in mine.values() if one.body})
    for entry in entries:
        entry.stored = verdict_row(entry.measured[Role.EXPERIMENT], entry.verdict, now)
    rows.insert([entry.stored for entry in entries if entry.stored is not None])


def _measurement(entry: _Entry, role: Role, body_id: int | None, capture_id: int) -> Measurement:
    seen, is_experiment = entry.look.seen[role], role is Role.EXPERIMENT
    observation = seen.observation
    return rows.made(
        Measurement,
        watch_id=entry.look.claim.watch_id,
        vantage_id=seen.vantage_id,
        role=role.value,
        look=entry.look.claim.token,
        started_at=observation.started_at,
        seconds=observation.seconds,
        failed_stage=word(observation.failed_stage),
        failure=word(observation.failure),
        http_status=observation.http_status,
        final_url=rows.storable(observation.final_url),
        title=rows.storable(entry.verdict.title or "")[:300] if is_experiment else "",
        body_id=body_id,
        capture_id=capture_id,
        canary_ok=entry.look.canary.ok if is_experiment else None,
        canary_faults=_faults(entry.look.canary) if is_experiment else [],
        outside=entry.look.outside,
        facts=entry.facts[role],
        schema_version=SCHEMA_VERSION,
    )


CANARY_FAULTS = tuple(each.name for each in fields(Canary) if type(each.default) is bool)
"""The fields of ``Canary`` that say what was wrong."""


def _faults(canary: Canary) -> list[str]:
    return [name for name in CANARY_FAULTS if getattr(canary, name)]


def _believed(entry: _Entry, watch: Watch, now: datetime) -> Recorded:
    measured = entry.measured[Role.EXPERIMENT]
    assert entry.stored is not None
    watch.n_measurements += 1
    others = [vantage_id for vantage_id in watch.looked_from if vantage_id != measured.vantage_id]
    watch.looked_from = [*others, measured.vantage_id]
    watch.n_vantages = len(watch.looked_from)
    watch.lease_token = watch.lease_until = watch.turn_at = watch.held_rule_id = watch.held_since = None
    watch.attempts = 0
    changed = move(watch, measured, entry.stored, entry.verdict, now, entry.jitter)
    return Recorded(measured.pk, entry.verdict, State(watch.status), changed)
