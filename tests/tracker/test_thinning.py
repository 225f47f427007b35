"""Bytes that say nothing new are given up: no fact, no first and no last of an episode, and nothing in secret."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.make import NOW, look_at, make_look, make_web_watch
from tests.tracker.test_chain import sql, verify
from tests.tracker.test_evidence import CERTIFICATES, answer, records, seen
from tracker import evidence, operations
from tracker.evidence import Missing
from tracker.facts import State
from tracker.models import (
    ChainLink,
    Evidence,
    EvidenceCopy,
    Measurement,
    StatusChange,
    Thinning,
    Verdict,
    Watch,
)
from tracker.operations import keeping
from tracker.operations.thinning import Seen, dispensable, take_out, thin

DAY = timedelta(days=1)
LONG_AFTER = NOW + 400 * DAY


# --- Which looks may go


def history(*told: tuple[int, str], causes: tuple[int, ...] = ()) -> list[Seen]:
    """Looks on so many days after the first of January, and the states that they told."""
    start = datetime(2026, 1, 1, tzinfo=NOW.tzinfo)
    return [
        Seen(uuid.UUID(int=number), start + day * DAY, state, (state,), number in causes)
        for number, (day, state) in enumerate(told)
    ]


def going(looks: list[Seen], **how: Any) -> list[int]:
    return [seen.look.int for seen in dispensable(looks, **{"before": LONG_AFTER} | how)]


def test_the_first_and_the_last_of_each_episode_stay() -> None:
    looks = history(*[(day, "blocked") for day in range(5)], *[(day, "reachable") for day in range(5, 9)])
    assert going(looks) == [1, 2, 3, 6, 7]


def test_one_a_month_stays_in_between() -> None:
    looks = history(*[(day * 5, "blocked") for day in range(24)])
    months = {looks[number].at.month for number in set(range(24)) - set(going(looks))}
    assert months == {1, 2, 3, 4}
    assert len(going(looks)) == 24 - 5


def test_looks_that_told_nothing_end_no_episode_and_one_a_month_stays() -> None:
    looks = history((0, "blocked"), (1, "insufficient"), (2, "blocked"), (3, "insufficient"), (4, "blocked"))
    assert going(looks) == [2, 3]


def test_what_a_change_of_status_rests_on_stays() -> None:
    assert going(history(*[(day, "blocked") for day in range(5)], causes=(2,))) == [1, 3]


def test_what_is_young_stays() -> None:
    looks = history(*[(day, "blocked") for day in range(6)])
    assert going(looks, before=looks[3].at) == [1, 2]


def test_another_notice_is_another_episode() -> None:
    looks = history(*[(day, "blocked") for day in range(6)])
    looks = [
        replace(one, says=("blocked", "new" if number > 2 else "old")) for number, one in enumerate(looks)
    ]
    assert going(looks) == [1, 4]


@given(st.lists(st.sampled_from(["blocked", "reachable", "insufficient"]), max_size=60), st.integers(1, 20))
def test_whatever_happened_the_edges_stay_and_thinning_twice_is_thinning_once(
    states: list[str], gap: int
) -> None:
    looks = history(*[(number * gap, state) for number, state in enumerate(states)])
    gone = {seen.look for seen in dispensable(looks, before=LONG_AFTER)}
    rest = [one for one in looks if one.look not in gone]
    assert dispensable(rest, before=LONG_AFTER) == []
    told = [one for one in looks if one.state != "insufficient"]
    for number, one in enumerate(told):
        is_edge = (
            number in {0, len(told) - 1}
            or told[number - 1].says != one.says
            or told[number + 1].says != one.says
        )
        assert not (is_edge and one.look in gone)


# --- Bytes


def blocked_days(watch: Watch, number: int) -> list[Measurement]:
    """A look a day, each with a page of its own length, all of one meaning."""
    for day in range(number):
        at = NOW + day * DAY
        claim = operations.claim_one(watch_id=watch.pk, now=at)
        assert claim is not None
        look = make_look(claim, State.BLOCKED, at=at)
        words = b"Unavailable for legal reasons." + b"!" * day
        page = seen(answer(words), words)
        http = page.hops[1].http
        assert http is not None
        hops = (page.hops[0], replace(page.hops[1], http=replace(http, status=451)))
        page = replace(page, hops=hops, started_at=at)
        look = replace(look, experiment=replace(look.experiment, observation=page))
        assert operations.record_look(look=look, now=at, jitter=0.0)
    return list(Measurement.objects.filter(watch=watch).select_related("body", "capture").order_by("id"))


def readable(rows: list[Measurement]) -> list[bool]:
    found = []
    for row in rows:
        assert row.body is not None
        assert row.capture is not None
        try:
            assert keeping.read(row.body)
            assert keeping.read(row.capture)
            found.append(True)
        except keeping.Thinned:
            found.append(False)
    return found


def thin_all(**how: Any) -> int:
    asked: dict[str, Any] = {"now": LONG_AFTER, "dry_run": False} | how
    return sum(watch.looks for watch in thin(**asked))


@pytest.mark.django_db
def test_thinned_bytes_are_gone_and_all_rows_and_other_bytes_are_there() -> None:
    rows = blocked_days(make_web_watch(), 12)
    change = StatusChange.objects.select_related("verdict").get()
    before = sum(path.stat().st_size for path in Path(settings.EVIDENCE_DIR).rglob("*.warc.gz"))
    measured, verdicts = list(Measurement.objects.values()), Verdict.objects.count()
    gone = thin_all()
    kept = readable(rows)
    assert gone == kept.count(False) > 0
    assert kept[0]
    assert kept[-1]
    assert change.verdict is not None
    assert kept[[row.pk for row in rows].index(change.verdict.measurement_id)]
    assert {row.started_at.month for row, is_kept in zip(rows, kept, strict=True) if is_kept} == {11, 12}
    assert (list(Measurement.objects.values()), Verdict.objects.count()) == (measured, verdicts)
    after = sum(path.stat().st_size for path in Path(settings.EVIDENCE_DIR).rglob("*.warc.gz"))
    assert after < before
    for row in Evidence.objects.filter(kind="certificate"):
        assert keeping.read(row) in CERTIFICATES, "they lay in a capture that stays, or that went"


@pytest.mark.django_db
def test_verifying_knows_what_was_thinned_and_finds_what_was_only_removed() -> None:
    blocked_days(make_web_watch(), 12)
    gone = thin_all()
    out, err = verify()
    assert err == ""
    assert f"{2 * gone} were thinned on purpose; 13 links. 0 faults." in out
    kept = Evidence.objects.filter(kind="capture", thinnings__isnull=True).first()
    assert kept is not None
    (Path(settings.EVIDENCE_DIR) / kept.segment).unlink()
    assert f"capture {kept.sha256}" in verify()[1]


@pytest.mark.django_db
def test_a_mark_that_was_slipped_in_is_found_by_the_chain() -> None:
    rows = blocked_days(make_web_watch(), 12)
    thin_all()
    mark = Thinning.objects.first()
    assert mark is not None
    first = rows[0].capture
    assert first is not None
    Thinning.objects.create(evidence=first, link=mark.link, thinned_at=NOW)
    assert "what it says was thinned is not what is marked as thinned" in verify()[1]
    sql("DELETE FROM tracker_thinning WHERE evidence_id = %s", first.pk)
    Thinning.objects.create(evidence=first, link=ChainLink.objects.get(sequence=1), thinned_at=NOW)
    assert f"evidence {first.sha256} is marked as thinned, and no link says so" in verify()[1]


@pytest.mark.django_db
def test_thinning_twice_changes_nothing_more() -> None:
    rows = blocked_days(make_web_watch(), 12)
    thin_all()
    kept, links = readable(rows), ChainLink.objects.count()
    assert thin_all() == 0
    assert take_out(now=LONG_AFTER) == 0
    assert (readable(rows), ChainLink.objects.count()) == (kept, links)


@pytest.mark.django_db
def test_a_dry_run_says_what_would_go_and_removes_nothing() -> None:
    rows = blocked_days(make_web_watch(), 12)
    would = thin_all(dry_run=True)
    assert would > 0
    assert all(readable(rows))
    assert not Thinning.objects.exists()
    assert thin_all() == would


@pytest.mark.django_db
def test_young_looks_and_segments_of_today_are_left_alone() -> None:
    rows = blocked_days(make_web_watch(), 12)
    assert thin_all(now=NOW + 60 * DAY) == 0
    assert all(readable(rows))
    thin_all(now=NOW + 8 * DAY, kept_whole=4 * DAY)
    names = sorted(path.name[:8] for path in Path(settings.EVIDENCE_DIR).rglob("*.warc.gz"))
    assert names[-1] == "20261205"


@pytest.mark.django_db
def test_a_body_that_another_look_needs_stays() -> None:
    one, other = make_web_watch(), make_web_watch()
    rows = blocked_days(one, 12)
    blocked_days(other, 6)
    thin_all()
    shared = Measurement.objects.filter(watch=other).select_related("body")
    for row in shared:
        assert row.body is not None
        is_kept = not Thinning.objects.filter(evidence=row.body).exists()
        needed = Measurement.objects.filter(body=row.body, capture__thinnings__isnull=True).exists()
        assert is_kept == needed
        if is_kept:
            assert keeping.read(row.body)
    assert rows[5].body in [row.body for row in shared]


@pytest.mark.django_db
def test_bytes_that_are_met_again_after_they_went_are_kept_again() -> None:
    rows = blocked_days(make_web_watch(), 12)
    thin_all()
    gone = next(row for row, is_kept in zip(rows, readable(rows), strict=True) if not is_kept)
    assert gone.body is not None
    watch = make_web_watch()
    again = blocked_days(watch, rows.index(gone) + 1)[-1]
    assert again.body == gone.body
    assert EvidenceCopy.objects.filter(evidence=gone.body).count() == 1
    assert keeping.read(gone.body).startswith(b"Unavailable")
    assert verify()[1] == ""
    for day in range(40):
        look_at(watch, State.BLOCKED, at=NOW + timedelta(days=20 + day))
    thin_all()
    with pytest.raises(Missing):
        keeping.read(gone.body)
    assert verify()[1] == ""


@pytest.mark.django_db
def test_the_file_of_a_thinned_look_is_said_to_be_thinned_and_others_are_whole() -> None:
    rows = blocked_days(make_web_watch(), 12)
    thin_all()
    for row, is_kept in zip(rows, readable(rows), strict=True):
        if is_kept:
            kinds = [kind for kind, _, _ in records(keeping.warc_of(row))]
            assert kinds[:2] == ["warcinfo", "request"]
            assert kinds.count("resource") == 2, "the certificates are with it"
        else:
            with pytest.raises(keeping.Thinned):
                keeping.warc_of(row)


@pytest.mark.django_db
def test_a_thinned_segment_is_still_a_warc() -> None:
    blocked_days(make_web_watch(), 12)
    thin_all()
    files = Path(settings.EVIDENCE_DIR).rglob("*.warc.gz")
    found = {kind for path in files for kind, _, _ in records(path.read_bytes())}
    assert found == {"warcinfo", "request", "response", "resource", "metadata"}


@pytest.mark.django_db
def test_what_was_broken_off_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = blocked_days(make_web_watch(), 12)

    def broken(*_: Any, **__: Any) -> None:
        raise OSError("the power went")

    with monkeypatch.context() as off:
        off.setattr(evidence, "compact", broken)
        with pytest.raises(OSError, match="power"):
            thin_all()
    assert False in readable(rows)
    assert take_out(now=LONG_AFTER) > 0
    assert verify()[1] == ""
    assert take_out(now=LONG_AFTER) == 0


@pytest.mark.django_db
def test_the_command_says_how_much() -> None:
    watch = make_web_watch(now=timezone.now() - 500 * DAY)
    for day in range(10):
        look_at(watch, State.BLOCKED, at=timezone.now() - timedelta(days=450 - day))
    out = StringIO()
    call_command("thin_evidence", "--dry-run", stdout=out)
    call_command("thin_evidence", stdout=out)
    would, gave = out.getvalue().splitlines()
    assert would.replace("would give", "gave") == gave
    assert Thinning.objects.exists()
    with pytest.raises(CommandError, match="1 or more"):
        call_command("thin_evidence", "--days", "0")
