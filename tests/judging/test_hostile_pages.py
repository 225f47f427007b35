"""Pages made to hold up whoever reads them: each is judged in bounded time, and ordinary ones are read as they are."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from tests.judging.recorded import PAGES, read
from tests.make import make_observation
from tracker.judging import judge
from tracker.judging.page import MARKUP_CHARS, Page
from tracker.judging.plain_markup import _Writer, is_plain, plain
from tracker.judging.platforms import ADAPTERS, vk
from tracker.judging.sight import Sight

SECONDS = 2.0
CASES = [read(path) for path in sorted(PAGES.glob("*.case"))]


def filled(part: str, *, start: str = "") -> str:
    return (start + part * (MARKUP_CHARS // len(part) + 1))[:MARKUP_CHARS]


def numbered(part: str, *, start: str = "", number: int = 120_000) -> str:
    """The part again and again, each with a number of its own in place of ``#``."""
    return (start + "".join(part.replace("#", str(one)) for one in range(number)))[:MARKUP_CHARS]


HOSTILE = {
    "nothing but the start of tags": filled("<"),
    "divisions in each other": filled("<div>"),
    "lists in each other": filled("<ul><li>"),
    "tables in each other": filled("<table><tr><td>"),
    "drawings in each other": filled("<svg>"),
    "formulas in each other": filled("<math><mi>"),
    "formatting in each other": filled("<b>"),
    "formatting that every row repeats": numbered("<b #>x<tr>", start="<table>"),
    "formatting that every paragraph repeats": numbered("<p><b #>x</p>"),
    "formatting closed in the wrong order": filled("<b><div></b>"),
    "ends without a start": filled("</i>", start="<div>" * 80_000),
    "attributes of one element": numbered("a# ", start="<p "),
    "attributes that seem to end it": numbered('a#=">" ', start="<p "),
    "attributes given to the body twice": numbered("a# ", start="<body x>", number=60_000)
    + numbered("b# ", start="<body "),
    "a quote that never ends": filled("<b>", start='<p x="'),
    "comments that never end": filled("<!--"),
    "scripts in drawings": filled("<g>", start="<svg><script>"),
    "styles in choices": filled("<b>", start="<select><style>"),
    "styles in frames": filled("<b>", start="<frameset><style>"),
    "options in options": filled("<select><optgroup><option>"),
    "references": filled("&amp"),
    "white space": filled(" "),
    "data that never ends": filled('{"a":', start="ytInitialData = "),
    "data again and again": filled("ytInitialData = {"),
    "words that patterns begin with": filled("blocked by order of the "),
    "one endless word": filled("заблокирован"),
    "titles": filled("<title>blocked</title>"),
    "numbers": filled("1234567890"),
}
SMALL = {f"{name}, small": html[:60_000] for name, html in HOSTILE.items()}


@pytest.mark.parametrize("html", [*HOSTILE.values(), *SMALL.values()], ids=[*HOSTILE, *SMALL])
@pytest.mark.parametrize("platform", ["web", "vk", "youtube"])
def test_a_hostile_page_is_judged_in_bounded_time(html: str, platform: str) -> None:
    url = {"web": "https://page.test/a", "vk": "https://vk.com/club1"}.get(
        platform, "https://www.youtube.com/watch?v=abc"
    )
    seen = make_observation(url=url, text=html)
    control = replace(seen, body_text=html[:-1])
    began = time.process_time()
    verdict = judge(seen=seen, control=control, canary=None, platform=platform, territory="RU")
    assert time.process_time() - began < SECONDS
    assert verdict.state != "blocked"


@pytest.mark.parametrize("name", ["title", "text", "canonical_url"])
def test_a_page_written_anew_reads_as_it_did(name: str) -> None:
    bodies = [seen.body_text for case in CASES for seen in (case.seen, case.control, case.endpoint) if seen]
    for html in bodies:
        anew = "".join(_Writer(html).parts())
        assert getattr(Page(anew), name) == getattr(Page(html), name)


def test_an_ordinary_page_is_left_as_it_is() -> None:
    page = "<html><body>" + "<p>A <b>bold</b> word and a <a href='/x'>link</a>.</p>" * 150 + "</body></html>"
    encoded = page.encode()
    assert is_plain(page, encoded.lower())
    assert plain(page, encoded, encoded.lower()) is encoded


def test_a_large_page_keeps_its_elements_and_their_attributes() -> None:
    page = "<html><body>" + '<p class="a" data-x=\'">\'>One<br>two</p><svg>three</svg>' * 3000
    read_back = Page(page)
    assert not is_plain(page, page.encode().lower())
    assert len(read_back.tree.css("p.a[data-x='\">']")) == 3000
    assert "three" not in read_back.text
    assert read_back.texts("p")[:2] == ("One two", "One two")


def test_no_rule_of_a_platform_holds_for_a_page_of_another() -> None:
    """So the table of one platform may do without those of the others."""
    rules = {adapter.platform: (*adapter.rules, *adapter.endpoint_rules) for adapter in ADAPTERS.values()}
    rules["vk"] += vk.HOP_RULES
    for case in CASES:
        for platform in {"web", case.platform}:
            sight = Sight(case.seen, case.control, case.canary, platform, case.territory, case.endpoint)
            others = (rule for name in rules if name != platform for rule in rules[name])
            assert [rule.rule_id for rule in others if rule.when(sight)] == []
