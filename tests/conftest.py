"""Fixtures for every test: where files go, three people, and an account of what was left out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.utils import translation

SHARED = Path(__file__).resolve().parents[2] / "shared"
NEEDS = {
    "postgres": lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb"),
    "redis": lambda: shutil.which("redis-server"),
    "browser": lambda: shutil.which("chromium"),
    "shared_data": lambda: (SHARED / "data").is_dir(),
}
"""What a marked test needs, and how to tell that it is here. CI sets REQUIRE_ALL=1: there, missing is failing."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    missing = {mark for mark, is_here in NEEDS.items() if not is_here()}
    for item in items:
        for mark in missing & {marker.name for marker in item.iter_markers()}:
            if not os.environ.get("REQUIRE_ALL"):
                item.add_marker(pytest.mark.skip(reason=f"left out: {mark} is not on this machine"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as people have it: in memory all threads share a connection, and lock each other out."""
    database = django_settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: object) -> None:
    """Evidence and other files of a test are its own."""
    django_settings.EVIDENCE_DIR = tmp_path / "evidence"


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """What a request in Russian leaves behind is not the next test's language."""
    yield
    translation.deactivate()


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def shared_data() -> Path:
    """The real data beside the project; tests that ask for it carry the marker ``shared_data``."""
    return SHARED / "data"


@pytest.fixture
def researcher(db: None) -> User:
    return User.objects.create_user("researcher", password="a-long-passphrase", is_staff=True)


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("administrator", password="a-long-passphrase")
