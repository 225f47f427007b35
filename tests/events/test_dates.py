"""Dates as precise as their source: an interval that holds the day, in the precision in which it was told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.dates import ImpreciseDate, Precision

DAYS = st.dates()
KNOWN = st.sampled_from([Precision.DAY, Precision.MONTH, Precision.YEAR])
OFFSET = timedelta(days=1)


@given(DAYS, KNOWN)
def test_the_interval_holds_the_day(day: date, precision: Precision) -> None:
    when = ImpreciseDate.of(day, precision)
    assert when.earliest is not None
    assert when.latest is not None
    assert when.earliest <= day <= when.latest
    assert when.precision is precision


@given(DAYS, KNOWN)
def test_every_day_of_an_interval_has_that_interval(day: date, precision: Precision) -> None:
    when = ImpreciseDate.of(day, precision)
    assert ImpreciseDate.of(when.earliest, precision) == when == ImpreciseDate.of(when.latest, precision)


@given(DAYS)
def test_a_year_holds_its_months_and_a_month_its_days(day: date) -> None:
    year, month = (ImpreciseDate.of(day, precision) for precision in (Precision.YEAR, Precision.MONTH))
    assert year.earliest is not None
    assert month.earliest is not None
    assert year.latest is not None
    assert month.latest is not None
    assert year.earliest <= month.earliest <= day <= month.latest <= year.latest


@given(st.dates(max_value=date(9998, 12, 31), min_value=date(2, 1, 1)), KNOWN)
def test_intervals_touch_and_leave_no_day_out(day: date, precision: Precision) -> None:
    when = ImpreciseDate.of(day, precision)
    assert when.latest is not None
    following = ImpreciseDate.of(when.latest + OFFSET, precision)
    assert following.earliest == when.latest + OFFSET


@given(DAYS, KNOWN)
def test_what_is_written_is_read(day: date, precision: Precision) -> None:
    when = ImpreciseDate.of(day, precision)
    assert when.iso is not None
    assert ImpreciseDate.parse(when.iso) == when
    assert ImpreciseDate.parse(f" {when.iso}\n") == when


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2022-11-27", date(2022, 11, 27), date(2022, 11, 27)),
        ("2022-11", date(2022, 11, 1), date(2022, 11, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2022-12", date(2022, 12, 1), date(2022, 12, 31)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_a_date_reads_as_its_interval(text: str, earliest: date, latest: date) -> None:
    when = ImpreciseDate.parse(text)
    assert (when.earliest, when.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "27.11.2022", "2022-11-31", "2023-02-29", "2022-13", "2022-00", "0000", "22-11-27",
     "2022-1-1", "2022-11-27T12:00", "20221127", "-2022", "２０２２", "٢٠٢٢", "2022-11-27-"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_what_was_seen(text: str) -> None:
    with pytest.raises(ValueError, match="is not a d") as refusal:
        ImpreciseDate.parse(text)
    assert f"“{text}”" in str(refusal.value)


def test_unknown_has_no_interval() -> None:
    unknown = ImpreciseDate.unknown()
    assert (unknown.earliest, unknown.latest, unknown.iso) == (None, None, None)
    assert (
        ImpreciseDate.of(None, Precision.DAY)
        == unknown
        == ImpreciseDate.of(date(2022, 1, 1), Precision.UNKNOWN)
    )


@given(st.none() | DAYS, st.none() | DAYS, st.sampled_from(Precision))
def test_half_a_date_cannot_be_made(earliest: date | None, latest: date | None, precision: Precision) -> None:
    is_whole = earliest is not None and latest is not None and earliest <= latest
    is_missing = earliest is None and latest is None
    if (is_whole and precision is not Precision.UNKNOWN) or (is_missing and precision is Precision.UNKNOWN):
        assert ImpreciseDate(earliest, latest, precision).precision is precision
        return
    with pytest.raises(ValueError, match="A date"):
        ImpreciseDate(earliest, latest, precision)
