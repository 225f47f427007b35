"""Wikipedia. It withholds nothing by country: what is blocked is blocked by networks, and the general rules see that.

Sources: MediaWiki's page markup and REST API (mediawiki.org, API:REST API/Status codes), maigret 149acb17.
"""

from __future__ import annotations

import re
from typing import Any

from tracker.facts import State
from tracker.judging.adapter import Adapter, Ask, Canaries
from tracker.judging.message import on, opened
from tracker.judging.sight import Rule, Sight, host_of, path_of

_ARTICLE_ID = re.compile(r'"wgarticleid"\s*:\s*(\d+)')
_TEXT = "#mw-content-text .mw-parser-output"


def title_of(url: str) -> str | None:
    """The article's title as it stands in the address, percent-encoded."""
    before, found, title = path_of(url).partition("/wiki/")
    return title if found and not before and title else None


def endpoint(url: str) -> Ask | None:
    title, host = title_of(url), host_of(url)
    if title is None or not host.endswith(".wikipedia.org"):
        return None
    return Ask(f"https://{host}/api/rest_v1/page/summary/{title.replace('/', '%2F')}")


def _here(sight: Sight) -> bool:
    return on(sight, "wikipedia", "wikipedia.org")


def _article_id(sight: Sight) -> int:
    found = _ARTICLE_ID.search(sight.page.markup)
    return int(found[1][:18]) if found else 0


def _missing(sight: Sight) -> bool:
    return _here(sight) and sight.page.has("#mw-content-text .noarticletext") and not _article_id(sight)


def _own_content(sight: Sight) -> bool:
    return (
        opened(sight, "wikipedia", "wikipedia.org")
        and _article_id(sight) > 0
        and any(sight.page.texts(_TEXT))
    )


def _answer(sight: Sight) -> dict[str, Any]:
    return sight.endpoint_json if sight.platform == "wikipedia" else {}


def _no_summary(sight: Sight) -> bool:
    """The answer's own words, since a proxy's 404 is none of Wikipedia's."""
    said = _answer(sight)
    kind, code = said.get("type"), said.get("httpCode")
    told = (isinstance(kind, str) and kind.endswith("not_found")) or code == 404
    return sight.endpoint_status == 404 and told


def _summary(sight: Sight) -> bool:
    said = _answer(sight)
    return sight.endpoint_status == 200 and bool(said.get("pageid")) and bool(said.get("title"))


RULES: tuple[Rule, ...] = (
    Rule(
        "wikipedia_missing", State.GONE, None, _missing,
        "Wikipedia says that it has no article of this title.", "not_found",
    ),
    Rule(
        "wikipedia_own_content", State.REACHABLE, None, _own_content,
        "The article's own text and number were there.", alone=True,
    ),
)  # fmt: skip

ENDPOINT_RULES: tuple[Rule, ...] = (
    Rule(
        "wikipedia_no_summary", State.GONE, None, _no_summary,
        "Wikipedia's data say that it has no article of this title.", "not_found",
    ),
    Rule(
        "wikipedia_summary", State.REACHABLE, None, _summary,
        "Wikipedia's data give the article's title and number.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "wikipedia",
    RULES,
    marked_on="2026-08-20",
    sources=("mediawiki.org, API:REST API/Status codes", "maigret 149acb17"),
    endpoint=endpoint,
    endpoint_rules=ENDPOINT_RULES,
    canaries=Canaries(
        "https://en.wikipedia.org/wiki/Wikipedia",
        "https://en.wikipedia.org/wiki/No_article_of_this_title_4417",
    ),
)
