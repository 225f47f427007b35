"""Saved block pages are recognised, ordinary pages are not, and notices are understood in many languages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest
import yaml

from tests.judging.ordinary import ordinary_pages
from tracker.facts import Hop, HttpLook, Observation, State, TlsLook, Verdict
from tracker.judging import judge
from tracker.judging.block_words import LONGEST, Speech, points_at_a_block, speech_of
from tracker.judging.fingerprints import BUILT_IN_INDEX, Fingerprint, FingerprintIndex
from tracker.judging.fingerprints.reading import read_fingerprints
from tracker.judging.page import Page
from tracker.probing.charset import as_text, find_charset

WHEN = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
URL = "http://quay.example/notes"
NOTICES = yaml.safe_load(Path(__file__).with_name("notices_of_blocks.yaml").read_text(encoding="utf-8"))
SAID = [(kind, *notice) for kind, notices in NOTICES.items() for notice in notices]
STORY = "The ferry came in late, and the people on the quay told each other what they had read that morning. "
REAL = (
    "<html><head><title>Notes from the quay</title></head><body><header><nav class='top'>news</nav></header>"
    f"<main><article class='story'><h1>Notes from the quay</h1><p>{STORY * 20}</p></article></main></body></html>"
)


def look(body: bytes, url: str = URL) -> Observation:
    """What a network answers over plain http."""
    charset = find_charset(body, None)
    hop = Hop(url, http=HttpLook(0.1, 200))
    text = as_text(body, charset)
    return Observation(url, WHEN, 0.2, (hop,), body=body, body_text=text, body_charset=charset)


def judged(
    seen: Observation,
    control: Observation | None,
    territory: str,
    index: FingerprintIndex = BUILT_IN_INDEX,
) -> Verdict:
    return judge(
        seen=seen, control=control, canary=None, platform="web", territory=territory, fingerprints=index
    )


def says_blocked(verdict: Verdict) -> bool:
    return verdict.state in (State.BLOCKED, State.LIKELY_BLOCKED) and verdict.mechanism == "blockpage"


@pytest.mark.parametrize(("kind", "language", "title", "text"), SAID)
def test_what_networks_say_is_understood_in_their_languages(
    kind: str, language: str, title: str, text: str
) -> None:
    assert speech_of(title, text) == Speech(kind)


def test_a_notice_counts_only_where_the_control_sees_the_page_and_the_site_did_not_write_it() -> None:
    _, _, title, text = SAID[0]
    body = (
        f"<html><head><title>{escape(title)}</title></head><body><p>{escape(text)}</p></body></html>".encode()
    )
    seen, control = look(body), look(REAL.encode())
    assert judged(seen, control, "RU").rule_id == "words_of_a_block_page"
    assert not says_blocked(judged(seen, None, "RU"))
    assert not says_blocked(judged(seen, seen, "RU"))


def test_a_notice_that_an_article_quotes_far_below_is_none() -> None:
    text = SAID[0][3]
    assert speech_of("Notes from the quay", STORY * 80 + text) is None
    assert speech_of("Notes from the quay", text + STORY * (LONGEST // len(STORY))) is None
    assert speech_of("Notes from the quay", f"{text} {STORY * 80}") is Speech.OF_A_BLOCK


@pytest.mark.parametrize(
    "html",
    [
        "<img src='/blocked.png'>",
        "<iframe src='http://deny.harbour.example/why'></iframe>",
        "<meta http-equiv=refresh content='1; url=http://www.harbour.example/zapret/'>",
        "<script>window.location.href = 'http://harbour.example/blockpage?u=1'</script>",
        "<frameset><frame src='http://internetpositif.harbour.example/'></frameset>",
    ],
)
def test_a_page_without_words_that_shows_or_leads_to_what_is_named_a_block_is_one(html: str) -> None:
    assert points_at_a_block(Page(html), "quay.example")
    assert judged(look(html.encode()), look(REAL.encode()), "RU").rule_id == "words_of_a_block_page"


@pytest.mark.parametrize(
    "html",
    [
        "<img src='/cat.png'>",
        "<iframe src='http://maps.harbour.example/'></iframe>",
        "<meta http-equiv=refresh content='0; url=/login'>",
        "<img src='http://harbour.example/pixel?from=http://quay.example/blocked'>",
        "<script>location = 'http://harbour.example/unblockable'</script>",
    ],
)
def test_a_page_without_words_that_leads_elsewhere_is_none(html: str) -> None:
    assert not points_at_a_block(Page(html), "quay.example")


ORDINARY = ordinary_pages()


def test_there_are_three_hundred_ordinary_pages_half_of_them_short_or_about_blocks() -> None:
    assert len(ORDINARY) >= 300
    assert len({page.html for page in ORDINARY}) == len(ORDINARY)
    assert sum(page.is_short_or_about_blocks for page in ORDINARY) >= 150


def false_alarms(index: FingerprintIndex) -> Iterator[tuple[str, str, str]]:
    """With no control, with one that sees the same page, and with one that sees another page altogether."""
    elsewhere = look(REAL.encode())
    for page in ORDINARY:
        seen = look(page.html.encode())
        for territory in ("RU", "ID"):
            for beside, control in (("none", None), ("same", seen), ("another", elsewhere)):
                verdict = judged(seen, control, territory, index)
                if says_blocked(verdict) or verdict.state is State.BLOCKED:
                    yield page.name, beside, verdict.rule_id


def test_no_ordinary_page_passes_for_a_block_page() -> None:
    assert list(false_alarms(BUILT_IN_INDEX)) == []


@pytest.fixture
def with_ooni(shared_data: Path) -> FingerprintIndex:
    """The built-in fingerprints with those of OONI's files."""
    loaded: dict[str, Sequence[Fingerprint]] = {}
    for name in ("http", "dns"):
        found = read_fingerprints((shared_data / "fingerprints" / f"fingerprints_{name}.csv").read_bytes())
        loaded[name * 16] = [one for _, one in found.kept]
    return FingerprintIndex.of(loaded)


