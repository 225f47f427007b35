"""Our own columns, the same in CSV and JSON Lines: what each may hold, and what a row of them says."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from events.dates import ImpreciseDate
from events.importing.cells import Cells
from events.importing.told import Act, Body, Problem, Reference, Row, Told
from events.models.vocabulary import GROUP_KINDS, REASON_CATEGORIES, RESTRICTIONS
from events.text import comparison_key, order_number_key
from tracker.operations import Canonical, platforms

COLUMNS = (
    "platform url group group_kind authority authority_country transmitted_by order_number order_date law "
    "blocked_on date_precision cited_reason reason_category restriction territory restored_on source_url "
    "source_title source_published language notes external_id"
).split()

DATES = frozenset({"blocked_on", "order_date", "restored_on", "source_published"})

NONE_GIVEN = "none given"
"""What to write in ``cited_reason`` when a source says that no reason was given. Empty means not known."""

_WORDS_MOST = 20_000

_body = lru_cache(maxsize=1024)(Body)
_UNKNOWN = ImpreciseDate.unknown()
_GROUP_KINDS, _RESTRICTIONS, _REASON_CATEGORIES = (
    [value for value, _ in choices] for choices in (GROUP_KINDS, RESTRICTIONS, REASON_CATEGORIES)
)

_PLATFORMS = {comparison_key(fact.key): fact.key for fact in platforms()} | {
    comparison_key(fact.name): fact.key for fact in platforms()
}


def unknown_columns(row_number: int, names: list[str]) -> list[Problem]:
    """A problem for each column that is not ours: nothing is taken in without being understood."""
    known = ", ".join(COLUMNS)
    return [
        Problem(row_number, name, f"The column “{name[:60]}” is not known; known are: {known}.")
        for name in names
        if name not in COLUMNS
    ]


def missing_columns(names: list[str]) -> list[Problem]:
    problems = []
    if "platform" not in names:
        problems.append(Problem(1, "platform", "The column “platform” is required."))
    if not {"group", "url"} & set(names):
        problems.append(Problem(1, "group", "One of the columns “group” and “url” is required."))
    return problems


def tell(row: Row, today: date) -> Told | list[Problem]:
    """What a row says, or everything that is wrong with it."""
    if unknown := unknown_columns(row.number, list(row.cells)):
        return unknown
    cells = Cells(row, today)
    told = _told(cells, row)
    return cells.problems or told


def _told(cells: Cells, row: Row) -> Told:
    platform, address = _platform(cells, row)
    blocked, restored = cells.dated("blocked_on", "date_precision"), cells.date("restored_on")
    _check_order(cells, blocked, restored)
    status, reason = _reason(cells)
    language = cells.language("language")
    authority, transmitter = _bodies(cells)
    return Told(
        platform=platform,
        url=row.cells.get("url"),
        address=address,
        group=cells.name("group") or None,
        group_kind=cells.word("group_kind", _GROUP_KINDS),
        authority=authority,
        transmitted_by=transmitter,
        order=_act(cells),
        blocked=blocked,
        restored=restored,
        restriction=cells.word("restriction", _RESTRICTIONS),
        territory=cells.country("territory"),
        reason_status=status,
        reason=reason,
        reason_language=language if reason else "",
        reason_category=cells.word("reason_category", _REASON_CATEGORIES),
        source=_source(cells, row, language),
        notes=cells.text("notes", _WORDS_MOST),
        external_id=cells.text("external_id", 200) or None,
    )


def _platform(cells: Cells, row: Row) -> tuple[str, Canonical | None]:
    platform, page = cells.one_of_names("platform", _PLATFORMS), cells.address("url")
    if not row.cells.get("platform"):
        cells.wrong("platform", "“platform” is required.")
    if not row.cells.get("group") and not row.cells.get("url"):
        cells.wrong("group", "Give “group” or “url”: who was blocked, or which page.")
    if page and platform and page.platform != platform:
        cells.wrong("url", f"This address is on “{page.platform}”, and “platform” says “{platform}”.")
    return platform or "", page


def _check_order(cells: Cells, blocked: ImpreciseDate | None, restored: ImpreciseDate | None) -> None:
    if blocked and restored and blocked.earliest and restored.latest and restored.latest < blocked.earliest:
        cells.wrong("restored_on", f"Restored on {restored.iso}, before the block on {blocked.iso}.")


def _bodies(cells: Cells) -> tuple[Body | None, Body | None]:
    name, country = cells.name("authority"), cells.country("authority_country")
    transmitter = cells.name("transmitted_by")
    if country and not name and not transmitter:
        cells.wrong("authority_country", "“authority_country” needs an “authority”.")
    return _body(name, country) if name else None, _body(transmitter, country) if transmitter else None


def _act(cells: Cells) -> Act | None:
    number, dated = cells.name("order_number", 200, 200, order_number_key), cells.date("order_date")
    law = cells.text("law", 500)
    if number or dated:
        return Act(number, dated or _UNKNOWN, law)
    if law and not cells.problems:
        cells.wrong(
            "law", "“law” is the law that an order cites: give order_number or order_date, or use notes."
        )
    return None


def _reason(cells: Cells) -> tuple[str | None, str]:
    reason = cells.text("cited_reason", _WORDS_MOST)
    if comparison_key(reason) == NONE_GIVEN:
        return "none_given", ""
    return ("given" if reason else None), reason


def _source(cells: Cells, row: Row, language: str) -> Reference | None:
    url, title = row.cells.get("source_url", ""), cells.text("source_title", 500)
    cells.address("source_url")
    published = cells.date("source_published")
    if not url and not title:
        if published:
            cells.wrong("source_published", "“source_published” needs a source_url or source_title.")
        return None
    return Reference(url, title, published or _UNKNOWN, language)
