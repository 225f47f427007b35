"""What docs/operating.md tells an operator to type, and the Compose file of the remote machine, tried as they stand."""

from __future__ import annotations

import asyncio
import shlex
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from redis import Redis
from redis.exceptions import NoPermissionError

from tests.probing.conftest import Authority
from tests.probing.servers import QUICK, Site, page, serving
from tests.remote.conftest import ROOT, Hire, Impatience
from tests.services.servers import RedisServer, answers, free_port, wait_until
from tracker.facts import Failure, Observation
from tracker.remote import observe_from
from tracker.remote.messages import Desk

pytestmark = pytest.mark.redis

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.remote.yml").read_text(encoding="utf-8"))
SERVICE: dict[str, Any] = COMPOSE["services"]["remote-worker"]


@pytest.fixture
def limited(broker: str, client: Redis, broker_server: RedisServer) -> Iterator[str]:
    """The broker's address for a user made by the very line of the documentation."""
    lines = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8").splitlines()
    (line,) = (line for line in lines if line.startswith("ACL SETUSER"))
    client.execute_command(*line.replace("PASSWORD", "pa55").split())
    client.acl_log_reset()
    yield f"redis://ru-1:pa55@127.0.0.1:{broker_server.port}/0"
    client.acl_deluser("ru-1")


def looked_at(broker: str, number: int) -> list[Observation]:
    async def scene() -> list[Observation]:
        async with serving(Site({"/": page(b"ok")})) as port:
            url = f"http://127.0.0.1:{port}/"
            looks = (
                observe_from(url, worker="ru-1", broker=broker, now=datetime.now(UTC), limits=QUICK)
                for _ in range(number)
            )
            return list(await asyncio.gather(*looks))

    return asyncio.run(scene())


def test_a_worker_does_its_job_with_the_rights_of_the_documentation(
    limited: str, broker: str, client: Redis, hire: Hire
) -> None:
    worker = hire(url=limited)
    assert {seen.failure for seen in looked_at(broker, 40)} == {None}
    worker.terminate()
    assert worker.wait(20) == 0
    assert client.acl_log() == []


@pytest.mark.parametrize(
    "command",
    [
        f"GET {Desk('tr-1').answer_key('abc')}",
        f"SET {Desk('tr-1').answer_key('abc')} lie",
        f"BRPOP {Desk('tr-1').queue_key} 1",
        f"LPUSH {Desk('tr-1').queue_key} x",
        f"GET {Desk('ru-1').answer_key('abc')}",
        "LPUSH celery x",
        "BRPOP celery 1",
        "KEYS *",
        "SCAN 0",
        "FLUSHALL",
        "FLUSHDB",
        "CONFIG GET *",
        "ACL LIST",
        "CLIENT LIST",
        "EVAL return(1) 0",
        "MONITOR",
        "SUBSCRIBE x",
        "PUBLISH x y",
        "SHUTDOWN",
    ],
)
def test_a_captured_worker_can_touch_nothing_but_its_own_keys(limited: str, command: str) -> None:
    with Redis.from_url(limited) as captured, pytest.raises(NoPermissionError):
        captured.execute_command(*command.split())


def test_the_service_of_the_compose_file_is_the_worker_with_a_file_and_no_rights() -> None:
    assert SERVICE["user"] not in {"", "0", "root"}
    assert SERVICE["read_only"]
    assert SERVICE["cap_drop"] == ["ALL"]
    assert set(SERVICE["environment"]) == {"STILLBLOCKED_BROKER_FILE"}
    assert SERVICE["secrets"] == list(COMPOSE["secrets"]) == ["workers-broker"]
    assert "ports" not in SERVICE


def test_the_command_of_the_compose_file_runs(broker: str, hire: Hire, tmp_path: Path) -> None:
    command = shlex.split(SERVICE["command"].replace("${WORKER:-ru-1}", "ru-1"))
    assert command[:2] == ["python", "-m"]
    assert command[3:] == ["--name", "ru-1"]
    (tmp_path / "workers-broker").write_text(broker + "\n", encoding="utf-8")
    hire(module=command[2], url="", STILLBLOCKED_BROKER_FILE=str(tmp_path / "workers-broker"))
    seen = asyncio.run(
        observe_from("ftp://x/", worker="ru-1", broker=broker, now=datetime.now(UTC), limits=QUICK)
    )
    assert seen.failure == "egress_refused"


def test_a_broker_is_reached_over_tls_with_roots_of_its_own(
    hire: Hire, authority: Authority, tmp_path: Path, impatient: Impatience
) -> None:
    before = set(authority.folder.iterdir())
    authority.context("localhost")
    (server_pem,) = set(authority.folder.iterdir()) - before
    port = free_port()
    tls = f"--port 0 --tls-port {port} --tls-cert-file {server_pem} --tls-key-file {server_pem}"
    command = f"redis-server {tls} --tls-ca-cert-file {authority.ca_file} --tls-auth-clients no --save ''"
    server = subprocess.Popen([*shlex.split(command), "--dir", str(tmp_path)], stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: answers(port), 10, what="Redis answers")
        known = f"rediss://localhost:{port}/0?ssl_ca_certs={authority.ca_file}"
        hire(url=known)
        assert looked_at(known, 1)[0].failure is None
        impatient()
        stranger = looked_at(f"rediss://localhost:{port}/0", 1)[0]
        misnamed = looked_at(known.replace("localhost", "127.0.0.1"), 1)[0]
        assert {stranger.failure, misnamed.failure} == {Failure.WORKER_UNANSWERED}
    finally:
        server.terminate()
        server.wait(10)
