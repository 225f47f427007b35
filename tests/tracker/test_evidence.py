"""Write-once files, named by their SHA-256: whole or not there, and damage is noticed."""

from __future__ import annotations

import gzip
import hashlib
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.make import make_measurement
from tracker import evidence
from tracker.facts import State
from tracker.models import Evidence


def file_of(name: str) -> Path:
    return Path(settings.EVIDENCE_DIR) / name[:2] / f"{name}.gz"


@given(st.binary(max_size=2000))
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_put_is_read_under_its_sha256(body: bytes) -> None:
    name = evidence.put(body)
    assert name == hashlib.sha256(body).hexdigest()
    assert evidence.read(name) == body


def test_the_same_bytes_twice_are_one_file_that_is_written_once() -> None:
    name = evidence.put(b"<html>")
    written = file_of(name).stat()
    assert evidence.put(b"<html>") == name
    assert file_of(name).stat().st_mtime_ns == written.st_mtime_ns
    assert [path.name for path in file_of(name).parent.iterdir()] == [f"{name}.gz"]


def test_many_writers_of_the_same_bytes_leave_one_whole_file() -> None:
    body = b"x" * 200_000
    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(evidence.put, [body] * 16))
    assert len(names) == 1
    assert evidence.read(names.pop()) == body
    assert len([path for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"no gzip at all",
        gzip.compress(b"other bytes"),
        gzip.compress(b"some bytes")[:-3],
        gzip.compress(b"some bytes")[:10] + b"\xff\xff\xff" + gzip.compress(b"some bytes")[13:],
    ],
    ids=["empty", "no gzip", "another content", "cut off", "a damaged stream"],
)
def test_damage_is_noticed(damage: bytes) -> None:
    name = evidence.put(b"some bytes")
    file_of(name).write_bytes(damage)
    with pytest.raises(evidence.Missing, match=name):
        evidence.read(name)


def test_a_file_that_is_gone_is_missing() -> None:
    with pytest.raises(evidence.Missing, match="cannot be read"):
        evidence.read("0" * 64)


def test_a_write_that_fails_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        evidence.put(b"some bytes")
    assert [path for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_the_command_counts_what_is_sound_and_names_what_is_not() -> None:
    make_measurement(State.BLOCKED)
    out, err = StringIO(), StringIO()
    call_command("verify_evidence", stdout=out, stderr=err)
    assert out.getvalue() == "1 files are what their names say, 0 are not.\n"
    broken = make_measurement(State.GONE).body
    assert broken is not None
    file_of(broken.sha256).write_bytes(b"damaged")
    with pytest.raises(CommandError, match="Evidence is damaged"):
        call_command("verify_evidence", stdout=out, stderr=err)
    assert out.getvalue().endswith("1 files are what their names say, 1 are not.\n")
    assert broken.sha256 in err.getvalue()
    assert Evidence.objects.count() == 2
