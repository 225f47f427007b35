"""Looking through a proxy: names go to the far end, and its faults are not the page's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.make import make_observation, make_own_page
from tracker.facts import BEYOND_A_PROXY, OF_A_PROXY, Failure, Observation, Stage
from tracker.judging import judge
from tracker.probing import EgressPolicy, Via

from .conftest import Authority
from .servers import ConnectProxy, Handler, Site, SocksProxy, closed_port, look, page, serving, silent

SCHEMES: dict[str, Callable[[], SocksProxy | ConnectProxy]] = {"socks5h": SocksProxy, "http": ConnectProxy}
KINDS = {"socks5h": "socks5", "http": "http"}


def look_through(
    scheme: str, proxy: Handler, url: str = "http://page.test:8080/", **bounds: Any
) -> Observation:
    async def scene() -> Observation:
        async with serving(proxy) as port:
            return await look(url, via=f"{scheme}://127.0.0.1:{port}", **bounds)

    return asyncio.run(scene())


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("secure", [False, True])
def test_the_name_is_resolved_at_the_far_end(scheme: str, secure: bool, authority: Authority) -> None:
    proxy = SCHEMES[scheme]()

    async def scene() -> Observation:
        context = authority.context("page.test") if secure else None
        async with serving(Site({"/": page(b"hello")}), context=context) as port, serving(proxy) as near:
            url = f"{'https' if secure else 'http'}://page.test:{port}/"
            return await look(url, via=f"{scheme}://127.0.0.1:{near}", ca_file=authority.ca_file)

    seen = asyncio.run(scene())
    assert (seen.failure, seen.body) == (None, b"hello")
    assert seen.hops[0].dns is None
    [attempt] = seen.hops[0].tcp
    assert (attempt.ip, attempt.via) == ("page.test", KINDS[scheme])
    assert "page.test" in str(proxy.asked)


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (1, "socks_server_failure"),
        (2, "socks_connection_not_allowed"),
        (3, "socks_network_unreachable"),
        (4, "socks_host_unreachable"),
        (5, "socks_connection_refused"),
        (6, "socks_ttl_expired"),
        (7, "socks_command_not_supported"),
        (8, "socks_address_not_supported"),
        (9, "socks_error"),
        (255, "socks_error"),
    ],
)
def test_a_socks_reply_keeps_a_name_of_its_own(code: int, failure: str) -> None:
    seen = look_through("socks5h", SocksProxy(refuse=code))
    assert (seen.failed_stage, seen.failure) == (Stage.TCP, failure)
    assert seen.detail


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        ("403 Forbidden", "proxy_error"),
        ("407 Proxy Authentication Required", "proxy_auth_required"),
        ("502 Bad Gateway", "proxy_bad_gateway"),
        ("503 Service Unavailable", "proxy_error"),
        ("504 Gateway Timeout", "proxy_gateway_timeout"),
        ("nonsense", "proxy_error"),
    ],
)
def test_a_connect_status_keeps_a_name_of_its_own(status: str, failure: str) -> None:
    seen = look_through("http", ConnectProxy(refuse=status))
    assert (seen.failed_stage, seen.failure) == (Stage.TCP, failure)
    assert seen.detail


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        *((failure, "insufficient") for failure in sorted(OF_A_PROXY)),
        *((failure, "likely_blocked") for failure in sorted(BEYOND_A_PROXY)),
    ],
)
def test_only_what_a_working_proxy_says_of_the_way_to_the_page_speaks_of_the_page(
    failure: Failure, state: str
) -> None:
    url = "https://page.example/1"
    seen = make_observation(url=url, failed_stage=Stage.TCP, failure=failure)
    control = make_observation(url=url, text=make_own_page(url))
    verdict = judge(seen=seen, control=control, canary=None, platform="web", territory="RU")
    assert (verdict.state, verdict.failure) == (state, failure)


@dataclass
class PasswordProxy(SocksProxy):
    """SOCKS5 that wants the password ``secret``; ``offers_it`` says whether it lets anybody try."""

    offers_it: bool = True

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, methods = await reader.readexactly(2)
        offered = await reader.readexactly(methods)
        if not self.offers_it or 2 not in offered:
            writer.write(b"\x05\xff")
            await writer.drain()
            return
        writer.write(b"\x05\x02")
        _, length = await reader.readexactly(2)
        await reader.readexactly(length)
        password = await reader.readexactly((await reader.readexactly(1))[0])
        writer.write(b"\x01\x00" if password == b"secret" else b"\x01\x01")
        await writer.drain()
        if password == b"secret":
            await reader.readexactly(4 + 1 + len("page.test") + 2)
            writer.write(bytes([5, 5, 0, 1]) + bytes(6))
            await writer.drain()


@pytest.mark.parametrize(
    ("credentials", "offers_it", "failure"),
    [
        ("", True, "socks_error"),
        ("reader:wrong@", True, "socks_error"),
        ("reader:secret@", False, "socks_error"),
        ("reader:secret@", True, "socks_connection_refused"),
    ],
)
def test_a_socks_proxy_that_does_not_let_us_in_is_no_fault_of_the_page(
    credentials: str, offers_it: bool, failure: str
) -> None:
    async def scene() -> Observation:
        async with serving(PasswordProxy(offers_it=offers_it)) as port:
            return await look("http://page.test:8080/", via=f"socks5h://{credentials}127.0.0.1:{port}")

    seen = asyncio.run(scene())
    assert (seen.failed_stage, seen.failure) == (Stage.TCP, failure)
    assert "secret" not in (seen.detail or "")


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)


async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.write(b"\xff" * 300)
    await writer.drain()
    await reader.read()


@pytest.mark.parametrize("handler", [hang_up, babble])
@pytest.mark.parametrize(
    ("scheme", "failure"), [("socks5h", Failure.SOCKS_ERROR), ("http", Failure.PROXY_ERROR)]
)
def test_a_proxy_that_talks_nonsense_is_at_fault_itself(
    scheme: str, failure: Failure, handler: Handler
) -> None:
    seen = look_through(scheme, handler)
    assert seen.failed_stage == Stage.TCP
    assert seen.failure in (failure, Failure.PROXY_ERROR)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_proxy_that_is_away_is_no_fault_of_the_page(scheme: str) -> None:
    seen = asyncio.run(look("http://page.test:8080/", via=f"{scheme}://127.0.0.1:{closed_port()}"))
    assert (seen.failed_stage, seen.failure) == (Stage.TCP, Failure.PROXY_ERROR)
    assert seen.detail == "the proxy cannot be reached: Connection refused"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_connection_that_the_proxy_never_gets_is_a_timeout(scheme: str) -> None:
    seen = look_through(scheme, silent, tcp_seconds=0.3)
    assert (seen.failed_stage, seen.failure) == (Stage.TCP, Failure.GENERIC_TIMEOUT)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/",
        "http://localhost/",
        "http://printer.local/",
        "http://x.example:22/",
        "http://[::1]/",
    ],
)
def test_our_own_guard_stands_before_the_proxy(scheme: str, url: str) -> None:
    proxy = SCHEMES[scheme]()

    async def scene() -> Observation:
        async with serving(proxy) as near:
            return await look(url, policy=EgressPolicy(), via=f"{scheme}://127.0.0.1:{near}")

    assert asyncio.run(scene()).failure == Failure.EGRESS_REFUSED
    assert not proxy.asked


def test_an_allowed_origin_is_asked_of_the_proxy_as_it_stands() -> None:
    proxy = ConnectProxy()

    async def scene() -> tuple[int, Observation]:
        async with serving(Site({"/": page(b"rehearsal")})) as port, serving(proxy) as near:
            policy = EgressPolicy(allowed_origins=frozenset({("http", "127.0.0.1", port)}))
            url = f"http://127.0.0.1:{port}/"
            return port, await look(url, policy=policy, via=f"http://127.0.0.1:{near}")

    port, seen = asyncio.run(scene())
    assert seen.body == b"rehearsal"
    assert proxy.asked == [f"127.0.0.1:{port}"]


def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")

    async def scene() -> Observation:
        async with serving(Site({"/": page(b"direct")})) as port:
            return await look(f"http://127.0.0.1:{port}/")

    assert asyncio.run(scene()).body == b"direct"


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "socks5://h:1",
        "socks4://h:1",
        "https://h:1",
        "socks5h://h",
        "http://:1",
        "http://h:1/path",
        "http://h:x",
    ],
)
def test_a_place_that_is_not_understood_is_refused_at_once(uri: str) -> None:
    with pytest.raises(ValueError, match=r"\w+"):
        Via.parse(uri)


def test_a_proxys_password_is_read_and_not_shown() -> None:
    via = Via.parse("socks5h://us%40er:pa%3Ass@proxy.example:1080")
    assert (via.kind, via.host, via.port, via.username, via.password) == (
        "socks5",
        "proxy.example",
        1080,
        "us@er",
        "pa:ss",
    )
    assert "pa:ss" not in repr(via)
