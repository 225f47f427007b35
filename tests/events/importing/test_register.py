"""Snapshots of the Russian register: entries, closures and second episodes, in whatever portions they come."""

from __future__ import annotations

import tarfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from events import operations
from events.importing import Choices, Summary, import_file
from events.models import BlockEvent, Episode, ImportBatch, RegisterEntry, RegisterSnapshot
from events.operations import Inconsistent, registers
from tests.make import NOW

pytestmark = pytest.mark.django_db


def line(name: str, *, body: str = "ФСКН", number: str = "", dated: str = "2012-11-05") -> str:
    return f"192.0.2.1;{name};http://{name}/;{body};{number or name};{dated}"


def snapshot(tmp_path: Path, of: str, *lines: str, **choices: Any) -> Summary:
    file = tmp_path / f"{of[:10]}.csv"
    text = "\n".join((f"Updated: {of} +0000", *lines)) + "\n"
    file.write_bytes(text.encode("windows-1251"))
    return import_file(file, Choices(by=None, now=NOW, **choices))


def counts(summary: Summary) -> tuple[int, int, int, int, int]:
    assert summary.errors == ()
    return summary.created, summary.updated, summary.unchanged, summary.closed, summary.reopened


def episodes(name: str) -> list[tuple[date | None, date | None, date | None, date | None, str | None]]:
    found = Episode.objects.filter(event__orders__number=name).order_by("number")
    return [
        (each.began_earliest, each.began_latest, each.ended_earliest, each.ended_latest, each.ended_how)
        for each in found
    ]


def day(number: int) -> date:
    return date(2012, 12, number)


def test_an_entry_becomes_an_event_that_says_what_the_register_says(tmp_path: Path) -> None:
    summary = snapshot(tmp_path, "2012-12-03 08:00:00", line("drugs.example", number="2/1/16437 "))
    assert (summary.format, summary.rows, counts(summary)) == ("rkn-register", 1, (1, 0, 0, 0, 0))
    event = BlockEvent.objects.get()
    assert (event.platform.key, event.page.canonical_url) == ("web", "http://drugs.example/")
    assert (event.authority.name, event.authority.kind, event.transmitted_by.name) == (
        "ФСКН",
        "police",
        "Роскомнадзор",
    )
    assert (event.restriction, event.territory, event.blocked_kind, event.publication) == (
        "network",
        "RU",
        "observed",
        "draft",
    )
    order = event.orders.get()
    assert (order.number, order.dated_earliest) == ("2/1/16437", date(2012, 11, 5))
    # In the first snapshot an entry may have stood since its decision.
    assert episodes("2/1/16437") == [(date(2012, 11, 5), day(3), None, None, None)]
    assert event.sources.get().kind == "register"


def test_an_entry_comes_leaves_and_comes_back(tmp_path: Path) -> None:
    others = [line(f"{number}.example") for number in range(20)]
    snapshot(tmp_path, "2012-12-01 08:00:00", *others)
    assert counts(snapshot(tmp_path, "2012-12-03 08:00:00", *others, line("a.example"))) == (1, 0, 20, 0, 0)
    assert counts(snapshot(tmp_path, "2012-12-05 08:00:00", *others)) == (0, 0, 20, 1, 0)
    assert counts(snapshot(tmp_path, "2012-12-07 08:00:00", *others)) == (0, 0, 20, 0, 0)
    assert counts(snapshot(tmp_path, "2012-12-09 08:00:00", *others, line("a.example"))) == (0, 1, 20, 0, 1)
    assert episodes("a.example") == [
        (day(1), day(3), day(3), day(5), "left_register"),
        (day(7), day(9), None, None, None),
    ]


def test_an_older_snapshot_is_parked_and_the_same_again_changes_nothing(tmp_path: Path) -> None:
    newer = ("2012-12-05 08:00:00", line("a.example"), line("b.example"))
    snapshot(tmp_path, *newer)
    older = snapshot(tmp_path, "2012-12-01 08:00:00", line("a.example"), line("c.example"))
    assert counts(older) == (0, 0, 2, 0, 0)
    assert "older" in older.notes[0]
    assert ImportBatch.objects.get(public_id=older.batch).state == "parked"
    assert counts(snapshot(tmp_path, *newer)) == (0, 0, 2, 0, 0)
    assert BlockEvent.objects.count() == 2


def test_a_great_loss_is_believed_only_when_the_next_snapshot_confirms_it(tmp_path: Path) -> None:
    lines = [line(f"{number}.example") for number in range(10)]
    snapshot(tmp_path, "2012-12-01 08:00:00", *lines)
    shrunk = snapshot(tmp_path, "2012-12-03 08:00:00", *lines[:5])
    assert counts(shrunk) == (0, 0, 5, 0, 0)
    assert "shrank from 10 entries to 5: 5 are missing" in shrunk.notes[0]
    # Two are back, so they never left; three are missing twice.
    assert counts(snapshot(tmp_path, "2012-12-05 08:00:00", *lines[:7])) == (0, 0, 7, 3, 0)
    assert episodes("5.example") == [(date(2012, 11, 5), day(1), None, None, None)]
    assert episodes("9.example") == [(date(2012, 11, 5), day(1), day(1), day(3), "left_register")]


