"""An answer of a captured worker is taken apart: its form, then its sense. What cannot be true is its fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.probing.test_record import FULL
from tracker.facts import OF_A_WORKER, Exchange, Failure, Hop, HttpLook, Observation, Stage, TcpLook
from tracker.probing import Limits, Manner
from tracker.remote.doubting import SKEW, believed
from tracker.remote.messages import (
    LARGEST_ANSWER,
    MAXIMA,
    Answer,
    Desk,
    Request,
    read_answer,
    read_request,
    readable_name,
)
from tracker.remote.wire import Malformed, plain, typed

NOW = FULL.started_at
DER = b"\x30\x03\x02\x01\x01"
SEEN = replace(
    FULL,
    hops=tuple(
        replace(hop, tls=replace(hop.tls, chain_sha256=(sha256(DER).hexdigest(),)) if hop.tls else None)
        for hop in FULL.hops
    ),
    exchanges=(Exchange(b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"\x00\xff", True),),
    certificates=(DER,),
)
REQUEST = Request("abc", FULL.url, 0.0, manner=Manner(accept_language="ru"))


def sent(observation: Observation) -> Observation:
    answer = read_answer(Answer(observation=observation).as_bytes())
    assert answer.observation is not None
    return answer.observation


def home_reads(observation: Observation) -> Observation:
    return believed(sent(observation), REQUEST, now=NOW, waited=5.0)


def test_an_observation_arrives_as_it_was_seen() -> None:
    arrived = home_reads(SEEN)
    assert arrived == SEEN
    assert (arrived.exchanges, arrived.certificates) == (SEEN.exchanges, SEEN.certificates)
    assert arrived.body_text == "привет"


def test_a_request_arrives_as_it_was_sent() -> None:
    manner = Manner("ru", "Reader/1", (("X-A", "b"),))
    request = Request("abc", "http://a\x00é/", 12.5, Limits(total_seconds=3.0, hops=2), manner)
    assert read_request(json.loads(json.dumps(request.as_json()))) == request


LAST = SEEN.hops[-1]
LIES: dict[str, Callable[[Observation], Observation]] = {
    "another page": lambda o: replace(o, url="https://other.test/"),
    "another language": lambda o: replace(o, accept_language="en"),
    "a failure without a stage": lambda o: replace(o, failed_stage=None),
    "a stage without a failure": lambda o: replace(o, failure=None),
    "the stage that is judging's": lambda o: replace(o, failed_stage=Stage.CONTENT),
    "an earlier look": lambda o: replace(o, earlier=o),
    "nothing at all": lambda o: replace(o, hops=()),
    "an invented failure": lambda o: replace(o, failure="blocked_by_order"),
    "an invented failure of a stage": lambda o: replace(
        o, hops=(replace(LAST, http=HttpLook(0.1, failure="x")),)
    ),
    "a failure that home alone names": lambda o: replace(o, failure=Failure.WORKER_UNANSWERED),
    "an address that is none": lambda o: replace(o, hops=(replace(LAST, tcp=(TcpLook("::g", 1, 0.1),)),)),
    "a status that is none": lambda o: replace(o, hops=(replace(LAST, http=HttpLook(0.1, 7)),)),
    "a negative duration": lambda o: replace(o, seconds=-1.0),
    "a duration of years": lambda o: replace(o, seconds=1e9),
    "an unknown charset": lambda o: replace(o, body_charset="unicode_escape"),
    "a body too long": lambda o: replace(o, body=b"x" * (Limits().body_bytes + 1)),
    "too many hops": lambda o: replace(o, hops=(LAST,) * 12),
    "too many exchanges": lambda o: replace(o, exchanges=SEEN.exchanges * 3),
    "a certificate that no handshake showed": lambda o: replace(o, certificates=(DER, b"another")),
    "an endless text": lambda o: replace(o, hops=(replace(LAST, url="https://a/" + "x" * 200_000),)),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_what_cannot_be_true_is_refused(lie: Callable[[Observation], Observation]) -> None:
    with pytest.raises(Malformed):
        home_reads(lie(SEEN))


@pytest.mark.parametrize(
    ("off", "is_kept"),
    [
        (timedelta(0), True),
        (timedelta(seconds=4), True),
        (-SKEW, True),
        (timedelta(seconds=5) + SKEW, True),
        (timedelta(hours=1), False),
        (timedelta(days=-400), False),
    ],
)
def test_a_moment_that_is_not_plausible_becomes_homes_own(off: timedelta, is_kept: bool) -> None:
    seen = home_reads(replace(SEEN, started_at=NOW + off))
    assert seen.started_at == (NOW + off if is_kept else NOW)
    assert seen.seconds <= 5.0


def test_a_look_did_not_last_longer_than_was_waited_for_it() -> None:
    assert believed(sent(replace(SEEN, seconds=600.0)), REQUEST, now=NOW, waited=5.0).seconds == 5.0


def test_what_a_worker_says_for_people_is_cut_and_made_visible() -> None:
    assert home_reads(replace(SEEN, detail="a\x1b[2J" + "x" * 9000)).detail == "a\ufffd[2J" + "x" * 495


# --- Form


def altered(path: str, value: Any) -> bytes:
    answer = json.loads(Answer(observation=SEEN).as_bytes())
    *way, last = path.split(".")
    place = answer
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    place[last] = value
    return json.dumps(answer).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("observation.url", None),
        ("observation.url", ["https://page.test/"]),
        ("observation.seconds", "1"),
        ("observation.seconds", True),
        ("observation.seconds", float("inf")),
        ("observation.seconds", 10**400),
        ("observation.started_at", "yesterday"),
        ("observation.started_at", "2026-11-24T12:00:00"),
        ("observation.started_at", 5),
        ("observation.failed_stage", "nowhere"),
        ("observation.failed_stage", {}),
        ("observation.hops", {}),
        ("observation.hops", "x"),
        ("observation.hops", [None]),
        ("observation.hops.0.tcp.0.port", 443.5),
        ("observation.hops.0.tcp.0.port", True),
        ("observation.hops.0.http.headers", [["a"]]),
        ("observation.hops.0.http.headers", [["a", "b", "c"]]),
        ("observation.hops.0.http.headers", [["a", "b"]] * 1001),
        ("observation.hops.0.dns.vantage", "another"),
        ("observation.vantage", "another"),
        ("observation.body", "not base64"),
        ("observation.body", "héé="),
        ("observation.body", ["AA=="]),
        ("observation.certificates", "AA=="),
        ("observation.body_truncated", 1),
        ("refused", "as well"),
        ("more", 1),
        ("schema_version", 2),
        ("schema_version", "1"),
        ("schema_version", True),
        ("protocol", 10**30),
    ],
    ids=range(32),
)
def test_what_is_not_of_the_form_is_refused(path: str, value: Any) -> None:
    with pytest.raises(Malformed) as refusal:
        read_answer(altered(path, value))
    assert "another" not in str(refusal.value)
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize("depth", [1, 100, 450, 900, 2500])
def test_an_answer_within_an_answer_is_refused_however_deep(depth: int) -> None:
    inner = json.dumps(json.loads(Answer(observation=SEEN).as_bytes())["observation"])
    head, tail = inner.split('"earlier": null')
    nested = f'{head}"earlier": ' * (depth + 1) + inner + tail * (depth + 1)
    data = f'{{"protocol": 1, "schema_version": 1, "refused": null, "observation": {nested}}}'.encode()
    with pytest.raises(Malformed):
        believed(cast(Observation, read_answer(data).observation), REQUEST, now=NOW, waited=5.0)


def test_versions_that_differ_are_named_in_both_directions() -> None:
    with pytest.raises(Malformed, match="the worker speaks protocol 1 and observations of version 2"):
        read_answer(altered("schema_version", 2))
    with pytest.raises(Malformed, match="home speaks protocol 3 and observations of version 1"):
        read_request(REQUEST.as_json() | {"protocol": 3})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
PATHS = [f"observation.{each.name}" for each in fields(Observation) if each.name != "body_text"]
PATHS += [f"observation.hops.0.{each.name}" for each in fields(Hop)]
PATHS += [
    f"observation.hops.0.{part}.{name}" for part in ("dns", "tls", "http") for name in ("seconds", "failure")
]
PATHS += ["observation", "refused", "protocol", "schema_version"]


@settings(max_examples=300, deadline=None)
@given(path=st.sampled_from(PATHS), value=JSON)
def test_whatever_stands_in_a_field_is_believed_or_refused_and_nothing_else(path: str, value: Any) -> None:
    try:
        answer = read_answer(altered(path, value))
        if answer.observation is not None:
            seen = believed(answer.observation, REQUEST, now=NOW, waited=5.0)
            assert seen.url == REQUEST.url
            assert seen.failure not in OF_A_WORKER
    except Malformed:
        pass


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=200))
def test_whatever_bytes_come_are_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        read_answer(data)


def test_an_answer_that_would_be_too_long_leaves_out_the_bytes_of_earlier_answers() -> None:
    exchange = Exchange(b"GET", b"HTTP", b"x" * 1_100_000)
    seen = replace(FULL, hops=(FULL.hops[0],) * 9, exchanges=(exchange,) * 9, body=b"y" * 1_000_000)
    data = Answer(observation=seen).as_bytes()
    assert len(data) < LARGEST_ANSWER
    arrived = read_answer(data).observation
    assert arrived is not None
    assert [len(each.body) for each in arrived.exchanges] == [0] * 8 + [1_100_000]
    assert [each.truncated for each in arrived.exchanges] == [True] * 8 + [False]


# --- What a worker lets itself be asked


def test_no_request_widens_a_workers_own_bounds() -> None:
    greedy = Limits(*(type(getattr(MAXIMA, each.name))(10**9) for each in fields(Limits)))
    assert read_request(replace(REQUEST, limits=greedy).as_json()).limits == MAXIMA
    modest = Limits(total_seconds=-5.0, body_bytes=-1, hops=1)
    bounded = read_request(replace(REQUEST, limits=modest).as_json()).limits
    assert (bounded.total_seconds, bounded.body_bytes, bounded.hops) == (0.0, 0, 1)


def test_a_request_of_any_length_is_none() -> None:
    with pytest.raises(Malformed, match="longer"):
        read_request(replace(REQUEST, url="https://a/" + "x" * 100_000).as_json())


@pytest.mark.parametrize("name", ["", "a b", "ru:1", "ru*", "[r]u", "ё", "r" * 65, "ru-1\n"])
def test_a_name_that_could_mean_other_keys_is_none(name: str) -> None:
    with pytest.raises(ValueError, match="letters, digits"):
        readable_name(name)


def test_no_name_is_the_beginning_of_anothers_keys() -> None:
    one, other = Desk("ru-1"), Desk("ru-10")
    for key in (other.queue_key, other.answer_key("a"), other.taken_key("a")):
        assert not key.startswith(one.prefix)


# --- The form itself


def test_every_type_of_an_observation_can_be_read() -> None:
    for value in (SEEN, REQUEST, Answer(refused="no")):
        assert typed(type(value), json.loads(json.dumps(plain(value)))) == value


def test_a_union_of_two_types_is_nothing_that_can_be_read_strictly() -> None:
    with pytest.raises(TypeError):
        typed(int | str, 1)


def test_a_moment_keeps_its_zone() -> None:
    assert typed(datetime, "2026-11-24T15:00:00+03:00") == datetime(2026, 11, 24, 12, tzinfo=UTC)
