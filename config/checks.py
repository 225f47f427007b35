"""System checks for every misconfiguration that would bite later. Ids are stable: ``stillblocked.E001`` …"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.utils.module_loading import import_string


@register(Tags.compatibility)
def time_is_utc(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    if settings.USE_TZ and settings.TIME_ZONE == "UTC":
        return []
    return [
        Error("Times must be UTC.", hint="Leave USE_TZ and TIME_ZONE as they are.", id="stillblocked.E001")
    ]


@register(Tags.compatibility)
def lease_outlives_a_look(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """All looks of one turn must fit into one lease, or a second worker repeats them.

    They are the look and its control, each made again when it times out, the canary, and the second address.
    """
    needed = 6 * settings.LOOK_SECONDS
    if needed < settings.LEASE_SECONDS:
        return []
    return [
        Error(
            f"A lease of {settings.LEASE_SECONDS} s is too short for looks of {settings.LOOK_SECONDS} s.",
            hint=f"Set STILLBLOCKED_LEASE_SECONDS above {needed}.",
            id="stillblocked.E002",
        )
    ]


@register(Tags.compatibility)
def rehearsal_stays_on_this_machine(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """The one hole in the egress guard may lead to loopback only."""
    parts = settings.REHEARSAL_ORIGIN_PARTS
    if parts is None or parts[1] in {"127.0.0.1", "::1"}:
        return []
    return [
        Error(
            "STILLBLOCKED_REHEARSAL_ORIGIN does not lead to this machine.",
            hint="Write an origin on 127.0.0.1, such as http://127.0.0.1:8009, or leave it out.",
            id="stillblocked.E003",
        )
    ]


@register(Tags.compatibility)
def sqlite_is_not_shared(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    engine = str(settings.DATABASES["default"]["ENGINE"])
    if settings.IS_EMBEDDED or not engine.endswith("sqlite3"):
        return []
    return [
        Warning(
            "REDIS_URL is set and the database is SQLite: workers on other machines cannot share it.",
            hint="Set DATABASE_URL to a PostgreSQL server.",
            id="stillblocked.W004",
        )
    ]


@register(Tags.compatibility)
def embedded_has_one_process(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    engine = str(settings.DATABASES["default"]["ENGINE"])
    if not settings.IS_EMBEDDED or engine.endswith("sqlite3"):
        return []
    return [
        Warning(
            "DATABASE_URL is set and REDIS_URL is not: looks are made only where `manage.py up` runs.",
            hint="Set REDIS_URL for ordinary Celery workers.",
            id="stillblocked.W005",
        )
    ]


@register(Tags.compatibility)
def home_country_is_a_country(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    code = settings.HOME_COUNTRY
    if len(code) == 2 and code.isascii() and code.isalpha():
        return []
    return [
        Error(
            f"STILLBLOCKED_HOME_COUNTRY={code} is not a country code.",
            hint="Write two letters, such as DE.",
            id="stillblocked.E006",
        )
    ]


@register(Tags.compatibility)
def evidence_can_be_written(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    folder = settings.EVIDENCE_DIR
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        return [Error(f"Evidence cannot be written to {folder}: {error}.", id="stillblocked.E007")]
    return []


@register(Tags.security, deploy=True)
def cookies_travel_encrypted(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    if settings.IS_HTTPS:
        return []
    return [
        Warning(
            "Sessions travel unencrypted.",
            hint="Serve by HTTPS and set STILLBLOCKED_HTTPS=1.",
            id="stillblocked.W008",
        )
    ]


@register(Tags.compatibility)
def api_errors_are_ours(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """A handler that cannot be imported would turn every client error into a server error."""
    try:
        import_string(str(settings.REST_FRAMEWORK["EXCEPTION_HANDLER"]))
    except ImportError as error:
        return [Error(f"The API's error handler is missing: {error}.", id="stillblocked.E009")]
    return []


@register(Tags.compatibility)
def canary_is_named(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    if settings.CANARY_URLS:
        return []
    return [
        Error(
            "No canary: a vantage point without internet could not be told from a block.",
            hint="Leave STILLBLOCKED_CANARY_URLS out, or name pages that must open.",
            id="stillblocked.E010",
        )
    ]


@register(Tags.security, deploy=True)
def visitors_are_told_apart(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Behind a proxy that is not trusted every visitor has the proxy's address, and they wait for each other."""
    if settings.TRUSTED_PROXIES or not settings.IS_HTTPS:
        return []
    return [
        Warning(
            "STILLBLOCKED_HTTPS is set and no proxy is trusted: at the sign-in all visitors count as one net.",
            hint="Set STILLBLOCKED_TRUSTED_PROXIES to the number of proxies of yours that write X-Forwarded-For.",
            id="stillblocked.W011",
        )
    ]
