"""Citizen Lab's files of pages that VK withholds in Russia: a notice for each, from which the rest is read.

Data of the report "Not OK on VK" (2023): one row for each search that found the page, so a page has many rows.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from events.dates import ImpreciseDate
from events.importing.cells import Cells
from events.importing.told import Act, Body, Problem, Reference, Row, Told
from tracker.facts import Notice
from tracker.operations import Canonical, parse_notice

COLUMNS = ["lang", "query", "url", "title", "error"]
COUNTRY = "RU"
PLATFORM = "vk"
PLATFORM_BODY = Body("VK", COUNTRY, "platform")
"""Who decides where the notice gives the platform's own rules as the ground."""

SOURCE_URL = "https://github.com/citizenlab/not-ok-on-vk-data"
SOURCE_TITLE = "Not OK on VK data, Citizen Lab, 2023"

_notice = lru_cache(maxsize=2048)(parse_notice)


def tell(row: Row, today: date) -> Told | list[Problem]:
    """What a row says, or everything that is wrong with it."""
    cells = Cells(row, today)
    page, title = cells.address("url"), cells.name("title")
    notice = _notice(cells.text("error", 5000))
    if page is None and "url" not in row.cells:
        cells.wrong("url", "“url” is required.")
    if page and page.platform != PLATFORM:
        cells.wrong("url", f"This address is on “{page.platform}”; this format is of pages on VK.")
    if not _states_a_block(notice):
        cells.wrong("error", "This is no notice of a block: it names no authority, no order and no rule.")
    if cells.problems:
        return cells.problems
    assert page
    return _told(row.cells["url"], page, title, notice)


def _states_a_block(notice: Notice) -> bool:
    return bool(notice.authority or notice.order_number or notice.order_date or notice.platform_rules)


def _told(url: str, page: Canonical, title: str, notice: Notice) -> Told:
    is_person = page.kind == "person"
    ordered = _day(notice.order_date)
    return Told(
        platform=PLATFORM,
        url=url,
        address=page,
        group=title or None,
        group_kind="person" if is_person else "community",
        page_kind="profile" if is_person else "community",
        is_page_its_own_group=True,
        authority=_authority(notice),
        transmitted_by=Body(notice.transmitted_by, COUNTRY, "regulator") if notice.transmitted_by else None,
        order=_act(notice),
        blocked=ordered,
        # The notice tells the day of the order; nobody saw on which day the page went.
        blocked_kind="ordered" if ordered else None,
        restriction="withheld",
        territory=notice.territory or COUNTRY,
        reason_category="platform_rules" if notice.platform_rules else None,
        source=_source(notice),
    )


def _authority(notice: Notice) -> Body | None:
    if notice.platform_rules:
        return PLATFORM_BODY
    if not notice.authority:
        return None
    return Body(notice.authority, COUNTRY, notice.authority_kind or "unknown", notice.region or "")


def _act(notice: Notice) -> Act | None:
    if not notice.order_number and not notice.order_date:
        return None
    dated = _day(notice.order_date) or ImpreciseDate.unknown()
    return Act(notice.order_number or "", dated, notice.law or "", notice.suspect or "")


def _source(notice: Notice) -> Reference:
    return Reference(
        url=SOURCE_URL,
        title=SOURCE_TITLE,
        published=ImpreciseDate.parse("2023"),
        language=notice.language or "",
        kind="dataset",
        publisher="Citizen Lab",
        quote=notice.text,
    )


def _day(iso: str | None) -> ImpreciseDate | None:
    return ImpreciseDate.parse(iso) if iso else None
