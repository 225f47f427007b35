"""When two known pages say that the rules misread a platform."""

from __future__ import annotations

import pytest

from tests.judging.recorded import cases
from tracker.facts import State, Verdict
from tracker.judging import RULES, has_drifted

RULE_OF = {rule.rule_id: rule for rule in RULES}


def verdict(rule_id: str) -> Verdict:
    rule = RULE_OF[rule_id]
    return Verdict(rule.state, rule.rule_id, "1", rule.because)


GONE = verdict("vk_deleted")


@pytest.mark.parametrize("rule_id", ["vk_own_content", "telegram_own_content", "x_embed_own_content"])
def test_a_page_that_lives_and_is_read_so_says_that_the_rules_fit(rule_id: str) -> None:
    assert has_drifted(verdict(rule_id), GONE) is False


@pytest.mark.parametrize(
    "rule_id",
    ["unclassified", "script_shell", "empty_answer", "vk_deleted", "vk_removed", "vk_closed", "not_found"],
)
def test_a_page_that_lives_and_is_read_otherwise_is_a_drift(rule_id: str) -> None:
    assert has_drifted(verdict(rule_id), GONE) is True
    assert has_drifted(verdict(rule_id), GONE, answered=False) is None


@pytest.mark.parametrize(
    "rule_id",
    [
        "vk_legal_notice",
        "http_451",
        "tls_fails_here_only",
        "gone_here_only",
        "fails_everywhere",
        "fails_without_control",
        "cloudflare_challenge",
        "rate_limited",
        "platform_login_wall",
        "youtube_bot_check",
        "proxy_failed",
        "vantage_faulty",
        "own_policy_refused",
        "refused_by_server",
        "server_error",
    ],
)
def test_what_the_network_a_wall_or_our_own_side_does_says_nothing_of_the_rules(rule_id: str) -> None:
    assert has_drifted(verdict(rule_id), GONE) is None


def test_a_page_that_never_was_and_is_read_as_alive_is_a_drift_whatever_the_other_is() -> None:
    for rule in RULES:
        assert has_drifted(verdict(rule.rule_id), verdict("vk_own_content")) is True


def test_no_recorded_block_or_wall_passes_for_a_drift() -> None:
    for case in cases():
        found = verdict(case.rule) if case.rule in RULE_OF else None
        if found is not None and found.state in (State.BLOCKED, State.LIKELY_BLOCKED, State.DOWN):
            assert has_drifted(found, GONE) is None
