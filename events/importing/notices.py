"""``gov-takedowns``: a notice of a government to GitHub, as GitHub publishes it: Markdown, often in two languages.

The name of the file gives the day and the sender. Every address that the notice complains of is a row; what it names
in another way, or withholds, is listed in ``notes``: nothing is guessed from it, and nothing of it is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from events.dates import ImpreciseDate
from events.importing.reading import Record, of_file
from events.importing.told import Act, Body, Problem, Reference, Row, Told, Unreadable
from tracker.facts import Notice
from tracker.operations import AddressRefused, Canonical, canonical_address, parse_notice

MAX_BYTES = 1024 * 1024
SOURCE = "https://github.com/github/gov-takedowns/blob/master/"

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+?)(?:-\d+)?\.md", re.IGNORECASE)
_SENDERS = (
    (
        re.compile(r"ro[sz]komn+adzor|роскомнадзор|надзору в сфере связи", re.I),
        Body("Роскомнадзор", "RU", "regulator"),
    ),
    (
        re.compile(r"\bMPS\b|Ministry of Public Security of China"),
        Body("Ministry of Public Security", "CN", "police"),
    ),
    (
        re.compile(r"\bBNIA\b|Beijing Network Industry Association"),
        Body("Beijing Network Industry Association", "CN", "other"),
    ),
    (
        re.compile(r"\bCSTCB\b|Cyber Security and Technology Crime Bureau"),
        Body("Cyber Security and Technology Crime Bureau, Hong Kong Police Force", "HK", "police"),
    ),
    (re.compile(r"Guardia ?Civil"), Body("Guardia Civil", "ES", "police")),
)
"""How senders sign, or are named in the name of the file."""
_COUNTRIES = {"Russia": "RU", "China": "CN", "Hong Kong": "HK", "Spain": "ES", "Turkey": "TR", "India": "IN"}
"""Folders of GitHub's collection."""

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"«»“”]+", re.IGNORECASE)
_ASIDE = re.compile(
    r"(?:[\w-]+\.)*(?:rkn\.gov\.ru|apps\.apple\.com|play\.google\.com|(?:help|docs)\.github\.com)",
    re.IGNORECASE,
)
"""Where notices send the reader for the law, the register or an app: none of it is complained of."""
_WITHHELD = re.compile(r"\[(?:private|redacted|invalid)\]|^\s*[\w.-]+ / [\w.-]+\s*$", re.IGNORECASE)
"""What GitHub took out, and repositories that are named without an address."""
_DECISION = re.compile(r"на основании решения\s.{3,250}?№\s*\S+", re.IGNORECASE | re.DOTALL)

_COURT_OR_BODY = re.compile(r"суда/уполномоченного федерального органа исполнительной власти(?= *\()")
"""A form for either; what stands in brackets behind it is the court."""


@dataclass(frozen=True)
class NoticeFile:
    """One notice. ``folder`` is its path in the collection, empty when it does not stand in one."""

    name: str
    folder: str
    day: ImpreciseDate
    text: str

    @cached_property
    def notice(self) -> Notice:
        return parse_notice(self.text)

    @cached_property
    def sender(self) -> Body | None:
        return next(
            (body for says, body in _SENDERS if says.search(self.name) or says.search(self.text)), None
        )

    @cached_property
    def country(self) -> str | None:
        folder = self.folder.partition("/")[0]
        return _COUNTRIES.get(folder) or (self.sender.country if self.sender else self.notice.territory)

    @cached_property
    def decision(self) -> Notice | None:
        """Where the sender passes on what another body decided: that decision."""
        found = _DECISION.search(self.text)
        # Said as notices of platforms say it, which is what the parser knows.
        said = f"Страница заблокирована {' '.join(found[0].split())}" if found else ""
        decided = parse_notice(_COURT_OR_BODY.sub("суда ", said)) if said else None
        return (
            decided
            if decided and decided.authority and (decided.order_number or decided.order_date)
            else None
        )


