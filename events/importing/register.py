"""``rkn-register``: a snapshot of the Russian register of blocked pages, in windows-1251, cells parted by semicolons.

First comes the time that the register gives itself, then one line an entry: addresses on the network, domain, page,
body that decided, number and date of its decision. An entry is that one by page (or domain), body and number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from events.dates import ImpreciseDate
from events.importing import reading
from events.importing.cells import FIRST_YEAR
from events.importing.reading import Record
from events.importing.told import Act, Body, Problem, Reference, Row, Told, Unreadable
from tracker.operations import AddressRefused, Canonical, canonical_address

REGISTER = "rkn"
MARK = b"Updated: "
COLUMNS = ["ip", "domain", "url", "authority", "order_number", "order_date"]
COUNTRY = "RU"
KEEPER = Body("Роскомнадзор", COUNTRY, "regulator")

_KINDS = {
    "ФСКН": "police",
    "МВД": "police",
    "суд": "court",
    "Мосгорсуд": "court",
    "Роскомнадзор": "regulator",
    "Роспотребнадзор": "regulator",
    "Генпрокуратура": "prosecutor",
    "ФНС": "tax",
}
"""The bodies of the register, in its own short words."""


def time_of(path: Path) -> datetime:
    """The time that the register gives itself. Raises ``Unreadable``."""
    with path.open("rb") as file:
        first = file.readline(200)
    try:
        return datetime.strptime(first.removeprefix(MARK).decode("ascii").strip(), "%Y-%m-%d %H:%M:%S %z")
    except ValueError as error:
        sentence = "A snapshot begins with a line such as “Updated: 2013-01-12 22:09:00 +0000”."
        raise Unreadable(Problem(1, None, sentence)) from error


def rows(path: Path) -> Iterator[Record]:
    """The entries, numbered as lines of the file. Raises ``Unreadable`` where nothing more can be understood."""
    with path.open("rb") as file:
        file.readline(200)
        number = 1
        while line := file.readline(reading.MAX_LINE):
            number += 1
            if number > reading.MAX_ROWS + 1:
                raise Unreadable(reading.of_file(f"The file has more than {reading.MAX_ROWS} rows."))
            if line.strip():
                yield _record(number, line)


def _record(number: int, line: bytes) -> Record:
    try:
        text = _text(line.rstrip(b"\r\n"))
    except UnicodeDecodeError:
        return [Problem(number, None, "This row is neither windows-1251 nor UTF-8.")]
    cells = text.split(";")
    if len(cells) != len(COLUMNS):
        return [reading.ragged(number, len(cells), len(COLUMNS))]
    return reading.record(number, zip(COLUMNS, cells, strict=True))


def _text(line: bytes) -> str:
    """Cyrillic in windows-1251 is never valid UTF-8, so what is valid was converted by somebody."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("windows-1251")


def tell(row: Row, today: date) -> Told | list[Problem]:
    """What the register says of one entry. When it came in is known only beside the snapshot before."""
    said = row.cells.get("url") or row.cells.get("domain") or row.cells.get("ip")
    if not said:
        return [Problem(row.number, "url", "This entry names no page, no domain and no address.")]
    body, number = row.cells.get("authority", ""), row.cells.get("order_number", "")
    if any(len(text) > most for text, most in ((said, 2000), (body, 300), (number, 200))):
        return [Problem(row.number, None, "A cell of this entry is too long.")]
    address = _address(said)
    return Told(
        platform=address.platform if address else "web",
        url=said if address else None,
        address=address,
        group=None if address else said[:300],
        page_kind=None,
        is_page_its_own_group=True,
        authority=Body(body, COUNTRY, _KINDS.get(body, "unknown")) if body else None,
        transmitted_by=None if body == KEEPER.name else KEEPER,
        order=_act(number, row.cells.get("order_date", ""), today),
        blocked_kind="observed",
        restriction="network",
        territory=COUNTRY,
        source=_SOURCE,
        notes="" if address else f"The register gives the address as: {said}",
        external_id=f"{REGISTER}-{_key(said, body, number)}",
    )


_SOURCE = Reference(
    title="Register of pages blocked in Russia, kept by Roskomnadzor",
    language="ru",
    kind="register",
    publisher="Роскомнадзор",
)


def _key(said: str, body: str, number: str) -> str:
    return hashlib.sha256("\n".join((said, body, number)).encode()).hexdigest()[:32]


def _address(said: str) -> Canonical | None:
    """Some entries name several pages in one cell, or what no browser opens: their page is not known."""
    if "|" in said:
        return None
    try:
        return canonical_address(said if "://" in said else f"http://{said}/")
    except AddressRefused:
        return None


def _act(number: str, dated: str, today: date) -> Act | None:
    """The decision. A date that cannot be is kept in words and not as a date."""
    try:
        when = ImpreciseDate.parse(dated) if dated else ImpreciseDate.unknown()
        if when.earliest and not FIRST_YEAR <= when.earliest.year <= today.year:
            raise ValueError
    except ValueError:
        suspect = f"The register dates it “{dated[:40]}”."
        return Act(number, ImpreciseDate.unknown(), suspect=suspect) if number else None
    return Act(number, when) if number or when.earliest else None
