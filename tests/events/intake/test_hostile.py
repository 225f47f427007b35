"""Whatever is pasted, a draft comes back, soon and with spans that hold."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.intake import draft

HOSTILE = {
    "a megabyte of one letter": "a" * 1_000_000,
    "a megabyte of opening quotation marks": "«" * 1_000_000,
    "a megabyte of straight quotation marks": '"' * 1_000_000,
    "a megabyte of full stops": "." * 1_000_000,
    "a megabyte of brackets": "(" * 1_000_000,
    "a megabyte of commas and capitals": "A, " * 300_000,
    "only numbers": "1 2 3 4 " * 50_000,
    "only verbs": "blocked banned removed suspended " * 30_000,
    "only platforms": "Telegram YouTube Twitter " * 30_000,
    "only authorities": "Роскомнадзор Генпрокуратура " * 30_000,
    "only dates": "27.11.2022 5 May 2024 вчера " * 30_000,
    "only months": "may may may " * 100_000,
    "only handles": "@aa " * 200_000,
    "only addresses": "https://vk.com/a " * 50_000,
    "only reasons": "because of the violation of " * 30_000,
    "a megabyte of Chinese": "被封账号因" * 200_000,
    "NULs": "\0".join("YouTube blocked the channel «X» in Russia on Friday." for _ in range(100)),
    "bidi controls": "\u202eYouTube\u202c blocked \u2066the channel\u2069 «\u202eX\u202c» in Russia.",
    "lone surrogates": "YouTube blocked \ud800 the channel «X\udfff».",
    "combining marks": "Yo\u0301uT" + "\u0301" * 50_000 + "ube blocked a channel",
    "nothing": "",
    "white space": " \n\t" * 1_000,
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_text_gives_a_draft_with_spans_that_hold(name: str) -> None:
    text = HOSTILE[name]
    found = draft(text, title=text[:3_000])
    for reading in found.fields.values():
        source = text[:3_000] if reading.source == "title" else text
        assert source[reading.start : reading.end] == reading.words
        assert 0.0 <= reading.confidence <= 1.0
    json.dumps(found.as_json())


@given(
    st.text(
        alphabet=st.sampled_from(list("aB1 «»\"'“”.,:;-–()@/\n\0ыЫі号被X")) | st.characters(), max_size=400
    )
)
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_draft(text: str) -> None:
    found = draft(text, title=text[::-1], url=text, published=text, language=text)
    for reading in found.fields.values():
        source = text[::-1] if reading.source == "title" else text
        assert source[reading.start : reading.end] == reading.words
