"""Facebook. Its page never tells a legal block from a deletion, so it is believed only when it shows the profile.

"This content isn't available right now" stands for deleted, hidden from some, closed and withheld alike.
Sources: WhatsMyName e62338e (``__isProfile``, the bare title), the message as quoted in public code.
"""

from __future__ import annotations

import re

from tracker.facts import State
from tracker.judging.adapter import Adapter, Canaries
from tracker.judging.platforms.signs import gives_its_address, short
from tracker.judging.sight import Rule, Sight

_UNAVAILABLE = re.compile(
    r"this (?:content|page) isn.t available (?:right now|at the moment)|only shared it with a small group of people"
    r"|dieser inhalt ist (?:momentan|derzeit) nicht verfügbar|ce contenu n.est pas disponible pour le moment"
    r"|este contenido no está disponible en este momento|этот контент сейчас недоступен"
    r"|bu içerik şu anda kullanılamıyor",
    re.I,
)
_NO_TITLE = re.compile(r"(?:facebook|log (?:in|into)\b.*|error|)", re.I)


def _titled(sight: Sight) -> bool:
    """Whether the page has a title of its own; a wall and a missing page are called after the platform."""
    return not _NO_TITLE.fullmatch((sight.page.meta("og:title") or sight.page.title or "").strip())


def _own_content(sight: Sight) -> bool:
    profile = '"__isprofile"' in sight.page.markup
    here = sight.platform == "facebook" and sight.status == 200
    return here and _titled(sight) and (profile or gives_its_address(sight))


def _unavailable(sight: Sight) -> bool:
    here = sight.platform == "facebook" and short(sight) and not _own_content(sight)
    return here and bool(_UNAVAILABLE.search(sight.page.text))


def _bare(sight: Sight) -> bool:
    """The page that Facebook sends for a name that nobody has, and to visitors whom it wants to log in."""
    return (
        sight.platform == "facebook"
        and sight.status == 200
        and sight.page.title == "Facebook"
        and short(sight)
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "facebook_unavailable", State.INSUFFICIENT, None, _unavailable,
        "Facebook says that this is not available now, which it says of deleted, hidden and withheld pages alike.",
        "soft_not_found",
    ),
    Rule(
        "facebook_bare_page", State.INSUFFICIENT, None, lambda sight: _bare(sight) and not _own_content(sight),
        "Facebook sent a page without a name, as it does for missing pages and for visitors who are to log in alike.",
        "login_wall",
    ),
    Rule(
        "facebook_own_content", State.REACHABLE, None, _own_content,
        "The page had a name of its own, and Facebook's data of that profile or its own address.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "facebook",
    RULES,
    marked_on="2026-08-16",
    sources=("WhatsMyName e62338e",),
    canaries=Canaries(
        alive="https://www.facebook.com/facebook", missing="https://www.facebook.com/no.such.page.7f3q9z"
    ),
    accept_language="en-US,en;q=0.8",
)
