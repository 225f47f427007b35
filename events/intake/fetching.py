"""From the address of an article to what stands there. The only part of the intake that touches the network."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from events.intake.articles import Article, article_of
from tracker.facts import Failure, Observation
from tracker.judging import judge
from tracker.operations import AddressRefused, fetch_document, fingerprints_at_hand

LEAST_CHARS = 40
"""A page with less text than this tells nothing."""
_WALLED_CHARS = 400
"""What stands before a sign-in is shorter than this; behind it an article begins."""
_REFUSED = {Failure.EGRESS_REFUSED, Failure.DNS_BOGON}
_IN_ITS_PLACE = {
    "blockpage": "blocked",
    "http_451": "blocked",
    "bot_challenge": "challenge",
    "login_wall": "walled",
}
"""What may stand where an article should, in the words of verdicts."""
_MARKUP = ("text/html", "application/xhtml+xml", "text/plain", "")


class NotFetched(ValueError):
    """The address gave nothing to read. ``str()`` is one sentence that says why; ``problem`` is the word for it:
    refused, unreachable, blocked, challenge, walled, not_found, status, not_html, too_big, no_text."""

    def __init__(self, problem: str, sentence: str) -> None:
        super().__init__(sentence)
        self.problem = problem


def fetch_article(url: str, *, now: datetime) -> Article:
    """What stands at an address. Raises NotFetched, and nothing else, for what cannot be read there."""
    try:
        seen = fetch_document(url, now=now)
    except AddressRefused as error:
        raise NotFetched("refused", str(error)) from error
    if seen.failure is not None:
        problem = "refused" if seen.failure in _REFUSED else "unreachable"
        raise NotFetched(
            problem, _("The address could not be reached (%(failure)s).") % {"failure": seen.failure}
        )
    found = article_of(seen.body_text, seen.final_url)
    if instead := _in_its_place(seen, found):
        raise NotFetched(instead, _SENTENCES[instead]())
    _require_answered(seen)
    if len(found.text) < LEAST_CHARS:
        problem = "too_big" if seen.body_truncated else "no_text"
        raise NotFetched(problem, _("The address answered with nothing to read."))
    return found


def _in_its_place(seen: Observation, found: Article) -> str | None:
    """What stood where the article should; the rules are those of looks. An article beside a sign-in is an article."""
    verdict = judge(
        seen=seen, control=None, canary=None, platform="web", territory=settings.HOME_COUNTRY,
        fingerprints=fingerprints_at_hand(),
    )  # fmt: skip
    problem = _IN_ITS_PLACE.get(verdict.failure or "")
    return None if problem == "walled" and len(found.text) >= _WALLED_CHARS else problem


def _require_answered(seen: Observation) -> None:
    status = seen.http_status
    if status is None or status >= 400:
        problem = "not_found" if status in {404, 410} else "status"
        raise NotFetched(problem, _("The address answered with status %(status)s.") % {"status": status})
    kind = (seen.http.header("content-type") or "" if seen.http else "").partition(";")[0].strip().lower()
    if kind not in _MARKUP:
        raise NotFetched("not_html", _("What stands there is no web page (%(kind)s).") % {"kind": kind[:60]})


_SENTENCES = {
    "blocked": lambda: _("The address is blocked where this server stands."),
    "challenge": lambda: _("The site asks visitors to prove that they are people, and we are none."),
    "walled": lambda: _("The article is behind a sign-in."),
}
