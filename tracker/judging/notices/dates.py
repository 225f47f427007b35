"""Dates as the notices of many countries write them: 12.05.2021, 12 Mayıs 2021, May 12, 2021, 2021年5月12日, ۱۴۰۰/۲/۲۲."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_STEMS = (
    "янв січ студз қаң oca yanv januar january jan enero janv ocak",
    "фев лют ақп şub feb fév",
    "мар берез сакав наур mar mär",
    "апр квіт красав сәу nis apr abr avr",
    "мая май трав мамыр may mai mei",
    "июн черв чэрв маус haz jun juin iyun",
    "июл лип ліп шіл tem jul juil iyul",
    "авг серп жнів там ağu aug agu ago aoû avg",
    "сен верес верас қыр eyl sep set",
    "окт жовт кастр қаз eki okt oct",
    "ноя листоп лістап қараш kas nov noy",
    "дек груд снеж желт ara dez des dec dic déc dek",
)
_STEM_OF = {stem: month for month, row in enumerate(_STEMS, 1) for stem in row.split()}
_NAME = rf"(?:{'|'.join(sorted(_STEM_OF, key=len, reverse=True))})[^\W\d_]*"
_JALALI = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip

DATE = re.compile(
    rf"(?<![^\W\u4e00-\u9fff])(?<![/.-])(?:"
    rf"(?P<d1>\d{{1,2}})\s?[./-]\s?(?P<m1>\d{{1,2}})\s?[./-]\s?(?P<y1>\d{{4}})(?![/-]?\w)"
    rf"|(?P<y2>(?:1[34]|19|20)\d\d)[./-](?P<m2>\d{{1,2}})[./-](?P<d2>\d{{1,2}})(?![./-]?\w)"
    rf"|(?P<y3>(?:19|20)\d\d)\s*年\s*(?P<m3>\d{{1,2}})\s*月\s*(?P<d3>\d{{1,2}})\s*日"
    rf"|[«\"“]?(?P<d4>\d{{1,2}})(?:st|nd|rd|th|\.)?[»\"”]?\s+(?:day\s+)?(?:of\s+|de\s+)?(?P<m4>{_NAME})\.?,?\s*(?:de\s+)?(?P<y4>\d{{4}})(?!\d)"
    rf"|(?P<m5>{_NAME})\.?\s+(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y5>\d{{4}})(?!\d)"
    rf"|(?P<d6>\d{{1,2}})\s+(?P<m6>{'|'.join(_JALALI)})\s+(?:ماه\s+)?(?P<y6>1[34]\d\d)(?!\d)"
    rf")",
    re.I,
)  # fmt: skip
# ruff: noqa: E501 -- one form of a date a line

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)


@dataclass(frozen=True, slots=True)
class Written:
    """A date where it stands. ``iso`` is None when there is no such day, or nobody can say which day is meant."""

    start: int
    end: int
    iso: str | None


def plain_digits(text: str) -> str:
    """The same text, as long, with the digits that Persian and Arabic use as ours."""
    return text.translate(_DIGITS)


def dates_in(text: str, language: str | None) -> Iterator[Written]:
    """Every date of a text with plain digits, in their order. A Jalali year counts only in a Persian text."""
    for match in DATE.finditer(text):
        if language != "fa" and int(match["y1"] or match["y2"] or match["y6"] or 2000) < 1500:
            continue
        yield Written(match.start(), match.end(), _iso(match, language))


def _iso(match: re.Match[str], language: str | None) -> str | None:
    form = next(n for n in "123456" if match[f"y{n}"])
    year, month, day = int(match[f"y{form}"]), _month(match[f"m{form}"], form), int(match[f"d{form}"])
    if form == "1" and month > 12 >= day:  # 12/25/2021 can only be the American order
        month, day = day, month
    try:
        if year < 1500:
            return _gregorian(year, month, day).isoformat() if language == "fa" and year >= 1350 else None
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(written: str, form: str) -> int:
    if form == "6":
        return _JALALI.index(written) + 1
    if written.isdigit():
        return int(written)
    name = written.lower()
    return next((_STEM_OF[name[:n]] for n in range(len(name), 1, -1) if name[:n] in _STEM_OF), 0)


def _gregorian(year: int, month: int, day: int) -> date:
    """The day of the Iranian calendar, by its cycle of 33 years, which holds from 1178 to 1633. Raises ValueError."""
    is_leap = year % 33 in {1, 5, 9, 13, 17, 22, 26, 30}
    longest = 31 if month <= 6 else 30 if month < 12 or is_leap else 29
    if not 1 <= month <= 12 or not 1 <= day <= longest:
        raise ValueError(f"There is no day {day} in month {month} of {year}.")
    leaps = sum(y % 33 in {1, 5, 9, 13, 17, 22, 26, 30} for y in range(1350, year))
    days = (year - 1350) * 365 + leaps + (month - 1) * 30 + min(month - 1, 6) + day - 1
    return date(1971, 3, 21) + timedelta(days=days)
