"""Redirects that stand in a page: followed when a browser would follow them at once, and only then."""

from __future__ import annotations

import asyncio

import pytest

from tests.probing.servers import Site, look, page, serving
from tracker.facts import Failure, Observation, Stage
from tracker.probing.refreshing import refresh_of


@pytest.mark.parametrize(
    ("markup", "location"),
    [
        ('<meta http-equiv="refresh" content="0; url=/home">', "/home"),
        (
            "<META CONTENT='3;URL=\"http://stop.example/?a=1\"' HTTP-EQUIV=Refresh>",
            "http://stop.example/?a=1",
        ),
        ("<meta http-equiv=refresh content='0,/home'>", "/home"),
        ("<meta http-equiv=refresh content='0.5; /home'>", "/home"),
        ("<meta http-equiv=refresh content=600>", None),
        ("<meta http-equiv=refresh content='600; url=/home'>", None),
        ("<meta http-equiv=refresh content='; url=/home'>", None),
        ("<meta http-equiv=refresh content='0; url='>", None),
        ("<!-- <meta http-equiv=refresh content='0; url=/home'> -->", None),
        ("<noscript><meta http-equiv=refresh content='0; url=/home'></noscript>", None),
        ("<body><noscript><p><meta http-equiv=refresh content='0; url=/home'></noscript>", None),
        ("<script>'<meta http-equiv=refresh content=\"0; url=/home\">'</script>", None),
        ("<meta name=refresh content='0; url=/home'>", None),
        ("<p>refresh", None),
    ],
)
def test_a_refresh_is_read_as_a_browser_reads_it(markup: str, location: str | None) -> None:
    assert refresh_of(markup.encode(), markup) == location


def _seen(site: Site) -> Observation:
    async def scene() -> Observation:
        async with serving(site) as port:
            return await look(f"http://127.0.0.1:{port}/")

    return asyncio.run(scene())


def _refresh(location: str) -> bytes:
    return page(f"<meta http-equiv=refresh content='0; url={location}'>".encode(), "Content-Type: text/html")


def test_a_refresh_leads_to_the_page_and_both_are_kept() -> None:
    seen = _seen(Site({"/": _refresh("/home"), "/home": page(b"<p>here", "Content-Type: text/html")}))
    assert [hop.url.rpartition("/")[2] for hop in seen.hops] == ["", "home"]
    assert (seen.failure, seen.body_text) == (None, "<p>here")


def test_a_refresh_to_itself_is_a_loop_that_ends() -> None:
    seen = _seen(Site({"/": _refresh("/")}))
    assert (seen.failed_stage, seen.failure) == (Stage.HTTP, Failure.REDIRECT_LOOP)


def test_a_refresh_into_the_own_network_is_refused_at_the_answer_that_sent_there() -> None:
    seen = _seen(Site({"/": _refresh("http://10.10.34.34/")}))
    assert (seen.failed_stage, seen.failure) == (Stage.HTTP, Failure.EGRESS_REFUSED)
    assert seen.final_url == "http://10.10.34.34/"
