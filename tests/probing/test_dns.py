"""What the resolver says, kept whole: codes, silence, aliases, forged first answers."""

from __future__ import annotations

import asyncio
from typing import Any

import dns.flags
import dns.message
import pytest

from tracker.facts import DnsLook, Failure, Observation, Stage
from tracker.probing import RealNetwork, Resolver, observe

from .servers import (
    LOOPBACK,
    NOW,
    QUICK,
    Answers,
    Site,
    Zone,
    addresses,
    answer,
    look,
    page,
    resolving,
    serving,
)

pytestmark = pytest.mark.allow_hosts(["127.0.0.0/8"])


def dns_of(seen: Observation) -> DnsLook:
    found = seen.hops[0].dns
    assert found is not None
    return found


def look_up(zone: Zone, **bounds: Any) -> Observation:
    async def scene() -> Observation:
        async with serving(Site({"/": page(b"hello")})) as port, resolving(zone) as resolver:
            return await look(f"http://page.test:{port}/", resolver=resolver, **bounds)

    return asyncio.run(scene())


@pytest.mark.parametrize(
    ("rcode", "failure"),
    [
        (1, Failure.DNS_MISBEHAVING),
        (2, Failure.DNS_SERVFAIL),
        (3, Failure.DNS_NXDOMAIN),
        (4, Failure.DNS_MISBEHAVING),
        (5, Failure.DNS_REFUSED),
    ],
)
def test_a_resolvers_refusal_is_named_by_its_code(rcode: int, failure: Failure) -> None:
    seen = look_up(lambda query, name, kind: [(0.0, answer(query, rcode=rcode))])
    assert (seen.failed_stage, seen.failure) == (Stage.DNS, failure)
    assert dns_of(seen).rcode == dns.rcode.to_text(dns.rcode.Rcode(rcode))


def test_an_answer_without_addresses_is_no_answer() -> None:
    seen = look_up(lambda query, name, kind: [(0.0, answer(query))])
    assert seen.failure == Failure.DNS_NO_ANSWER
    assert dns_of(seen).rcode == "NOERROR"


def test_silence_is_a_timeout() -> None:
    seen = look_up(lambda query, name, kind: [], dns_seconds=0.2)
    assert (seen.failed_stage, seen.failure) == (Stage.DNS, Failure.DNS_TIMEOUT)
    assert dns_of(seen).rcode is None


def test_one_lost_question_is_asked_again() -> None:
    asked: list[str] = []

    def lossy(query: dns.message.Message, name: str, kind: str) -> Answers:
        asked.append(kind)
        return [] if asked.count(kind) == 1 else addresses("127.0.0.1")(query, name, kind)

    assert look_up(lossy, dns_seconds=0.6).failure is None


def test_a_network_that_loses_most_questions_is_heard_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.probing.stages.dns._REPEAT", 0.05)
    asked: list[str] = []

    def very_lossy(query: dns.message.Message, name: str, kind: str) -> Answers:
        asked.append(kind)
        return [] if asked.count(kind) < 5 else addresses("127.0.0.1")(query, name, kind)

    assert look_up(very_lossy, dns_seconds=2).failure is None
    assert asked.count("A") == 5


def test_a_resolver_where_nobody_listens_is_our_trouble_with_names() -> None:
    async def scene() -> Observation:
        async with resolving(addresses()) as gone:
            pass
        return await look("http://page.test:8080/", resolver=gone)

    assert asyncio.run(scene()).failure == Failure.DNS_TEMPORARY


def test_a_machine_without_a_resolver_has_no_network() -> None:
    seen = asyncio.run(look("http://page.test:8080/"))
    assert (seen.failed_stage, seen.failure) == (Stage.DNS, Failure.NETWORK_UNREACHABLE)


def test_the_second_resolver_is_asked_when_the_first_fails() -> None:
    async def scene() -> Observation:
        async with (
            serving(Site({"/": page(b"hello")})) as port,
            resolving(lambda query, name, kind: [(0.0, answer(query, rcode=2))]) as broken,
            resolving(addresses("127.0.0.1")) as working,
        ):
            resolvers = (Resolver("127.0.0.1", broken), Resolver("127.0.0.1", working))
            network = RealNetwork(policy=LOOPBACK, given_resolvers=resolvers)
            return await observe(f"http://page.test:{port}/", network=network, now=NOW, limits=QUICK)

    seen = asyncio.run(scene())
    assert seen.body == b"hello"
    assert seen.failure is None


def test_addresses_time_to_live_and_aliases_are_kept() -> None:
    def aliased(query: dns.message.Message, name: str, kind: str) -> Answers:
        records = ("CNAME edge.test.", "edge.test. CNAME node.test.", "node.test. A 127.0.0.1")
        return [(0.0, answer(query, *records, ttl=77) if kind == "A" else answer(query))]

    found = dns_of(look_up(aliased))
    assert [(address.ip, address.ttl) for address in found.addresses] == [("127.0.0.1", 77)]
    assert found.cnames == ("edge.test", "node.test")


