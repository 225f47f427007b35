"""When a platform's second address is asked: where its page leaves something open, and nobody forged it."""

from __future__ import annotations

import pytest

from tests.judging.recorded import Case, cases
from tracker.judging import declared_in, second_question
from tracker.judging.platforms import ADAPTERS

CASES = {case.name: case for case in cases()}


def is_asked(case: Case) -> bool:
    assert case.seen is not None
    return second_question(case.seen, case.seen.url, case.platform, case.territory) is not None


@pytest.mark.parametrize(
    "name", ["x_shell", "telegram_unknown_name", "telegram_landing_page", "x_embed_own_content"]
)
def test_it_is_asked_where_the_page_leaves_something_open(name: str) -> None:
    assert is_asked(CASES[name])


@pytest.mark.parametrize(
    "name", ["telegram_local_law", "telegram_own_content", "x_withheld_field", "vk_deleted"]
)
def test_it_is_not_asked_where_the_page_settles_it_or_there_is_none(name: str) -> None:
    assert not is_asked(CASES[name])


def test_a_platform_that_declares_is_asked_of_a_page_that_is_plainly_alive_as_well() -> None:
    case = CASES["x_own_content"]
    assert is_asked(case) == (ADAPTERS["x"].endpoint(case.seen.url) is not None if case.seen else False)


def test_it_is_never_asked_after_a_failure_a_forgery_a_faulty_proxy_or_a_plea_for_fewer_visits() -> None:
    for case in CASES.values():
        seen = case.seen
        if seen is None or not is_asked(case):
            continue
        last = seen.hops[-1]
        assert seen.failure is None
        assert last.url.startswith("https:")
        assert last.tls is not None
        assert last.tls.invalid is None
        assert seen.http_status not in (429, 503, 999)


def test_an_answer_that_was_recorded_could_have_been_asked_for() -> None:
    """A rule about a second answer that no look would ever ask for is a rule in vain."""
    answered = [
        case for case in CASES.values() if case.endpoint and case.rule in _endpoint_rules(case.platform)
    ]
    assert answered
    assert [case.name for case in answered if not is_asked(case)] == []


def _endpoint_rules(platform: str) -> set[str]:
    return {rule.rule_id for rule in ADAPTERS[platform].endpoint_rules}


def test_what_a_platform_declares_is_read_from_its_own_words_only() -> None:
    sound, forged = CASES["declared_withheld"], CASES["declared_over_a_connection_that_nobody_vouches_for"]
    assert sound.seen is not None
    assert forged.seen is not None
    assert declared_in(sound.seen, None, "x") == ("DE", "RU")
    assert declared_in(forged.seen, None, "x") == ()
    assert declared_in(sound.seen, None, "web") == ()
