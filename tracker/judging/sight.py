"""Everything that a rule may look at, in the words that rules use."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlsplit

from tracker.facts import (
    OF_A_PROXY,
    OF_A_WORKER,
    Canary,
    Failure,
    HttpLook,
    Mechanism,
    Observation,
    Stage,
    State,
)
from tracker.judging.fingerprints import BUILT_IN_INDEX, Fingerprint, FingerprintIndex
from tracker.judging.fingerprints.meeting import met_in_headers, met_in_page, unvouched
from tracker.judging.page import Page, json_object, page_of, page_seen

READABLE = ("web", "wordpress", "wikipedia", "medium", "substack", "tumblr", "github", "app-store")
"""Platforms that send the page itself and no shell for a script to fill."""


@dataclass(frozen=True)
class Sight:
    """What one look saw, with what is needed to read it. Any of the three may be missing."""

    seen: Observation | None
    control: Observation | None
    canary: Canary | None
    platform: str
    territory: str
    endpoint: Observation | None = None
    """The answer to the platform's second question (``Adapter.endpoint``), if it was asked."""
    outside: bool = False
    """Whether the look was made from another country than ``territory``, whose readers may see another page."""
    fingerprints: FingerprintIndex = BUILT_IN_INDEX
    """The known block pages that this look is compared with."""

    @cached_property
    def met(self) -> tuple[Fingerprint, ...]:
        """The fingerprints in the page and its headers that the control does not meet as well."""
        found = (*met_in_page(self.page, self.fingerprints), *met_in_headers(self.seen, self.fingerprints))
        if not found or self.control is None:
            return found
        outside = (
            *met_in_page(self.control_page, self.fingerprints),
            *met_in_headers(self.control, self.fingerprints),
        )
        return tuple(one for one in found if one not in outside)

    @cached_property
    def is_vouched_for(self) -> bool:
        """Whether each answer came over an encrypted connection with the host whose name was asked for."""
        return not unvouched(self.seen)

    @cached_property
    def page(self) -> Page:
        return page_seen(self.seen)

    @cached_property
    def control_page(self) -> Page:
        return page_seen(self.control)

    @cached_property
    def endpoint_page(self) -> Page:
        """What the second address answered; empty unless both addresses were answered by whom they belong to."""
        return page_of(self._endpoint_body if self.written_by_site else "")

    @cached_property
    def endpoint_json(self) -> dict[str, Any]:
        """The same as a JSON object, or an empty one."""
        return json_object(self._endpoint_body) if self.written_by_site else {}

    @property
    def endpoint_status(self) -> int | None:
        """The status of the second answer; None unless both addresses were answered by whom they belong to."""
        return self.endpoint.http_status if self.endpoint and self._endpoint_vouched else None

    @property
    def _endpoint_vouched(self) -> bool:
        return (
            self.written_by_site
            and self.status is not None
            and not broken(self.failure)
            and self.endpoint is not None
            and not broken(self.endpoint.failure)
            and _intact(self.endpoint)
        )

    @property
    def _endpoint_body(self) -> str:
        return self.endpoint.body_text if self.endpoint and self._endpoint_vouched else ""

    @cached_property
    def written_by_site(self) -> bool:
        """Whether the page came over intact https connections from the host that was asked for, or from where that
        host sent us."""
        return self.seen is not None and _intact(self.seen)

    @cached_property
    def http(self) -> HttpLook | None:
        return self.seen.http if self.seen else None

    @cached_property
    def status(self) -> int | None:
        return self.seen.http_status if self.seen else None

    @property
    def failure(self) -> str | None:
        return self.seen.failure if self.seen else None

    @property
    def stage(self) -> Stage | None:
        return self.seen.failed_stage if self.seen else None

    @property
    def asked(self) -> str:
        return self.seen.url if self.seen else ""

    @property
    def final_url(self) -> str:
        return self.seen.final_url if self.seen else ""

    @cached_property
    def path(self) -> str:
        return path_of(self.final_url)

    @cached_property
    def locations(self) -> tuple[str, ...]:
        """Every URL that was asked for or that a redirect named, in order."""
        hops = self.seen.hops if self.seen else ()
        named = (part for hop in hops for part in (hop.url, hop.http.location if hop.http else None))
        return tuple(url for url in named if url)

    @property
    def moved(self) -> bool:
        """Whether a redirect led to another host or path than was asked for."""
        return (host_of(self.asked), path_of(self.asked)) != (host_of(self.final_url), self.path)

    @property
    def led_to_front_page(self) -> bool:
        """Whether a redirect led from a page inside a site to a front page, as many do for a page that is gone."""
        return path_of(self.asked).strip("/") != "" and self.path.strip("/") == ""

    def header(self, name: str) -> str:
        return (self.http.header(name) or "") if self.http else ""

    @property
    def control_answered(self) -> bool:
        """The control got an answer from the site that is not the site's own failure."""
        return bool(
            self.control and not broken(self.control.failure) and 0 < (self.control.http_status or 0) < 500
        )

    @property
    def control_failed(self) -> bool:
        return bool(self.control and not vantage_fault(self.control.failure) and not self.control_answered)


_NO_FAILURE_OF_THE_PAGE = (Failure.BODY_TOO_LARGE,)
_OURS = (Failure.EGRESS_REFUSED,)
_VANTAGE = (Failure.NETWORK_DOWN, Failure.NETWORK_UNREACHABLE)


def broken(failure: str | None) -> bool:
    """Whether a failure means that the page's bytes did not come."""
    return failure is not None and failure not in _NO_FAILURE_OF_THE_PAGE


def vantage_fault(failure: str | None) -> bool:
    """Whether a failure speaks of our side (policy, proxy, worker, own network) and not of the page."""
    return failure in (*_OURS, *OF_A_PROXY, *OF_A_WORKER, *_VANTAGE)


def _intact(seen: Observation) -> bool:
    """A redirect that came over an intact connection is the word of who sent it, so each hop has to be one."""
    return bool(seen.hops) and all(
        hop.url.startswith("https:") and hop.tls is not None and not hop.tls.invalid for hop in seen.hops
    )


@lru_cache(maxsize=256)
def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


@lru_cache(maxsize=256)
def path_of(url: str) -> str:
    try:
        return urlsplit(url).path or "/"
    except ValueError:
        return "/"


_HOST_PREFIX = re.compile(r"^(?:www|m|mobile)\.")


def same_page(one: str, other: str) -> bool:
    """Whether two URLs differ in scheme, ``www.``, a last slash or fragment at most."""
    return bool(host_of(one)) and _bare(one) == _bare(other)


def _bare(url: str) -> tuple[str, str, str]:
    query = url.partition("#")[0].partition("?")[2]
    return _HOST_PREFIX.sub("", host_of(url)), path_of(url).rstrip("/"), query


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: when it holds, the page is in ``state``, and ``because`` says why in one sentence.

    ``rule_id`` is public and never gets another meaning. ``failure`` names what the content was, for verdicts that
    rest on content, or at ``stage`` where it is given. ``notice`` finds the text of the notice that the page shows.
    ``alone`` says that no look from elsewhere could change this verdict.
    """

    rule_id: str
    state: State
    mechanism: Mechanism | None
    when: Callable[[Sight], bool]
    because: str
    failure: str | None = None
    notice: Callable[[Sight], str | None] | None = None
    alone: bool = False
    stage: Stage | None = None
