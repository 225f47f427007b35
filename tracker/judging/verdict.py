"""From what was seen to what it means: the first rule that holds, with the evidence that it names."""

from __future__ import annotations

from tracker.facts import Canary, Notice, Observation, Stage, State, Verdict
from tracker.judging.adapter import Ask
from tracker.judging.block_pages import named_by
from tracker.judging.fingerprints import BUILT_IN_INDEX, FingerprintIndex
from tracker.judging.notices import parse_notice
from tracker.judging.platforms import ADAPTERS
from tracker.judging.rules import (
    FROM_OUTSIDE,
    OUR_SIDE,
    RULES_VERSION,
    rules_for,
    withheld_in,
)
from tracker.judging.sight import Rule, Sight, broken, vantage_fault

SAID_BY_STATUS = frozenset({"http_451", "not_found", "rate_limited", "server_error", "http_refused"})
"""Findings that the status line tells, so that nobody had to read the content for them."""


def judge(
    *,
    seen: Observation | None,
    control: Observation | None,
    canary: Canary | None,
    platform: str,
    territory: str,
    endpoint: Observation | None = None,
    outside: bool = False,
    fingerprints: FingerprintIndex = BUILT_IN_INDEX,
) -> Verdict:
    """What one look means. ``seen`` is the experiment, ``control`` the same URL from where nothing is blocked,
    ``endpoint`` what the platform's second address answered (``Adapter.endpoint``). A look that was made from
    another country than ``territory`` (``outside``) says no more than what the platform declares about it.
    ``fingerprints`` are the block pages that are known.

    Never raises for what was observed. The verdict names exactly one rule of ``rules.RULES``.
    """
    is_working = canary is None or not (canary.ok is False or canary.drifted)
    if seen is not None and control is None and is_working and not outside:
        sight, rule = _read_alone(seen, platform, territory, endpoint, fingerprints)
    else:
        sight = Sight(seen, control, canary, platform, territory, endpoint, outside, fingerprints)
        rule = _first_match(sight)
    stage, failure = _what_failed(rule, sight)
    return Verdict(
        state=rule.state,
        rule_id=rule.rule_id,
        rules_version=version_with(fingerprints),
        because=rule.because,
        mechanism=rule.mechanism,
        failed_stage=stage,
        failure=failure,
        notice=_notice(rule, sight),
        fingerprint=named_by(rule.rule_id, sight),
        title=sight.page.title,
    )


def version_with(fingerprints: FingerprintIndex) -> str:
    """The version of the rules, with that of the loaded fingerprints, which decide as the rules do."""
    return f"{RULES_VERSION}+fp:{fingerprints.version}" if fingerprints.version else RULES_VERSION


def needs_control(
    seen: Observation,
    platform: str,
    territory: str,
    endpoint: Observation | None = None,
    fingerprints: FingerprintIndex = BUILT_IN_INDEX,
) -> bool:
    """Whether a look from elsewhere could change what this one means.

    False when the page is plainly alive or plainly withheld, and when the fault was ours or a wall stood in front.
    """
    return not _read_alone(seen, platform, territory, endpoint, fingerprints)[1].alone


def _read_alone(
    seen: Observation,
    platform: str,
    territory: str,
    endpoint: Observation | None,
    fingerprints: FingerprintIndex,
) -> tuple[Sight, Rule]:
    """A look without a control, from a place that works. The last one is remembered: a look that needs no control is
    judged the moment after it was asked whether it does."""
    sight, rule = _Last.read
    if not (
        sight.seen is seen
        and sight.endpoint is endpoint
        and sight.fingerprints is fingerprints
        and (sight.platform, sight.territory) == (platform, territory)
    ):
        sight = Sight(seen, None, None, platform, territory, endpoint, fingerprints=fingerprints)
        rule = _first_match(sight)
        _Last.read = sight, rule
    return sight, rule


def second_question(seen: Observation, url: str, platform: str, territory: str) -> Ask | None:
    """What to ask the platform's second address about the page at ``url``, when the page alone does not settle it.

    None as well when nobody vouches for the page: over a broken or forged connection a second answer is worth
    no more than the first; and when the platform asks for fewer visits. Of a page that is plainly alive only a
    platform is asked that may say of it that it is withheld elsewhere.
    """
    adapter = ADAPTERS.get(platform)
    if adapter is None or (ask := adapter.endpoint(url)) is None:
        return None
    sight = Sight(seen, None, None, platform, territory)
    if broken(sight.failure) or not sight.written_by_site or sight.status in _ASKS_FOR_LESS:
        return None
    rule = _first_match(sight)
    is_alive_for_sure = rule.state is State.REACHABLE and rule.alone and not adapter.declares
    is_open = rule.state in _UNSETTLED and not is_alive_for_sure
    return ask if is_open and rule not in OUR_SIDE else None


_ASKS_FOR_LESS = (429, 503, 999)
_UNSETTLED = (State.INSUFFICIENT, State.GONE, State.RESTRICTED, State.REACHABLE)


def declared_in(seen: Observation, endpoint: Observation | None, platform: str) -> tuple[str, ...]:
    """The territories where the platform itself declares that it withholds the page, from wherever it was seen."""
    return withheld_in(Sight(seen, None, None, platform, "", endpoint))


def _first_match(sight: Sight) -> Rule:
    rules = FROM_OUTSIDE if sight.outside else rules_for(sight.platform)
    return next(rule for rule in rules if rule.when(sight))


_NOBODY = Sight(None, None, None, "", "")


class _Last:
    """What was read last by ``_read_alone``; at first, that nobody looked."""

    read: tuple[Sight, Rule] = (_NOBODY, _first_match(_NOBODY))


def _what_failed(rule: Rule, sight: Sight) -> tuple[Stage | None, str | None]:
    if rule.stage is not None:
        return rule.stage, sight.failure if sight.stage is rule.stage and _is_finding(sight) else rule.failure
    # Behind an invalid certificate the page is read only to recognise it: what failed is the certificate.
    if not rule.failure or sight.stage is Stage.TLS:
        return sight.stage, sight.failure
    says_status = rule.failure in SAID_BY_STATUS and (sight.status or 0) >= 400
    return (Stage.HTTP if says_status else Stage.CONTENT), rule.failure


def _notice(rule: Rule, sight: Sight) -> Notice | None:
    text = rule.notice(sight) if rule.notice else None
    return parse_notice(text) if text else None


def _is_finding(sight: Sight) -> bool:
    """Whether what failed tells about the network, as the refusal of our own policy does not."""
    return sight.failure is not None and not vantage_fault(sight.failure)
