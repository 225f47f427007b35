# ruff: noqa: E501 -- notices are long sentences
"""Notices of other countries, in any order of words: what is stated is read, and what is not stated is null."""

from __future__ import annotations

from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.judging import parse_notice
from tracker.judging.notices.dates import dates_in, plain_digits

Stated = dict[str, str | None]
NAMES = "authority authority_kind transmitted_by court order_number order_date law territory".split()

WHOLE: list[tuple[str, Stated]] = [
    ("This content has been blocked in the Russian Federation at the request of the Prosecutor General's Office dated 12.04.2024 No. 73/2-100-2024",
     {"authority": "Prosecutor General's Office of the Russian Federation", "authority_kind": "prosecutor", "order_number": "73/2-100-2024", "order_date": "2024-04-12", "territory": "RU"}),
    ("This post is blocked in the Russian Federation at the request of Roskomnadzor on the basis of the decision of the Prosecutor General's Office No. 27-31-2022/Ид123-22 of 01.03.2022",
     {"authority": "Prosecutor General's Office of the Russian Federation", "authority_kind": "prosecutor", "transmitted_by": "Roskomnadzor", "order_number": "27-31-2022/Ид123-22", "order_date": "2022-03-01", "territory": "RU"}),
    ("This material has been blocked in Russia by decision of the Tverskoy District Court of Moscow No. 02-2473/2022 dated 21.03.2022",
     {"authority": "Tverskoy District Court of Moscow", "court": "Tverskoy District Court of Moscow", "authority_kind": "court", "order_number": "02-2473/2022", "order_date": "2022-03-21", "territory": "RU"}),
    ("Access to the information resource is restricted on the basis of Federal Law No. 149-FZ of July 27, 2006",
     {"law": "Federal Law No. 149-FZ of July 27, 2006", "territory": "RU"}),
    ("Доступ ограничен по решению Роскомнадзора № 1234567-РКН от 05.06.2023 согласно ч. 5 ст. 15.1 149-ФЗ",
     {"authority": "Роскомнадзор", "authority_kind": "regulator", "order_number": "1234567-РКН", "order_date": "2023-06-05", "law": "ч. 5 ст. 15.1 149-ФЗ", "territory": "RU"}),
    ("Доступ закрыт. Сайт внесён в Единый реестр запрещённых сайтов, реестровая запись № 1871536-РКН от 12.03.2023",
     {"order_number": "1871536-РКН", "order_date": "2023-03-12", "territory": "RU"}),
    ("Доступ к ресурсу ограничен на основании решения Министерства информации Республики Беларусь от 12.05.2021 № 15, принятого в соответствии с Законом Республики Беларусь «О средствах массовой информации»",
     {"authority": "Министерство информации Республики Беларусь", "authority_kind": "ministry", "order_number": "15", "order_date": "2021-05-12", "law": "Законом Республики Беларусь «О средствах массовой информации»", "territory": "BY"}),
    ("Доступ да рэсурсу абмежаваны на падставе рашэння Міністэрства інфармацыі Рэспублікі Беларусь ад 12.05.2021 № 15",
     {"authority": "Министерство информации Республики Беларусь", "authority_kind": "ministry", "order_number": "15", "order_date": "2021-05-12", "territory": "BY"}),
    ("Доступ к сайту ограничен по решению Министерства культуры и информации Республики Казахстан № 123-ж от 01.02.2024",
     {"authority": "Министерство культуры и информации Республики Казахстан", "authority_kind": "ministry", "order_number": "123-ж", "order_date": "2024-02-01", "territory": "KZ"}),
    ("Доступ до сайту заблоковано на підставі рішення Печерського районного суду м. Києва від 12 березня 2020 № 757/1234/20",
     {"authority": "Печерський районний суд м. Києва", "court": "Печерський районний суд м. Києва", "authority_kind": "court", "order_number": "757/1234/20", "order_date": "2020-03-12", "territory": "UA"}),
    ("Ushbu saytga kirish Oʻzkomnazorat tomonidan cheklangan. Qaror No. 12 2021-07-01",
     {"authority": "Ўзкомназорат", "authority_kind": "regulator", "order_number": "12", "order_date": "2021-07-01", "territory": "UZ"}),
    ("Bu siteye erişim Ankara 1. Sulh Ceza Hakimliği'nin 17.03.2022 tarihli ve 2022/2956 D. İş sayılı kararı ile engellenmiştir.",
     {"authority": "Ankara 1. Sulh Ceza Hakimliği", "court": "Ankara 1. Sulh Ceza Hakimliği", "authority_kind": "court", "order_number": "2022/2956", "order_date": "2022-03-17", "territory": "TR"}),
    ("5651 sayılı Kanun uyarınca bu internet sitesi (example.org) hakkında Bilgi Teknolojileri ve İletişim Kurumunun 29/04/2019 tarih ve 490.05.01.2019.-18219 sayılı kararı ile idari tedbir uygulanmaktadır.",
     {"authority": "Bilgi Teknolojileri ve İletişim Kurumu", "authority_kind": "regulator", "order_number": "490.05.01.2019.-18219", "order_date": "2019-04-29", "law": "5651 sayılı Kanun", "territory": "TR"}),
    ("Under section 69A of the Information Technology Act, 2000 this page is blocked by order No. 14(07)/2020-CLES of the Ministry of Electronics & Information Technology dated 29-06-2020",
     {"authority": "Ministry of Electronics and Information Technology", "authority_kind": "ministry", "order_number": "14(07)/2020-CLES", "order_date": "2020-06-29", "law": "section 69A of the Information Technology Act, 2000", "territory": "IN"}),
    ("Site blocked by order of the Hon'ble High Court of Bombay in W.P.(C) No. 1031 of 2019 dated 05/12/2021",
     {"authority": "High Court of Bombay", "court": "High Court of Bombay", "authority_kind": "court", "order_number": "W.P.(C) No. 1031 of 2019", "order_date": "2021-12-05", "territory": "IN"}),
    ("This page has been blocked by the Pakistan Telecommunication Authority (PTA) vide letter no. PTA/WM/123-2021 dated 09-04-2021 under Section 37 of PECA 2016",
     {"authority": "Pakistan Telecommunication Authority", "authority_kind": "regulator", "order_number": "PTA/WM/123-2021", "order_date": "2021-04-09", "law": "Section 37 of PECA 2016", "territory": "PK"}),
    ("Access to this page is restricted by order of the Lahore High Court in case no. W.P. 1234/2021 dated 5 March 2021.",
     {"authority": "Lahore High Court", "court": "Lahore High Court", "authority_kind": "court", "order_number": "W.P. 1234/2021", "order_date": "2021-03-05", "territory": "PK"}),
    ("Situs diblokir berdasarkan putusan Pengadilan Negeri Jakarta Pusat Nomor 123/Pdt.G/2020/PN Jkt.Pst tanggal 12 Mei 2020",
     {"authority": "Pengadilan Negeri Jakarta Pusat", "court": "Pengadilan Negeri Jakarta Pusat", "authority_kind": "court", "order_number": "123/Pdt.G/2020/PN Jkt.Pst", "order_date": "2020-05-12", "territory": "ID"}),
    ("Situs ini diblokir berdasarkan Keputusan Menteri Kominfo Nomor 123 Tahun 2020",
     {"authority": "Kementerian Komunikasi dan Informatika", "authority_kind": "ministry", "order_number": "123 Tahun 2020", "territory": "ID"}),
    ("دسترسی به این سایت به دستور کارگروه تعیین مصادیق محتوای مجرمانه به شماره ۱۲۳/۴۵ مورخ ۱۴۰۰/۰۲/۲۲ مسدود شده است",
     {"authority": "کارگروه تعیین مصادیق محتوای مجرمانه", "authority_kind": "executive", "order_number": "۱۲۳/۴۵", "order_date": "2021-05-12", "territory": "IR"}),
    ("该网站因违反《中华人民共和国网络安全法》第四十七条已被北京市互联网信息办公室责令停止访问，京网信罚〔2021〕12号，2021年5月12日",
     {"authority": "北京市互联网信息办公室", "authority_kind": "regulator", "order_number": "京网信罚〔2021〕12号", "order_date": "2021-05-12", "law": "《中华人民共和国网络安全法》第四十七条", "territory": "CN"}),
    ("Diese Seite ist aufgrund eines Beschlusses des Landgerichts Hamburg vom 12.05.2021 (Az. 324 O 123/21) in Deutschland gesperrt.",
     {"authority": "Landgericht Hamburg", "court": "Landgericht Hamburg", "authority_kind": "court", "order_number": "324 O 123/21", "order_date": "2021-05-12", "territory": "DE"}),
    ("Diese Website ist in Deutschland auf Anordnung der Landesanstalt für Medien NRW vom 3. März 2022 gesperrt (§ 20 Abs. 4 JMStV).",
     {"authority": "Landesanstalt für Medien NRW", "authority_kind": "regulator", "order_date": "2022-03-03", "law": "§ 20 Abs. 4 JMStV", "territory": "DE"}),
    ("Because of an order by the Malaysian Communications and Multimedia Commission dated 3 June 2021, this site is blocked.",
     {"authority": "Malaysian Communications and Multimedia Commission", "authority_kind": "regulator", "order_date": "2021-06-03"}),
    ("@x's account has been withheld in India in response to a legal demand. Learn more.", {"territory": "IN"}),
    ("@x's account has been withheld in Turkey, Russia in response to a legal demand.", {}),
    ("This content is not available on this country domain due to a legal complaint from the government.", {}),
    ("This channel can't be displayed because it violated local laws.", {"law": "local laws"}),
    ("该账号因被投诉违反法律法规和《微博社区公约》的相关规定，现已无法查看", {"law": "法律法规"}),
    ("The court heard on Monday that the minister had blocked the road.", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "stated"), WHOLE, ids=range(len(WHOLE)))
