"""A vantage point that is a remote worker, from the rounds, the probe and the admin."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.make import make_vantage
from tests.remote.conftest import Hire, Impatience
from tests.tracker.conftest import Clock, Rehearsal
from tracker import probes
from tracker.models import Measurement, StatusChange, VantagePoint, Watch
from tracker.networks import NoBroker, observer_of
from tracker.probes import Asked, NoSuchPlace, Probed

pytestmark = [pytest.mark.django_db, pytest.mark.redis]


@pytest.fixture
def through_worker(rehearsal: Rehearsal, broker: str, settings: Any) -> Rehearsal:
    """The inside of the rehearsal is seen by a worker, through the platform's inner door as by any other."""
    settings.WORKERS_BROKER = broker
    VantagePoint.objects.filter(name="rehearsal-inside").update(via="worker:xx-1", canary_checked_at=None)
    return rehearsal


def test_a_round_through_a_worker_is_a_round_like_any_other(
    through_worker: Rehearsal,
    hire: Hire,
    rounds: Any,
) -> None:
    hire("xx-1")
    watch = through_worker.watch("old-forum")
    rounds(3)
    watch.refresh_from_db()
    assert (watch.status, watch.held_rule_id) == ("gone", None)
    seen = Measurement.objects.filter(role="experiment").latest("id")
    assert (seen.vantage.name, seen.http_status, seen.canary_ok) == ("rehearsal-inside", 404, True)
    assert seen.body is not None


def test_a_worker_that_is_away_is_a_faulty_vantage_and_never_a_block(
    through_worker: Rehearsal,
    hire: Hire,
    rounds: Any,
    clock: Clock,
    impatient: Impatience,
) -> None:
    worker = hire("xx-1")
    watch = through_worker.watch("village-choir")
    rounds(3)
    watch.refresh_from_db()
    assert watch.status == "reachable"
    changes, measured = StatusChange.objects.count(), Measurement.objects.count()
    impatient()
    worker.kill()
    worker.wait()
    clock.forward(timedelta(minutes=11))
    rounds(2, apart=timedelta(minutes=11))
    watch.refresh_from_db()
    assert (watch.status, watch.held_rule_id) == ("reachable", "vantage_faulty")
    assert (StatusChange.objects.count(), Measurement.objects.count()) == (changes, measured)
    place = VantagePoint.objects.get(name="rehearsal-inside")
    assert place.canary_detail.endswith("worker_unanswered")
    assert not place.canary_no_internet


def test_probe_looks_through_a_worker_that_is_named(
    through_worker: Rehearsal,
    hire: Hire,
    clock: Clock,
) -> None:
    hire("xx-1")
    view = probes.view(vantage=None, via="worker:xx-1", control="worker:xx-1", territory="XX", clock=clock)
    found = probes.probe(Asked(f"{through_worker.origin}/old-forum"), view, save=False)
    assert isinstance(found, Probed)
    assert found.as_json()["http_status"] == 404
    assert not Watch.objects.exists()


@pytest.mark.parametrize(
    "named", [{"via": "worker:ru-1"}, {"control": "worker:ru-1"}, {"vantage": "elsewhere"}]
)
def test_without_a_broker_a_worker_is_refused_in_a_sentence(
    rehearsal: Rehearsal,
    clock: Clock,
    settings: Any,
    named: dict[str, str],
) -> None:
    settings.WORKERS_BROKER = ""
    make_vantage(name="elsewhere", via="worker:ru-1")
    everything: dict[str, Any] = {
        "vantage": None,
        "via": None,
        "control": None,
        "territory": None,
        "clock": clock,
    } | named
    with pytest.raises(NoSuchPlace, match="there is none: set STILLBLOCKED_WORKERS_BROKER or REDIS_URL"):
        probes.view(**everything)


def test_a_name_that_is_none_is_refused(settings: Any) -> None:
    settings.WORKERS_BROKER = "redis://127.0.0.1:1/0"
    for via in ("worker:", "worker:a b", "worker:a:b", "worker://ru-1", "workers:ru-1"):
        with pytest.raises(ValueError, match=r"worker has a name|reached by"):
            observer_of(via)
    settings.WORKERS_BROKER = ""
    with pytest.raises(NoBroker):
        observer_of("worker:ru-1")


def place_form(client: Client, via: str) -> str:
    values = {"name": "elsewhere", "country": "RU", "role": "experiment", "new_via": via, "is_active": "on"}
    return client.post("/admin/tracker/vantagepoint/add/", values).content.decode()


def test_the_admin_takes_a_worker_only_where_there_is_a_broker(
    administrator: User, client: Any, settings: Any
) -> None:
    browser = Client()
    browser.force_login(administrator)
    settings.WORKERS_BROKER = ""
    assert "A remote worker is asked through a broker, and there is none here" in place_form(
        browser, "worker:ru-1"
    )
    settings.WORKERS_BROKER = "redis://127.0.0.1:1/0"
    assert "That is no way to a vantage point" in place_form(browser, "worker:ru 1")
    assert not VantagePoint.objects.filter(name="elsewhere").exists()
    place_form(browser, "worker:ru-1")
    assert VantagePoint.objects.get(name="elsewhere").via == "worker:ru-1"
