"""What a worker needs to start, and how it ends."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys

import pytest

from tests.probing.servers import (
    page,
    serving,
)
from tests.remote.asked import ask
from tests.remote.conftest import ROOT, Hire
from tracker.facts import Observation

pytestmark = [pytest.mark.redis, pytest.mark.timeout(120)]


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