def test_a_notice_gives_what_it_states_and_nothing_else(text: str, stated: Stated) -> None:
    notice = parse_notice(text)
    assert {name: getattr(notice, name) for name in NAMES} == dict.fromkeys(NAMES) | stated
    assert notice.suspect is None


@pytest.mark.parametrize(
    ("text", "language"),
    [(text, language) for text, language in zip((text for text, _ in WHOLE), "en en en en ru ru ru be ru uk uz tr tr en en en en id id fa zh de de en en en en en zh".split(), strict=False)],
)  # fmt: skip
def test_the_language_is_that_of_the_words_and_not_of_the_number(text: str, language: str) -> None:
    assert parse_notice(text).language == language


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("This page is blocked by order of the Lahore High Court in case no. 1234/2022 dated 5 March 2021.", "2022"),
        ("Bu siteye erişim Ankara 1. Sulh Ceza Hakimliği'nin 17.03.2020 tarihli ve 2022/29 sayılı kararı ile engellenmiştir.", "2022"),
        ("This page is blocked by order no. 12/34 of the Pakistan Telecommunication Authority dated 31-02-2021", "31-02-2021"),
    ],
)  # fmt: skip
def test_a_contradiction_abroad_is_suspect_too(text: str, why: str) -> None:
    suspect = parse_notice(text).suspect
    assert suspect is not None
    assert why in suspect


