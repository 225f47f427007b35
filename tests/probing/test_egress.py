"""The guard: what is refused, what is let through, and that the neighbours of each range are public."""

from __future__ import annotations

import asyncio
from ipaddress import ip_address, ip_network

import pytest

from tracker.facts import Failure, Stage
from tracker.probing import (
    EgressPolicy,
    EgressRefused,
    Limits,
    RealNetwork,
    networks,
    public_reason,
    read_url,
)
from tracker.probing.limits import Allowance

from .servers import LOOPBACK, Site, addresses, answer, look, page, redirect, resolving, serving

REFUSED_RANGES = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "168.63.129.16/32",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
]
BOTH_NEIGHBOURS_PUBLIC = set(REFUSED_RANGES) - {"0.0.0.0/8", "224.0.0.0/4", "3fff::/20"}


@pytest.mark.parametrize("cidr", REFUSED_RANGES)
def test_the_first_and_last_address_of_a_special_range_are_refused(cidr: str) -> None:
    network = ip_network(cidr)
    assert public_reason(str(network[0]))
    assert public_reason(str(network[-1]))


@pytest.mark.parametrize("cidr", sorted(BOTH_NEIGHBOURS_PUBLIC))
def test_the_addresses_just_outside_a_special_range_are_public(cidr: str) -> None:
    network = ip_network(cidr)
    assert public_reason(str(network[0] - 1)) is None
    assert public_reason(str(network[-1] + 1)) is None


@pytest.mark.parametrize(
    "ip",
    [
        "1.0.0.0",
        "223.255.255.255",
        "2000::",
        "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "3fff:1000::",
        "2606:4700::1111",
        "8.8.8.8",
    ],
)
def test_ordinary_addresses_are_public(ip: str) -> None:
    assert public_reason(ip) is None


@pytest.mark.parametrize(
    "ip",
    [
        "255.255.255.255",
        "240.0.0.1",
        "100.100.100.200",
        "169.254.169.254",
        "239.1.1.1",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:8.8.8.8",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2002:7f00:1::",
        "4000::",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1%eth0",
        "fec0::1",
        "ff02::1",
        "nonsense",
        "",
    ],
)
def test_what_is_not_plainly_public_is_refused(ip: str) -> None:
    assert public_reason(ip)


def test_the_guard_does_not_lean_on_the_standard_library() -> None:
    # These are "global" to ipaddress on the Pythons we support; the reason why the ranges are written out.
    for ip in ("224.0.0.1", "64:ff9b::7f00:1", "fec0::1", "ff02::1", "192.88.99.1"):
        assert ip_address(ip).is_global
        assert public_reason(ip)


HOSTILE_URLS = [
    "",
    "http://",
    "http:///",
    "about:blank",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "javascript:alert(1)",
    "data:text/html,x",
    "//example.com/",
    "example.com",
    "http://user@example.com/",
    "http://user:secret@example.com/",
    "http://:secret@example.com/",
    "http://example.com:22/",
    "http://example.com:6379/",
    "http://example.com:0/",
    "http://example.com:65536/",
    "http://exam\nple.com/",
    "http://example.com/\r\nX-Evil: 1",
    "http://example.com/\x00",
    "http://example.com/\x7f",
    "http://example.com/\ud800",
    "http://exa mple.com/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://a.localhost/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://abcdefghij.onion/",
    "http://router/",
    "http://router.lan/",
    "http://a..example.com/",
    "http://" + "a" * 64 + ".com/",
    "http://" + "a." * 130 + "com/",
    "http://example.com/" + "a" * 9000,
    "http://127.0.0.1/",
    "http://127.1/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://2130706433/",
    "http://127.0.0.1./",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://0/",
    "http://10.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://168.63.129.16/",
    "http://[::]/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1%25eth0]/",
    "http:\\\\127.0.0.1\\",
    "http://127.0.0.1#@example.com/",
    "http://127.0.0.1\\@example.com/",
]


@pytest.mark.parametrize("url", HOSTILE_URLS)
def test_a_hostile_url_is_refused_without_a_question_to_any_resolver(url: str) -> None:
    questions: list[tuple[str, str]] = []

    async def scene() -> None:
        async with resolving(addresses("127.0.0.1"), questions) as resolver:
            seen = await look(url, policy=EgressPolicy(), resolver=resolver)
        assert (seen.failed_stage, seen.failure) == (Stage.DNS, Failure.EGRESS_REFUSED)
        assert seen.detail
        assert seen.hops[0].dns is None
        assert seen.hops[0].tcp == ()

    asyncio.run(scene())
    assert questions == []


def test_a_name_with_only_private_addresses_is_a_finding_and_is_not_contacted() -> None:
    async def scene() -> None:
        site = Site({"/": page(b"inside")})
        async with serving(site) as port, resolving(addresses("127.0.0.1", "127.0.0.2")) as resolver:
            policy = EgressPolicy(allowed_ports=frozenset({port}))
            seen = await look(f"http://bogon.test:{port}/", policy=policy, resolver=resolver)
        assert (seen.failed_stage, seen.failure) == (Stage.DNS, Failure.DNS_BOGON)
        dns = seen.hops[0].dns
        assert dns is not None
        assert [(address.ip, address.refused) for address in dns.addresses] == [
            ("127.0.0.1", "loopback"),
            ("127.0.0.2", "loopback"),
        ]
        assert seen.hops[0].tcp == ()
        assert site.requests == []

    asyncio.run(scene())