def test_a_loop_of_aliases_is_a_misbehaving_server() -> None:
    def circular(query: dns.message.Message, name: str, kind: str) -> Answers:
        return [(0.0, answer(query, "CNAME b.test.", "b.test. CNAME page.test."))]

    assert look_up(circular).failure == Failure.DNS_MISBEHAVING


def test_a_forged_first_answer_is_believed_and_the_true_one_is_kept_beside_it() -> None:
    def forged(query: dns.message.Message, name: str, kind: str) -> Answers:
        if kind != "A":
            return [(0.0, answer(query))]
        return [(0.0, answer(query, "A 127.0.0.2")), (0.05, answer(query, "A 127.0.0.1"))]

    found = dns_of(look_up(forged, dns_late_seconds=0.2))
    assert [address.ip for address in found.addresses] == ["127.0.0.2"]
    assert [address.ip for address in found.late] == ["127.0.0.1"]


def test_addresses_that_follow_a_forged_denial_are_kept() -> None:
    def denied(query: dns.message.Message, name: str, kind: str) -> Answers:
        return [(0.0, answer(query, rcode=3)), (0.05, addresses("127.0.0.1")(query, name, kind)[0][1])]

    seen = look_up(denied, dns_late_seconds=0.2)
    assert seen.failure == Failure.DNS_NXDOMAIN
    assert [address.ip for address in dns_of(seen).late] == ["127.0.0.1"]
    assert seen.hops[0].tcp == ()


def test_a_repeated_same_answer_is_not_a_second_one() -> None:
    def twice(query: dns.message.Message, name: str, kind: str) -> Answers:
        return (
            [(delay, answer(query, "A 127.0.0.1")) for delay in (0.0, 0.02)]
            if kind == "A"
            else [(0, answer(query))]
        )

    assert dns_of(look_up(twice, dns_late_seconds=0.1)).late == ()


def test_an_answer_to_another_question_is_passed_over() -> None:
    def strayed(query: dns.message.Message, name: str, kind: str) -> Answers:
        stray = answer(query, "A 127.0.0.9")
        stray.id = query.id ^ 1
        return [(0.0, stray), *addresses("127.0.0.1")(query, name, kind)]

    assert [address.ip for address in dns_of(look_up(strayed)).addresses] == ["127.0.0.1"]


def test_an_unanswered_question_for_ipv6_does_not_spoil_ipv4() -> None:
    seen = look_up(lambda query, name, kind: addresses("127.0.0.1")(query, name, kind) if kind == "A" else [])
    assert seen.failure is None
    assert seen.body == b"hello"


def test_a_truncated_answer_is_asked_for_again_over_tcp() -> None:
    def truncated(query: dns.message.Message, name: str, kind: str) -> Answers:
        response = answer(query)
        response.flags |= dns.flags.TC
        return [(0.0, response)]

    async def over_tcp(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        size = int.from_bytes(await reader.readexactly(2), "big")
        query = dns.message.from_wire(await reader.readexactly(size))
        kind = dns.rdatatype.to_text(query.question[0].rdtype)
        [(_, response)] = addresses("127.0.0.1")(query, "", kind)
        wire = response.to_wire()
        writer.write(len(wire).to_bytes(2, "big") + wire[:5])
        await writer.drain()
        writer.write(wire[5:])
        await writer.drain()

    async def scene() -> Observation:
        async with (
            serving(Site({"/": page(b"hello")})) as port,
            serving(over_tcp) as both,
            resolving(truncated, port=both) as resolver,
        ):
            return await look(f"http://page.test:{port}/", resolver=resolver)

    seen = asyncio.run(scene())
    assert seen.failure is None
    assert [address.ip for address in dns_of(seen).addresses] == ["127.0.0.1"]


def test_names_are_asked_for_as_they_stand_without_search_domains() -> None:
    questions: list[tuple[str, str]] = []

    async def scene() -> None:
        async with resolving(addresses(), questions) as resolver:
            await look("http://пример.test:8080/", resolver=resolver)

    asyncio.run(scene())
    assert sorted(questions) == [("xn--e1afmkfd.test.", "A"), ("xn--e1afmkfd.test.", "AAAA")]


def test_an_address_in_the_url_needs_no_resolver() -> None:
    async def scene() -> Observation:
        async with serving(Site({"/": page(b"hello")})) as port:
            return await look(f"http://127.0.0.1:{port}/")

    seen = asyncio.run(scene())
    assert seen.hops[0].dns is None
    assert seen.body == b"hello"
