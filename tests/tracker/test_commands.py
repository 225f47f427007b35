"""The tracker's commands, as an operator types them."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from tests.make import NOW, make_vantage, make_web_watch
from tests.tracker.conftest import Rehearsal
from tracker import operations
from tracker.facts import Canary
from tracker.models import Measurement, PlatformHealth, PlatformRecord, Watch


def called(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_backlog_counts_what_is_due_leased_overdue_held_and_suspect() -> None:
    now = timezone.now()
    due, late, held, leased, ended, frozen = (make_web_watch() for _ in range(6))
    Watch.objects.update(next_probe_at=now + timedelta(hours=1))
    Watch.objects.filter(pk=due.pk).update(next_probe_at=now)
    Watch.objects.filter(pk=late.pk).update(next_probe_at=now - timedelta(hours=2), attempts=2)
    Watch.objects.filter(pk=held.pk).update(held_rule_id="vantage_faulty", held_since=now)
    Watch.objects.filter(pk=frozen.pk).update(held_rule_id="platform_frozen", held_since=now)
    operations.claim_one(watch_id=leased.pk, now=now)
    operations.unwatch(watch_id=ended.pk)
    lines = called("backlog").splitlines()
    counts = {line[10:]: int(line[:8]) for line in lines[:9]}
    assert counts == {
        "watched": 5,
        "due": 2,
        "leased": 1,
        "overdue by more than an hour": 1,
        "held (no look can be made)": 1,
        "changes that wait (their platform is frozen)": 1,
        "suspect (claims that never finished)": 1,
        "vantage points that do not work": 0,
        "platforms that are read wrongly": 0,
    }
    assert late.target.url in lines[9]
    assert ended.target.url not in "\n".join(lines)


@pytest.mark.django_db
def test_backlog_names_what_does_not_work() -> None:
    place = make_vantage(name="inside")
    operations.record_canary(vantage_id=place.pk, canary=Canary(ok=False, checked_at=NOW))
    health = {"vantage": place, "next_check_at": NOW, "detail": "The page that lives was read as gone."}
    PlatformHealth.objects.create(platform="vk", is_drifted=True, since=NOW, **health)
    PlatformHealth.objects.create(platform="x", **health)
    PlatformRecord.objects.create(platform="vk", frozen_since=NOW, frozen_because="Many were changing.")
    PlatformRecord.objects.create(platform="x", frozen_since=NOW, released_at=NOW)
    lines = called("backlog").splitlines()
    assert lines[7:] == [
        "       1  vantage points that do not work",
        "       1  platforms that are read wrongly",
        "vk from inside since 2026-11-24 12:00: The page that lives was read as gone.",
        "vk frozen since 2026-11-24 12:00: Many were changing.",
    ]


@pytest.mark.django_db
def test_backlog_of_nothing_says_nothing_is_due() -> None:
    assert called("backlog").splitlines()[1] == "       0  due"


# The command looks from threads with connections of their own, so these rows must be seen by all.


@pytest.fixture
def threads_can_close(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django never closes a connection to a database in memory, which the product's own never is."""
    if connection.vendor == "sqlite":
        monkeypatch.setattr(type(connections["default"]), "is_in_memory_db", lambda _self: False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("threads_can_close")
def test_probe_answers_each_line_and_stores_nothing_unless_told(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        f"{rehearsal.origin}/river-watch",
        json.dumps({"id": 2, "url": f"{rehearsal.origin}/village-choir"}),
        "{broken",
        "http://10.0.0.1/",
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    arguments = ["--stdin", "--json", "--vantage", "rehearsal-inside", "--control", "rehearsal-outside"]
    answers = [json.loads(line) for line in called("probe", *arguments, "--at-once", "2").splitlines()]
    found = {answer["url"]: (answer["id"], answer["state"]) for answer in answers}
    assert found == {
        lines[0]: (None, "blocked"),
        f"{rehearsal.origin}/village-choir": (2, "reachable"),
        "{broken": (None, "insufficient"),
        "http://10.0.0.1/": (None, "insufficient"),
    }
    assert not Measurement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_probe_saves_when_told_and_speaks_to_people(rehearsal: Rehearsal) -> None:
    url = f"{rehearsal.origin}/river-watch"
    said = called("probe", url, "--vantage", "rehearsal-inside", "--save")
    assert "blocked: The rehearsal's server shows a notice" in said
    assert Measurement.objects.get().watch.territory == "XX"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Name a URL, or give --stdin."),
        (["https://vk.com/1", "--vantage", "moon"], "There is no vantage point “moon”"),
        (["https://vk.com/1", "--via", "ftp://x"], "ftp://x: "),
        (["https://vk.com/1", "--territory", "Russia"], "Russia is no territory"),
    ],
)
def test_probe_says_what_it_cannot_do_before_it_looks(arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError) as refusal:
        called("probe", *arguments)
    assert str(refusal.value).startswith(sentence)
