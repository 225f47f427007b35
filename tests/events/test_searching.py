"""A search finds a thing however its name is typed, and finds what is written at this moment."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from events import operations
from events.dates import ImpreciseDate
from events.models import (
    AuthorityText,
    BlockEvent,
    EventText,
    Group,
    GroupText,
    OrderText,
    Page,
    PageText,
)
from events.operations import Inconsistent
from events.searching import finding, finding_events
from events.text import name_skeleton, search_text, searched_words
from tests import make
from tests.make import NOW, TOLD

SAME = {
    "as typed": ("Совет матерей", "совет матерей"),
    "capitals": ("Совет матерей", "СОВЕТ МАТЕРЕЙ"),
    "Latin letters": ("Совет матерей", "sovet materei"),
    "another way to write й": ("Совет матерей", "sovet materej"),
    "a handle": ("Совет матерей", "SOVETMATERI"),
    "a handle, by its words": ("sovetmateri", "Матерей Совет"),
    "the other order": ("Совет матерей и жён", "жен совет"),
    "Cyrillic for Latin": ("Sovet Materei", "совет матерей"),
    "part of a word": ("Совет матерей", "матер"),
    "kh": ("Хабаровск", "Khabarovsk"),
    "h": ("Хабаровск", "Habarovsk"),
    "shch": ("Щукино", "Shchukino"),
    "sch": ("Щукино", "Schukino"),
    "yo": ("Соловьёв", "Solovyov"),
    "ie": ("Соловьёв", "Soloviev"),
    "iy": ("Юрий Новый", "yuriy novyj"),
    "y": ("Юрий Новый", "Yuri Novy"),
    "Ukrainian": ("Громадське", "hromadske"),
    "Ukrainian, Russian letters": ("Громадське Київ", "громадське киiв"),
    "Belarusian": ("Беларускі ўніверсітэт", "belaruski universitet"),
    "Kazakh": ("Қазақ үні", "qazaq uni"),
    "Kazakh, k": ("Қазақ үні", "kazak uni"),
    "Arabic and Persian letters": ("كتاب علي", "کتاب علی"),
    "Persian without joiners": ("می\u200cخواهم", "میخواهم"),
    "pinyin": ("中国数字时代", "zhongguo shuzi"),
    "Chinese": ("中国数字时代", "数字"),
    "dotless i": ("ışık", "ISIK"),
    "dotted I": ("İstanbul", "istanbul"),
    "cedilla": ("Şırnak Çağrı", "sirnak cagri"),
    "umlaut": ("Müller", "Muller"),
    "umlaut with e": ("Müller", "Mueller"),
    "sharp s": ("Straße", "STRASSE"),
    "accents": ("Médecins à Genève", "medecins geneve"),
    "Polish": ("Łódź", "lodz"),
    "quotes": ("«Новая газета»", '"Новая'),
    "hyphen": ("Кавказ-Узел", "кавказ узел"),
    "a number": ("№ 27-31-2022/Ид10925-22", "27-31-2022"),
    "a number, its end": ("№ 27-31-2022/Ид10925-22", "ид10925-22"),
    "a number, in Latin letters": ("№ 27-31-2022/Ид10925-22", "Id10925"),
    "an address": ("https://vk.com/sovetmateri", "vk.com/sovetmateri"),
    "an address, whole": ("https://vk.com/sovetmateri", "https://vk.com/sovetmateri"),
}
OTHER = {
    "another word": ("Совет матерей", "совет отцов"),
    "a short word inside another": ("Совет матерей", "ов"),
    "a digit": ("Канал 1", "канал 2"),
}


def holds(name: str, search: str) -> bool:
    text = search_text(name)
    words = searched_words(search)
    assert words
    return all(any(piece in text for piece in word.pieces) for word in words)


@pytest.mark.parametrize(("name", "search"), SAME.values(), ids=SAME)
def test_a_name_is_found_as(name: str, search: str) -> None:
    assert holds(name, search)


@pytest.mark.parametrize(("name", "search"), OTHER.values(), ids=OTHER)
def test_a_name_is_not_found_by(name: str, search: str) -> None:
    assert not holds(name, search)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_name_is_found_by_itself(text: str) -> None:
    stored = search_text(text)
    for word in searched_words(text):
        assert any(piece in stored for piece in word.pieces), (word, stored)
    assert "\0" not in stored


@pytest.mark.parametrize("other", ["Sovet Materei", "sovet-materej", "СОВЕТ  МАТЕРЕЙ", "sovetmateri"])
def test_names_are_nearly_equal(other: str) -> None:
    assert name_skeleton("Совет матерей") == name_skeleton(other)


def found(word: str) -> set[BlockEvent]:
    return set(BlockEvent.objects.filter(finding_events(word.split())))


@pytest.fixture
def event(db: None) -> BlockEvent:
    group = make.make_group(name="Совет матерей")
    return make.make_event(
        page=make.make_page(group=group, url="https://vk.com/sovetmateri"),
        authority=make.make_authority(name="Генеральная прокуратура"),
    )


@pytest.mark.parametrize("word", ["sovet", "SOVETMATERI", "vk.com/sovetmateri", "prokuratura"])
def test_an_event_is_found_as_soon_as_it_is_recorded(event: BlockEvent, word: str) -> None:
    make.make_event()
    assert found(word) == {event}


def test_another_name_of_the_group_finds_its_events_pages_and_itself(event: BlockEvent) -> None:
    operations.name_group(group=event.group, by=None, now=NOW, name="Council of Mothers", language="en")
    assert found("mothers") == {event}
    assert set(Page.objects.filter(finding(["mothers"], PageText))) == {event.page}
    assert set(Group.objects.filter(finding(["mothers"], GroupText))) == {event.group}


def test_a_name_that_is_taken_away_finds_nothing_more(event: BlockEvent) -> None:
    alias = operations.name_group(group=event.group, by=None, now=NOW, name="Mothers")
    operations.remove(alias, by=None, now=NOW)
    assert found("mothers") == set()


def test_a_group_that_is_renamed_is_found_by_its_new_name_only(event: BlockEvent) -> None:
    event.group.name = "Жёны"
    operations.keep(event.group, by=None, now=NOW, correction=TOLD)
    assert found("zheny") == {event}
    assert found("materej") == {event}  # by its handle
    assert set(Group.objects.filter(finding(["materej"], GroupText))) == {event.group}  # by its page's handle


def test_another_name_of_the_authority_finds_its_events(event: BlockEvent) -> None:
    assert event.authority is not None
    operations.name_authority(authority=event.authority, by=None, now=NOW, name="Prosecutor General")
    assert found("general") == {event}
    assert AuthorityText.objects.get(of=event.authority).text.count(" general ") == 1


def test_an_order_finds_its_events_until_it_is_unlinked(event: BlockEvent) -> None:
    order = operations.record_order(
        by=None, now=NOW, authority=None, number="PKH-15/7", dated=ImpreciseDate.parse("2022")
    )
    operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, orders=[order])
    assert found("РКН-15/7") == found("pkh-15") == {event}
    order.number = "99-1"
    operations.keep(order, by=None, now=NOW)
    assert found("99-1") == {event}
    assert found("PKH-15") == set()
    operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, orders=[])
    assert found("99-1") == set()


def test_an_order_that_is_removed_finds_nothing_more(event: BlockEvent) -> None:
    order = operations.record_order(
        by=None, now=NOW, authority=None, number="99-1", dated=ImpreciseDate.parse("2022")
    )
    operations.correct_event(correction=TOLD, event=event, by=None, now=NOW, orders=[order])
    operations.remove(order, by=None, now=NOW)
    assert found("99-1") == set()
    assert not OrderText.objects.exists()


def test_a_page_whose_address_is_corrected_is_found_by_the_new_one(event: BlockEvent) -> None:
    page = event.page
    assert page is not None
    page.url, page.handle = "https://vk.com/zheny", ""
    operations.keep(page, by=None, now=NOW, correction=TOLD)
    assert found("vk.com/zheny") == {event}
    assert found("vk.com/sovetmateri") == set()


def test_internal_notes_are_never_searched(event: BlockEvent) -> None:
    operations.correct_event(
        correction=TOLD, event=event, by=None, now=NOW, internal_notes="Kept apart: pomegranate"
    )
    event.group.internal_notes = "pomegranate"
    operations.keep(event.group, by=None, now=NOW)
    assert found("pomegranate") == set()


def test_what_is_rolled_back_is_not_found(event: BlockEvent) -> None:
    def name_and_fail() -> None:
        with transaction.atomic(), operations.search_texts_together():
            operations.name_group(group=event.group, by=None, now=NOW, name="Mothers")
            raise Inconsistent("enough")

    with pytest.raises(Inconsistent):
        name_and_fail()
    assert found("mothers") == set()
    operations.name_group(group=event.group, by=None, now=NOW, name="Wives")
    assert found("wives") == {event}


def test_many_writes_together_leave_the_texts_that_single_ones_would(event: BlockEvent) -> None:
    with operations.search_texts_together():
        for name in ("Mothers", "Wives"):
            operations.name_group(group=event.group, by=None, now=NOW, name=name)
        other = make.make_event(page=make.make_page(group=event.group))
        assert found("wives") == set()
    assert found("wives") == found("mothers") == {event, other}


def test_all_texts_can_be_made_anew(event: BlockEvent) -> None:
    before = {
        model: sorted(model.objects.values_list("of", "text")) for model in (EventText, PageText, GroupText)
    }
    for model in before:
        model.objects.all().delete()
    assert found("sovet") == set()
    assert operations.make_all_search_texts() == 4
    assert {model: sorted(model.objects.values_list("of", "text")) for model in before} == before
