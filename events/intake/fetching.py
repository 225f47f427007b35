"""From the address of an article to what stands there. The only part of the intake that touches the network."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from events.intake.articles import Article, article_of
from tracker.operations import AddressRefused, fetch_document


class NotFetched(ValueError):
    """The address gave nothing to read. ``str()`` is one sentence that says why."""


def fetch_article(url: str, *, now: datetime) -> Article:
    """What stands at an address. Raises NotFetched, and nothing else, for what cannot be read there."""
    try:
        seen = fetch_document(url, now=now)
    except AddressRefused as error:
        raise NotFetched(str(error)) from error
    if seen.failure is not None:
        raise NotFetched(_("The address could not be reached (%(failure)s).") % {"failure": seen.failure})
    if seen.http_status is None or seen.http_status >= 400:
        raise NotFetched(_("The address answered with status %(status)s.") % {"status": seen.http_status})
    if not seen.body_text.strip():
        raise NotFetched(_("The address answered with nothing to read."))
    return article_of(seen.body_text, seen.final_url)