@given(st.dates(date(1990, 1, 1), date(2029, 12, 31)), st.sampled_from(range(9)))
def test_a_date_is_the_same_day_in_every_form(day: date, form: int) -> None:
    turkish = "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık".split()
    indonesian = (
        "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
    )
    german = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
    english = "January February March April May June July August September October November December".split()
    d, m, y = day.day, day.month, day.year
    written = [
        f"{d:02}.{m:02}.{y}", f"{d}/{m}/{y}", f"{d:02}-{m:02}-{y}", f"{y}/{m:02}/{d:02}", f"{y}年{m}月{d}日", f"{d} {turkish[m - 1]} {y}",
        f"{d} {indonesian[m - 1]} {y}", f"{d}. {german[m - 1]} {y}", f"{english[m - 1]} {d}, {y}",
    ][form]  # fmt: skip
    assert [found.iso for found in dates_in(f"({written})", None)] == [day.isoformat()]


@given(st.integers(1360, 1409), st.integers(1, 12), st.integers(1, 29))
def test_iranian_days_follow_one_another(year: int, month: int, day: int) -> None:
    today, tomorrow = (next(dates_in(f"{year}/{month}/{d}", "fa")).iso for d in (day, day + 1))
    if month < 12 or day < 29:  # the last month may end with its 29th day
        assert today is not None
        assert tomorrow is not None
        assert date.fromisoformat(tomorrow) - date.fromisoformat(today) == timedelta(days=1)


def test_known_iranian_days() -> None:
    days = {
        "۱۳۹۹/۱۲/۳۰": "2021-03-20",
        "۱۴۰۰/۰۱/۰۱": "2021-03-21",
        "۱۳۵۷/۱۱/۲۲": "1979-02-11",
        "۱۴۰۰/۱۲/۳۰": None,
    }
    assert {d: next(dates_in(plain_digits(d), "fa")).iso for d in days} == days


@given(st.text(max_size=200), st.sampled_from([text for text, _ in WHOLE]))
def test_no_text_makes_it_raise_and_spans_stay_inside(noise: str, text: str) -> None:
    for made in (noise + text, text + noise, text[: len(noise)] + noise + text[len(noise) :]):
        notice = parse_notice(made)
        assert all(0 <= start <= end <= len(made) for _, start, end in notice.spans)


BEGINNINGS = ("blocked by order ", "Этот материал заблокирован на территории РФ на основании решения суда ")
REPEATED = (
    "A |Court of |of the And |Суда |решения Центрального |Центрального районного |1.1.|1-|12 May |№ |№ 1/|No.: |5651 sayılı |Sulh Ceza "
    "|section 1 of the A |W.P. |法|《|人民|§ 1 |ст. 1 |от |((суд) |Germany, |UU No. |request from |Закона Республики "
).split("|")


@pytest.mark.parametrize("letters", REPEATED)
def test_a_long_text_is_read_in_time(letters: str) -> None:
    before = process_time()
    for beginning in BEGINNINGS:
        parse_notice(beginning + letters * 5000)
    assert process_time() - before < 2