def test_of_mixed_addresses_only_the_allowed_are_contacted() -> None:
    async def scene() -> None:
        policy = EgressPolicy(LOOPBACK.allowed_ports, allowed_networks=networks("127.0.0.1/32"))
        async with (
            serving(Site({"/": page(b"public")})) as port,
            resolving(addresses("127.0.0.9", "127.0.0.1")) as resolver,
        ):
            seen = await look(f"http://mixed.test:{port}/", policy=policy, resolver=resolver)
        assert seen.failure is None
        assert [attempt.ip for attempt in seen.hops[0].tcp] == ["127.0.0.1"]
        dns = seen.hops[0].dns
        assert dns is not None
        assert [address.refused for address in dns.addresses] == ["loopback", None]

    asyncio.run(scene())


def test_an_allowed_origin_is_that_origin_and_no_other() -> None:
    async def scene() -> None:
        site = Site({"/": page(b"rehearsal")})
        async with serving(site) as port, serving(Site({})) as other:
            policy = EgressPolicy(allowed_origins=frozenset({("http", "127.0.0.1", port)}))
            assert (await look(f"http://127.0.0.1:{port}/", policy=policy)).body == b"rehearsal"
            for url in (
                f"http://127.0.0.1:{other}/",
                f"https://127.0.0.1:{port}/",
                f"http://127.0.0.2:{port}/",
            ):
                assert (await look(url, policy=policy)).failure == Failure.EGRESS_REFUSED
        assert len(site.requests) == 1

    asyncio.run(scene())


def test_a_redirect_to_a_refused_address_is_recorded_and_not_followed() -> None:
    async def scene() -> None:
        site = Site({"/": redirect("http://169.254.169.254/latest/meta-data/")})
        async with serving(site) as port:
            policy = EgressPolicy(allowed_origins=frozenset({("http", "127.0.0.1", port)}))
            seen = await look(f"http://127.0.0.1:{port}/", policy=policy)
        assert seen.failure == Failure.EGRESS_REFUSED
        assert [hop.url for hop in seen.hops][1:] == ["http://169.254.169.254/latest/meta-data/"]
        assert seen.hops[1].tcp == ()
        assert seen.http is None

    asyncio.run(scene())


@pytest.mark.parametrize(
    "location",
    [
        "ftp://example.com/",
        "http://user:pw@example.com/",
        "http://example.com:25/",
        "https://[::1]/",
        "//localhost/",
    ],
)
def test_a_redirect_meets_the_same_guard_as_the_first_url(location: str) -> None:
    async def scene() -> None:
        async with serving(Site({"/": redirect(location)})) as port:
            policy = EgressPolicy(allowed_origins=frozenset({("http", "127.0.0.1", port)}))
            seen = await look(f"http://127.0.0.1:{port}/", policy=policy)
        assert seen.failure == Failure.EGRESS_REFUSED
        assert len(seen.hops) == 2

    asyncio.run(scene())


def test_a_page_elsewhere_cannot_send_us_to_an_allowed_origin() -> None:
    async def scene() -> None:
        rehearsal = Site({"/": page(b"rehearsal")})
        async with (
            serving(rehearsal) as port,
            serving(Site({"/": redirect(f"http://127.0.0.1:{port}/")})) as outside,
        ):
            ours = frozenset({("http", "127.0.0.1", port)})
            policy = EgressPolicy(frozenset({outside}), ours, allowed_networks=networks("127.0.0.1/32"))
            seen = await look(f"http://127.0.0.1:{outside}/", policy=policy)
        assert seen.failure == Failure.EGRESS_REFUSED
        assert rehearsal.requests == []

    asyncio.run(scene())


def test_a_name_that_changes_its_address_between_hops_is_judged_by_each_answer() -> None:
    answers = iter(["127.0.0.1", "127.0.0.9"])

    def rebinding(query: object, name: str, kind: str) -> list:
        return [(0.0, answer(query, f"A {next(answers)}") if kind == "A" else answer(query))]  # type: ignore[arg-type]

    async def scene() -> None:
        policy = EgressPolicy(LOOPBACK.allowed_ports, allowed_networks=networks("127.0.0.1/32"))
        async with serving(Site({"/": redirect("/again")})) as port, resolving(rebinding) as resolver:
            seen = await look(f"http://rebind.test:{port}/", policy=policy, resolver=resolver)
        assert seen.failure == Failure.DNS_BOGON
        assert seen.hops[1].tcp == ()

    asyncio.run(scene())


def test_the_network_itself_refuses_an_address_that_nobody_checked() -> None:
    async def scene() -> None:
        async with serving(Site({})) as port:
            target = read_url(f"http://example.com:{port}/")
            with pytest.raises(EgressRefused, match="loopback"):
                await RealNetwork().connect("127.0.0.1", target, 1.0, Allowance(Limits()))
            with pytest.raises(ValueError, match=r"example\.com"):
                await RealNetwork().connect("example.com", target, 1.0, Allowance(Limits()))

    asyncio.run(scene())


def test_an_operator_can_close_public_ranges_as_well() -> None:
    policy = EgressPolicy(refused_networks=networks("192.0.66.0/24"))
    assert policy.refuse_address("192.0.66.7", ("http", "x.example", 80)) == "refused by the operator"
    assert policy.refuse_address("192.0.67.7", ("http", "x.example", 80)) is None
