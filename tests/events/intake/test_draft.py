"""The face that the admin and the command use: one call, a draft, spans that hold."""

from __future__ import annotations

import json

import pytest

from events.intake import draft


def test_a_bare_address_gives_the_page_and_its_platform_and_no_event() -> None:
    found = draft("https://m.vk.com/club123?from=search")
    assert found.value("page_url") == "https://vk.com/club123"
    assert (found.value("platform"), found.platform_key) == ("VK", "vk")
    assert found.value("authority") is None


def test_every_value_stands_in_the_words_that_its_span_names() -> None:
    title, text = "YouTube blocks a channel", "On Friday YouTube blocked the channel «Example» in Russia."
    found = draft(text, title=title, published="2024-05-10")
    assert found.fields["platform"].value == "YouTube"
    for reading in found.fields.values():
        source = title if reading.source == "title" else text
        assert source[reading.start : reading.end] == reading.words


def test_the_json_has_every_key_of_the_contract_and_is_json() -> None:
    keys = (
        "id kind platform group group_kind page_url authority authority_country blocked_on date_precision cited_reason "
        "cited_reason_status order_number order_date territory fields"
    ).split()
    printed = json.loads(json.dumps(draft("").as_json("a")))
    assert set(keys) <= set(printed)
    assert printed["id"] == "a"
    assert printed["kind"] == "none"


NOTICE = (
    "Материал заблокирован на территории РФ на основании требования Генеральной прокуратуры РФ от 24.02.2022 "
    "№ 27-31-2020/Ид2145-22."
)


def test_a_bare_notice_gives_the_order_and_no_day_of_the_block() -> None:
    found = draft(NOTICE)
    assert found.kind == "block"
    assert found.value("order_number") == "27-31-2020/Ид2145-22"
    assert found.value("order_date") == "2022-02-24"
    assert found.value("authority_kind") == "prosecutor"
    assert (found.value("authority_country"), found.value("territory")) == ("RU", "RU")
    assert found.value("blocked_on") is None
    assert found.fields["order_number"].words == "27-31-2020/Ид2145-22"


def test_an_article_that_names_an_order_by_its_number_gives_it_and_its_date() -> None:
    text = (
        "Паблик «Речные новости» во «ВКонтакте» заблокирован в России, сообщила редакция. В письме соцсети указано "
        "требование Генеральной прокуратуры от 24.02.2022 № 27-31-2020/Ид2145-22."
    )
    found = draft(text, title="«ВКонтакте» закрыла паблик", published="2022-03-02")
    assert found.value("order_number") == "27-31-2020/Ид2145-22"
    assert found.value("order_date") == "2022-02-24"
    assert found.value("blocked_on") is None


@pytest.mark.parametrize(
    ("text", "group"),
    [
        (
            "VKontakte blocked the Council of Wives and Mothers, the group said.",
            "Council of Wives and Mothers",
        ),
        ("Facebook blocked the pages of Friends of Turks and Meduza.", "Friends of Turks"),
    ],
)
def test_two_kinds_of_members_are_one_name_and_two_groups_are_two(text: str, group: str) -> None:
    assert draft(text, language="en").fields["group"].value == group
