"""Substack. The public data of a person tells whether there is such a person; a newsletter is its own page.

No notice of a legal block or a removal is known: what appears in a page's place stays unclassified.
Sources: WhatsMyName e62338e (``public_profile``). The shape of its answer and of a newsletter's page is from general
knowledge, not verified.
"""

from __future__ import annotations

import re
from typing import Any

from tracker.facts import State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.message import opened
from tracker.judging.sight import Rule, Sight, host_of, path_of

_PERSON = re.compile(r"/@([\w.-]{1,60})/?")
_TEXTS = ".post-preview, .portable-archive, .single-post, .available-content, article"


def handle_of(url: str) -> str | None:
    """The name of a person's page on substack.com."""
    found = _PERSON.fullmatch(path_of(url)) if host_of(url) == "substack.com" else None
    return found[1].lower() if found else None


def endpoint(url: str) -> Ask | None:
    handle = handle_of(url)
    return Ask(f"https://substack.com/api/v1/user/{handle}/public_profile") if handle else None


def _answer(sight: Sight) -> dict[str, Any]:
    return sight.endpoint_json if sight.platform == "substack" else {}


def _nobody(sight: Sight) -> bool:
    error = _answer(sight).get("error")
    return sight.endpoint_status == 404 and isinstance(error, str) and "profile not found" in error.lower()


def _person(sight: Sight) -> bool:
    said = _answer(sight)
    handle, named = said.get("handle"), said.get("name")
    right = isinstance(handle, str) and handle.lower() == handle_of(sight.asked)
    return sight.endpoint_status == 200 and right and bool(named)


def _own_content(sight: Sight) -> bool:
    """A newsletter's texts, on the newsletter's own host, on a page that names that host as its own."""
    if not opened(sight, "substack", "substack.com") or host_of(sight.asked) != host_of(sight.final_url):
        return False
    own = sight.page.canonical_url or sight.page.meta("og:url") or ""
    newsletter = host_of(own) == host_of(sight.asked) != "substack.com"
    return (
        newsletter and path_of(own).rstrip("/") == path_of(sight.asked).rstrip("/") and sight.page.has(_TEXTS)
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "substack_own_content", State.REACHABLE, None, _own_content,
        "The newsletter's texts were there, on a page that names its own address.", alone=True,
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "substack_no_profile", State.GONE, None, _nobody,
        "Substack's data say that there is no person of this name.", "not_found",
    ),
    Rule(
        "substack_profile", State.REACHABLE, None, _person,
        "Substack's data give the person's name and the handle that was asked for.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "substack",
    RULES,
    marked_on="2026-08-16",
    sources=("WhatsMyName e62338e", "general knowledge, not verified (page and fields)"),
    endpoint=endpoint,
    endpoint_rules=ENDPOINT_RULES,
    canaries=Canaries("https://on.substack.com/", "https://substack.com/@nobody-of-this-name-4417"),
)
