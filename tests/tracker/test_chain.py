"""Nothing that was stored can be changed, removed, moved or cut off without ``verify_evidence`` naming it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from tests.make import NOW, look_at, make_measurement, make_vantage, make_web_watch
from tests.tracker.conftest import Workers
from tracker.facts import State
from tracker.immutable import trigger_name
from tracker.models import ChainLink, Evidence, Measurement, Verdict
from tracker.operations import chaining

pytestmark = pytest.mark.django_db


def verify(*arguments: str) -> tuple[str, str]:
    """What the command says, and what it finds. Whether it ends well must fit to that."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_evidence", *arguments, stdout=out, stderr=err)
    except CommandError:
        assert err.getvalue()
    else:
        assert not err.getvalue()
    return out.getvalue(), err.getvalue()


def found() -> str:
    return verify()[1]


def sql(statement: str, *values: Any) -> None:
    """Past every guard but the chain: triggers dropped, foreign keys not asked."""
    with connection.cursor() as cursor:
        for table in ("measurement", "chainlink", "evidence", "thinning"):
            name = f"tracker_{table}"
            on = f" ON {name}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger_name(name)}{on}")
        cursor.execute(statement, values)


@pytest.fixture
def stored() -> list[Measurement]:
    """Five looks, the third with a control."""
    states = [State.BLOCKED, State.GONE, State.DOWN, State.INSUFFICIENT, State.BLOCKED]
    rows = [make_measurement(state, at=NOW + timedelta(minutes=n)) for n, state in enumerate(states)]
    assert verify() == (
        f"{Evidence.objects.count()} kept bytes are what their names say, 0 were thinned on purpose; "
        "5 links. 0 faults.\n",
        "",
    )
    return rows


def test_each_look_is_a_link_that_holds_the_one_before(stored: list[Measurement]) -> None:
    links = list(ChainLink.objects.order_by("sequence"))
    assert [link.sequence for link in links] == [1, 2, 3, 4, 5]
    assert [link.subject for link in links] == [row.look for row in stored]
    previous = chaining.FIRST
    for link in links:
        assert link.sha256 == chaining.link_sha256(previous, link)
        previous = link.sha256


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("failure", "eof_error"),
        ("http_status", 200),
        ("started_at", NOW - timedelta(days=1)),
        ("seconds", 9.5),
        ("title", "another"),
        ("final_url", "https://another.example/"),
        ("canary_ok", False),
        ("vantage_id", None),
        ("public_id", "0123456789ab"),
        ("capture_id", None),
    ],
)
def test_a_changed_column_is_found(stored: list[Measurement], column: str, value: object) -> None:
    row = stored[2]
    value = make_vantage().pk if column == "vantage_id" else value
    extra = ", failed_stage = 'http'" if column == "failure" else ""
    field = next(field for field in Measurement._meta.concrete_fields if field.column == column)
    sql(
        f"UPDATE tracker_measurement SET {column} = %s{extra} WHERE id = %s",
        field.get_db_prep_save(value, connection),
        row.pk,
    )
    assert found().startswith(f"link 3: the look {row.look} is not what was stored (measurements ")


def test_changed_facts_are_found(stored: list[Measurement]) -> None:
    facts = json.dumps(stored[1].facts | {"detail": "nothing to see"})
    sql("UPDATE tracker_measurement SET facts = %s WHERE id = %s", facts, stored[1].pk)
    assert f"link 2: the look {stored[1].look} is not what was stored" in found()


def test_a_removed_control_is_found(stored: list[Measurement]) -> None:
    control = stored[2].control
    assert control is not None
    sql("UPDATE tracker_measurement SET control_id = NULL WHERE id = %s", stored[2].pk)
    sql("DELETE FROM tracker_measurement WHERE id = %s", control.pk)
    assert f"link 3: the look {stored[2].look} is not what was stored" in found()


def _forget(row: Measurement) -> None:
    Verdict.objects.filter(measurement=row).delete()
    sql("DELETE FROM tracker_measurement WHERE id = %s", row.pk)


def test_a_removed_measurement_is_found(stored: list[Measurement]) -> None:
    _forget(stored[1])
    assert found() == f"link 2: all measurements of the look {stored[1].look} are gone\n"


def test_a_measurement_removed_with_its_link_is_found(stored: list[Measurement]) -> None:
    _forget(stored[1])
    sql("DELETE FROM tracker_chainlink WHERE sequence = 2")
    assert found() == "links 2 to 2 of the chain are gone\n"


def test_a_link_removed_and_the_others_counted_anew_is_found(stored: list[Measurement]) -> None:
    _forget(stored[1])
    sql("DELETE FROM tracker_chainlink WHERE sequence = 2")
    for sequence in (3, 4, 5):
        sql("UPDATE tracker_chainlink SET sequence = %s WHERE sequence = %s", sequence - 1, sequence)
    assert "link 2 does not follow from the one before" in found()


def test_two_links_that_changed_places_are_found(stored: list[Measurement]) -> None:
    for was, becomes in ((2, 99), (3, 2), (99, 3)):
        sql("UPDATE tracker_chainlink SET sequence = %s WHERE sequence = %s", becomes, was)
    lines = found().splitlines()
    assert [line[:6] for line in lines] == ["link 2", "link 3", "link 4"]
    assert all("does not follow" in line for line in lines)


