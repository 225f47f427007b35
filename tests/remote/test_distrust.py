"""Neither side believes the other: requests that a worker refuses, and what a captured worker may leave."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import Callable
from typing import Any, cast

import pytest
from redis import Redis

from tests.probing.servers import (
    Site,
    closed_port,
    page,
    serving,
)
from tests.remote.asked import RU, ask
from tests.remote.conftest import Hire, Impatience
from tracker.facts import OF_A_WORKER, Failure, Observation, Stage
from tracker.remote.broker import celery_app
from tracker.remote.messages import TASK, Answer, Request, read_answer

pytestmark = [pytest.mark.redis, pytest.mark.timeout(120)]


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
