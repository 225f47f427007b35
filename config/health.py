"""Whether the process lives, whether it can work, and what there is to measure about it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import Error as DatabaseError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from redis import Redis, RedisError

from tracker.models import PlatformHealth, Watch


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Touches nothing else."""
    return JsonResponse({"alive": True})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database and broker by name, and by how many seconds the oldest due look is late. 503 when a part is down."""
    late = _seconds_late_or_none(timezone.now())
    parts = {"database": "down" if late is None else "ok", "broker": _broker()}
    is_ready = all(part in {"ok", "embedded"} for part in parts.values())
    body = {"ready": is_ready, **parts, "oldest_due_seconds": late}
    return JsonResponse(body, status=200 if is_ready else 503, headers={"Cache-Control": "no-store"})


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text, read from the database at each scrape: no counter can be lost with a worker."""
    now = timezone.now()
    registry = CollectorRegistry()
    watches = Gauge("stillblocked_watches", "Watches by status.", ["status"], registry=registry)
    for status, n in Watch.objects.values_list("status").annotate(n=Count("pk")):
        watches.labels(status).set(n)
    Gauge("stillblocked_watches_due", "Looks that are due.", registry=registry).set(
        Watch.objects.due(now).count()
    )
    Gauge("stillblocked_watches_leased", "Looks that a worker holds.", registry=registry).set(
        Watch.objects.leased(now).count()
    )
    Gauge(
        "stillblocked_platforms_drifted",
        "Platforms whose known pages are read wrongly, once for each vantage point.",
        registry=registry,
    ).set(PlatformHealth.objects.filter(is_drifted=True).count())
    Gauge("stillblocked_oldest_due_seconds", "How late the oldest due look is.", registry=registry).set(
        _seconds_late(now)
    )
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _seconds_late_or_none(now: datetime) -> float | None:
    """None when the database does not answer, or has not our tables."""
    try:
        return _seconds_late(now)
    except DatabaseError:
        return None


def _broker() -> str:
    if settings.IS_EMBEDDED:
        return "embedded"
    try:
        with Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2) as client:
            client.ping()
    except (RedisError, OSError):
        return "down"
    return "ok"


def _seconds_late(now: datetime) -> float:
    oldest = Watch.objects.due(now).order_by("next_probe_at").values_list("next_probe_at", flat=True).first()
    return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
