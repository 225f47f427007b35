"""Settings from the environment: what is not understood is refused with one sentence that says what would do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from config import env as reading
from config.env import Env, Unreadable
from tests.services.installation import Installation

Read = Callable[[], object]


def env(**variables: str) -> Env:
    return Env(variables)


def database(url: str) -> dict[str, Any]:
    return reading.database(url, Path("/data"))


REFUSED: dict[str, tuple[Read, str]] = {
    "a flag": (lambda: env(DEBUG="maybe").flag("DEBUG", default=False), "DEBUG=maybe: write 1 or 0."),
    "a flag in white space": (
        lambda: env(DEBUG=" 1").flag("DEBUG", default=False),
        "DEBUG= 1: write 1 or 0.",
    ),
    **{
        f"the number {value[:9]}": (
            lambda value=value: env(N=value).number("N", default=1, least=1, most=60),  # type: ignore[misc]
            f"N={value}: write a whole number from 1 to 60.",
        )
        for value in ("15m", "0", "61", "-1", "1.5", "１", "9" * 5000)
    },
    **{
        f"the database {url}": (
            lambda url=url: database(url),  # type: ignore[misc]
            "DATABASE_URL: write ",
        )
        for url in (
            "stillblocked.sqlite3",
            "sqlite:",
            "sqlite://",
            "sqlite:///",
            "sqlite://file.sqlite3",
            "sqlite:///file.sqlite3?timeout=5",
            "mysql://user@host/name",
            "postgres://host",
            "postgres://host:port/name",
            "postgres://host:99999/name",
            "postgres://host/name?sslmode=require",
            "postgres://user:pa#ss@host/name",
            "postgres://[host/name",
        )
    },
    **{
        f"the broker {url}": (
            lambda url=url: reading.redis_url(url),  # type: ignore[misc]
            "REDIS_URL: write redis://host:6379/0, or leave it out for the embedded default.",
        )
        for url in ("amqp://host", "host:6379", "redis://", "redis://[host", "redis://host:port/0", "unix://")
    },
    **{
        f"the origin {value}": (
            lambda value=value: reading.origin("O", value),  # type: ignore[misc]
            f"O={value}: write an origin with its port, such as http://127.0.0.1:8009.",
        )
        for value in (
            "127.0.0.1:8009",
            "http://127.0.0.1",
            "http://127.0.0.1:8009/path",
            "http://127.0.0.1:8009/?query",
            "http://user@127.0.0.1:8009",
            "http://127.0.0.1:99999",
            "http://127.0.0.1:65535",
            "http://127.0.0.1:0",
            "ftp://127.0.0.1:8009",
            "http://[::1:8009",
            "http://:8009",
        )
    },
}


@pytest.mark.parametrize(("read", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_understood_is_refused_with_one_sentence(read: Read, sentence: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read()
    assert str(refusal.value).startswith(sentence)
    assert "\n" not in str(refusal.value)


def test_a_refusal_never_repeats_a_password() -> None:
    for read in (
        lambda: database("postgres://user:secret@host:port/name"),
        lambda: reading.redis_url("amqp://user:secret@host"),
    ):
        with pytest.raises(Unreadable) as refusal:
            read()
        assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("value", "meant"),
    [("1", True), ("true", True), ("yes", True), ("0", False), ("False", False), ("no", False)],
)
def test_a_flag_is_on_or_off(value: str, meant: bool) -> None:
    assert env(DEBUG=value).flag("DEBUG", default=not meant) is meant
    assert env().flag("DEBUG", default=meant) is env(DEBUG="").flag("DEBUG", default=meant) is meant


def test_numbers_and_lists() -> None:
    assert env(N="60").number("N", default=1, least=1, most=60) == 60
    assert (
        env().number("N", default=7, least=1, most=60)
        == env(N="").number("N", default=7, least=1, most=60)
        == 7
    )
    assert env(HOSTS=" a, b,,c ").items("HOSTS") == ["a", "b", "c"]
    assert env().items("HOSTS", "x,y") == ["x", "y"]
    assert env(HOSTS="").items("HOSTS", "x,y") == []


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("s3cret\n", encoding="utf-8")
    assert env(SECRET_KEY_FILE=str(path)).secret("SECRET_KEY") == "s3cret"
    assert env(SECRET_KEY="direct").secret("SECRET_KEY") == "direct"
    assert env().secret("SECRET_KEY") == ""


def test_a_secret_file_that_cannot_serve_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(" \n")
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe")
    for variables, sentence in (
        ({"SECRET_KEY_FILE": str(path)}, "the file is empty"),
        ({"SECRET_KEY_FILE": str(binary)}, "the file cannot be read"),
        ({"SECRET_KEY_FILE": str(tmp_path / "none")}, "the file cannot be read"),
        ({"SECRET_KEY_FILE": str(path), "SECRET_KEY": "x"}, "are both set: keep one of them"),
    ):
        with pytest.raises(Unreadable, match=sentence):
            Env(variables).secret("SECRET_KEY")


def test_a_misspelt_name_of_ours_is_refused_and_others_are_none_of_our_business() -> None:
    known = Env({"STILLBLOCKED_LEASE_SECONDS": "9", "STILLBLOCKED_LEASE": "9", "HOME": "/", "STILL": "1"})
    known.text("STILLBLOCKED_LEASE_SECONDS")
    with pytest.raises(Unreadable, match="STILLBLOCKED_LEASE is not a setting"):
        known.refuse_unknown()
    known.text("STILLBLOCKED_LEASE")
    known.refuse_unknown()


def test_a_database_is_a_file_or_a_server() -> None:
    assert database("")["NAME"] == "/data/stillblocked.sqlite3"
    assert database("sqlite:///here.sqlite3")["NAME"] == "here.sqlite3"
    assert database("sqlite:////srv/here.sqlite3")["NAME"] == "/srv/here.sqlite3"
    server = database("postgres://us%40er:p%2Fw@[::1]:5433/na%20me")
    assert [server[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "us@er",
        "p/w",
        "::1",
        "5433",
        "na me",
    ]
    assert database("postgresql:///name")["HOST"] == ""


def test_an_origin_has_three_parts() -> None:
    assert reading.origin("O", "http://127.0.0.1:8009/") == ("http", "127.0.0.1", 8009)
    assert reading.origin("O", "http://[::1]:8009") == ("http", "::1", 8009)
    assert reading.origin("O", "") is None
    assert reading.redis_url("rediss://host:6380/1") == "rediss://host:6380/1"
    assert reading.redis_url("unix:///run/redis.sock") == "unix:///run/redis.sock"


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unreadable, match="the folder cannot be made"):
        reading.folder("STILLBLOCKED_DATA_DIR", tmp_path / "file" / "data")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite how it was opened")
def test_sqlite_is_opened_so_that_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    options = connection.settings_dict["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    wrapper: Any = type(connections["default"])
    own = wrapper({**connection.settings_dict, "NAME": str(tmp_path / "own.sqlite3")}, "own")
    try:
        with own.cursor() as cursor:
            found = [
                cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
            ]
            assert found == ["wal", 2]
            assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
            assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)
    finally:
        own.close()


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        (
            {"STILLBLOCKED_LEASE": "9"},
            "STILLBLOCKED_LEASE is not a setting of Stillblocked; see docs/operating.md",
        ),
        ({"STILLBLOCKED_LOG_FORMAT": "xml"}, "STILLBLOCKED_LOG_FORMAT=xml: write plain or json."),
        ({"DATABASE_URL": "postgres://u@127.0.0.2/n"}, "SECRET_KEY is not set"),
        (
            {"STILLBLOCKED_DATA_DIR": "/dev/null/data"},
            "STILLBLOCKED_DATA_DIR=/dev/null/data: the folder",
        ),
    ],
)
def test_an_unreadable_setting_stops_the_start(
    tmp_path: Path, variables: dict[str, str], sentence: str
) -> None:
    done = Installation(tmp_path, variables).manage("check")
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert len(done.stderr.splitlines()) == 1


def test_the_embedded_default_makes_a_key_of_its_own_and_keeps_it_private(tmp_path: Path) -> None:
    installed = Installation(tmp_path, {})
    keys = [
        installed.python(
            "import json; from django.conf import settings; print(json.dumps(settings.SECRET_KEY))"
        )
    ]
    path = tmp_path / "data" / "secret-key"
    assert keys == [path.read_text()]
    assert len(keys[0]) > 50
    assert path.stat().st_mode & 0o077 == 0
