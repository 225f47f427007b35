"""What every platform's file has to hold, whoever adds it: canaries, sources, rules that stay at home."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.judging.recorded import Case, cases
from tracker.addresses import PLATFORMS, canonical
from tracker.facts import Observation
from tracker.judging import judge
from tracker.judging.adapter import Adapter
from tracker.judging.platforms import ADAPTERS
from tracker.judging.platforms.x_data import token
from tracker.judging.sight import Rule, Sight

PUBLIC = [adapter for key, adapter in ADAPTERS.items() if key != "rehearsal"]
WITHOUT_CANARIES = {"wechat"}
"""Where no page is known that surely stays: a canary that dies would silence the whole platform."""
CASES = cases()
RULES_OF = {
    rule.rule_id: adapter.platform
    for adapter in ADAPTERS.values()
    for rule in (*adapter.rules, *adapter.endpoint_rules)
}


def every_rule(adapter: Adapter) -> tuple[Rule, ...]:
    return (*adapter.rules, *adapter.endpoint_rules)


def sight_of(case: Case, platform: str) -> Sight:
    return Sight(case.seen, case.control, case.canary, platform, case.territory, case.endpoint)


@pytest.mark.parametrize("adapter", PUBLIC, ids=lambda adapter: adapter.platform)
def test_a_platform_is_one_that_addresses_know(adapter: Adapter) -> None:
    assert adapter.platform in {fact.key for fact in PLATFORMS}


@pytest.mark.parametrize("adapter", PUBLIC, ids=lambda adapter: adapter.platform)
def test_a_platform_says_when_and_where_its_markers_were_taken_from(adapter: Adapter) -> None:
    assert date.fromisoformat(adapter.marked_on) <= date(2026, 11, 24)
    assert adapter.sources
    assert all(source.strip() for source in adapter.sources)


@pytest.mark.parametrize("adapter", PUBLIC, ids=lambda adapter: adapter.platform)
def test_a_platforms_canaries_are_canonical_addresses_of_its_own(adapter: Adapter) -> None:
    canaries = adapter.canaries
    if canaries is None:
        assert adapter.platform in WITHOUT_CANARIES
        return
    assert canaries.alive != canaries.missing
    for url in (canaries.alive, canaries.missing):
        found = canonical(url)
        assert (found.url, found.platform) == (url, adapter.platform)
        assert found.kind or found.handle or found.native_id, (
            f"{url} is of no shape that {adapter.platform} has"
        )


@pytest.mark.parametrize("adapter", PUBLIC, ids=lambda adapter: adapter.platform)
def test_a_platforms_rules_bear_its_name(adapter: Adapter) -> None:
    prefix = adapter.platform.replace("-", "_")
    assert adapter.rules
    assert all(re.match(rf"{prefix}_[a-z0-9]", rule.rule_id) for rule in every_rule(adapter))


@pytest.mark.parametrize("adapter", PUBLIC, ids=lambda adapter: adapter.platform)
def test_a_platforms_second_address_is_https_and_asked_for_its_own_pages_only(adapter: Adapter) -> None:
    asks = [
        ask
        for case in CASES
        if case.platform == adapter.platform and case.seen
        if (ask := adapter.endpoint(case.seen.url)) is not None
    ]
    assert all(re.fullmatch(r"https://[a-z0-9.-]+/[!-~]*", ask.url) for ask in asks)
    assert bool(asks) == bool(adapter.endpoint_rules)
    for url in ("https://quay.example/", "https://", "", "https://[", "https://quay.example/a/b/c/d/e?f=g#h"):
        adapter.endpoint(url)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.endpoint and case.seen], ids=lambda case: case.name
)
def test_a_recorded_second_answer_is_the_answer_to_what_would_be_asked(case: Case) -> None:
    assert case.seen is not None
    assert case.endpoint is not None
    ask = ADAPTERS[case.platform].endpoint(case.seen.url)
    assert ask is not None
    assert ask.url == case.endpoint.url


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_rule_of_a_platform_holds_for_another_platforms_page(case: Case) -> None:
    for adapter in ADAPTERS.values():
        if adapter.platform != case.platform:
            sight = sight_of(case, case.platform)
            assert [rule.rule_id for rule in every_rule(adapter) if rule.when(sight)] == []
            assert adapter.withheld(sight) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_is_never_judged_by_another_platforms_rule(case: Case) -> None:
    for platform in ADAPTERS:
        verdict = judge(
            seen=case.seen, control=case.control, canary=case.canary, platform=platform,
            territory=case.territory, endpoint=case.endpoint,
        )  # fmt: skip
        assert RULES_OF.get(verdict.rule_id, platform) == platform


def test_a_second_answer_over_a_broken_connection_says_nothing() -> None:
    for case in CASES:
        if case.endpoint is None or RULES_OF.get(case.rule) is None:
            continue
        adapter = ADAPTERS[case.platform]
        if case.rule in {rule.rule_id for rule in adapter.endpoint_rules}:
            alone = Sight(None, case.control, case.canary, case.platform, case.territory, case.endpoint)
            assert [rule.rule_id for rule in adapter.endpoint_rules if rule.when(alone)] == []


LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.just([]), st.just({}))
ADDRESSES = st.sampled_from(
    ["https://quay.example", "https://quay.example/", "https://quay.example/@a", "https://quay.example/@a/1",
     "https://quay.example/r/a/comments/b/", "https://quay.example/profile/a/post/b", "https://[", "", "/a/b/c/d/e"]
)  # fmt: skip


def broken_up(value: object, leaf: object, at: int) -> object:
    """A copy of the data with one of its values, the ``at``-th, replaced."""
    count = iter(range(10_000))

    def copy(inner: object) -> object:
        if next(count) == at:
            return leaf
        if isinstance(inner, dict):
            return {key: copy(one) for key, one in inner.items()}
        return [copy(one) for one in inner] if isinstance(inner, list) else inner

    return copy(value)


@settings(max_examples=300, deadline=None)
@given(
    case=st.sampled_from([case for case in CASES if case.seen and case.platform in ADAPTERS]),
    address=ADDRESSES,
    leaf=LEAVES,
    position=st.integers(0, 30),
)
def test_no_shape_of_data_makes_a_platforms_rules_raise(
    case: Case, address: str, leaf: object, position: int
) -> None:
    def mutated(look: Observation | None) -> Observation | None:
        if look is None or not look.body_text.lstrip().startswith("{"):
            return look
        text = json.dumps(broken_up(json.loads(look.body_text), leaf, position))
        return dataclasses.replace(look, body_text=text)

    assert case.seen is not None
    elsewhere = dataclasses.replace(case.seen, url=address)
    for seen in (mutated(case.seen), mutated(elsewhere)):
        judge(
            seen=seen, control=case.control, canary=case.canary, platform=case.platform,
            territory=case.territory, endpoint=mutated(case.endpoint), outside=case.outside,
        )  # fmt: skip
    ADAPTERS[case.platform].endpoint(address)


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        (20, "6dq1a2xwd93"),
        (1700000000000000001, "44cpgxmyurn"),
        (1697322795510759929, "444aooo9l2p"),
        (1849999999999999999, "4hfy2jnxph"),
        (999999999999999, "353i5ab8p54"),
    ],
)
def test_the_token_of_a_post_is_what_a_browser_computes(post: int, expected: str) -> None:
    assert token(post) == expected
