"""The face that the admin and the command use: one call, a draft, spans that hold."""

from __future__ import annotations

import json

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
