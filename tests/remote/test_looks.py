"""A look through a remote worker, over a real Redis: it is the look itself, or it is nobody's fault but ours."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from redis import Redis

from tests.probing.conftest import Authority
from tests.probing.servers import (
    QUICK,
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
from tests.remote.conftest import ROOT, Hire, Impatience
from tests.services.servers import RedisServer
from tracker.facts import OF_A_WORKER, Failure, Observation, Stage
from tracker.judging import judge
from tracker.probing import Manner
from tracker.remote import observe_from
from tracker.remote.broker import celery_app
from tracker.remote.line import Line, Unanswered
from tracker.remote.messages import TASK, Answer, Desk, Request, read_answer

pytestmark = [pytest.mark.redis, pytest.mark.timeout(120)]

RU = Desk("ru-1")


async def ask(url: str, broker: str, worker: str = "ru-1", **how: Any) -> Observation:
    limits = replace(QUICK, **how.pop("limits", {}))
    return await observe_from(url, worker=worker, broker=broker, now=datetime.now(UTC), limits=limits, **how)


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


# --- Neither side believes the other


def test_a_worker_keeps_its_own_guard_whatever_it_is_asked(broker: str, hire: Hire) -> None:
    """The worker as it is shipped, asked for an address of its own machine."""
    site = Site({"/": page(b"a secret of the worker's network")})

    async def scene() -> list[Observation]:
        async with serving(site, port=closed_port()) as port:
            hire(module="tracker.remote.worker")
            return [await ask(url, broker) for url in (f"http://127.0.0.1:{port}/", "http://[::1]:8080/")]

    for seen in asyncio.run(scene()):
        assert (seen.failure, seen.body) == (Failure.EGRESS_REFUSED, b"")
    assert site.requests == []


@pytest.mark.parametrize(
    ("altered", "sentence"),
    [
        ({"schema_version": 99}, "home speaks protocol 1 and observations of version 99"),
        ({"protocol": 2}, "home speaks protocol 2"),
        ({"protocol": "1"}, "names no version"),
        ({"manner": {"accept_language": "ru\r\nX-Injected: 1"}}, "not a Manner"),
        ({"limits": {"total_seconds": "for ever"}}, "not a number"),
        ({"allowed_networks": ["127.0.0.0/8"]}, "not the fields of Request"),
    ],
)
def test_a_worker_refuses_what_it_does_not_understand_in_a_sentence(
    broker: str, hire: Hire, client: Redis, altered: dict[str, Any], sentence: str
) -> None:
    hire()
    asked = Request("abc123", "http://127.0.0.1:8080/", start_by=time.time() + 60).as_json() | altered
    app = celery_app(broker, RU)
    app.send_task(TASK, args=[asked])
    app.close()
    answer = read_answer(wait_for(lambda: client.get(RU.answer_key("abc123"))))
    assert answer.observation is None
    assert sentence in (answer.refused or "")


def wait_for(found: Callable[[], Any], seconds: float = 20) -> Any:
    deadline = time.monotonic() + seconds
    while (value := found()) is None:
        assert time.monotonic() < deadline, "nothing came"
        time.sleep(0.05)
    return value


def test_a_worker_that_cannot_look_says_so_and_that_is_no_word_about_the_page(
    broker: str, client: Redis
) -> None:
    async def refusing() -> Observation:
        looking = asyncio.create_task(ask("http://127.0.0.1:8080/", broker))
        await played(client, lambda _: Answer(refused="Out of \x00 file descriptors.").as_bytes())
        return await looking

    seen = asyncio.run(refusing())
    assert (seen.failure, seen.detail) == (Failure.WORKER_ERROR, "Out of \ufffd file descriptors.")


async def played(client: Redis, reply: Callable[[dict[str, Any]], Any]) -> None:
    """Takes one request as a captured worker would, and leaves in the answer's place whatever it likes."""
    message = None
    while message is None:
        await asyncio.sleep(0.02)
        message = client.rpop(RU.queue_key)
    body = json.loads(base64.b64decode(json.loads(cast(bytes, message))["body"]))
    request = body[0][0]
    left = reply(request)
    if isinstance(left, bytes):
        client.set(RU.answer_key(request["id"]), left)


