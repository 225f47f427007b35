"""The only writer of the tracker's tables. Verbs, keyword-only; whoever calls brings the clock and the dice."""

from tracker.addresses import AddressRefused, Canonical
from tracker.judging import RULES_VERSION, parse_notice
from tracker.operations.claiming import Claim, claim_due, claim_one, hold, postpone
from tracker.operations.declaring import claim_others, keep_due
from tracker.operations.drifting import drifted_platforms, put_off_check, record_check, take_check
from tracker.operations.fetching import fetch_document
from tracker.operations.fingerprinting import (
    FingerprintImport,
    fingerprints_at_hand,
    import_fingerprints,
    present_version,
    refresh_fingerprints,
)
from tracker.operations.freezing import frozen_platforms, release_platform
from tracker.operations.places import (
    Turns,
    ensure_vantage,
    keep_vantage,
    pause_host,
    record_canary,
    take_turn,
    turns_at,
)
from tracker.operations.recording import Look, Outcome, Recorded, Seen, judge_look, record_look, record_looks
from tracker.operations.rejudging import Rejudged, rejudge
from tracker.operations.statuses import decay_statuses
from tracker.operations.watching import (
    canonical_address,
    check_now,
    look_sooner,
    looked_from,
    platforms,
    rules,
    unwatch,
    unwatch_all,
    watch,
    watch_all,
)

__all__ = [
    "RULES_VERSION",
    "AddressRefused",
    "Canonical",
    "Claim",
    "FingerprintImport",
    "Look",
    "Outcome",
    "Recorded",
    "Rejudged",
    "Seen",
    "Turns",
    "canonical_address",
    "check_now",
    "claim_due",
    "claim_one",
    "claim_others",
    "decay_statuses",
    "drifted_platforms",
    "ensure_vantage",
    "fetch_document",
    "fingerprints_at_hand",
    "frozen_platforms",
    "hold",
    "import_fingerprints",
    "judge_look",
    "keep_due",
    "keep_vantage",
    "look_sooner",
    "looked_from",
    "parse_notice",
    "pause_host",
    "platforms",
    "postpone",
    "present_version",
    "put_off_check",
    "record_canary",
    "record_check",
    "record_look",
    "record_looks",
    "refresh_fingerprints",
    "rejudge",
    "release_platform",
    "rules",
    "take_check",
    "take_turn",
    "turns_at",
    "unwatch",
    "unwatch_all",
    "watch",
    "watch_all",
]
