"""The cells of one row, read one by one; what is wrong with them is gathered, so that a row is judged whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from events.countries import country_codes
from events.dates import ImpreciseDate, Precision
from events.importing.lookalikes import lookalike
from events.importing.told import Problem, Row
from events.text import comparison_key
from tracker.operations import AddressRefused, Canonical, canonical_address

FIRST_YEAR = 1990
"""There were no pages to block before; a year such as 1022 is a slip."""
_parsed = lru_cache(maxsize=4096)(ImpreciseDate.parse)
"""A file names the same days again and again."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


class Cells:
    """Reads the cells of a row. A cell that cannot be read is noted in ``problems`` and counts as empty."""

    def __init__(self, row: Row, today: date) -> None:
        self.problems: list[Problem] = []
        self._row = row
        self._last_day = today + timedelta(days=1)  # somewhere it is tomorrow already

    def wrong(self, name: str | None, sentence: str) -> None:
        self.problems.append(Problem(self._row.number, name, sentence))

    def text(self, name: str, most: int) -> str:
        value = self._row.cells.get(name, "")
        if len(value) > most:
            self.wrong(name, f"“{name}” has {len(value)} characters; the limit is {most}.")
            return ""
        return value

    def name(
        self, name: str, most: int = 300, key_most: int = 500, key: Callable[[str], str] = comparison_key
    ) -> str:
        """Text that people must be able to see, and whose form for comparing, ``key``, fits its column."""
        value = self.text(name, most)
        if not value:
            return ""
        visible = comparison_key(value)
        if not visible:
            self.wrong(name, f"“{name}” has no visible character.")
            return ""
        compared = visible if key is comparison_key else key(value)
        if len(compared) > key_most:  # ligatures expand
            self.wrong(name, f"“{name}” is too long once its ligatures are written out.")
            return ""
        return value

    def word(self, name: str, words: Iterable[str]) -> str | None:
        value = self.text(name, 100).lower()
        if not value:
            return None
        known = list(words)
        if value not in known:
            self.wrong(name, f"“{_short(value)}” is not known here; write one of: {', '.join(known)}.")
            return None
        return value

    def one_of_names(self, name: str, keys: Mapping[str, str]) -> str | None:
        """The value of a mapping whose keys are in comparison form."""
        value = self.text(name, 100)
        found = keys.get(comparison_key(value))
        if value and found is None:
            known = ", ".join(dict.fromkeys(keys.values()))
            self.wrong(name, f"“{_short(value)}” is not known here; write one of: {known}.")
        return found

    def country(self, name: str) -> str | None:
        value = self.text(name, 100).upper()
        if not value:
            return None
        if value not in country_codes():
            self.wrong(
                name, f"“{_short(value)}” is no country code; write two letters of ISO 3166-1, such as GB."
            )
            return None
        return value

    def language(self, name: str) -> str:
        value = self.text(name, 16)
        if value and not _LANGUAGE.fullmatch(value):
            self.wrong(name, f"“{value}” is no language code; write one of BCP 47, such as en or zh-Hant.")
            return ""
        return value

    def address(self, name: str) -> Canonical | None:
        value = self._row.cells.get(name, "")
        try:
            found = canonical_address(value) if value else None
        except AddressRefused as refused:
            self.wrong(name, str(refused))
            return None
        if sentence := lookalike(value):
            self.wrong(name, sentence)
            return None
        return found

    def date(self, name: str) -> ImpreciseDate | None:
        value = self.text(name, 100)
        if not value:
            return None
        try:
            return self._possible(_parsed(value))
        except ValueError as error:
            self.wrong(name, str(error))
            return None

    def dated(self, name: str, precision_name: str) -> ImpreciseDate | None:
        """A date whose precision may stand in a column of its own."""
        told = self.word(precision_name, [precision.value for precision in Precision])
        when = self.date(name)
        if when is None:
            if told not in (None, "unknown") and not self._row.cells.get(name):
                self.wrong(precision_name, f"“{precision_name}” says {told}, and “{name}” is empty.")
            return None
        return when if told is None else self._widened(when, Precision(told), name, precision_name)

    def _widened(self, when: ImpreciseDate, to: Precision, name: str, column: str) -> ImpreciseDate | None:
        if to is Precision.UNKNOWN or len(ImpreciseDate.of(when.earliest, to).iso or "") > len(
            when.iso or ""
        ):
            self.wrong(column, f"“{column}” says {to.value}, and “{name}” is {when.iso}.")
            return None
        return ImpreciseDate.of(when.earliest, to)

    def _possible(self, when: ImpreciseDate) -> ImpreciseDate:
        assert when.earliest
        if when.earliest > self._last_day:
            raise ValueError(f"{when.iso} has not come yet.")
        if when.earliest.year < FIRST_YEAR:
            raise ValueError(f"{when.iso} is before there were pages to block ({FIRST_YEAR}).")
        return when


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
