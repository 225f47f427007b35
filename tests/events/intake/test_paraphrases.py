"""Short articles in ten languages, each rule in several wordings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.drafts import _key
from events.intake import draft

ARTICLES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("paraphrases.yaml").read_text(encoding="utf-8")
)
_LOOSE = ("group", "cited_reason")
_HAN = re.compile(r"[\u3400-\u9fff]")
_NOT_STATED = (
    "authority_country blocked_on territory cited_reason handle page_url order_number order_date".split()
)


@pytest.mark.parametrize("article", ARTICLES, ids=[article["id"] for article in ARTICLES])
def test_what_the_article_states_is_read_and_nothing_else(article: dict[str, Any]) -> None:
    found = draft(
        article["text"],
        title=article["title"],
        published=str(article["published"]),
        language=article["language"],
    )
    expected = {name: str(value) for name, value in article["expect"].items()}
    got = {"kind": found.kind, **{name: reading.value for name, reading in found.fields.items()}}
    wrong = {
        name: (got.get(name), value)
        for name, value in expected.items()
        if not _same(name, got.get(name), value)
    }
    if found.kind != "none":
        wrong |= {name: (got[name], None) for name in _NOT_STATED if name in got and name not in expected}
    assert wrong == {}


def _same(name: str, value: str | None, expected: str) -> bool:
    """A name or a reason may stand with words around it, but a part of it is not it."""
    if value is None or name not in _LOOSE:
        return value == expected
    return f" {_key(expected)} " in f" {_key(value)} " or bool(_HAN.search(expected) and expected in value)


def test_every_language_has_articles_of_a_block_a_restoration_or_a_look_alike() -> None:
    told = {(article["language"], article["expect"]["kind"]) for article in ARTICLES}
    assert {language for language, _ in told} == set("en ru uk tr de fr es pt zh id".split())
    assert len([kind for _, kind in told if kind == "none"]) >= 9
    assert len([kind for _, kind in told if kind == "restoration"]) >= 9
