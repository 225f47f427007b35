"""docker-compose.yml, proved without Docker: every service's command runs, and together they do the main job."""

from __future__ import annotations

import signal

import psycopg
import pytest

from tests.services.composed import COMPOSE, SERVICES, Composed
from tests.services.looks import account, watch
from tests.services.servers import wait_until

pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.timeout(180)]

OURS = ["migrate", "web", "worker", "beat"]


def test_the_services_together_measure_what_is_due(composed: Composed) -> None:
    composed.start_rehearsal()
    watch(composed, ["village-choir", "river-watch", "old-forum"])
    processes = {name: composed.start_service(name) for name in ("web", "worker", "beat")}
    wait_until(lambda: composed.get("/healthz") == (200, {"alive": True}), 30, what="web answers")
    status, ready = composed.get("/readyz")
    assert (status, ready["database"], ready["broker"]) == (200, "ok", "ok")
    wait_until(lambda: account(composed).never_measured == 0, 40, what="every watch was looked at")
    wait_until(lambda: statuses(composed) == {"reachable", "blocked", "gone"}, 60, what="statuses follow")
    for process in processes.values():
        process.send_signal(signal.SIGTERM)
    assert {name: process.wait(20) for name, process in processes.items()} == dict.fromkeys(processes, 0)


def statuses(composed: Composed) -> set[str]:
    with psycopg.connect(composed.database_url()) as connection:
        return {row[0] for row in connection.execute("SELECT status FROM tracker_watch")}


@pytest.mark.parametrize("name", OURS)
def test_our_services_run_without_rights_and_with_secrets_from_files(name: str) -> None:
    service = SERVICES[name]
    assert service["user"] not in {"", "0", "root"}
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert set(service["secrets"]) <= set(COMPOSE["secrets"])
    assert not {"SECRET_KEY", "DATABASE_URL", "REDIS_URL"} & set(service["environment"])


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_every_service_that_stays_has_a_health_check_and_comes_back(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_redis_keeps_what_it_was_told_and_throws_nothing_away() -> None:
    command = SERVICES["redis"]["command"]
    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command
