"""Fingerprints: where each is looked for, what a hit is worth, and that no pattern and no page makes matching slow."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.facts import Address, DnsLook, Hop, HttpLook, Observation, State, TlsLook, Verdict
from tracker.judging import RULES_VERSION, judge, needs_control
from tracker.judging.fingerprints import (
    BODY,
    BUILT_IN_INDEX,
    DNS,
    LOCATION,
    TEXT,
    Fingerprint,
    FingerprintIndex,
    Kind,
    Scope,
    Strength,
)
from tracker.judging.fingerprints.built_in import BUILT_IN
from tracker.judging.fingerprints.index import REGEXP_STEPS
from tracker.judging.fingerprints.meeting import led_to
from tracker.judging.fingerprints.reading import read_fingerprints

WHEN = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
URL = "http://quay.example/notes"
STORY = "The ferry came in late, and the people on the quay told each other what they had read. "
REAL = (
    "<html><head><title>Notes from the quay</title></head>"
    f"<body><article class=story>{STORY * 9}</article></body></html>"
)
COLUMNS = (
    "name,scope,other_names,location_found,pattern_type,pattern,"
    "confidence_no_fp,expected_countries,source,exp_url,notes"
)


def one(
    pattern: str,
    place: str = BODY,
    kind: Kind = Kind.CONTAINS,
    scope: Scope = Scope.NATIONAL,
    countries: str = "",
) -> Fingerprint:
    return Fingerprint("one", scope, place, kind, pattern, tuple(countries.split()))


def index(*fingerprints: Fingerprint) -> FingerprintIndex:
    return FingerprintIndex(fingerprints, "00000000")


def seen(
    body: str = "",
    url: str = URL,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    answer: str | None = None,
    late: str | None = None,
) -> Observation:
    dns = DnsLook(
        "system", 0.1, addresses=(Address(answer),) if answer else (), late=(Address(late),) if late else ()
    )
    tls = TlsLook("", 0.1) if url.startswith("https:") else None
    hop = Hop(url, dns=dns, tls=tls, http=HttpLook(0.1, status, tuple((headers or {}).items())))
    return Observation(url, WHEN, 0.2, (hop,), body=body.encode(), body_text=body, body_charset="utf-8")


def through(look: Observation, *urls: str, tls: TlsLook | None = None) -> Observation:
    """The same look, led on from its first hop."""
    first = replace(look.hops[0], tls=tls or look.hops[0].tls, http=HttpLook(0.1, 302, location=urls[0]))
    return replace(look, hops=(first, *(Hop(url, http=HttpLook(0.1, 200)) for url in urls)))


def verdict(
    look: Observation, fingerprints: FingerprintIndex, *, control: str | None = REAL, territory: str = "XX"
) -> Verdict:
    beside = seen(control) if control is not None else None
    return judge(
        seen=look, control=beside, canary=None, platform="web", territory=territory, fingerprints=fingerprints
    )


@pytest.mark.parametrize(
    ("kind", "pattern", "hits", "misses"),
    [
        (Kind.CONTAINS, "Closed by Letter", "we closed by letter 7", "closed by a letter"),
        (Kind.PREFIX, "<B>closed", "<b>closed</b> for now", "x<b>closed</b>"),
        (Kind.FULL, "<b>closed</b>", "<b>closed</b>\n", "<b>closed</b> for now"),
        (Kind.REGEXP, "closed.*Letter [0-9]+", "closed\nby letter 7", "closed by letter"),
        (Kind.CONTAINS, "a.b(c", "xa.b(cx", "xaxb(cx"),
    ],
)
def test_each_kind_of_pattern_is_compared_as_it_says(
    kind: Kind, pattern: str, hits: str, misses: str
) -> None:
    found = index(one(pattern, kind=kind))
    assert found.in_page(hits)
    assert not found.in_page(misses)


def test_every_pattern_that_a_page_holds_is_found_and_not_only_the_first() -> None:
    many = [replace(one(f"pattern number {number},"), name=str(number)) for number in range(2_000)]
    page = "".join(f"pattern number {number}, " for number in range(0, 2_000, 7))
    assert [hit.name for hit in index(*many).in_page(page)] == [str(number) for number in range(0, 2_000, 7)]


def test_an_answer_is_found_however_its_address_is_written() -> None:
    found = index(one("2001:DB8::1", DNS, Kind.FULL), one("Stop.Quay.Example", DNS, Kind.FULL))
    assert found.in_answer("2001:db8:0:0::1")
    assert found.in_answer("stop.quay.example.")
    assert not found.in_answer("2001:db8::2")


@pytest.mark.parametrize(
    ("scope", "countries", "worth"),
    [
        (Scope.NATIONAL, "", Strength.BLOCK),
        (Scope.PROVIDER, "XX DE", Strength.BLOCK),
        (Scope.PROVIDER, "DE", Strength.WEAK),
        (Scope.SITE, "", Strength.BLOCK),
        (Scope.PRODUCT, "", Strength.FILTER),
        (Scope.PRODUCT, "XX", Strength.BLOCK),
        (Scope.INSTITUTION, "XX", Strength.FILTER),
        (Scope.VAGUE, "XX", Strength.WEAK),
        (Scope.ORDINARY, "", Strength.ORDINARY),
        (Scope.HARMLESS, "", Strength.ORDINARY),
    ],
)
def test_a_scope_says_what_a_hit_is_worth(scope: Scope, countries: str, worth: Strength) -> None:
    assert one("the pattern of a page", scope=scope, countries=countries).strength("XX") is worth


def test_an_empty_page_and_a_word_of_a_path_are_worth_little() -> None:
    assert one("<html></html>", kind=Kind.FULL).strength("XX") is Strength.WEAK
    assert one("/blocked", LOCATION).strength("XX") is Strength.WEAK
    assert one("//stop.quay.example/", LOCATION).strength("XX") is Strength.BLOCK


CLOSED = "<html><head><title>Closed</title></head><body><p>Closed by letter number seven.</p></body></html>"
LETTER = one("closed by letter number seven")


def test_a_known_block_page_is_a_block_where_the_control_sees_the_page() -> None:
    found = verdict(seen(CLOSED), index(LETTER))
    assert (found.state, found.rule_id, found.fingerprint) == (
        State.BLOCKED,
        "known_block_page",
        "built-in:one",
    )
    assert found.rules_version == f"{RULES_VERSION}+fp:00000000"


def test_the_same_text_is_no_block_page_over_https_on_a_long_page_or_where_the_control_sees_it() -> None:
    found = index(LETTER)
    for look, control in (
        (seen(CLOSED, "https://quay.example/notes"), REAL),
        (seen(CLOSED.replace("</p>", f"</p>{STORY * 200}")), REAL),
        (seen(CLOSED), CLOSED),
        (
            seen(
                CLOSED.replace("<title>", "<link rel=canonical href='http://www.quay.example/notes'><title>")
            ),
            REAL,
        ),
    ):
        assert verdict(look, found, control=control).state not in (State.BLOCKED, State.LIKELY_BLOCKED)


def test_without_a_control_a_fingerprint_needs_a_page_that_has_nothing_else_to_say() -> None:
    found = index(LETTER)
    assert verdict(seen(CLOSED), found, control=None).state is State.BLOCKED
    longer = CLOSED.replace("</p>", f"</p>{STORY * 5}")
    assert verdict(seen(longer), found, control=None).state is State.INSUFFICIENT
    assert verdict(seen(longer, status=403), found, control=None).state is State.BLOCKED


def test_few_words_that_any_page_may_use_are_no_block_where_the_site_itself_refuses() -> None:
    refusal = "<title>Access denied</title><p>Access denied. Log in to view this page.</p>"
    assert verdict(seen(refusal), index(one("access denied"))).mechanism != "blockpage"


def test_vague_words_are_never_more_than_likely_and_count_less_than_what_tells_against_them() -> None:
    page = seen("<html><body><p>Denied.</p></body></html>")
    vague = one("<p>denied.</p></body></html>", scope=Scope.VAGUE)
    assert verdict(page, index(vague)).state is State.LIKELY_BLOCKED
    assert verdict(page, index(vague), control=None).state is State.INSUFFICIENT
    ordinary = replace(one("denied.", scope=Scope.ORDINARY), name="ordinary")
    assert verdict(page, index(vague, ordinary)).rule_id != "words_of_a_block_page"


def test_what_tells_against_vague_words_does_not_tell_against_a_known_block_page() -> None:
    ordinary = replace(one("<title>", scope=Scope.ORDINARY), name="ordinary")
    assert verdict(seen(CLOSED), index(LETTER, ordinary)).state is State.BLOCKED


def test_a_filter_is_said_to_be_one_and_needs_the_control() -> None:
    product = one("closed by letter number seven", scope=Scope.PRODUCT)
    found = verdict(seen(CLOSED), index(product))
    assert (found.state, found.rule_id) == (State.LIKELY_BLOCKED, "local_filter_page")
    assert "says nothing about the country" in found.because
    assert verdict(seen(CLOSED), index(product), control=None).state is State.INSUFFICIENT


def test_a_header_of_any_hop_that_nobody_vouches_for_is_compared_and_one_that_the_control_has_too_is_not() -> (
    None
):
    found = index(one("Harbour Filter", "header.server", Kind.PREFIX))
    look = seen(CLOSED, headers={"server": "Harbour Filter 2.1"})
    assert verdict(look, found).rule_id == "known_block_page"
    headers = (("server", "Harbour Filter 2.1"),)
    first = replace(look.hops[0], http=HttpLook(0.1, 302, headers, location="http://quay.example/n"))
    led = replace(
        look, hops=(first, replace(look.hops[0], url="http://quay.example/n", http=HttpLook(0.1, 200)))
    )
    assert verdict(led, found).rule_id == "known_block_page"
    beside = seen(REAL, headers={"server": "Harbour Filter 2.1"})
    same = judge(seen=look, control=beside, canary=None, platform="web", territory="XX", fingerprints=found)
    assert same.state is not State.BLOCKED


STOP = one("//stop.harbour.example/", LOCATION)


def test_a_redirect_to_a_known_address_is_a_block_without_a_control() -> None:
    found = verdict(through(seen(), "http://stop.harbour.example/7"), index(STOP), control=None)
    assert (found.state, found.rule_id) == (State.BLOCKED, "redirect_to_block_page")


def test_a_redirect_that_the_site_itself_wrote_is_none() -> None:
    look = through(seen(url="https://quay.example/notes"), "https://stop.harbour.example/7")
    sound = replace(look, hops=(look.hops[0], replace(look.hops[1], tls=TlsLook("", 0.1))))
    assert verdict(sound, index(STOP), control=None).rule_id != "redirect_to_block_page"
    forged = replace(
        look, hops=(replace(look.hops[0], tls=TlsLook("", 0.1, invalid="self-signed")), look.hops[1])
    )
    assert verdict(forged, index(STOP), control=None).rule_id == "redirect_to_block_page"


def test_a_redirect_inside_the_site_or_that_the_control_gets_too_is_none() -> None:
    inside = through(seen(url="http://www.harbour.example/"), "http://stop.harbour.example/7")
    assert verdict(inside, index(STOP), control=None).rule_id != "redirect_to_block_page"
    look = through(seen(), "http://stop.harbour.example/7")
    both = judge(
        seen=look, control=look, canary=None, platform="web", territory="XX", fingerprints=index(STOP)
    )
    assert both.rule_id != "redirect_to_block_page"


def test_a_redirect_is_compared_as_it_was_written_and_as_it_was_followed() -> None:
    assert led_to(through(seen(), "//stop.harbour.example/7")) == ("//stop.harbour.example/7",)
    whole = one("http://stop.harbour.example/7", LOCATION, Kind.FULL)
    assert verdict(through(seen(), "http://stop.harbour.example/7"), index(whole)).state is State.BLOCKED
    assert verdict(through(seen(), "http://stop.harbour.example/70"), index(whole)).state is not State.BLOCKED


ANSWER = one("192.0.2.99", DNS, Kind.FULL)


@pytest.mark.parametrize(
    "look", [seen(CLOSED, answer="192.0.2.99"), seen(CLOSED, answer="192.0.2.1", late="192.0.2.99")]
)
def test_a_known_address_is_a_block_by_dns_the_late_answer_too(look: Observation) -> None:
    found = verdict(look, index(ANSWER))
    assert (found.state, found.mechanism, found.failed_stage) == (State.BLOCKED, "dns", "dns")
    assert needs_control(look, "web", "XX", None, index(ANSWER))


def test_the_address_of_a_filter_makes_its_page_a_filters() -> None:
    product = replace(ANSWER, scope=Scope.PRODUCT)
    assert verdict(seen(CLOSED, answer="192.0.2.99"), index(product)).rule_id == "local_filter_page"


def test_a_known_address_is_none_where_the_page_itself_came_from_it() -> None:
    assert verdict(seen(REAL, answer="192.0.2.99"), index(ANSWER)).state is not State.BLOCKED
    over_tls = seen(REAL, "https://quay.example/notes", answer="192.0.2.99")
    assert verdict(over_tls, index(ANSWER), control=None).state is not State.BLOCKED


def test_the_built_in_fingerprints_have_names_of_their_own_sources_and_lower_case() -> None:
    names = [found.name for found in BUILT_IN]
    assert len(names) == len(set(names))
    assert all(found.source for found in BUILT_IN)
    assert all(found.pattern == found.pattern.lower() for found in BUILT_IN)
    assert BUILT_IN_INDEX.version == ""


@given(st.text(max_size=300), st.text(max_size=60))
def test_no_text_and_no_pattern_makes_matching_raise(text: str, pattern: str) -> None:
    row = f'x,isp,,body,regexp,"{pattern}",5,,,,'.replace("\0", "").encode("utf-8", "replace")
    found = read_fingerprints(COLUMNS.encode() + b"\n" + row)
    FingerprintIndex(kept for _, kept in found.kept).in_page(text)
    BUILT_IN_INDEX.in_header("location", text)


COSTLY = [
    "(a|a)*b",
    "(a*)*c",
    "(a+)+$",
    "(x+x+)+y",
    r"(\w+\s?)+\$",
    "(?:.*a){20}",
    "[ab]*a[ab]{40}c",
    "(a|b)*a(a|b){12}",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    r"[\s\S]{0,40}z[\s\S]{0,40}q",
]


@pytest.mark.parametrize("pattern", COSTLY)
def test_an_expression_that_would_hang_others_costs_time_in_proportion_to_the_page(pattern: str) -> None:
    rows = f'{COLUMNS}\nx,isp,,body,regexp,"{pattern}",5,,,,\n'
    found = read_fingerprints(rows.encode())
    matcher = FingerprintIndex(kept for _, kept in found.kept)
    page = "ab" * 75_000
    began = time.perf_counter()
    matcher.in_page(page)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    "pattern", [".{0,900}x.{0,900}y", "(?:a?){500}a{500}", r"(a)\1", "(?=a)b", "(", "a{1001}"]
)
def test_an_expression_beyond_bounds_is_named_and_left_out(pattern: str) -> None:
    found = read_fingerprints(f'{COLUMNS}\nx,isp,,body,regexp,"{pattern}",5,,,,\n'.encode())
    assert [never.row for never in found.never] == [2]
    assert found.kept == ()


def test_expressions_that_together_cost_too_much_keep_the_file_out() -> None:
    rows = "\n".join(
        f"x{number},isp,,body,regexp,{'[ab]' * (REGEXP_STEPS - 60)},5,,,," for number in range(20)
    )
    assert read_fingerprints(f"{COLUMNS}\n{rows}\n".encode()).errors[0].field == "pattern"


def test_a_page_of_nothing_but_patterns_is_searched_in_proportion_to_its_size() -> None:
    many = [replace(one("a" * (4 + number)), name=str(number)) for number in range(500)]
    matcher = index(*many)
    began = time.perf_counter()
    assert len(matcher.in_page("a" * 200_000)) == 500
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("x,isp,,body,contains,,5,,,,", "empty"),
        ("x,isp,,body,contains,abc,5,,,,", "too short"),
        ("x,isp,,header.location,contains,Server: Harbour,5,,,,", "No URL holds a space"),
        ("x,isp,,header.location,prefix,Harbour/2.1,5,,,,", "No URL begins so"),
        ('x,isp,,header.server,contains,"two\nlines",5,,,,', "line break"),
        ("x,isp,,dns,full,not an address,5,,,,", "neither an address"),
        ("x,isp,,dns,prefix,192.0.2.1,5,,,,", "must be full"),
        ("x,isp,,body,contains,caf\x85\x99\x80 closed,5,,,,", "wrong charset"),
        (f"x,isp,,body,contains,{'long ' * 500},5,,,,", "more than"),
    ],
)
def test_a_row_that_can_never_match_is_named_with_why(row: str, why: str) -> None:
    found = read_fingerprints(f"{COLUMNS}\n{row}\n".encode())
    assert found.errors == ()
    assert [(never.row, why in never.why) for never in found.never] == [(2, True)]


def test_visible_text_is_a_place_of_its_own() -> None:
    found = index(one("closed by letter", TEXT))
    assert found.in_page("closed by letter", TEXT)
    assert not found.in_page("closed by letter")
