"""A news page's markup gives its title, its text, its language and the day it came out."""

from __future__ import annotations

import pytest

from events.intake.articles import article_of

BODY = (
    "<p>YouTube has blocked the channel of a newspaper at the request of the regulator, the editors say.</p>"
    "<p>The newspaper learned of it from a letter in which no reason was given, and will go to court.</p>"
    "<p>It had published a report on the roads of the region, which nobody has called wrong so far.</p>"
)
PAGE = (
    "<html lang='en-GB'><head><title>News | Paper</title><meta property='og:title' content='Channel blocked'>"
    "<meta property='article:published_time' content='2024-05-10T08:00:00Z'></head><body>"
    "<nav><p>Home, politics, economy, culture, sport, weather and more of it</p></nav>"
    f"<article><h1>Channel of a newspaper blocked</h1>{BODY}"
    "<aside><p>Read also: another story of something quite different from this</p></aside></article>"
    "<footer><p>All rights reserved by the publisher of this newspaper</p></footer></body></html>"
)


def test_the_article_is_taken_and_what_stands_beside_it_is_not() -> None:
    found = article_of(PAGE, "https://news.example/a")
    assert found.title == "Channel of a newspaper blocked"
    assert found.text.startswith("YouTube has blocked")
    assert found.text.count("\n") == 2
    assert "Read also" not in found.text
    assert "politics" not in found.text
    assert (found.published, found.language) == ("2024-05-10", "en")


DATED = {
    "meta": ("<meta itemprop='datePublished' content='2023-01-02'>", "https://a.example/x", "2023-01-02"),
    "JSON-LD": (
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2022-07-11T10:00:00+03:00"}]}</script>',
        "https://a.example/x",
        "2022-07-11",
    ),
    "time": ("<time datetime='2021-03-04T00:00'>4 March</time>", "https://a.example/x", "2021-03-04"),
    "address": ("", "https://a.example/news/2020/7/16/title", "2020-07-16"),
    "nothing": ("", "https://a.example/news/20207/title", ""),
    "no day of the calendar": ("<meta name='date' content='2023-02-31'>", "https://a.example/", ""),
}


@pytest.mark.parametrize("name", list(DATED))
def test_the_day_of_publication_is_what_the_page_states(name: str) -> None:
    markup, url, day = DATED[name]
    assert article_of(f"<html><body>{markup}<p>text</p></body></html>", url).published == day


def test_a_text_that_the_page_states_in_its_data_is_read_where_the_markup_has_none() -> None:
    text = "Telegram has closed the channel of a group of hackers, which sold letters of officials. " * 4
    page = f'<script type="application/ld+json">{{"articleBody": "{text}", "headline": "Closed"}}</script><div id=app></div>'
    found = article_of(page)
    assert found.text == text.strip()
    assert found.title == "Closed"


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<",
        "<div>" * 100_000,
        "<p>" * 100_000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        "\0" * 1000,
    ],
    ids=["nothing", "a bracket", "deep", "many paragraphs", "deep data", "NULs"],
)
def test_a_hostile_page_gives_an_article_that_may_be_empty(markup: str) -> None:
    assert article_of(markup).published == ""


# ruff: noqa: E501 -- markup
