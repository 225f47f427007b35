"""Every misconfiguration that would bite later is said at the start, under an id that stays."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.checks import CheckMessage, Tags, run_checks

ROOT = Path(__file__).resolve().parents[2]
SQLITE, POSTGRES = "django.db.backends.sqlite3", "django.db.backends.postgresql"

FIRES: dict[str, dict[str, Any]] = {
    "stillblocked.E001": {"TIME_ZONE": "Europe/Berlin"},
    "stillblocked.E002": {"LEASE_SECONDS": 90, "LOOK_SECONDS": 30},
    "stillblocked.E003": {"REHEARSAL_ORIGIN_PARTS": ("http", "192.0.2.1", 8009)},
    "stillblocked.W004": {"IS_EMBEDDED": False, "ENGINE": SQLITE},
    "stillblocked.W005": {"IS_EMBEDDED": True, "ENGINE": POSTGRES},
    "stillblocked.E006": {"HOME_COUNTRY": "GERMANY"},
    "stillblocked.E007": {"EVIDENCE_DIR": Path("/dev/null/evidence")},
    "stillblocked.W008": {"IS_HTTPS": False},
    "stillblocked.W011": {"IS_HTTPS": True, "TRUSTED_PROXIES": 0},
    "stillblocked.E009": {
        "REST_FRAMEWORK": {
            **django_settings.REST_FRAMEWORK,
            "EXCEPTION_HANDLER": "events.api.nowhere.handler",
        }
    },
    "stillblocked.E010": {"CANARY_URLS": []},
}


def ours(*, deploy: bool = False) -> dict[str, CheckMessage]:
    found = run_checks(tags=[Tags.compatibility, Tags.security], include_deployment_checks=deploy)
    return {str(message.id): message for message in found if str(message.id).startswith("stillblocked.")}


@pytest.fixture(autouse=True)
def _sound(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.IS_EMBEDDED = True
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", SQLITE)


@pytest.mark.parametrize("id", FIRES)
def test_a_misconfiguration_is_said(id: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in FIRES[id].items():
        if name == "ENGINE":
            monkeypatch.setitem(settings.DATABASES["default"], name, value)
        else:
            setattr(settings, name, value)
    found = ours(deploy=id in {"stillblocked.W008", "stillblocked.W011"})
    assert list(found) == [id]
    assert found[id].msg.endswith(".")
    assert id[len("stillblocked.")] == {40: "E", 30: "W"}[found[id].level]


def test_sound_settings_say_nothing(settings: Any) -> None:
    settings.IS_HTTPS, settings.TRUSTED_PROXIES = True, 1
    assert ours(deploy=True) == {}


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_the_rehearsal_may_be_on_loopback(settings: Any, host: str) -> None:
    settings.REHEARSAL_ORIGIN_PARTS = ("http", host, 8009)
    assert ours() == {}


@pytest.mark.parametrize("code", ["", "D", "DEU", "D1", "ÄÖ"])
def test_home_is_two_letters(settings: Any, code: str) -> None:
    settings.HOME_COUNTRY = code
    assert list(ours()) == ["stillblocked.E006"]


def test_every_id_is_tried_and_used_once() -> None:
    used = re.findall(
        r'id="(stillblocked\.[EW]\d{3})"', (ROOT / "config" / "checks.py").read_text(encoding="utf-8")
    )
    assert sorted(used) == sorted(FIRES)
    numbers = [id[-3:] for id in used]
    assert len(set(numbers)) == len(numbers)