@pytest.mark.shared_data
def test_no_ordinary_page_passes_for_a_block_page_with_the_files_of_ooni(with_ooni: FingerprintIndex) -> None:
    assert list(false_alarms(with_ooni)) == []


@pytest.mark.shared_data
def test_no_article_about_blocks_passes_for_a_block_page(
    shared_data: Path, with_ooni: FingerprintIndex
) -> None:
    elsewhere = look(REAL.encode())
    lines = (shared_data / "articles" / "corpus.dev.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 40
    for article in map(json.loads, lines):
        parts = "".join(f"<p>{escape(part)}</p>" for part in article["text"].split("\n"))
        title = escape(str(article.get("article_title") or ""))
        seen = look(f"<html><head><title>{title}</title></head><body>{parts}</body></html>".encode())
        for control in (None, seen, elsewhere):
            for index in (BUILT_IN_INDEX, with_ooni):
                assert not says_blocked(judged(seen, control, "RU", index)), article["id"]


def saved_pages(folder: Path) -> Iterator[tuple[str, str, Observation]]:
    for path in sorted((folder / "blockpages").glob("*.html")):
        words = [word for word in path.stem.split("_") if word != "dns"]
        is_of_country = words[0] in ("isp", "nat")
        yield path.stem, words[1].upper() if is_of_country else "XX", look(path.read_bytes())


def missed(folder: Path, index: FingerprintIndex) -> list[str]:
    control = look(REAL.encode())
    pages = list(saved_pages(folder))
    assert len(pages) == 80
    return [
        name for name, territory, seen in pages if not says_blocked(judged(seen, control, territory, index))
    ]


@pytest.mark.shared_data
def test_saved_block_pages_are_recognised_by_what_the_product_brings(shared_data: Path) -> None:
    assert len(missed(shared_data, BUILT_IN_INDEX)) <= 2


@pytest.mark.shared_data
def test_saved_block_pages_are_recognised_with_the_files_of_ooni(
    shared_data: Path, with_ooni: FingerprintIndex
) -> None:
    assert len(missed(shared_data, with_ooni)) <= 2


@pytest.mark.shared_data
def test_nine_in_ten_saved_block_pages_are_recognised_by_their_words_alone(shared_data: Path) -> None:
    """What nobody has recorded yet is met like this."""
    assert len(missed(shared_data, FingerprintIndex([]))) <= 8


@pytest.mark.shared_data
def test_no_saved_block_page_is_one_when_the_site_sends_it_over_https(shared_data: Path) -> None:

    control = look(REAL.encode())
    for name, territory, seen in saved_pages(shared_data):
        hop = replace(seen.hops[0], url="https://quay.example/notes", tls=TlsLook("quay.example", 0.1))
        sent = replace(seen, url=hop.url, hops=(hop,))
        assert not says_blocked(judged(sent, control, territory)), name
