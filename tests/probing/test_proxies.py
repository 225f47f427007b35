"""Looking through a proxy: names go to the far end, and its faults are not the page's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tracker.facts import Failure, Observation, Stage
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
        (1, Failure.SOCKS_ERROR),
        (2, Failure.SOCKS_ERROR),
        (3, Failure.NETWORK_UNREACHABLE),
        (4, Failure.HOST_UNREACHABLE),
        (5, Failure.CONNECTION_REFUSED),
        (6, Failure.GENERIC_TIMEOUT),
        (7, Failure.SOCKS_ERROR),
        (99, Failure.SOCKS_ERROR),
    ],
)
def test_a_socks_reply_says_whose_fault_it_was(code: int, failure: Failure) -> None:
    seen = look_through("socks5h", SocksProxy(refuse=code))
    assert (seen.failed_stage, seen.failure) == (Stage.TCP, failure)
    assert seen.detail


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        ("403 Forbidden", Failure.PROXY_ERROR),
        ("407 Proxy Authentication Required", Failure.PROXY_ERROR),
        ("502 Bad Gateway", Failure.HOST_UNREACHABLE),
        ("503 Service Unavailable", Failure.PROXY_ERROR),
        ("504 Gateway Timeout", Failure.GENERIC_TIMEOUT),
        ("nonsense", Failure.PROXY_ERROR),
    ],
)
def test_a_connect_status_says_whose_fault_it_was(status: str, failure: Failure) -> None:
    seen = look_through("http", ConnectProxy(refuse=status))
    assert (seen.failed_stage, seen.failure) == (Stage.TCP, failure)
    assert seen.detail


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
