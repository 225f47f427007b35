"""The first stage: what the resolver says. A and AAAA apart, and ears open for a second answer.

A forged answer wins by being first, and the true one follows it: both are kept. A system resolver would
believe the first, so the look goes on with the first.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
from dns.rdatatype import RdataType

from tracker.facts import Address, DnsLook, Failure
from tracker.probing.failures import NETWORK_FAULTS, BrokenAnswer, name_of_dns, name_of_rcode, words_of
from tracker.probing.limits import Allowance, Limits, Stopwatch
from tracker.probing.network import Connection, Datagrams, Network, Resolver
from tracker.probing.target import Target, printable

_ROUNDS = 2
"""How often each resolver is asked before silence counts as an answer: one lost packet is no finding."""
_REPEAT = 1.0
"""Seconds after which a question without an answer is put again: datagrams get lost."""
_GRACE = 1.0
"""Seconds that AAAA may still take once A has given an address; resolvers that drop AAAA are common."""
_UDP_PAYLOAD = 1232


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one question brought."""

    resolver: str
    rcode: str | None = None
    addresses: tuple[Address, ...] = ()
    cnames: tuple[str, ...] = ()
    late: tuple[Address, ...] = ()
    failure: Failure | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The outcome of the stage. ``look.failure`` is set when there is no address that may be contacted."""

    look: DnsLook
    contactable: tuple[str, ...] = ()
    detail: str | None = None


async def resolve(target: Target, network: Network, limits: Limits, allowance: Allowance) -> Resolved:
    """Ask for every address of the host, IPv4 first, and mark those that the guard refuses."""
    watch = Stopwatch()
    name = dns.name.from_text(target.server_name + ".")
    v4, v6 = await _ask_both(name, network, limits, allowance)
    decisive = v6 if v6.addresses and not v4.addresses else v4
    look = DnsLook(
        resolver=decisive.resolver,
        seconds=watch.seconds,
        rcode=decisive.rcode,
        addresses=_judged(v4.addresses + v6.addresses, target, network),
        cnames=v4.cnames or v6.cnames,
        late=_judged(v4.late + v6.late, target, network),
        failure=None if decisive.addresses else decisive.failure,
    )
    contactable = tuple(address.ip for address in look.addresses if address.refused is None)
    if look.failure is None and not contactable:
        return Resolved(replace(look, failure=Failure.DNS_BOGON), detail=_refusals(look))
    return Resolved(look, contactable, decisive.detail if look.failure else None)


def _judged(found: tuple[Address, ...], target: Target, network: Network) -> tuple[Address, ...]:
    return tuple(
        replace(address, refused=network.policy.refuse_address(address.ip, target.origin))
        for address in found
    )


def _refusals(look: DnsLook) -> str:
    return "; ".join(f"{address.ip}: {address.refused}" for address in look.addresses)


async def _ask_both(
    name: dns.name.Name, network: Network, limits: Limits, allowance: Allowance
) -> tuple[_Answer, _Answer]:
    v6 = asyncio.create_task(_ask(name, RdataType.AAAA, network, limits, allowance))
    try:
        v4 = await _ask(name, RdataType.A, network, limits, allowance)
        if v4.addresses:
            await asyncio.wait({v6}, timeout=_GRACE)
        if v4.addresses and not v6.done():
            return v4, _Answer(v4.resolver, failure=Failure.DNS_TIMEOUT)
        return v4, await v6
    finally:
        v6.cancel()
        await asyncio.wait({v6})


async def _ask(
    name: dns.name.Name, kind: RdataType, network: Network, limits: Limits, allowance: Allowance
) -> _Answer:
    resolvers = network.resolvers
    if not resolvers:
        return _Answer("none", failure=Failure.NETWORK_UNREACHABLE, detail="this machine has no resolver")
    turns = [resolver for _ in range(_ROUNDS) for resolver in resolvers]
    share = limits.dns_seconds / len(turns)
    answer = _Answer(str(resolvers[0]), failure=Failure.DNS_TIMEOUT)
    for turn, resolver in enumerate(turns):
        if turn >= len(resolvers) and answer.failure is not Failure.DNS_TIMEOUT:
            break  # It has spoken; asking again is for lost packets.
        answer = await _ask_one(name, kind, resolver, network, limits, allowance, share)
        if answer.failure in (None, Failure.DNS_NO_ANSWER, Failure.DNS_NXDOMAIN):
            break
    return answer


async def _ask_one(
    name: dns.name.Name,
    kind: RdataType,
    resolver: Resolver,
    network: Network,
    limits: Limits,
    allowance: Allowance,
    share: float,
) -> _Answer:
    query = dns.message.make_query(name, kind, use_edns=0, payload=_UDP_PAYLOAD)
    seconds = allowance.seconds(share)
    try:
        first, late = await _exchange(query, await network.ask(resolver), seconds, limits.dns_late_seconds)
        if first.flags & dns.flags.TC:
            async with asyncio.timeout(allowance.seconds(share)):
                first = await _ask_over_tcp(query, resolver, network, allowance)
    except NETWORK_FAULTS as error:
        return _Answer(str(resolver), failure=name_of_dns(error), detail=words_of(error))
    return _with_late(_read(first, kind, resolver), late, kind, resolver)


async def _exchange(
    query: dns.message.QueryMessage, conversation: Datagrams, seconds: float, late_seconds: float
) -> tuple[dns.message.Message, list[dns.message.Message]]:
    """The first answer within so many seconds, and those that follow it within so many more."""
    try:
        async with asyncio.timeout(seconds):
            first = await _first_answer(query, conversation)
        return first, await _late_answers(query, conversation, late_seconds)
    finally:
        conversation.close()


async def _first_answer(query: dns.message.QueryMessage, conversation: Datagrams) -> dns.message.Message:
    """The answer to the question, which is put again as long as nothing comes."""
    while True:
        conversation.send(query.to_wire())
        with suppress(TimeoutError):
            async with asyncio.timeout(_REPEAT):
                return await _next_answer(query, conversation)


async def _next_answer(query: dns.message.QueryMessage, conversation: Datagrams) -> dns.message.Message:
    """The next datagram that answers this very question; what is unreadable or for others is passed over."""
    while True:
        answer = _parsed(await conversation.receive())
        if answer is not None and query.is_response(answer):
            return answer


def _parsed(wire: bytes) -> dns.message.Message | None:
    try:
        return dns.message.from_wire(wire, ignore_trailing=True)
    except (dns.exception.DNSException, ValueError):
        return None


async def _late_answers(
    query: dns.message.QueryMessage, conversation: Datagrams, seconds: float
) -> list[dns.message.Message]:
    answers: list[dns.message.Message] = []
    if not seconds:
        return answers
    try:
        async with asyncio.timeout(seconds):
            while True:
                answers.append(await _next_answer(query, conversation))
    except OSError:
        # The time is over (a TimeoutError is an OSError), or the resolver has gone since.
        return answers


async def _ask_over_tcp(
    query: dns.message.QueryMessage, resolver: Resolver, network: Network, allowance: Allowance
) -> dns.message.Message:
    wire = query.to_wire()
    connection = await network.ask_stream(resolver, allowance)
    try:
        await connection.write(len(wire).to_bytes(2, "big") + wire)
        answer = dns.message.from_wire(await _framed(connection), ignore_trailing=True)
    finally:
        connection.abort()
    if not query.is_response(answer):
        raise BrokenAnswer("the answer is to another question")
    return answer


async def _framed(connection: Connection) -> bytes:
    """One message with its two bytes of length in front."""
    received = b""
    while len(received) < 2 or len(received) < 2 + int.from_bytes(received[:2], "big"):
        data = await connection.read()
        if not data:
            raise EOFError("the resolver hung up")
        received += data
    return received[2 : 2 + int.from_bytes(received[:2], "big")]


def _read(answer: dns.message.Message, kind: RdataType, resolver: Resolver) -> _Answer:
    rcode = answer.rcode()
    told = _Answer(str(resolver), rcode=dns.rcode.to_text(rcode), failure=name_of_rcode(rcode))
    if told.failure is not None or not isinstance(answer, dns.message.QueryMessage):
        return told
    try:
        chain = answer.resolve_chaining()
    except dns.exception.DNSException as error:
        return replace(told, failure=Failure.DNS_MISBEHAVING, detail=words_of(error))
    cnames = tuple(_text(record.target) for rrset in chain.cnames for record in rrset)
    if chain.answer is None or chain.answer.rdtype != kind:
        return replace(told, cnames=cnames, failure=Failure.DNS_NO_ANSWER)
    ttl = chain.answer.ttl
    addresses = tuple(Address(ip=str(record.address), ttl=ttl) for record in chain.answer)
    return replace(told, cnames=cnames, addresses=addresses)


def _with_late(
    first: _Answer, later: list[dns.message.Message], kind: RdataType, resolver: Resolver
) -> _Answer:
    known = {address.ip for address in first.addresses}
    late: dict[str, Address] = {}
    for message in later:
        for address in _read(message, kind, resolver).addresses:
            if address.ip not in known:
                late.setdefault(address.ip, address)
    return replace(first, late=tuple(late.values()))


def _text(name: dns.name.Name) -> str:
    return printable(name.to_text(omit_final_dot=True))