def test_a_great_loss_is_believed_when_a_person_says_so(tmp_path: Path) -> None:
    lines = [line(f"{number}.example") for number in range(10)]
    snapshot(tmp_path, "2012-12-01 08:00:00", *lines)
    assert counts(snapshot(tmp_path, "2012-12-03 08:00:00", *lines[:5])) == (0, 0, 5, 0, 0)
    doubted = RegisterSnapshot.objects.get(state="doubted")
    assert (
        registers.believe_snapshot(snapshot=doubted, by=None, now=NOW, because="confirmed by telephone") == 5
    )
    assert episodes("9.example") == [(date(2012, 11, 5), day(1), day(1), day(3), "left_register")]
    with pytest.raises(Inconsistent, match="not believed"):
        registers.believe_snapshot(snapshot=doubted, by=None, now=NOW, because="again")
    assert counts(snapshot(tmp_path, "2012-12-05 08:00:00", *lines[:2], is_confirmed=True)) == (0, 0, 2, 3, 0)


def test_what_a_person_ended_is_not_ended_again(tmp_path: Path) -> None:
    lines = [line(f"{number}.example") for number in range(20)]
    snapshot(tmp_path, "2012-12-01 08:00:00", *lines)
    event = BlockEvent.objects.get(orders__number="0.example")
    operations.end_block(
        event=event, on=operations.interval(event, "blocked"), how="restored", by=None, now=NOW
    )
    assert counts(snapshot(tmp_path, "2012-12-03 08:00:00", *lines[1:])) == (0, 0, 19, 0, 0)
    assert [each[4] for each in episodes("0.example")] == ["restored"]


def test_what_is_no_address_or_no_date_is_kept_in_words(tmp_path: Path) -> None:
    several = "192.0.2.1;a.example;http://a.example/1 | http://a.example/2;суд;2-1;0000-00-00"
    bare = "192.0.2.1;b.example;;Мосгорсуд;3-1;2012-11-01"
    alone = "192.0.2.1;;;суд;;"
    summary = snapshot(tmp_path, "2012-12-01 08:00:00", several, bare, alone)
    assert counts(summary) == (3, 0, 0, 0, 0)
    first, second, third = BlockEvent.objects.order_by("pk")
    assert (first.page, first.group.name) == (None, "http://a.example/1 | http://a.example/2")
    assert "http://a.example/2" in first.internal_notes
    assert "0000-00-00" in first.orders.get().suspect
    assert second.page.canonical_url == "http://b.example/"
    assert (third.group.name, third.orders.count()) == ("192.0.2.1", 0)


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"Updated: yesterday\n", 1),
        (b"Updated: 2012-12-01 08:00:00 +0000\na;b;c\n", 2),
        (b"Updated: 2012-12-01 08:00:00 +0000\n\n;;;\xf1\xf3\xe4;1;2012-11-01\n", 3),
        (b"Updated: 2012-12-01 08:00:00 +0000\n1;a.example\x98;;;;\n", 2),
        (b"Updated: 2012-12-01 08:00:00 +0000\n1;a.ex\x00ample;;;;\n", 2),
    ],
)
def test_a_damaged_snapshot_is_refused_and_its_row_named(tmp_path: Path, content: bytes, row: int) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    summary = import_file(tmp_path / "a.csv", Choices(by=None, now=NOW))
    assert [problem.row for problem in summary.errors] == [row]
    assert not RegisterSnapshot.objects.exists()


def test_a_snapshot_that_somebody_made_utf8_says_the_same(tmp_path: Path) -> None:
    snapshot(tmp_path, "2012-12-01 08:00:00", line("a.example", body="суд"))
    text = "Updated: 2012-12-02 08:00:00 +0000\n" + line("a.example", body="суд") + "\n"
    (tmp_path / "b.csv").write_text(text, encoding="utf-8")
    assert counts(import_file(tmp_path / "b.csv", Choices(by=None, now=NOW))) == (0, 0, 1, 0, 0)


@pytest.mark.shared_data
@pytest.mark.timeout(600)
def test_the_replayed_register_has_the_entries_closures_and_episodes_that_it_had(
    shared_data: Path, tmp_path: Path
) -> None:
    (archive,) = (shared_data / "register").glob("*.tar.xz")
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    files = sorted(tmp_path.rglob("*.csv"))
    assert len(files) == 200
    summaries = [import_file(file, Choices(by=None, now=NOW)) for file in files]
    assert [summary.errors for summary in summaries] == [()] * 200
    totals = tuple(
        sum(getattr(each, name) for each in summaries) for name in ("created", "closed", "reopened")
    )
    assert totals == (1011, 767, 2)
    assert (RegisterEntry.objects.count(), BlockEvent.objects.count()) == (1011, 1011)
    assert RegisterEntry.objects.filter(left_at=None).count() == 246
    assert Episode.objects.filter(ended_how=None).count() == 246
    assert Episode.objects.filter(number=2).count() == 2
    assert [len(summary.notes) for summary in summaries].count(1) == 3
    # Resumed: the last ten again change nothing, and all but the newest are parked.
    again = [import_file(file, Choices(by=None, now=NOW)) for file in files[-10:]]
    assert sum(summary.created + summary.closed + summary.reopened for summary in again) == 0
    assert [len(summary.notes) for summary in again] == [1] * 9 + [0]
    newest = RegisterSnapshot.objects.exclude(state="parked").latest("of")
    assert newest.of == datetime(2013, 6, 23, 6, 5, tzinfo=UTC)
