"""TCP and TLS: who refuses, who resets, who is silent, and whose certificate is worth what."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

import pytest

from tracker.facts import Failure, Observation, Stage, TlsLook

from .conftest import Authority
from .servers import (
    Handler,
    Site,
    addresses,
    closed_port,
    count_descriptors,
    deaf_port,
    look,
    page,
    redirect,
    reply,
    reset_at_first_bytes,
    resolving,
    serving,
    silent,
)

pytestmark = pytest.mark.allow_hosts(["127.0.0.0/8"])

HOST = "page.test"


def outcome(seen: Observation) -> tuple[Stage | None, str | None]:
    return seen.failed_stage, seen.failure


def tls_of(seen: Observation) -> TlsLook:
    found = seen.hops[0].tls
    assert found is not None
    return found


def look_securely(
    authority: Authority, context: ssl.SSLContext | None, handler: Handler, *, host: str = HOST, **bounds: Any
) -> Observation:
    async def scene() -> Observation:
        async with (
            serving(handler, context=context) as port,
            resolving(addresses("127.0.0.1")) as resolver,
        ):
            return await look(
                f"https://{host}:{port}/", resolver=resolver, ca_file=authority.ca_file, **bounds
            )

    return asyncio.run(scene())


def test_a_closed_port_refuses() -> None:
    seen = asyncio.run(look(f"http://127.0.0.1:{closed_port()}/"))
    assert outcome(seen) == (Stage.TCP, Failure.CONNECTION_REFUSED)
    assert [attempt.failure for attempt in seen.hops[0].tcp] == [Failure.CONNECTION_REFUSED]


def test_dropped_packets_are_a_timeout_of_the_connection() -> None:
    with deaf_port() as port:
        seen = asyncio.run(look(f"http://127.0.0.1:{port}/", tcp_seconds=0.2))
    assert outcome(seen) == (Stage.TCP, Failure.GENERIC_TIMEOUT)


def test_the_next_address_is_tried_and_every_attempt_is_kept() -> None:
    async def scene() -> Observation:
        async with (
            serving(Site({"/": page(b"second")})) as port,
            resolving(addresses("127.0.0.3", "127.0.0.1")) as resolver,
        ):
            return await look(f"http://{HOST}:{port}/", resolver=resolver)

    seen = asyncio.run(scene())
    assert seen.body == b"second"
    assert [(attempt.ip, attempt.failure) for attempt in seen.hops[0].tcp] == [
        ("127.0.0.3", Failure.CONNECTION_REFUSED),
        ("127.0.0.1", None),
    ]


def test_no_more_addresses_are_tried_than_the_limit_says() -> None:
    async def scene() -> Observation:
        async with resolving(addresses(*(f"127.0.0.{last}" for last in range(2, 9)))) as resolver:
            return await look(f"http://{HOST}:{closed_port()}/", resolver=resolver, addresses=3)

    assert len(asyncio.run(scene()).hops[0].tcp) == 3


def test_a_trusted_page_is_read_and_its_certificates_are_kept(authority: Authority) -> None:
    seen = look_securely(authority, authority.context(HOST), Site({"/": page(b"hello")}))
    assert outcome(seen) == (None, None)
    assert seen.body == b"hello"
    tls = tls_of(seen)
    assert (tls.version, tls.server_name, tls.invalid) == ("TLSv1.3", HOST, None)
    assert tls.leaf_subject == f"CN={HOST}"
    assert tls.leaf_issuer == "CN=Test root"
    assert [len(digest) for digest in tls.chain_sha256] == [64]
    assert tls.bytes_received > 0


@pytest.mark.parametrize(
    ("names", "kind", "failure"),
    [
        ((HOST,), {"expired": True}, Failure.SSL_CERTIFICATE),
        ((HOST,), {"self_signed": True}, Failure.SSL_AUTHORITY),
        (("other.test",), {}, Failure.SSL_HOSTNAME),
        (("*.other.test",), {}, Failure.SSL_HOSTNAME),
        (("other.test",), {"self_signed": True}, Failure.SSL_HOSTNAME),
    ],
)
def test_a_page_behind_a_bad_certificate_is_read_and_remains_a_failure(
    authority: Authority, names: tuple[str, ...], kind: dict[str, Any], failure: Failure
) -> None:
    seen = look_securely(authority, authority.context(*names, **kind), Site({"/": page(b"blocked by order")}))
    assert outcome(seen) == (Stage.TLS, failure)
    assert seen.body == b"blocked by order"
    assert seen.http_status == 200
    assert tls_of(seen).invalid
    assert tls_of(seen).chain_sha256


def test_an_end_without_a_farewell_is_an_end(authority: Authority) -> None:
    async def rude(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.0 200 OK\r\n\r\nall of it")
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.transport.abort()

    seen = look_securely(authority, authority.context(HOST), rude)
    assert (outcome(seen), seen.body) == ((None, None), b"all of it")


def test_a_redirect_behind_a_bad_certificate_is_kept_and_not_followed(authority: Authority) -> None:
    context = authority.context(HOST, self_signed=True)
    seen = look_securely(authority, context, Site({"/": redirect("https://elsewhere.test/")}))
    assert outcome(seen) == (Stage.TLS, Failure.SSL_AUTHORITY)
    assert len(seen.hops) == 1
    assert seen.http is not None
    assert seen.http.location == "https://elsewhere.test/"


@pytest.mark.parametrize(
    ("pattern", "host", "fits"),
    [
        ("*.page.test", "www.page.test", True),
        ("*.page.test", "page.test", False),
        ("*.page.test", "a.www.page.test", False),
        ("*.test", "page.test", False),
        ("w*.page.test", "www.page.test", False),
        ("WWW.page.test", "www.page.test", True),
    ],
)
def test_a_wildcard_stands_for_one_whole_label(
    authority: Authority, pattern: str, host: str, fits: bool
) -> None:
    seen = look_securely(authority, authority.context(pattern), Site({"/": page(b"x")}), host=host)
    assert (seen.failure is None) is fits


def test_a_certificate_can_name_an_address(authority: Authority) -> None:
    async def scene(*names: str) -> Observation:
        async with serving(Site({"/": page(b"x")}), context=authority.context(*names)) as port:
            return await look(f"https://127.0.0.1:{port}/", ca_file=authority.ca_file)

    assert asyncio.run(scene("127.0.0.1")).failure is None
    assert asyncio.run(scene("127.0.0.2")).failure == Failure.SSL_HOSTNAME


def test_the_dot_of_an_absolute_name_is_no_part_of_the_certificate(authority: Authority) -> None:
    seen = look_securely(authority, authority.context(HOST), Site({"/": page(b"x")}), host=HOST + ".")
    assert seen.failure is None


def test_the_public_roots_are_used_when_none_are_given(authority: Authority) -> None:
    async def scene() -> Observation:
        async with (
            serving(Site({"/": page(b"x")}), context=authority.context(HOST)) as port,
            resolving(addresses("127.0.0.1")) as resolver,
        ):
            return await look(f"https://{HOST}:{port}/", resolver=resolver)

    assert outcome(asyncio.run(scene())) == (Stage.TLS, Failure.SSL_AUTHORITY)


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(100)


@pytest.mark.parametrize(
    ("handler", "failure"),
    [
        (reset_at_first_bytes, Failure.CONNECTION_RESET),
        (silent, Failure.GENERIC_TIMEOUT),
        (hang_up, Failure.EOF),
    ],
)
def test_a_broken_handshake_is_named_by_how_it_broke(
    authority: Authority, handler: Handler, failure: Failure
) -> None:
    seen = look_securely(authority, None, handler, tls_seconds=0.5)
    assert outcome(seen) == (Stage.TLS, failure)
    assert tls_of(seen).failure == failure
    assert tls_of(seen).bytes_received == 0
    assert seen.http is None


def test_plain_words_where_a_handshake_was_due_are_a_failed_handshake(authority: Authority) -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(page(b"not TLS", status="400 Bad Request"))
        await writer.drain()

    seen = look_securely(authority, None, plain)
    assert outcome(seen) == (Stage.TLS, Failure.SSL_HANDSHAKE)
    assert tls_of(seen).bytes_received > 0


def test_nothing_stays_open_after_a_look(authority: Authority) -> None:
    async def scene() -> None:
        async with (
            serving(Site({"/": page(b"x")}), context=authority.context(HOST)) as port,
            serving(silent) as mute,
            resolving(addresses("127.0.0.1")) as resolver,
        ):
            await look(f"https://{HOST}:{port}/", resolver=resolver)
            await asyncio.sleep(0.05)
            before = count_descriptors()
            for _ in range(5):
                await look(f"https://{HOST}:{port}/", resolver=resolver)
                await look(f"http://127.0.0.1:{mute}/", http_seconds=0.05)
                await look(f"http://{HOST}:{closed_port()}/", resolver=resolver)
            await asyncio.sleep(0.05)
            assert count_descriptors() <= before

    asyncio.run(scene())


def test_a_reset_inside_the_page_is_a_failure_of_http(authority: Authority) -> None:
    handler = reply(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", pause=0.05, reset=True)

    async def scene() -> Observation:
        async with serving(handler) as port:
            return await look(f"http://127.0.0.1:{port}/")

    seen = asyncio.run(scene())
    assert outcome(seen) == (Stage.HTTP, Failure.CONNECTION_RESET)
    assert (seen.http_status, seen.body) == (200, b"abc")
