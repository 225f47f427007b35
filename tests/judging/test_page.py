"""How much text a page has is found out without reading all of it, and found out right."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.facts import Canary, Observation
from tracker.judging import judge, needs_control
from tracker.judging.page import _BESIDE, Page, page_seen

TEXTS = st.text(alphabet="aя \n\t\xa0<&", max_size=40)
PIECES = st.one_of(
    TEXTS,
    st.sampled_from(
        [
            "<script>var long = 'words that nobody reads'</script>",
            "<style>p { color: red }</style>",
            "<noscript>turn it <b>on</b></noscript>",
            "<template><p>later</p></template>",
            "<svg><title>logo</title></svg>",
            "<nav><a>one</a> <a>two</a></nav>",
            "<nav><script>inner()</script><aside>both</aside></nav>",
            "<div class=sidebar>beside",
            "</div>",
            "<p>",
            "<article>",
            "</article>",
            "<title>t</title>",
        ]
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.lists(st.integers(0, 200), min_size=1, max_size=4))
def test_whether_there_is_enough_text_is_what_reading_all_of_it_says(html: str, bounds: list[int]) -> None:
    page, whole = Page(html), Page(html)
    for least in bounds:
        assert page.has_text(least) == (len(whole.text) >= least)
    for least in bounds:
        assert page.has_main_text(least) == (len(whole.text_without(*_BESIDE)) >= least)


@pytest.mark.parametrize(
    ("body", "charset", "is_as_it_came"),
    [
        ("<p>да".encode(), "utf-8", True),
        (b"\xef\xbb\xbf<p>\xd0\xb4\xd0\xb0", "utf-8", True),
        (b"<p>\xd0\xb4\xff", "utf-8", False),
        ("<p>да".encode("cp1251"), "windows-1251", False),
    ],
)
def test_a_body_that_is_utf_8_is_not_encoded_again(body: bytes, charset: str, is_as_it_came: bool) -> None:
    text = body.decode("cp1251" if charset == "windows-1251" else "utf-8", "replace").removeprefix("\ufeff")
    seen = Observation("https://page.test/", datetime(2026, 11, 24, tzinfo=UTC), 0.1, ())
    page = page_seen(replace(seen, body=body, body_text=text, body_charset=charset))
    assert (page.source == text.encode()) is is_as_it_came
    assert page.markup == text.lower()
    assert page.text == Page(text).text


def test_a_faulty_vantage_point_is_heard_although_the_look_was_read_before() -> None:
    seen = Observation("https://page.test/", datetime(2026, 11, 24, tzinfo=UTC), 0.1, ())
    needs_control(seen, "web", "RU")
    for canary, rule_id in (
        (Canary(ok=False), "vantage_faulty"),
        (Canary(ok=True, drifted=True), "platform_drifted"),
    ):
        verdict = judge(seen=seen, control=None, canary=canary, platform="web", territory="RU")
        assert verdict.rule_id == rule_id
    alone = judge(seen=seen, control=None, canary=Canary(ok=True), platform="web", territory="RU")
    assert alone == judge(seen=replace(seen), control=None, canary=None, platform="web", territory="RU")
