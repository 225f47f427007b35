"""Dates as ten languages write them: what is said of the day, before anybody asks which day that was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from events.intake.phrases import Mark, Phrasebook
from events.intake.platforms import read_table
from events.intake.scene import Scene
from events.intake.tokens import Token


@dataclass(frozen=True, slots=True)
class When:
    """A date in the words ``first`` … ``last``. What it does not say is None: ``year``, ``month``, ``day``; ``weekday``
    is 0 for Monday; ``back`` so many days, ``months_back`` and ``years_back`` so much before the day of writing.
    ``weeks_back`` so many weeks before; ``after`` so many days behind the date told before. ``is_range``: the first of
    several days."""

    first: int
    last: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    back: int | None = None
    months_back: int | None = None
    years_back: int | None = None
    is_range: bool = False
    weeks_back: int | None = None
    after: int | None = None


_ISO = re.compile(r"(?<![\d./-])(20\d\d|19\d\d)([-./])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?![\d./-]*\d)")
_NUMERIC = re.compile(
    r"(?<![\d./-])(0?[1-9]|[12]\d|3[01])([./-])(0?[1-9]|[12]\d|3[01])\2((?:20|19)\d\d)(?!\d)"
)
_SHORT = re.compile(r"\((0?[1-9]|[12]\d|3[01])[/.](0?[1-9]|1[0-2])\.?\)")
_DAY = re.compile(r"([1-9]|0[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|º|o|го|ого|е|го|а)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_JOINS = frozenset("of de del du des der la le the г гг".split())


@cache
def _book(language: str) -> Phrasebook:
    table, book = read_table("dates")[language], Phrasebook()
    for kind in ("months", "days"):
        for at, words in enumerate(table[kind]):
            endings = "*" if language == "tr" and kind == "days" else ""
            book.add(kind, at, [word + endings for word in words.split("|")])
    for kind in ("back", "month_back", "year_back", "week_back", "after"):
        for amount, phrases in table.get(kind, {}).items():
            book.add(kind, amount, phrases)
    for unit, words in table["unit"].items():
        book.add("unit", unit, words.split("|"))
    book.add("ago", "ago", table.get("ago", []))
    book.add("ago", "before", table.get("before", []))
    return book


def dates_in(scene: Scene) -> list[When]:
    """Every date of a passage, in its order; of two in one place the one that says more."""
    tokens, language = scene.tokens, scene.language
    marks = _book(language).marks(tokens, scene.passage.breaks)
    found = [*_numeric(scene), *_named(scene, marks), *_relative(scene, marks)]
    if language == "zh":
        found += _chinese(scene)
    found.sort(key=lambda each: (each.first, each.first - each.last))
    kept: list[When] = []
    for when in found:
        if not kept or when.first > kept[-1].last:
            kept.append(when)
    return _with_weekdays(kept, scene)


def _numeric(scene: Scene) -> list[When]:
    text, passage, found = scene.passage.text, scene.passage, []
    for match in _ISO.finditer(text):
        found.append(_at(passage.token_at(match.start()), 2, int(match[1]), int(match[3]), int(match[4])))
    for match in _NUMERIC.finditer(text):
        day, month = int(match[1]), int(match[3])
        if month > 12 or (scene.language == "en" and match[2] == "/" and day <= 12):
            if month <= 12 and day <= 12 and day != month:
                continue  # 5/3/2024 is two days, and the text does not say which
            day, month = month, day
        if month <= 12:
            found.append(_at(passage.token_at(match.start()), 2, int(match[4]), month, day))
    if scene.language != "en":
        for match in _SHORT.finditer(text):
            first = passage.token_at(match.start(1))
            found.append(When(first, first + 1, month=int(match[2]), day=int(match[1])))
    return found


def _at(first: int, more: int, year: int, month: int, day: int) -> When:
    return When(first, first + more, year, month, day)


def _named(scene: Scene, marks: list[Mark]) -> list[When]:
    """A month by its name, with the day before or behind it and the year."""
    tokens, found = scene.tokens, []
    for mark in marks:
        if mark.kind == "months" and _is_month(scene, mark):
            before, first = _day_before(tokens, mark.first, scene)
            last, day, year = mark.last, before, None
            if day is None and scene.language == "en":
                last, day = _day_behind(tokens, mark.last, scene)
                first = mark.first
            year, last = _year_behind(tokens, last, scene)
            if year is None:
                first, year = _year_before(tokens, first, scene)
            if day is not None or year is not None or _is_surely_month(scene, mark):
                found.append(When(first, last, year, mark.value + 1, day))
    return found


def _is_month(scene: Scene, mark: Mark) -> bool:
    """``may``, ``march``, ``mar``: months only when written so."""
    token = scene.tokens[mark.first]
    if scene.language in ("en", "de", "id"):
        return token.is_capital
    return not (scene.language in ("fr", "es", "tr") and token.is_capital and token.key == "mars")


def _is_surely_month(scene: Scene, mark: Mark) -> bool:
    """A month alone: behind a word that leads to one."""
    before = scene.tokens[mark.first - 1].key if mark.first else ""
    leads = "in since until by early mid late в с у во im seit en em depuis desde sejak pada bulan final de began end".split()
    return scene.language in ("tr", "zh") or before in leads


def _day_before(tokens: list[Token], month: int, scene: Scene) -> tuple[int | None, int]:
    """``27 November``, ``le 1er mars``, ``23 de noviembre``: the day, and where the date begins."""
    at = month - 1
    if at >= 0 and tokens[at].key in _JOINS:
        at -= 1
    if (
        at >= 0
        and (match := _DAY.fullmatch(tokens[at].key))
        and scene.sentence_at(at) == scene.sentence_at(month)
    ):
        return int(match[1]), at
    if at >= 0 and tokens[at].key in ("st", "nd", "rd", "th") and tokens[at - 1].is_number:
        return int(tokens[at - 1].key), at - 1
    return None, month


def _day_behind(tokens: list[Token], month: int, scene: Scene) -> tuple[int, int | None]:
    at = month + 1
    if at < len(tokens) and (match := _DAY.fullmatch(tokens[at].key)) and at not in scene.passage.breaks:
        return at, int(match[1])
    return month, None


def _year_behind(tokens: list[Token], last: int, scene: Scene) -> tuple[int | None, int]:
    at = last + 1
    while at < len(tokens) and at - last <= 2 and tokens[at].key in _JOINS:
        at += 1
    # a Turkish ending stands between: 29 Mart'ta
    if at < len(tokens) and at not in scene.passage.breaks and _YEAR.fullmatch(tokens[at].key):
        more = at + 1
        if more < len(tokens) and tokens[more].key in ("г", "года", "году", "год", "року", "рік"):
            return int(tokens[at].key), more
        return int(tokens[at].key), at
    return None, last


def _year_before(tokens: list[Token], first: int, scene: Scene) -> tuple[int, int | None]:
    if scene.language in ("tr", "zh") and first and _YEAR.fullmatch(tokens[first - 1].key):
        return first - 1, int(tokens[first - 1].key)
    return first, None


def _relative(scene: Scene, marks: list[Mark]) -> list[When]:
    found = []
    for mark in marks:
        if mark.kind == "back":
            if not _is_part_of_name(scene, mark):
                found.append(When(mark.first, mark.last, back=mark.value))
        elif mark.kind == "days" and _is_weekday(scene, mark):
            found.append(_weekday(scene, mark))
        elif mark.kind == "week_back":
            found.append(When(mark.first, mark.last, weeks_back=mark.value))
        elif mark.kind == "after":
            found.append(When(mark.first, mark.last, after=mark.value))
        elif mark.kind == "month_back":
            found.append(When(mark.first, mark.last, months_back=mark.value))
        elif mark.kind == "year_back":
            found.append(When(mark.first, mark.last, years_back=mark.value))
    return found + _ago(scene, marks)


def _is_part_of_name(scene: Scene, mark: Mark) -> bool:
    """``Bugün gazetesi``: written as a name inside of a sentence."""
    return scene.tokens[mark.first].is_capital and mark.first not in scene.passage.breaks


def _weekday(scene: Scene, mark: Mark) -> When:
    """A day of the week, with the day of the month that stands in brackets behind it: ``segunda-feira (20)``."""
    at = mark.last + 1
    if at < len(scene.tokens) and scene.tokens[at].is_number and len(scene.tokens[at].key) <= 2:
        text = scene.passage.text[scene.tokens[mark.last].end : scene.tokens[at].end + 1]
        if re.fullmatch(r"\s*\(\d{1,2}\)", text) and 1 <= int(scene.tokens[at].key) <= 31:
            return When(mark.first, at, day=int(scene.tokens[at].key), weekday=mark.value)
    return When(mark.first, mark.last, weekday=mark.value)


def _is_weekday(scene: Scene, mark: Mark) -> bool:
    token = scene.tokens[mark.first]
    if scene.language in ("en", "de", "id", "tr"):
        return token.is_capital and not (len(token.key) <= 3 and scene.language == "en")
    return not (
        scene.language == "pt"
        and len(token.key) <= 6
        and mark.first == mark.last
        and not _leads_to_day(scene, mark)
    )


def _leads_to_day(scene: Scene, mark: Mark) -> bool:
    before = scene.tokens[mark.first - 1].key if mark.first else ""
    behind = scene.tokens[mark.last + 1].key if mark.last + 1 < len(scene.tokens) else ""
    return before in ("na", "nesta", "desta", "da", "de", "ultima", "no", "neste") or behind.isdecimal()


_NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        ("", "one a one один одну один bir einem einer un une uno una um uma satu", "two два две дві iki zwei deux dos dois duas dua 两 兩 二",
         "three три üç drei trois tres três tiga 三", "four четыре чотири dört vier quatre cuatro quatro empat 四",
         "five пять п'ять beş fünf cinq cinco lima 五")
    )
    for word in words.split()
}  # fmt: skip


def _ago(scene: Scene, marks: list[Mark]) -> list[When]:
    """``three days ago``, ``vor zwei Tagen``, ``hace 3 días``. Weeks and months ago are no days: left alone."""
    found = []
    units = {mark.first: mark for mark in marks if mark.kind == "unit" and mark.value == "day"}
    for mark in (each for each in marks if each.kind == "ago"):
        at = mark.first - 1 if mark.value == "ago" else mark.last + 2
        unit = units.get(at)
        if unit and (amount := _amount(scene.tokens[unit.first - 1])) is not None:
            first, last = min(unit.first - 1, mark.first), max(unit.last, mark.last)
            found.append(When(first, last, back=amount))
    return found


def _amount(token: Token) -> int | None:
    if token.is_number and len(token.key) <= 2:
        return int(token.key)
    return _NUMBER_WORDS.get(token.key)


_HAN_DATE = re.compile(
    r"(?:((?:19|20)\d\d)\s*年\s*)?(?:(0?[1-9]|1[0-2])\s*月\s*)(0?[1-9]|[12]\d|3[01])\s*[日号號](?:\s*[至到-]\s*\d)?|"
    r"((?:19|20)\d\d)\s*年\s*(0?[1-9]|1[0-2])\s*月|(?<![\d月至到-])(0?[1-9]|[12]\d|3[01])\s*[日号號](?![\u4e00-\u9fff]{0,1}(?:线|刊))|"
    r"((?:19|20)\d\d)\s*年|(?<!\d)(0?[1-9]|1[0-2])\s*月(?!\s*\d)"
)


def _chinese(scene: Scene) -> list[When]:
    passage, found = scene.passage, []
    for match in _HAN_DATE.finditer(passage.text):
        first, last = passage.token_at(match.start()), passage.token_at(match.end() - 1)
        year, month, day, year2, month2, day3, year4, month5 = (
            int(each) if each else None for each in match.groups()
        )
        is_range = match[0][-1].isdigit()
        found.append(
            When(
                first, last, year or year2 or year4, month or month2 or month5, day or day3, is_range=is_range
            )
        )
    return found


def _with_weekdays(found: list[When], scene: Scene) -> list[When]:
    """``on Saturday (May 30)``, ``Rabu (13/2/2019)``: one date, which the weekday only repeats."""
    result: list[When] = []
    for when in found:
        before = result[-1] if result else None
        if (
            before
            and before.weekday is not None
            and before.day is None
            and when.day
            and when.first - before.last <= 2
        ):
            between = scene.passage.between(before.last, when.first)
            if not re.search(r"[.;:]", between):
                result[-1] = When(
                    before.first,
                    when.last,
                    when.year,
                    when.month,
                    when.day,
                    before.weekday,
                    is_range=when.is_range,
                )
                continue
        result.append(when)
    return result


# ruff: noqa: E501 -- words of one meaning a line