def read(path: Path, name: str) -> NoticeFile:
    """Raises ``Unreadable`` for a file that is no such notice."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise Unreadable(of_file("A notice is named after its day and sender, such as 2019-12-12-MPS.md."))
    if path.stat().st_size > MAX_BYTES:
        raise Unreadable(of_file("The notice has more than 1 MB."))
    try:
        day, text = ImpreciseDate.parse(found[1]), path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(of_file("The notice is not UTF-8.")) from error
    except ValueError as error:
        raise Unreadable(of_file(str(error))) from error
    if "\x00" in text:
        raise Unreadable(of_file("The notice holds a NUL character, which is no text."))
    return NoticeFile(name, _folder(path), day, text)


def rows(file: NoticeFile) -> Iterator[Record]:
    """An address a row, numbered by its line; the second language says the same again and is no row."""
    seen: set[str] = set()
    for number, address in _addresses(file):
        canonical = _canonical(address)
        if canonical and canonical.url not in seen:
            seen.add(canonical.url)
            yield Row(number, {"url": address})


def notes(file: NoticeFile) -> tuple[str, ...]:
    """What is in the notice and was not understood, in words."""
    said = [
        f"Line {n}: “{line.strip()[:200]}” names no address."
        for n, line in _lines(file)
        if _WITHHELD.search(line)
    ]
    said += [
        f"Line {number}: “{address[:200]}” is no address of a page."
        for number, address in _addresses(file)
        if _canonical(address) is None
    ]
    if next(rows(file), None) is None:
        said.append("No address of a page is named, so no event was made of this notice.")
    if file.sender is None and not file.notice.authority:
        said.append("Who sent the notice was not understood.")
    if file.country is None:
        said.append("Of which country the notice is was not understood.")
    if not file.notice.law:
        said.append("No law is cited that was understood.")
    return tuple(said)


def tell(file: NoticeFile, row: Row, today: date) -> Told | list[Problem]:
    """What the notice says of one address."""
    address = _canonical(row.cells["url"])
    assert address
    if file.day.earliest and file.day.earliest > today:
        return [Problem(None, None, f"{file.day.iso} has not come yet.")]
    authority, transmitter = _bodies(file)
    reason = (file.notice.reason or "")[:20_000]
    return Told(
        platform=address.platform,
        url=row.cells["url"],
        address=address,
        is_page_its_own_group=True,
        authority=authority,
        transmitted_by=transmitter,
        order=_act(file),
        blocked=file.day,
        blocked_kind="ordered",
        territory=file.country,
        reason_status="given" if reason else None,
        reason=reason,
        reason_language=(file.notice.language or "") if reason else "",
        source=Reference(
            url=f"{SOURCE}{file.folder}".replace(" ", "%20") if file.folder else "",
            title=f"Government takedown notice {file.name.removesuffix('.md')}",
            published=file.day,
            language=file.notice.language or "",
            kind="platform",
            publisher="GitHub",
            quote=file.text.strip()[:20_000],
        ),
    )


def _bodies(file: NoticeFile) -> tuple[Body | None, Body | None]:
    """Who decided, and who passed it on when that was another."""
    sender = file.sender
    if file.decision is not None and file.decision.authority:
        decided = file.decision
        body = Body(
            decided.authority or "", file.country, decided.authority_kind or "unknown", decided.region or ""
        )
        return body, sender if sender and sender.name != body.name else None
    if sender is None and file.notice.authority:
        return Body(file.notice.authority, file.country, file.notice.authority_kind or "unknown"), None
    return sender, None


def _act(file: NoticeFile) -> Act:
    """The decision that is passed on; else the notice itself, which has a date and no number."""
    law = " ".join((file.notice.law or "").split())[:500]
    if file.decision is None:
        return Act("", file.day, law, is_of_file=True)
    dated = file.decision.order_date
    when = ImpreciseDate.parse(dated) if dated else ImpreciseDate.unknown()
    return Act(file.decision.order_number or "", when, law, file.decision.suspect or "", is_of_file=True)


def _addresses(file: NoticeFile) -> Iterator[tuple[int, str]]:
    for number, line in _lines(file):
        for found in _ADDRESS.findall(line):
            address = found.rstrip(".,;:!?'*_")
            if not _ASIDE.fullmatch(address.partition("://")[2].partition("/")[0]):
                yield number, address


def _lines(file: NoticeFile) -> Iterator[tuple[int, str]]:
    return enumerate(file.text.splitlines(), start=1)


def _canonical(address: str) -> Canonical | None:
    try:
        return canonical_address(address)
    except AddressRefused:
        return None


def _folder(path: Path) -> str:
    """The path inside GitHub's collection, from the country on."""
    parts = path.parts
    place = next((place for place, part in enumerate(parts) if part in _COUNTRIES), None)
    return "/".join(parts[place:]) if place is not None else ""
