# ruff: noqa: E501 -- notices are long sentences
"""Notices as they are written, slips and all: sentences of our own in the grammar of the real ones, which come last."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.facts import Notice
from tracker.judging import normalise_number, parse_notice

HERE = "Этот материал заблокирован на территории РФ "
PROSECUTOR = "на основании требования Генеральной прокуратуры Российской Федерации "
GENERAL = "Генеральная прокуратура Российской Федерации"
EITHER = "на основании решения суда/уполномоченного федерального органа исполнительной власти "


def values(notice: Notice) -> tuple[str | None, ...]:
    return notice.authority, notice.order_date, notice.order_number


@pytest.mark.parametrize(
    "text",
    [
        HERE + PROSECUTOR + "от 05.08.2022 № 27-31-2022/Ид10925-22",
        HERE + PROSECUTOR + "№ 27-31-2022/Ид10925-22 от 05.08.2022",
        HERE + PROSECUTOR + "от от 05.08.2022 № 27-31-2022/Ид10925-22",
        HERE + PROSECUTOR + "от № 27-31-2022/Ид10925-22 от 05.08.2022",
        HERE + PROSECUTOR + "от 05.08.2022 № № 27-31-2022/Ид10925-22",
        HERE + PROSECUTOR + "от 05.08.2022 №27-31-2022/Ид10925-22",
        HERE
        + PROSECUTOR
        + "от 05.08.2022 № 27-31-2022/Ид10925-22 , как содержащего призывы к чему-либо, с нарушением установленного поря",
        HERE
        + PROSECUTOR
        + "от 05.08.2022 № 27-31-2022/Ид10925-22 Комментарий ВКонтакте: vk.com/press/example",
        HERE + PROSECUTOR + "от 05.08.2022 № 27-31-2022/Ид10925-22.",
        HERE + PROSECUTOR + "от 5 августа 2022 г. № 27-31-2022/Ид10925-22",
        HERE + "а основании требования Генеральной прокуратуры от 05.08.2022 № 27-31-2022/Ид10925-22",
        HERE + "что на основании требования Генеральной прокуратуры РФ от 05.08.2022 № 27-31-2022/Ид10925-22",
        HERE
        + "согласно требованию Генеральной прокуратуры Российской Федерации от 05.08.2022 № 27-31-2022/Ид10925-22",
        HERE
        + "На основании требования Генерального прокурора Российской Федерации или его заместителя о принятии мер "
        "по ограничению доступа от 05.08.2022 № 27-31-2022/Ид10925-22",
        "Данный материал заблокирован на территории Российской Федерации "
        + PROSECUTOR
        + "от 05.08.2022 № 27-31-2022/Ид10925-22",
        "Запись заблокирована " + PROSECUTOR + "от 05.08.2022 № 27-31-2022/Ид10925-22.",
    ],
)
def test_a_prosecutors_demand_is_read_through_every_slip(text: str) -> None:
    notice = parse_notice(text)
    assert values(notice) == (GENERAL, "2022-08-05", "27-31-2022/Ид10925-22")
    assert (notice.authority_kind, notice.transmitted_by, notice.formula) == (
        "prosecutor",
        None,
        "prosecutor_demand",
    )
    assert (notice.territory, notice.language, notice.suspect) == ("RU", "ru", None)


def test_a_phrase_written_twice_gives_one_order_and_no_ground() -> None:
    order = "от 05.08.2022 № 27-31-2022/Ид10925-22 "
    notice = parse_notice(HERE + order + order)
    assert values(notice) == (None, "2022-08-05", "27-31-2022/Ид10925-22")
    assert notice.authority_kind is None


def test_roskomnadzor_on_a_decision_of_the_prosecutor_transmits_and_does_not_decide() -> None:
    notice = parse_notice(
        HERE
        + "по требованию Роскомнадзора на основании решения Генеральной прокуратуры № 27-27-2014 от 04.03.2014"
    )
    assert values(notice) == (GENERAL, "2014-03-04", "27-27-2014")
    assert (notice.transmitted_by, notice.formula) == ("Роскомнадзор", "regulator_on_prosecutor")


@pytest.mark.parametrize(
    ("lead", "authority", "kind"),
    [
        ("решением Роскомнадзора", "Роскомнадзор", "regulator"),
        ("на основании решения Федеральной службы по надзору в сфере связи, массовых коммуникаций и информационных технологий", "Роскомнадзор", "regulator"),
        ("на основании решения Федеральной службы по надзору в сфере связи, информационных технологий и массовых коммуникаций", "Роскомнадзор", "regulator"),
        ("на основании решения Федеральной службы по надзору в сфере здравоохранения", "Росздравнадзор", "regulator"),
        ("на основании решения ФНС", "Федеральная налоговая служба", "tax"),
        ("на основании решения Федеральной налоговой службы", "Федеральная налоговая служба", "tax"),
        ("на основании решения Министерства внутренних дел Российской Федерации", "Министерство внутренних дел Российской Федерации", "ministry"),
        ("на основании решения Федерального агентства по делам молодежи", "Росмолодёжь", "executive"),
    ],
)  # fmt: skip
def test_agencies_get_their_usual_name(lead: str, authority: str, kind: str) -> None:
    notice = parse_notice(HERE + lead + " от 28.03.2018 № 410572")
    assert values(notice) == (authority, "2018-03-28", "410572")
    assert notice.authority_kind == kind


@pytest.mark.parametrize(
    ("bracket", "court", "region"),
    [
        ("Тюменский районный суд - Тюменская область", "Тюменский районный суд", "Тюменская область"),
        ("Березовский районный суд - Ханты-Мансийский автономный округ - Югра", "Березовский районный суд", "Ханты-Мансийский автономный округ - Югра"),
        ("Бугульминский городской суд - Республика Татарстан (Татарстан)", "Бугульминский городской суд", "Республика Татарстан (Татарстан)"),
        ("Пролетарский районный суд г.Тулы - Тульская область", "Пролетарский районный суд г.Тулы", "Тульская область"),
        ("Железнодорожный районный суд г. Новосибирска", "Железнодорожный районный суд г. Новосибирска", None),
    ],
)  # fmt: skip
def test_a_court_in_brackets_is_parted_from_its_region_at_the_first_dash(
    bracket: str, court: str, region: str | None
) -> None:
    notice = parse_notice(HERE + EITHER + f"({bracket}) от 16.03.2020 № 2а-105/2020")
    assert (notice.court, notice.region, notice.authority) == (court, region, court)
    assert (notice.authority_kind, notice.formula) == ("court", "court_or_agency")
    assert (notice.order_date, notice.order_number) == ("2020-03-16", "2а-105/2020")


def test_a_court_or_agency_without_a_name_stays_undecided() -> None:
    notice = parse_notice(HERE + EITHER + "от 16.03.2020 № 2а-105/2020")
    assert (notice.authority_kind, notice.formula, notice.court) == (
        "court_or_agency",
        "court_or_agency",
        None,
    )


def test_a_decision_of_a_court_that_is_not_named_has_a_kind_and_no_authority() -> None:
    notice = parse_notice(HERE + "на основании решения суда от 03.02.2017 № 2-495/2017")
    assert (notice.authority, notice.authority_kind, notice.formula) == (None, "court", "court")


def test_a_court_named_in_the_genitive_is_turned_into_its_name() -> None:
    notice = parse_notice(
        HERE
        + "на основании решения Центрального районного суда города Хабаровска от 10.08.2015 № 2-5951/2015"
    )
    assert values(notice) == ("Центральный районный суд города Хабаровска", "2015-08-10", "2-5951/2015")
    assert notice.formula == "court"


def test_a_case_number_inside_the_courts_brackets_is_found() -> None:
    notice = parse_notice(
        "Сообщество заблокировано на основании решения суда (Тверской районный суд г. Москвы, дело № 02-2473/2022 от 21.03.2022)."
    )
    assert values(notice) == ("Тверской районный суд г. Москвы", "2022-03-21", "02-2473/2022")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("№ 2-6-27/ 2016-06-21-30-АИ", "2-6-27/ 2016-06-21-30-АИ"),
        ("№ 2а- 267/2021", "2а- 267/2021"),
        ("№ 2а-1576 М/2021", "2а-1576 М/2021"),
        ("№ 2а-1424/2022 ~ М-1568/202", "2а-1424/2022"),
        ("№ 2a-1720/2020", "2a-1720/2020"),
        ("", None),
    ],
)
def test_numbers_are_kept_as_written(written: str, number: str | None) -> None:
    assert parse_notice(f"{HERE}{EITHER}от 22.12.2022 {written}").order_number == number


@pytest.mark.parametrize(
    ("order", "suspect"),
    [
        ("от 10.05.2022 № 27-31-2002/Ид6260-22", "2002"),
        ("от 24.02.2022 № 27-31-2020/Ид2145-22", "2020"),
        ("от 12.03.2015 № 27-31-2015/Ид831-1", "cut off"),
        ("от 31.02.2022 № 27-31-2022/Ид831-22", "31.02.2022"),
        ("от 04.08.2021 № 2024-08-03-3859-ПЛ", "2024-08-03"),
        ("от 21.01.2021 № 2020-12-28-2050-ПЛ", None),
        ("от 11.01.2022 № 2а-2/12/2021", None),
        ("от 11.01.2020 № 2а-12/2022", "2022"),
    ],
)
def test_a_number_that_contradicts_its_date_is_suspect(order: str, suspect: str | None) -> None:
    found = parse_notice(HERE + PROSECUTOR + order).suspect
    assert (found is None) if suspect is None else (found is not None and suspect in found)


@pytest.mark.parametrize(
    "reason",
    [
        "Ваша страница заблокирована за размещение информации, запрещённой правилами сайта.",
        "Ваша сторінка заблокована за розміщення інформації, забороненої правилами сайту.",
    ],
)
def test_the_platforms_own_rules_in_the_words_of_a_legal_notice_are_no_legal_block(reason: str) -> None:
    notice = parse_notice(HERE + reason)
    assert notice.platform_rules
    assert (notice.authority, notice.authority_kind) == (None, "platform")


def test_the_number_of_a_law_is_not_taken_for_the_orders() -> None:
    notice = parse_notice(
        "Доступ ограничен на основании Федерального закона от 27 июля 2006 г. № 149-ФЗ «Об информации»"
    )
    assert notice.law == "Федерального закона от 27 июля 2006 г. № 149-ФЗ «Об информации»"
    assert (notice.order_number, notice.order_date) == (None, None)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "Доступ к информационному ресурсу ограничен на основании решения Министерства информации Республики Беларусь, принятого в "
            "соответствии с Законом Республики Беларусь «О средствах массовой информации»",
            {"territory": "BY", "authority": "Министерство информации Республики Беларусь", "authority_kind": "ministry",
             "law": "Законом Республики Беларусь «О средствах массовой информации»", "language": "ru"},
        ),
        (
            "Access to this site has been suspended in accordance with decision no: 2007/195 of T.C. Fatih 2. Civil Court of First Instance",
            {"territory": "TR", "authority_kind": "court", "order_number": "2007/195", "court": "Fatih 2. Civil Court of First Instance"},
        ),
        (
            "After technical analysis and legal consideration based on the law nr. 5651, administration measure has been taken for this website",
            {"territory": "TR", "authority": None, "law": "law nr. 5651"},
        ),
        (
            "Your requested URL has been blocked as per the directions received from Department of Telecommunications, Government of India.",
            {"territory": "IN", "authority": "Department of Telecommunications", "authority_kind": "ministry"},
        ),
        (
            "This website contains content that is prohibited for viewership from within Pakistan.",
            {"territory": "PK", "authority": None, "authority_kind": None},
        ),
        (
            "Situs ini tidak bisa diakses melalui jaringan ini sesuai peraturan perundang-undangan",
            {"territory": "ID", "authority": None, "law": "sesuai peraturan perundang-undangan"},
        ),
        ("@x's account has been withheld in Germany based on local law(s).", {"territory": "DE", "law": "local law(s)", "authority": None}),
    ],
)  # fmt: skip
def test_notices_of_other_countries_give_what_they_state(text: str, stated: dict[str, str | None]) -> None:
    notice = parse_notice(text)
    assert {name: getattr(notice, name) for name in stated} == stated


@pytest.mark.parametrize(
    "text", ["", "This video is unavailable because its creator has been blocked", "Паром пришёл поздно."]
)
def test_a_text_that_is_no_notice_states_nothing(text: str) -> None:
    notice = parse_notice(text)
    assert values(notice) == (None, None, None)
    assert (notice.authority_kind, notice.territory, notice.confidence) == (None, None, 0.0)


def test_spans_point_at_the_words_that_say_so() -> None:
    text = (
        HERE
        + EITHER
        + "(Березовский районный суд - Ханты-Мансийский автономный округ - Югра) от 16.03.2020 № 2а-105/2020"
    )
    spans = {name: text[start:end] for name, start, end in parse_notice(text).spans}
    assert spans == {
        "authority": "Березовский районный суд",
        "court": "Березовский районный суд",
        "region": "Ханты-Мансийский автономный округ - Югра",
        "order_date": "16.03.2020",
        "order_number": "2а-105/2020",
    }


def test_numbers_compare_equal_across_lookalike_letters_spaces_and_case() -> None:
    assert {
        normalise_number(text) for text in ("2a-1720/2020", "2А-1720/2020", "№ 2а- 1720/2020", "2а‐1720/2020")
    } == {"2а-1720/2020"}
    assert normalise_number("27-31-2022/Ид10925-22") != normalise_number("27-31-2022/Ид10926-22")


@given(
    st.text(alphabet="от №Идсуда()-./~0123456789 \nТМaА«»", max_size=300),
    st.sampled_from(["", HERE, HERE + PROSECUTOR, HERE + EITHER]),
)
def test_no_text_makes_the_parser_raise_and_spans_stay_inside(tail: str, lead: str) -> None:
    notice = parse_notice(lead + tail)
    assert notice.text == lead + tail
    assert all(0 <= start <= end <= len(notice.text) for _, start, end in notice.spans)
    assert 0 <= notice.confidence <= 1


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.shared_data
def test_every_real_notice_with_a_known_date_gives_that_date(shared_data: Path) -> None:
    known = [row for row in rows(shared_data / "vk" / "messages.dev.csv") if row["case_date"]]
    wrong = [
        row["message"]
        for row in known
        if parse_notice(row["message"]).order_date
        != datetime.strptime(row["case_date"], "%b %d, %Y").date().isoformat()  # noqa: DTZ007 -- a day has no zone
    ]
    assert len(known) == 170
    assert wrong == []


@pytest.mark.shared_data
def test_real_notices_give_their_numbers(shared_data: Path) -> None:
    folder = shared_data / "vk"
    texts = {row["message"] for row in rows(folder / "messages.dev.csv") if row["case_date"]}
    texts |= {row["error"] for row in rows(folder / "RU_communities_inscope.dev.csv")}
    texts |= {row["error"] for row in rows(folder / "RU_people_inscope.dev.csv")}
    without = [text for text in texts if "№" in text and not parse_notice(text).order_number]
    assert len(texts) > 300
    assert len(without) <= 0.005 * len(texts)


@pytest.mark.shared_data
def test_real_communities_fall_to_the_authorities_that_decided_them(shared_data: Path) -> None:
    by_page = {
        row["url"]: row["error"] for row in rows(shared_data / "vk" / "RU_communities_inscope.dev.csv")
    }
    notices = [parse_notice(text) for text in by_page.values()]
    formulas = Counter(notice.formula for notice in notices)
    assert len(notices) == 424
    assert formulas["court"] == 63
    assert formulas["court"] + formulas["court_or_agency"] == 155
    assert Counter((n.authority, n.transmitted_by) for n in notices if n.authority_kind != "court") == {
        (GENERAL, None): 149,
        ("Росздравнадзор", None): 89,
        ("Федеральная налоговая служба", None): 23,
        (GENERAL, "Роскомнадзор"): 8,
    }


def test_the_grammar_alone_does_not_say_whose_territory_it_is() -> None:
    ground = "на основании требования Учебной прокуратуры от 01.02.2026 № 00-01-2026/Уч1-26"
    assert parse_notice(f"Этот материал заблокирован на территории XX {ground}").territory is None
    assert parse_notice(f"Доступ ограничен {ground}").territory is None
    assert parse_notice(f"Этот материал заблокирован на территории РФ {ground}").territory == "RU"
