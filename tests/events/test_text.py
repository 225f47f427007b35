"""Names in any script are stored as typed and compared in normal form; order numbers likewise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import operations
from events.dates import ImpreciseDate
from events.text import comparison_key, order_number_key
from tests.make import NOW, make_authority, make_group

SAME_NAME = {
    "case": ("Совет матерей", "СОВЕТ МАТЕРЕЙ"),
    "ё and е": ("Ещё раз", "Еще раз"),
    "ё in two characters": ("Еще\u0308 раз", "Ещё раз"),
    "combining й": ("Наи\u0306ди", "Найди"),
    "combining in Latin": ("Cafe\u0301", "Café"),
    "full width": ("ＡＢＣ　１２３", "abc 123"),
    "ligature": ("oﬃce", "office"),
    "German sharp s": ("STRASSE", "straße"),
    "final sigma": ("ΟΔΟΣ", "οδος"),
    "guillemets": ("«Совет»", "Совет"),
    "quotes of several kinds": ("“Roskomsvoboda”", '"Roskomsvoboda"'),
    "quotes beside a word": ("ООО«Ромашка»", "ООО «Ромашка»"),
    "apostrophes": ("Мар’яна", "Мар'яна"),
    "letter apostrophe": ("Марʼяна", "Мар’яна"),
    "white space": ("  Совет \t\n матерей ", "Совет матерей"),
    "no-break space": ("Совет\u00a0матерей", "Совет матерей"),
    "soft hyphen": ("Но\u00adвая газета", "Новая газета"),
    "zero-width space in a word": ("Но\u200bвая газета", "Новая газета"),
    "right-to-left marks": ("\u200fرصد\u200f", "رصد"),
    "embedding marks in a word": ("\u202bر\u202cصد", "رصد"),
    "isolates": ("\u2068Novaya\u2069", "Novaya"),
    "byte order mark": ("\ufeffNovaya", "Novaya"),
}
OTHER_NAME = {
    "й is not и": ("Найди", "Наиди"),
    "words stay apart": ("Совет матерей", "Советматерей"),
    "look-alikes stay apart": ("Совет", "Cовет"),
    "accents count": ("Café", "Cafe"),
    "digits": ("Канал 1", "Канал 2"),
    "hyphens": ("Кавказ-Узел", "Кавказ Узел"),
}


@pytest.mark.parametrize("names", SAME_NAME.values(), ids=SAME_NAME)
def test_one_name_spelt_in_two_ways(names: tuple[str, str]) -> None:
    assert comparison_key(names[0]) == comparison_key(names[1])


@pytest.mark.parametrize("names", OTHER_NAME.values(), ids=OTHER_NAME)
def test_two_names(names: tuple[str, str]) -> None:
    assert comparison_key(names[0]) != comparison_key(names[1])


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    key = comparison_key(text)
    assert comparison_key(key) == key
    assert key == key.strip()


SAME_NUMBER = {
    "sign": ("№ 27-31-2020/Ид2145-22", "27-31-2020/Ид2145-22"),
    "sign inside": ("дело № 2а-123", "дело 2а-123"),
    "hash": ("#123", "123"),
    "word": ("No. 123", "123"),
    "short word": ("N 123", "№123"),
    "spaces": ("27-31-2020 / Ид 2145-22", "27-31-2020/Ид2145-22"),
    "no-break space": ("№\u00a073/1", "73/1"),
    "case": ("ИД2145", "ид2145"),
    "Latin look-alikes": ("PKH-15", "РКН-15"),
    "one Latin look-alike": ("2A-123", "2А-123"),
    "full width": ("１２３/４", "123/4"),
    "non-breaking hyphen": ("27\u201131\u20112020", "27-31-2020"),
    "en dash": ("27–31–2020", "27-31-2020"),
    "zero-width space": ("27-\u200b31", "27-31"),
}
OTHER_NUMBER = {
    "digits": ("27-31-2020", "27-31-2021"),
    "slash is no hyphen": ("27/31", "27-31"),
    "letters": ("Ид-22", "Ик-22"),
    "a word that begins with no": ("NOVO-1", "VO-1"),
    "leading zeros": ("007", "7"),
}


@pytest.mark.parametrize("numbers", SAME_NUMBER.values(), ids=SAME_NUMBER)
def test_one_number_spelt_in_two_ways(numbers: tuple[str, str]) -> None:
    assert order_number_key(numbers[0]) == order_number_key(numbers[1])


@pytest.mark.parametrize("numbers", OTHER_NUMBER.values(), ids=OTHER_NUMBER)
def test_two_numbers(numbers: tuple[str, str]) -> None:
    assert order_number_key(numbers[0]) != order_number_key(numbers[1])


def test_no_number_has_no_key() -> None:
    assert order_number_key("") == order_number_key(" № ") == ""


@pytest.mark.django_db
def test_names_are_stored_as_typed() -> None:
    typed = "  «Совет\u00a0матерей»  "
    group = make_group(name=typed)
    group.refresh_from_db()
    assert group.name == typed
    assert group.name_key == "совет матерей"


@pytest.mark.django_db
def test_a_name_that_changes_is_compared_by_its_new_form() -> None:
    group = make_group(name="Old")
    group.name = "НОВОЕ"
    operations.keep(group, by=None, now=NOW)
    assert group.name_key == "новое"
    group.refresh_from_db()
    assert group.name_key == "новое"
    assert group.history.latest().name_key == "новое"


@pytest.mark.django_db
def test_an_authority_is_found_however_it_is_spelt() -> None:
    body = make_authority(name="Генеральная прокуратура", country="RU")
    operations.name_authority(authority=body, by=None, now=NOW, name="Prosecutor General’s Office")
    for name in ("ГЕНЕРАЛЬНАЯ  ПРОКУРАТУРА", "«Генеральная прокуратура»", "Prosecutor General's office"):
        assert operations.find_authority(name=name, country="RU") == body
        assert operations.record_authority(by=None, now=NOW, name=name, country="RU") == body
    assert operations.find_authority(name="Генеральная прокуратура", country="BY") is None
    assert operations.find_authority(name="Генеральная прокуратура", country=None) is None


@pytest.mark.django_db
def test_an_order_is_found_however_its_number_is_spelt() -> None:
    body, dated = make_authority(), ImpreciseDate.parse("2022-11-26")
    order = operations.record_order(
        by=None, now=NOW, authority=body, number="27-31-2022/Ид99-22", dated=dated
    )
    again = operations.record_order(
        by=None, now=NOW, authority=body, number="№ 27-31-2022 / ИД99-22", dated=dated
    )
    assert again == order
    assert again.number == "27-31-2022/Ид99-22"
