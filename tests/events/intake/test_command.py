"""``manage.py draft_event`` takes articles, notices and addresses, and stores nothing."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.tracker.conftest import Rehearsal

KEYS = (
    "id kind platform group group_kind page_url authority authority_country blocked_on date_precision cited_reason "
    "cited_reason_status order_number order_date territory fields"
).split()
ARTICLE = {
    "id": "a-1",
    "url": "https://news.example/2024/05/11/x",
    "title": "YouTube blocks channel of newspaper",
    "published": "2024-05-11",
    "language": "en",
    "text": "On Friday YouTube blocked the channel «River News» in Russia at the request of Roskomnadzor.",
}


def said(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    call_command("draft_event", *options)
    return capsys.readouterr().out.splitlines()


def feed(monkeypatch: pytest.MonkeyPatch, lines: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))


def test_each_line_gets_a_line_with_the_keys_of_the_contract(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(monkeypatch, (json.dumps(ARTICLE) + "\n\n" + json.dumps({"id": 2, "text": "Rain."}) + "\n").encode())
    first, second = (json.loads(line) for line in said(capsys, "--stdin", "--json"))
    assert set(KEYS) <= set(first)
    assert (first["id"], second["id"]) == ("a-1", 2)
    assert (first["kind"], second["kind"]) == ("block", "none")
    stated: dict[str, Any] = {key: first[key] for key in KEYS if key not in ("fields", "group_kind")}
    assert stated == {
        "id": "a-1",
        "kind": "block",
        "platform": "YouTube",
        "group": "River News",
        "page_url": None,
        "authority": "Roskomnadzor",
        "authority_country": "RU",
        "blocked_on": "2024-05-10",
        "date_precision": "day",
        "cited_reason": None,
        "cited_reason_status": None,
        "order_number": None,
        "order_date": None,
        "territory": "RU",
    }
    for name, reading in first["fields"].items():
        source = ARTICLE["title"] if reading["source"] == "title" else ARTICLE["text"]
        assert source[reading["start"] : reading["end"]] == reading["words"], name
        assert 0 <= reading["confidence"] <= 1


def test_a_line_that_is_no_object_is_answered_and_the_next_one_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = [
        b"no json",
        b"[1]",
        b"\xff\xfe",
        b'{"text": 7, "title": null, "published": {}}',
        b'{"text": "\\ud800"}',
        b"[" * 100_000,
    ]
    feed(monkeypatch, b"\n".join([*bad, json.dumps(ARTICLE).encode()]))
    answers = [json.loads(line) for line in said(capsys, "--stdin", "--json")]
    assert [("error" in answer) for answer in answers] == [True, True, True, False, False, True, False]
    assert answers[-1]["group"] == "River News"


def test_a_file_is_one_text_and_is_told_in_words_unless_json_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "article.txt"
    file.write_text("\ufeff" + ARTICLE["text"], encoding="utf-8")
    assert "  group: River News" in "\n".join(said(capsys, "--file", str(file)))
    assert json.loads(said(capsys, "--file", str(file), "--json")[0])["authority"] == "Roskomnadzor"


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match=r"nothing\.txt"):
        call_command("draft_event", "--file", "nothing.txt")


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "http://127.0.0.1:1/x", "http://10.0.0.1/", "http://localhost/", "x"]
)
def test_an_address_that_is_not_public_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(CommandError, match=r"^Give "):
        call_command("draft_event", "--url", url)


@pytest.mark.django_db
def test_an_address_is_fetched_through_the_guard_and_read(
    rehearsal: Rehearsal, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = json.loads(said(capsys, "--url", f"{rehearsal.origin}/river-watch", "--json")[0])
    assert set(KEYS) <= set(answer)
    assert answer["id"] == f"{rehearsal.origin}/river-watch"


@pytest.mark.django_db
def test_an_address_that_answers_with_an_error_is_told(rehearsal: Rehearsal) -> None:
    with pytest.raises(CommandError, match="status 404"):
        call_command("draft_event", "--url", f"{rehearsal.origin}/nothing-of-this-name")