@pytest.mark.parametrize(
    "left",
    [
        b"",
        b"\xff\x00",
        b"[" * 100_000,
        b"null",
        b'{"protocol": 1}',
        b'{"protocol": 1, "schema_version": 1}',
        b'{"protocol": 1, "schema_version": 1, "observation": {}, "refused": null}',
        b'{"protocol": NaN, "schema_version": 1e999}',
        b"x" * (9 * 1024 * 1024),
    ],
    ids=range(9),
)
def test_garbage_in_place_of_an_answer_is_a_fault_of_the_worker(
    broker: str, client: Redis, left: bytes, impatient: Impatience
) -> None:
    impatient()

    async def scene() -> Observation:
        looking = asyncio.create_task(ask("http://127.0.0.1:8080/", broker))
        await played(client, lambda _: left)
        return await looking

    seen = asyncio.run(scene())
    assert seen.failure in OF_A_WORKER
    assert (seen.failed_stage, seen.body, len(seen.hops)) == (Stage.TCP, b"", 1)


def test_keys_of_a_wrong_kind_spoil_no_other_worker(broker: str, client: Redis, hire: Hire) -> None:
    """A captured worker makes its queue a text and its answer a list."""
    client.set(RU.queue_key, b"no queue")

    async def scene() -> list[Observation]:
        async with serving(Site({"/": page(b"ok")})) as port:
            hire("tr-1")
            url = f"http://127.0.0.1:{port}/"
            both = await asyncio.gather(ask(url, broker, "ru-1"), ask(url, broker, "tr-1"))
            client.delete(RU.queue_key)
            looking = asyncio.create_task(ask(url, broker))
            await played(client, lambda request: client.rpush(RU.answer_key(request["id"]), b"x"))
            return [*both, await looking, await ask(url, broker, "tr-1")]

    seen = asyncio.run(scene())
    assert [one.failure for one in seen] == [Failure.WORKER_ERROR, None, Failure.WORKER_ERROR, None]


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


# --- What a worker needs


def test_a_worker_knows_no_django_and_nothing_of_home() -> None:
    """Celery imports a little of Django where it is installed; here it is not, as it need not be with a worker."""
    code = (
        "import sys; sys.modules['django'] = None; import tracker.remote.worker;"
        "print([m for m in sys.modules if m.startswith(('config', 'events', 'tracker.models', 'tracker.operations'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={}, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({}, "the broker is redis://host:6379/0"),
        ({"STILLBLOCKED_BROKER": "http://127.0.0.1/"}, "the broker is redis://host:6379/0"),
        (
            {"STILLBLOCKED_BROKER_FILE": "/nowhere/broker"},
            "STILLBLOCKED_BROKER_FILE=/nowhere/broker: the file",
        ),
    ],
)
def test_a_worker_without_a_broker_says_what_it_lacks(variables: dict[str, str], sentence: str) -> None:
    command = [sys.executable, "-m", "tracker.remote.worker", "--name", "ru-1"]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1


def test_a_worker_ends_in_good_order_after_the_look_in_hand(broker: str, hire: Hire) -> None:
    async def scene() -> tuple[Observation, int]:
        reached = asyncio.Event()

        async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            reached.set()
            await asyncio.sleep(1)
            writer.write(page(b"at last"))
            await writer.drain()

        async with serving(slow) as port:
            worker = hire()
            looking = asyncio.create_task(ask(f"http://127.0.0.1:{port}/", broker))
            await asyncio.wait_for(reached.wait(), 20)
            worker.send_signal(signal.SIGTERM)
            seen = await looking
            return seen, await asyncio.to_thread(worker.wait, 15)

    seen, code = asyncio.run(scene())
    assert (seen.body, code) == (b"at last", 0)
