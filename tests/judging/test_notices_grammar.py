"""Every slip of the Russian notices with every other: sentences put together by dice, each with its known answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tracker.judging import normalise_number, parse_notice

GENERAL = "Генеральная прокуратура Российской Федерации"
EITHER = "Суд или уполномоченный федеральный орган исполнительной власти"
LEADS: tuple[tuple[str, str | None, str, str | None], ...] = (
    ("на основании требования Генеральной прокуратуры Российской Федерации", GENERAL, "prosecutor", None),
    ("согласно требованию Генеральной прокуратуры Российской Федерации", GENERAL, "prosecutor", None),
    ("на основании требования Генеральной прокуратуры РФ", GENERAL, "prosecutor", None),
    ("а основании требования Генеральной прокуратуры", GENERAL, "prosecutor", None),
    ("что на основании требования Генпрокуратуры РФ", GENERAL, "prosecutor", None),
    ("На основании требования Генерального прокурора Российской Федерации или его заместителя о принятии мер", GENERAL, "prosecutor", None),
    ("по требованию Роскомнадзора на основании решения Генеральной прокуратуры", GENERAL, "prosecutor", "Роскомнадзор"),
    ("на основании решения Федеральной службы по надзору в сфере здравоохранения", "Росздравнадзор", "regulator", None),
    ("на основании решения ФНС", "Федеральная налоговая служба", "tax", None),
    ("на основании решения Министерства внутренних дел РФ", "Министерство внутренних дел Российской Федерации", "ministry", None),
    ("решением Роскомнадзора", "Роскомнадзор", "regulator", None),
    ("на основании решения Федерального агентства по делам молодежи", "Росмолодёжь", "executive", None),
)  # fmt: skip
# ruff: noqa: E501 -- a lead a line
COURTS = (
    "Урюпинский городской суд", "Пролетарский районный суд г.Тулы", "Советский районный суд г. Улан-Удэ", "Суд Ямало-Ненецкого автономного округа",
    "Кировский районный суд города Санкт-Петербурга", "2-й Западный окружной военный суд", "Первомайский районный суд г. Ижевска",
    "Усть-Илимский городской суд", "Приокский районный суд г. Нижний Новгород", "мировой суд судебного участка", "Ленинский районный суд (г. Пермь)",
)  # fmt: skip
REGIONS = (
    "Тульская область", "Ханты-Мансийский автономный округ - Югра", "Республика Северная Осетия - Алания", "Чувашская Республика - Чувашия",
    "Республика Татарстан (Татарстан)", "Республика Саха (Якутия)", "Город Санкт-Петербург город федерального значения", "Кемеровская область - Кузбасс", None,
)  # fmt: skip
BEGINNINGS = (
    "Этот материал заблокирован на территории РФ ", "Этот материал заблокирован на территории РФ, ", "Данный материал заблокирован на территории Российской Федерации ",
    "Этот материал  заблокирован на территории\u00a0РФ ",
)  # fmt: skip
TAILS: tuple[tuple[str, str | None], ...] = (
    ("", None),
    (".", None),
    (" Комментарий ВКонтакте: vk.com/press/blocking-public12345", None),
    (" ~ М-1568/202", None),
    (", как содержащего призывы к массовым беспорядкам, с нарушением установленного поря", "как содержащего призывы к массовым беспорядкам, с нарушением установленного поря"),
    (" , как содержащего призывы. Комментарий ВКонтакте: vk.com/press/x", "как содержащего призывы."),
)  # fmt: skip

days = st.dates(date(2013, 1, 2), date(2026, 12, 30))


@st.composite
def numbers(draw: Any, day: date) -> str:
    year, n, small = day.year, draw(st.integers(100, 19999)), draw(st.integers(11, 9999))
    short = f"{year % 100:02}"
    return draw(
        st.sampled_from(
            [
                f"27-31-{year}/Ид{n}-{short}", f"27-31-{year}Ид{n}-{short}", f"27-31-{year}/Треб{n}-{short}", f"73/3-{n}-{year}", f"73/2-{n}-{year}",
                f"Исорг-27/3-{n}-{year}", f"27/3-{n}-{year}/Нд{small}-{short}", f"2а-{small}/{year}", f"2a-{small}/{year}", f"2А-{small}/{year}",
                f"2а- {small}/{year}", f"02-{small}/{year}", f"2-{small}/{year}", f"{year}-{day.month:02}-{day.day:02}-{n}-ПЛ",
                f"2-6-27/ {year}-{day.month:02}-{day.day:02}-{small}-АИ", f"{year}-{day.month:02}-{day.day:02}-661-ВН", f"{small}КМ-{n}", str(n),
                f"М-{small}/{year}", f"2а-{small} М/{year}", f"2а-{small}/{small}/{year}",
            ]
        )
    )  # fmt: skip


@st.composite
def orders(draw: Any) -> tuple[str, date, str]:
    day = draw(days)
    number = draw(numbers(day))
    written = day.strftime("%d.%m.%Y")
    form = draw(
        st.sampled_from(
            ["от {d} № {n}", "от от {d} № {n}", "от {d} № № {n}", "от {d} №{n}", "№ {n} от {d}", "от № {n} от {d}", "от {d} г. № {n}", "№{n} от {d}", "от {d} № {n} от {d} № {n}"]
        )
    )  # fmt: skip
    return form.format(d=written, n=number), day, number


@given(st.sampled_from(BEGINNINGS), st.sampled_from(LEADS), orders(), st.sampled_from(TAILS))
@settings(max_examples=300, deadline=None)
def test_a_body_is_read_through_any_slips_together(
    beginning: str,
    lead: tuple[str, str | None, str, str | None],
    order: tuple[str, date, str],
    tail: tuple[str, str | None],
) -> None:
    written, day, number = order
    notice = parse_notice(beginning + lead[0] + " " + written + tail[0])
    assert (notice.authority, notice.authority_kind, notice.transmitted_by) == lead[1:]
    assert (notice.order_date, notice.order_number) == (day.isoformat(), number)
    assert (notice.territory, notice.language, notice.reason) == ("RU", "ru", tail[1])
    assert (notice.court, notice.region) == (None, None)


@given(
    st.sampled_from(BEGINNINGS),
    st.sampled_from(["на основании решения суда/уполномоченного федерального органа исполнительной власти", "на основании решения суда", "что на основании решения суда", "согласно решению суда"]),
    st.sampled_from(COURTS), st.sampled_from(REGIONS), orders(), st.sampled_from(TAILS),
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_a_court_and_its_region_are_read_through_any_slips_together(
    beginning: str,
    lead: str,
    court: str,
    region: str | None,
    order: tuple[str, date, str],
    tail: tuple[str, str | None],
) -> None:
    written, day, number = order
    bracket = f"({court} - {region})" if region else f"({court})"
    notice = parse_notice(f"{beginning}{lead} {bracket} {written}{tail[0]}")
    assert (notice.court, notice.region, notice.authority, notice.authority_kind) == (
        court,
        region,
        court,
        "court",
    )
    assert (notice.order_date, notice.order_number, notice.reason) == (day.isoformat(), number, tail[1])


@given(st.sampled_from(BEGINNINGS), st.sampled_from(LEADS), days)
def test_without_a_number_there_is_none(
    beginning: str, lead: tuple[str, str | None, str, str | None], day: date
) -> None:
    notice = parse_notice(f"{beginning}{lead[0]} от {day:%d.%m.%Y}")
    assert (notice.authority, notice.order_date, notice.order_number) == (lead[1], day.isoformat(), None)


@given(st.integers(2013, 2026), st.integers(2013, 2026), st.integers(100, 9999))
def test_a_prosecutors_number_of_another_year_is_suspect(year: int, other: int, n: int) -> None:
    assume(year != other)
    notice = parse_notice(f"{BEGINNINGS[0]}{LEADS[0][0]} от 15.06.{year} № 27-31-{other}/Ид{n}-{year % 100}")
    assert notice.suspect is not None
    assert str(other) in notice.suspect


@given(st.sampled_from(COURTS), orders())
def test_every_span_holds_the_words_of_its_value(court: str, order: tuple[str, date, str]) -> None:
    text = f"{BEGINNINGS[0]}на основании решения суда ({court}) {order[0]}, как содержащего призывы"
    notice = parse_notice(text)
    spans = {name: text[start:end] for name, start, end in notice.spans}
    assert spans["court"] == court
    assert spans["order_number"] == notice.order_number
    assert spans["order_date"] == order[1].strftime("%d.%m.%Y")
    assert spans["reason"] == notice.reason


@given(orders())
def test_the_number_of_one_order_compares_equal_however_it_is_spelt(order: tuple[str, date, str]) -> None:
    number = order[2]
    looks = str.maketrans("АВСЕНКМОРТХаеорсух", "ABCEHKMOPTXaeopcyx")
    assert normalise_number(number) == normalise_number("№ " + number.translate(looks).replace("/", " / "))
