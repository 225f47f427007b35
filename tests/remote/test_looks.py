"""A look through a remote worker, over a real Redis: it is the look itself, or it is nobody's fault but ours."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from redis import Redis

from tests.probing.conftest import Authority
from tests.probing.servers import (
    Answers,
    Site,
    answer,
    closed_port,
    look,
    page,
    redirect,
    reset_at_first_bytes,
    resolving,
    serving,
    silent,
)
from tests.remote.asked import RU, ask
from tests.remote.conftest import Hire, Impatience
from tests.services.servers import RedisServer
from tracker.facts import Failure, Observation, Stage
from tracker.judging import judge
from tracker.probing import Manner
from tracker.remote.line import Line, Unanswered
from tracker.remote.messages import Desk, Request, read_answer

pytestmark = [pytest.mark.redis, pytest.mark.timeout(120)]


PASSING = {"seconds", "started_at", "bytes_received"}
"""What no two looks have in common; a signature of a handshake is a byte longer or shorter each time."""


def timeless(value: Any) -> Any:
    """The same without what no two looks have in common."""
    if is_dataclass(value):
        kept = {each.name: timeless(getattr(value, each.name)) for each in fields(value)}
        return type(value).__name__, {name: inner for name, inner in kept.items() if name not in PASSING}
    return [timeless(inner) for inner in value] if isinstance(value, tuple) else value


# --- The same look


def zone(query: Any, name: str, kind: str) -> Answers:
    known = {"page.test.": "A 127.0.0.1", "inside.test.": "A 10.10.34.36"}
    if name not in known:
        return [(0.0, answer(query, rcode=3))]
    return [(0.0, answer(query, *[known[name]] if kind == "A" else []))]


@asynccontextmanager
async def some_internet(authority: Authority) -> AsyncIterator[tuple[list[str], int]]:
    """Addresses that end in every way a look can end, and the port of a resolver."""
    site = Site(
        {
            "/": redirect("/p"),
            "/p": page("<h1>Привет</h1>".encode("cp1251"), "Content-Type: text/html; charset=windows-1251"),
            "/451": page(b"withheld", status="451 Unavailable For Legal Reasons"),
            "/bytes": page(bytes(range(256)), "X-Odd: \xff\x01", "Content-Type: image/png"),
        }
    )
    async with (
        serving(site) as plain,
        serving(site, context=authority.context("page.test")) as sound,
        serving(site, context=authority.context("other.test")) as misnamed,
        serving(reset_at_first_bytes) as cut,
        resolving(zone) as resolver,
    ):
        urls = [f"http://127.0.0.1:{plain}{path}" for path in ("/", "/p", "/451", "/bytes", "/nothing")]
        urls += [f"https://page.test:{port}/p" for port in (sound, misnamed, cut)]
        urls += [
            "http://nowhere.test:8080/",
            "http://inside.test:8080/",
            f"http://127.0.0.1:{closed_port()}/",
        ]
        urls += ["http://a\x00b/", "ftp://page.test/", "http://127.0.0.1:80/"]
        yield urls, resolver


def test_a_look_through_a_worker_is_the_look_itself(broker: str, hire: Hire, authority: Authority) -> None:
    async def scene() -> list[tuple[Observation, Observation]]:
        async with some_internet(authority) as (urls, resolver):
            hire(TEST_RESOLVERS=str(resolver), SSL_CERT_FILE=authority.ca_file)
            return [
                (
                    await look(url, resolver=resolver, ca_file=authority.ca_file),
                    await ask(url, broker),
                )
                for url in urls
            ]

    pairs = asyncio.run(scene())
    for directly, remotely in pairs:
        assert timeless(remotely) == timeless(directly)
        assert abs(datetime.now(UTC) - remotely.started_at) < timedelta(minutes=2)
    failures = {seen.failure for seen, _ in pairs}
    assert {
        None,
        Failure.DNS_NXDOMAIN,
        Failure.DNS_BOGON,
        Failure.SSL_HOSTNAME,
        Failure.CONNECTION_RESET,
        Failure.CONNECTION_REFUSED,
        Failure.EGRESS_REFUSED,
    } <= failures
    assert any(seen.certificates for _, seen in pairs)
    assert any("Привет" in seen.body_text for _, seen in pairs)


def test_the_page_is_asked_in_the_manner_that_home_wants(broker: str, hire: Hire) -> None:
    site = Site({"/": page(b"ok")})
    manner = Manner(accept_language="ru", user_agent="Reader/1", headers=(("X-Wanted", "yes"),))

    async def scene() -> Observation:
        async with serving(site) as port:
            hire()
            return await ask(f"http://127.0.0.1:{port}/", broker, manner=manner)

    seen = asyncio.run(scene())
    assert (seen.failure, seen.accept_language) == (None, "ru")
    for header in (b"Accept-Language: ru", b"User-Agent: Reader/1", b"X-Wanted: yes"):
        assert header in site.requests[0]


def test_looks_do_not_wait_for_each_other(broker: str, hire: Hire) -> None:
    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(1)
        writer.write(page(b"at last"))
        await writer.drain()

    async def scene() -> float:
        async with serving(slow) as port:
            hire()
            await ask(f"http://127.0.0.1:{port}/", broker)
            begun = time.monotonic()
            seen = await asyncio.gather(*(ask(f"http://127.0.0.1:{port}/{n}", broker) for n in range(30)))
            assert {one.failure for one in seen} == {None}
            return time.monotonic() - begun

    assert asyncio.run(scene()) < 6, "thirty looks of a second each"


# --- Two workers


def test_every_worker_has_its_own_queue(
    broker: str, hire: Hire, client: Redis, impatient: Impatience
) -> None:
    async def scene() -> tuple[Observation, Observation]:
        async with serving(Site({"/": page(b"ok")})) as port:
            hire("ru-1")
            here = await ask(f"http://127.0.0.1:{port}/", broker, "ru-1")
            impatient()
            return here, await ask(f"http://127.0.0.1:{port}/", broker, "ru-10")

    here, nobody = asyncio.run(scene())
    assert here.failure is None
    assert (nobody.failed_stage, nobody.failure) == (Stage.TCP, Failure.WORKER_UNANSWERED)
    assert nobody.detail == "The worker did not take the request in time."
    names = {bytes(key).decode().partition(":")[0] for key in client.scan_iter()}
    assert names == {"vantage.ru-1", "vantage.ru-10"}
    assert client.llen(Desk("ru-10").queue_key) == 1


# --- What goes wrong is our side's fault


def test_a_worker_that_is_killed_in_the_middle_of_a_look_says_nothing_about_the_page(
    broker: str, hire: Hire, impatient: Impatience
) -> None:
    async def scene() -> Observation:
        reached = asyncio.Event()

        async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            reached.set()
            await silent(reader, writer)

        async with serving(hang) as port:
            worker = hire()
            assert (await ask("ftp://x/", broker)).failure == Failure.EGRESS_REFUSED
            impatient()
            looking = asyncio.create_task(
                ask(f"http://127.0.0.1:{port}/", broker, limits={"total_seconds": 2.0})
            )
            await asyncio.wait_for(reached.wait(), 20)
            worker.send_signal(signal.SIGKILL)
            return await looking

    seen = asyncio.run(scene())
    assert seen.failure == Failure.WORKER_UNANSWERED
    assert seen.detail == "The worker took the request and did not answer in time."
    control = Observation("https://page.test/", seen.started_at, 0.1, (), body_text="fine")
    verdict = judge(seen=seen, control=control, canary=None, platform="web", territory="RU")
    assert verdict.state.value == "insufficient"


def test_a_broker_that_is_away_says_nothing_about_the_page(impatient: Impatience) -> None:
    impatient()
    seen = asyncio.run(ask("http://127.0.0.1:8080/", f"redis://127.0.0.1:{closed_port()}/0"))
    assert seen.failure == Failure.WORKER_UNANSWERED
    assert seen.detail == "The broker of the remote workers cannot be reached."


def test_both_sides_find_their_broker_again_after_it_was_gone(hire: Hire) -> None:
    """The worker tries after 2, 4, 6 … seconds; until then it is away like any other."""

    async def scene(server: RedisServer) -> list[Observation]:
        async with serving(Site({"/": page(b"ok")})) as port:
            hire(url=server.url)
            url = f"http://127.0.0.1:{port}/"
            before = await ask(url, server.url)
            server.stop()
            meanwhile = asyncio.create_task(ask(url, server.url))
            await asyncio.sleep(1)
            await asyncio.to_thread(server.start)
            return [before, await meanwhile, await ask(url, server.url)]

    with RedisServer("redis-server --save ''") as server:
        before, meanwhile, after = asyncio.run(scene(server))
    assert (before.failure, after.failure) == (None, None)
    assert meanwhile.failure in {None, Failure.WORKER_UNANSWERED}


def test_a_request_that_is_too_old_is_not_looked_at(
    broker: str, hire: Hire, client: Redis, impatient: Impatience
) -> None:
    site = Site({"/": page(b"ok")})

    async def scene() -> tuple[Observation, Observation]:
        async with serving(site) as port:
            impatient()
            stale = await ask(f"http://127.0.0.1:{port}/?stale", broker)
            assert client.llen(RU.queue_key) == 1
            hire()
            for _ in range(40):
                fresh = await ask(f"http://127.0.0.1:{port}/?fresh", broker)
                if fresh.failure is None:
                    break
            return stale, fresh

    stale, fresh = asyncio.run(scene())
    assert (stale.failure, fresh.failure) == (Failure.WORKER_UNANSWERED, None)
    assert client.llen(RU.queue_key) == 0
    assert not any(b"stale" in request for request in site.requests)


def test_requests_do_not_heap_up_for_a_worker_that_is_away(
    broker: str, client: Redis, impatient: Impatience
) -> None:
    impatient()
    client.rpush(RU.queue_key, *[b"x"] * 500)
    seen = asyncio.run(ask("http://127.0.0.1:8080/", broker))
    assert seen.failure == Failure.WORKER_UNANSWERED
    assert client.llen(RU.queue_key) == 500


def test_a_line_serves_whoever_comes_after_it_was_idle(broker: str, hire: Hire, monkeypatch: Any) -> None:
    monkeypatch.setattr("tracker.remote.line._IDLE_SECONDS", 0.2)
    hire()
    line = Line(broker)

    def one() -> Any:
        return line.ask(RU, Request(os.urandom(8).hex(), "ftp://x/", 0.0)).result(20)

    assert read_answer(one()).observation is not None
    time.sleep(0.6)
    assert not line._is_running
    assert read_answer(one()).observation is not None


def test_a_future_of_the_line_fails_with_its_reason(broker: str, impatient: Impatience) -> None:
    impatient()
    with pytest.raises(Unanswered) as fault:
        Line(broker).ask(RU, Request("abc", "http://127.0.0.1:8080/", 0.0)).result(20)
    assert fault.value.failure is Failure.WORKER_UNANSWERED
