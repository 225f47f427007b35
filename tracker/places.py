"""Which vantage point looks at what: one that stands in the territory, and a control that stands elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from django.conf import settings

from tracker import operations
from tracker.facts import REHEARSAL_PLATFORM, REHEARSAL_TERRITORY, Canary, Role
from tracker.judging.platforms import ADAPTERS
from tracker.models import VantagePoint

HOME = "home"


class Wanted(Protocol):
    """What a place is wanted for: the pages of a platform as one territory sees them. A claim is such a thing."""

    @property
    def platform(self) -> str: ...
    @property
    def territory(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A vantage point as a look needs it: no row, so that it can cross into the network's time."""

    vantage_id: int
    name: str
    country: str
    via: str
    canary_urls: tuple[str, ...]
    canary: Canary

    def with_canary(self, canary: Canary) -> Place:
        return replace(self, canary=canary)


def ensure_places() -> None:
    """The vantage points that exist by themselves: this machine, and the two sides of the rehearsal."""
    operations.ensure_vantage(name=HOME, country=settings.HOME_COUNTRY, role=Role.EXPERIMENT)
    operations.ensure_vantage(name=f"{HOME}-control", country=settings.HOME_COUNTRY, role=Role.CONTROL)
    parts = settings.REHEARSAL_ORIGIN_PARTS
    if parts is None:
        return
    canary = f"{settings.REHEARSAL_ORIGIN.rstrip('/')}/canary"
    for name, role, country, via in (
        ("rehearsal-inside", Role.EXPERIMENT, REHEARSAL_TERRITORY, f"http://127.0.0.1:{parts[2] + 1}"),
        ("rehearsal-outside", Role.CONTROL, settings.HOME_COUNTRY, "direct"),
    ):
        operations.ensure_vantage(
            name=name, country=country, role=role, via=via, platform=REHEARSAL_PLATFORM, canary_url=canary
        )


def home() -> Place:
    """This machine. It is there after ``ensure_places``."""
    row = VantagePoint.objects.filter(name=HOME).first()
    if row is None:
        ensure_places()
        row = VantagePoint.objects.get(name=HOME)
    return place_of(row)


def experiments_for(wanted: Wanted) -> list[Place]:
    """The vantage points in the territory that may look at the platform, those that are for it alone first."""
    rows = VantagePoint.objects.filter(
        role=Role.EXPERIMENT.value, is_active=True, country=wanted.territory, platform__in=_scopes(wanted)
    )
    return [place_of(row) for row in rows.order_by("-platform", "id")]


def experiment_for(wanted: Wanted) -> Place | None:
    """A vantage point in the territory of the watch that may look at its platform, or None."""
    return next(iter(experiments_for(wanted)), None)


def outside_for(wanted: Wanted) -> Place | None:
    """This machine, where the platform declares to anybody from which territories it withholds a page; or None."""
    adapter = ADAPTERS.get(wanted.platform)
    if adapter is None or not adapter.declares:
        return None
    row = VantagePoint.objects.filter(name=HOME, is_active=True).first()
    return place_of(row) if row else None


def control_for(wanted: Wanted, experiment: Place) -> Place | None:
    """A control that is another place than the experiment. The same place twice would prove nothing."""
    rows = VantagePoint.objects.filter(role=Role.CONTROL.value, is_active=True, platform__in=_scopes(wanted))
    places = (place_of(row) for row in rows.order_by("-platform", "id"))
    elsewhere = (p for p in places if p.country != experiment.country and p.via != experiment.via)
    return next(elsewhere, None)


def place_of(row: VantagePoint) -> Place:
    """What a look needs of a vantage point's row."""
    canary = Canary(
        ok=row.canary_ok,
        checked_at=row.canary_checked_at,
        no_internet=row.canary_no_internet,
        detail=row.canary_detail,
    )
    urls = (row.canary_url,) if row.canary_url else tuple(settings.CANARY_URLS)
    return Place(row.pk, row.name, row.country, row.via, urls, canary)


def _scopes(wanted: Wanted) -> list[str]:
    """The rehearsal is looked at from its own places only, and they look at nothing else."""
    return [REHEARSAL_PLATFORM] if wanted.platform == REHEARSAL_PLATFORM else ["", wanted.platform]
