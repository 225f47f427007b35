"""Which vantage point looks at what: one that stands in the territory, and a control that stands elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from django.conf import settings

from tracker import operations
from tracker.facts import REHEARSAL_PLATFORM, REHEARSAL_TERRITORY, Canary, Role
from tracker.judging.belief import in_turn
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
    platform: str = ""
    """The one platform that it is for; empty for all."""

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


class Places:
    """All active vantage points, read once for as many pages as want one."""

    def __init__(self) -> None:
        rows = VantagePoint.objects.filter(is_active=True).order_by("-platform", "id")
        self._places = [(row.role, place_of(row)) for row in rows]
        self._drifted = operations.drifted_platforms()

    def experiments_for(self, wanted: Wanted) -> list[Place]:
        """Those in the territory that may look at the platform, those that are for it alone first."""
        return [
            place for place in self._with_role(Role.EXPERIMENT, wanted) if place.country == wanted.territory
        ]

    def in_turn_for(self, wanted: Wanted, looked_from: Sequence[int]) -> list[Place]:
        """The same in the order in which they look: those that are for the platform alone first, then by turns.

        ``looked_from`` is from where the page was looked at, the last place last.
        """
        places = {place.vantage_id: place for place in self.experiments_for(wanted)}
        turns = {vantage_id: number for number, vantage_id in enumerate(in_turn(list(places), looked_from))}
        return sorted(places.values(), key=lambda place: (not place.platform, turns[place.vantage_id]))

    def experiment_for(self, wanted: Wanted) -> Place | None:
        """A vantage point in the territory of the watch that may look at its platform, or None."""
        return next(iter(self.experiments_for(wanted)), None)

    def outside_for(self, wanted: Wanted) -> Place | None:
        """This machine, where the platform declares to anybody from which territories it withholds a page; or None."""
        adapter = ADAPTERS.get(wanted.platform)
        if adapter is None or not adapter.declares:
            return None
        return next((place for _, place in self._places if place.name == HOME), None)

    def control_for(self, wanted: Wanted, experiment: Place) -> Place | None:
        """A control that is another place than the experiment. The same place twice would prove nothing."""
        places = self._with_role(Role.CONTROL, wanted)
        elsewhere = (p for p in places if p.country != experiment.country and p.via != experiment.via)
        return next(elsewhere, None)

    def is_drifted(self, place: Place, wanted: Wanted) -> bool:
        """Whether the rules misread the platform as it is seen from the place."""
        return (place.vantage_id, wanted.platform) in self._drifted

    def _with_role(self, role: Role, wanted: Wanted) -> list[Place]:
        scopes = _scopes(wanted)
        return [place for of, place in self._places if of == role.value and place.platform in scopes]


def experiments_for(wanted: Wanted) -> list[Place]:
    """``Places.experiments_for``, for one."""
    return Places().experiments_for(wanted)


def experiment_for(wanted: Wanted) -> Place | None:
    """``Places.experiment_for``, for one."""
    return Places().experiment_for(wanted)


def control_for(wanted: Wanted, experiment: Place) -> Place | None:
    """``Places.control_for``, for one."""
    return Places().control_for(wanted, experiment)


def place_of(row: VantagePoint) -> Place:
    """What a look needs of a vantage point's row."""
    canary = Canary(
        ok=row.canary_ok,
        checked_at=row.canary_checked_at,
        no_internet=row.canary_no_internet,
        wrong_country=row.canary_wrong_country,
        detail=row.canary_detail,
    )
    urls = (row.canary_url,) if row.canary_url else tuple(settings.CANARY_URLS)
    return Place(row.pk, row.name, row.country, row.via, urls, canary, row.platform)


def _scopes(wanted: Wanted) -> list[str]:
    """The rehearsal is looked at from its own places only, and they look at nothing else."""
    return [REHEARSAL_PLATFORM] if wanted.platform == REHEARSAL_PLATFORM else ["", wanted.platform]
