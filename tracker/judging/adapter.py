"""What a platform's file has to give, so that adding a platform is adding a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tracker.judging.sight import Rule, Sight


@dataclass(frozen=True, slots=True)
class Canaries:
    """Two pages that tell whether the rules still fit the platform: one known to live, one known not to exist."""

    alive: str
    missing: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A second question, to the address where a platform tells the truth more reliably than on its page."""

    url: str
    headers: tuple[tuple[str, str], ...] = ()


def _no_question(_url: str) -> Ask | None:
    return None


def _nowhere(_sight: Sight) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Adapter:
    """One platform: its markers as rules, and how it wants to be asked.

    ``rules`` read the page, in the order legal, removed, gone, restricted, alive. ``endpoint`` gives, for a
    canonical address, what else to ask; ``endpoint_rules`` read that answer (``sight.endpoint_json``,
    ``sight.endpoint_page``). ``withheld`` names the territories (ISO 3166-1 alpha-2) where the platform itself
    declares that it withholds the page, wherever the look was made from. ``marked_on`` is the date (ISO) of the
    sources that the markers were taken from, and ``sources`` names them.
    """

    platform: str
    rules: tuple[Rule, ...]
    marked_on: str
    sources: tuple[str, ...]
    endpoint: Callable[[str], Ask | None] = _no_question
    endpoint_rules: tuple[Rule, ...] = ()
    withheld: Callable[[Sight], tuple[str, ...]] = _nowhere
    canaries: Canaries | None = None
    accept_language: str = "en"
    headers: tuple[tuple[str, str], ...] = field(default=())
    """Further request headers of its pages, such as a cookie that passes a consent form."""

    @property
    def declares(self) -> bool:
        """Whether the platform says of other countries, too, that it withholds a page there."""
        return self.withheld is not _nowhere
