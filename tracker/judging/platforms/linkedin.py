"""LinkedIn. It answers most anonymous visitors with a wall (status 999, ``authwall``), and that says nothing.

Sources: sherlock#2824; that a wall names no page's address is how walls are built.
"""

from __future__ import annotations

from tracker.facts import State
from tracker.judging.adapter import Adapter, Canaries
from tracker.judging.platforms.signs import gives_its_address, short
from tracker.judging.sight import Rule, Sight


def _own_content(sight: Sight) -> bool:
    """A public profile has its own title, its own address, and more text than a wall."""
    title = sight.page.title or ""
    named = title.endswith("| LinkedIn") and len(title) > len("| LinkedIn") + 1
    here = sight.platform == "linkedin" and sight.status == 200 and not sight.path.startswith("/authwall")
    return here and named and gives_its_address(sight) and sight.page.has("main h1, .top-card-layout__title")


def _authwall(sight: Sight) -> bool:
    """The wall comes as a redirect or as a page whose script leads there."""
    walled = sight.path.startswith("/authwall") or "/authwall?" in sight.page.markup
    return sight.platform == "linkedin" and walled and short(sight) and not _own_content(sight)


RULES: tuple[Rule, ...] = (
    Rule(
        "linkedin_authwall", State.INSUFFICIENT, None, _authwall,
        "LinkedIn asks anonymous visitors to log in whatever the page is, so nothing was learned about it.",
        "login_wall", alone=True,
    ),
    Rule(
        "linkedin_own_content", State.REACHABLE, None, _own_content,
        "The page showed its own name and named the address that was asked for as its own.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter(
    "linkedin",
    RULES,
    marked_on="2026-05-04",
    sources=("sherlock#2824",),
    canaries=Canaries(
        alive="https://www.linkedin.com/company/linkedin",
        missing="https://www.linkedin.com/company/no-such-company-7f3q9z",
    ),
)
