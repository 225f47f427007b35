"""The rehearsal: pages that our own small server shows, so that people can watch a block come and go.

They carry marks of their own, and the legal block is worded as VK words it, so that the rest works as in earnest.
"""

from __future__ import annotations

from tracker.facts import REHEARSAL_PLATFORM, Mechanism, State
from tracker.judging.adapter import Adapter
from tracker.judging.sight import Rule, Sight, path_of, same_page


def _shows(sight: Sight, mark: str) -> bool:
    return sight.platform == REHEARSAL_PLATFORM and sight.page.has(f'[data-rehearsal="{mark}"]')


def notice_text(sight: Sight) -> str | None:
    """The notice itself: the paragraph, or all of the main part where there is none."""
    main = '[data-rehearsal="withheld"]'
    return next(iter((*sight.page.texts(f"{main} p"), *sight.page.texts(main))), None)


def _own_content(sight: Sight) -> bool:
    own = sight.page.meta("rehearsal-page")
    return (
        sight.platform == REHEARSAL_PLATFORM
        and sight.status == 200
        and own is not None
        and path_of(sight.asked).strip("/") == own
        and same_page(sight.page.meta("og:url") or "", sight.asked)
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "rehearsal_withheld", State.BLOCKED, Mechanism.NOTICE, lambda sight: _shows(sight, "withheld"),
        "The rehearsal's server shows a notice of a legal block in place of the page.",
        "platform_block_notice", notice=notice_text, alone=True,
    ),
    Rule(
        "rehearsal_removed", State.REMOVED, Mechanism.PLATFORM_RULES, lambda sight: _shows(sight, "removed"),
        "The rehearsal's server says that the page broke its rules.", "platform_block_notice",
    ),
    Rule(
        "rehearsal_deleted", State.GONE, None,
        lambda sight: sight.status == 404 and _shows(sight, "deleted"),
        "The rehearsal's server says that the page was deleted.", "not_found",
    ),
    Rule(
        "rehearsal_login", State.RESTRICTED, Mechanism.LOGIN_WALL, lambda sight: _shows(sight, "login"),
        "The rehearsal's server shows a login in place of the page.", "login_wall",
    ),
    Rule(
        "rehearsal_own_content", State.REACHABLE, None, _own_content,
        "The page carries its own mark and names itself.", alone=True,
    ),
)  # fmt: skip

ADAPTER = Adapter("rehearsal", RULES, marked_on="2026-11-24", sources=("our own pages (config/rehearsal)",))
