"""Order numbers and dates of notices: how they are written, how they are compared, and when they contradict."""

from __future__ import annotations

import re
from datetime import date

_LATIN = "ABCEHKMOPTXYabcehkmoptxy"
_CYRILLIC = "АВСЕНКМОРТХУавсенкмортху"
_LOOKALIKES = str.maketrans(_LATIN, _CYRILLIC)
_DASHES = str.maketrans("‐‑‒–—−", "------")

_MONTHS = ("янв", "фев", "мар", "апр", "ма[йя]", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
DATE = rf"(?:\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|«?\d{{1,2}}»?\s+(?:{'|'.join(_MONTHS)})[а-я]*\s+\d{{4}})"
"""A date as Russian notices write it: 05.08.2022, or 5 августа 2022."""
_WORDED = re.compile(r"«?(\d{1,2})»?\s+([а-я]+)\s+(\d{4})", re.I)

_WORD = r"[0-9A-Za-zА-Яа-яЁё]"
NUMBER = rf"{_WORD}(?:{_WORD}|[/‐-—−-](?=\s?{_WORD})|\.(?={_WORD})|(?<=[/-])\s(?=\d)|\s(?=[А-ЯA-Z]/\d))*"
"""A number up to the first thing that cannot belong to it: a space inside is kept only after a dash or slash."""

_PROSECUTOR = re.compile(r"\d\d-\d\d-(\d{4})(?!\d)")
_SHORT_YEAR = re.compile(r"[А-Яа-я]\d+-(\d\d)$")
_DATED = re.compile(r"(?:^|/\s?)(\d{4})-(\d\d)-(\d\d)-")
_COURT = re.compile(r"^\d{1,2}[аАaA]?-.*[/-](\d{4}|\d\d)$")
_CUT = re.compile(r"^(?!\d{4}/\d+$).*(?:[А-Яа-я]\d+-\d|/\d{3}|/Треб\d|-)$")

_CUT_ABROAD = re.compile(r"(?:[А-Яа-я]\d+-\d|/Треб\d|[-/])$")
_CASE_YEAR = re.compile(r"^((?:19|20)\d\d)/\d|(?:[/-]|\bof |\bTahun )((?:19|20)\d\d)$")


def normalise_number(text: str) -> str:
    """A number as it is compared: Cyrillic for Latin letters of the same look, lower case, no № and no spaces."""
    return re.sub(r"[\s№]+", "", text.translate(_LOOKALIKES).translate(_DASHES)).casefold()


def iso_date(text: str) -> str | None:
    """``2022-08-05`` for a date that ``DATE`` matches; None when there is no such day."""
    if worded := _WORDED.fullmatch(text.strip()):
        month = next((n for n, stem in enumerate(_MONTHS, 1) if re.match(stem, worded[2].lower())), 0)
        day, year = int(worded[1]), int(worded[3])
    else:
        day, month, year = (int(part) for part in re.split(r"[./-]", text))
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def contradiction(number: str | None, iso: str | None, *, russian: bool = True) -> str | None:
    """Why a number and the date beside it do not fit together, in a sentence; None when they may.

    A court's case may be a year or two older than the decision, and a register's entry some months older than
    the notice; a prosecutor's demand bears the year of its date.
    """
    if number is None:
        return None
    if (_CUT if russian else _CUT_ABROAD).search(number):
        return "The number looks cut off."
    if not iso:
        return None
    return (_year_against if russian else _year_against_abroad)(number, date.fromisoformat(iso))


def _year_against_abroad(number: str, day: date) -> str | None:
    """A case is older than its decision: a year before or behind a slash that was still to come is wrong."""
    if _PROSECUTOR.search(number):
        return _year_against(number, day)
    years = {int(before or behind) for before, behind in _CASE_YEAR.findall(number)}
    wrong = sorted(year for year in years if not day.year - 10 <= year <= day.year)
    return f"The year {wrong[0]} in the number contradicts the date {day.isoformat()}." if wrong else None


def _year_against(number: str, day: date) -> str | None:
    if dated := _DATED.search(number):
        return _entry_against(dated, day)
    allowed = {day.year} | ({day.year - 1} if day.month == 1 else set())
    years = {int(year) for year in _PROSECUTOR.findall(number)}
    if years and (short := _SHORT_YEAR.search(number)):
        years.add(2000 + int(short[1]))
    if court := _COURT.match(number) if not years else None:
        years, allowed = {_full(court[1])}, set(range(day.year - 3, day.year + 1))
    wrong = sorted(years - allowed)
    return f"The year {wrong[0]} in the number contradicts the date {day.isoformat()}." if wrong else None


def _entry_against(dated: re.Match[str], day: date) -> str | None:
    try:
        entry = date(int(dated[1]), int(dated[2]), int(dated[3]))
    except ValueError:
        return "The date in the number does not exist."
    if entry > day or (day - entry).days > 400:
        return f"The date {entry.isoformat()} in the number contradicts the date {day.isoformat()}."
    return None


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)