@pytest.mark.parametrize("column", ["content", "sha256"])
def test_a_changed_link_is_found(stored: list[Measurement], column: str) -> None:
    sql(f"UPDATE tracker_chainlink SET {column} = %s WHERE sequence = 3", "f" * 64)
    assert "link 3" in found()


def test_a_measurement_slipped_in_is_found(stored: list[Measurement]) -> None:
    row = make_measurement(State.BLOCKED)
    sql("DELETE FROM tracker_chainlink WHERE sequence = 6")
    assert found() == f"measurement {row.public_id} has no link in the chain\n"


def test_a_measurement_from_before_the_chain_is_counted_and_no_fault(stored: list[Measurement]) -> None:
    sql("UPDATE tracker_measurement SET capture_id = NULL WHERE id = %s", stored[4].pk)
    sql("DELETE FROM tracker_chainlink WHERE sequence = 5")
    out, err = verify()
    assert "4 links. 1 measurements are older than the chain. 0 faults." in out
    assert err == ""


# --- Bytes


def _flip(row: Evidence) -> None:
    path = Path(settings.EVIDENCE_DIR) / row.segment
    data = bytearray(path.read_bytes())
    data[(row.offset or 0) + (row.length or 0) // 2] ^= 0x55
    path.write_bytes(data)


@pytest.mark.parametrize("part", ["body", "capture"])
def test_flipped_bytes_are_found(stored: list[Measurement], part: str) -> None:
    row = getattr(stored[1], part)
    _flip(row)
    assert f"{part} {row.sha256}: " in found()


def test_a_file_that_is_gone_is_found(stored: list[Measurement]) -> None:
    assert stored[0].capture is not None
    (Path(settings.EVIDENCE_DIR) / stored[0].capture.segment).unlink()
    assert len(found().splitlines()) == Evidence.objects.count()


def test_a_forged_capture_with_a_fitting_name_is_found_by_the_chain(stored: list[Measurement]) -> None:
    """Bytes and name fit each other, and the measurement was made with others."""
    one, other = stored[0].capture, stored[1].capture
    assert one is not None
    assert other is not None
    sql("UPDATE tracker_measurement SET capture_id = %s WHERE id = %s", other.pk, stored[0].pk)
    assert f"link 1: the look {stored[0].look} is not what was stored" in found()


# --- The head that is kept elsewhere


def export() -> str:
    out = StringIO()
    call_command("verify_evidence", "--export-head", stdout=out)
    return out.getvalue()


@pytest.fixture
def head(stored: list[Measurement], tmp_path: Path) -> str:
    path = tmp_path / "head.json"
    path.write_text(export())
    return str(path)


def test_the_head_is_the_last_link(stored: list[Measurement]) -> None:
    last = ChainLink.objects.get(sequence=5)
    assert json.loads(export()) == {"sequence": 5, "sha256": last.sha256, "at": last.at.isoformat()}


def test_a_chain_that_goes_on_leads_to_the_head(head: str) -> None:
    make_measurement(State.GONE)
    assert verify("--head", head)[1] == ""
    assert verify("--head", ChainLink.objects.get(sequence=5).sha256)[1] == ""


def test_a_tail_that_was_cut_off_is_found_by_the_head_only(stored: list[Measurement], head: str) -> None:
    _forget(stored[4])
    last = ChainLink.objects.get(sequence=5).sha256
    sql("DELETE FROM tracker_chainlink WHERE sequence = 5")
    assert found() == ""
    assert "cut off or written anew: it ends at link 4, without link 5" in verify("--head", head)[1]
    assert f"without the link {last}" in verify("--head", last)[1]


def test_a_chain_that_was_written_anew_is_found_by_the_head(stored: list[Measurement], head: str) -> None:
    _forget(stored[1])
    sql("DELETE FROM tracker_chainlink WHERE sequence = 2")
    previous = chaining.FIRST
    for number, link in enumerate(ChainLink.objects.order_by("sequence"), 1):
        link.sequence = number
        link.sha256 = previous = chaining.link_sha256(previous, link)
        link.save()
    make_measurement(State.GONE)
    assert found() == ""
    assert "link 5 is not the one that was kept elsewhere" in verify("--head", head)[1]


def test_all_links_gone_is_found(stored: list[Measurement], head: str) -> None:
    sql("DELETE FROM tracker_chainlink")
    assert "it ends at link 0" in verify("--head", head)[1]
    assert len(found().splitlines()) == 6


def test_without_a_link_there_is_no_head() -> None:
    with pytest.raises(CommandError, match="no link yet"):
        export()


@pytest.mark.parametrize("text", ["{}", "no json", '{"sequence": "x", "sha256": 1}', "[]"])
def test_a_head_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "head.json"
    path.write_text(text)
    with pytest.raises(CommandError, match="neither a SHA-256 nor a file"):
        call_command("verify_evidence", "--head", str(path))


# --- At the same moment


def test_many_who_store_at_once_make_one_chain(workers: Workers) -> None:
    watches = [make_web_watch() for _ in range(12)]

    def store(part: int) -> Callable[[], int]:
        return lambda: len([look_at(watch, State.BLOCKED) for watch in watches[part::4]])

    assert sum(workers.run(*(store(part) for part in range(4)))) == 12

    def broken() -> str:
        links = list(ChainLink.objects.order_by("sequence"))
        previous = chaining.FIRST
        for number, link in enumerate(links, 1):
            assert (link.sequence, link.sha256) == (number, chaining.link_sha256(previous, link))
            previous = link.sha256
        return str(len(links))

    assert workers.run(broken) == ["12"]
