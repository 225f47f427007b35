"""Notices of governments to GitHub: who asked, when, by which law, for which addresses, and what was not understood."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from events.importing import Choices, Summary, import_file
from events.models import BlockEvent
from tests.make import NOW

pytestmark = pytest.mark.django_db

RUSSIAN = """Уведомляем, что на основании решения ФНС от 20.04.2021 № 2-6-18/2021-02-25-1898-АИ
страница https://github.com/somebody/casino включена в реестр.
Сведения доступны по адресу http://eais.rkn.gov.ru .

Роскомнадзор

By decision of FNS the page https://github.com/somebody/casino was entered. See also https://gist.github.com/somebody/1.
[private]
"""


def take_in(
    tmp_path: Path, text: str, name: str = "2021-07-22-Roskomnadzor-3.md", folder: str = ""
) -> Summary:
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    file = tmp_path / folder / name
    file.write_text(text, encoding="utf-8")
    return import_file(file, Choices(by=None, now=NOW))


def test_a_notice_is_an_event_for_each_address_that_it_complains_of(tmp_path: Path) -> None:
    summary = take_in(tmp_path, RUSSIAN, folder="Russia/2021")
    assert (summary.format, summary.rows, summary.created, summary.errors) == ("gov-takedowns", 2, 2, ())
    first, second = BlockEvent.objects.order_by("pk")
    assert [event.page.canonical_url for event in (first, second)] == [
        "https://github.com/somebody/casino",
        "https://gist.github.com/somebody/1",
    ]
    assert (first.authority.name, first.authority.kind) == ("Федеральная налоговая служба", "tax")
    assert first.transmitted_by.name == "Роскомнадзор"
    order = first.orders.get()
    assert (order.number, str(order.dated_earliest)) == ("2-6-18/2021-02-25-1898-АИ", "2021-04-20")
    assert second.orders.get() == order
    assert (first.territory, str(first.blocked_earliest), first.blocked_kind) == (
        "RU",
        "2021-07-22",
        "ordered",
    )
    source = first.sources.get()
    assert source.url.endswith("/Russia/2021/2021-07-22-Roskomnadzor-3.md")
    assert (first.publication, source.quote) == ("published", RUSSIAN.strip())
    assert any("[private]" in note for note in summary.notes)
    again = take_in(tmp_path, RUSSIAN, folder="Russia/2021")
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)


def test_without_a_decision_the_sender_decided_and_the_notice_is_the_act(tmp_path: Path) -> None:
    text = "Request for removal of these webpages:\n1) https://github.com/a/b\n"
    summary = take_in(tmp_path, text, name="2021-12-15-CSTCB.md")
    event = BlockEvent.objects.get()
    assert (event.territory, event.authority.kind, event.transmitted_by) == ("HK", "police", None)
    order = event.orders.get()
    assert (order.number, str(order.dated_earliest)) == ("", "2021-12-15")
    assert summary.notes == ("No law is cited that was understood.",)


def test_what_is_not_understood_is_listed_and_nothing_is_guessed_from_it(tmp_path: Path) -> None:
    summary = take_in(
        tmp_path, "Please remove\nsomebody / repository\n[REDACTED]\n", name="2019-10-26-Someone.md"
    )
    assert (summary.rows, summary.created, summary.errors) == (0, 0, ())
    said = " ".join(summary.notes)
    for part in ("Line 2: “somebody / repository”", "Line 3", "No address", "Who sent", "country", "No law"):
        assert part in said
    assert not BlockEvent.objects.exists()


@pytest.mark.parametrize("name", ["notes.md", "2019-13-45-MPS.md"])
def test_a_file_that_is_no_notice_is_refused(tmp_path: Path, name: str) -> None:
    assert take_in(tmp_path, "https://github.com/a/b", name=name).errors
    assert take_in(tmp_path, "a\x00b", name="2019-12-12-MPS.md").errors
    (tmp_path / "2019-12-11-MPS.md").write_bytes("Привет".encode("windows-1251"))
    assert import_file(tmp_path / "2019-12-11-MPS.md", Choices(by=None, now=NOW)).errors
    assert take_in(tmp_path, "https://github.com/a/b", name="2031-12-12-MPS.md").errors


@pytest.mark.shared_data
def test_every_notice_that_github_published_gives_a_date_an_authority_and_its_addresses(
    shared_data: Path,
) -> None:
    files = sorted((shared_data / "gov_takedowns").rglob("*.md"))
    assert len(files) == 55
    summaries = [import_file(file, Choices(by=None, now=NOW)) for file in files]
    assert [summary.errors for summary in summaries] == [()] * 55
    without = [Path(summary.file).parent.parent.name for summary in summaries if not summary.rows]
    assert without == ["Spain", "Spain"]
    assert all(summary.notes for summary in summaries if not summary.rows)
    events = BlockEvent.objects.all()
    assert events.count() == sum(summary.created for summary in summaries) > 100
    assert not events.filter(authority=None).exists()
    assert not events.filter(blocked_earliest=None).exists()
    assert Counter(events.values_list("territory", flat=True)) == {"CN": 57, "RU": 50, "HK": 2}
    assert set(events.filter(territory="HK").values_list("orders__law", flat=True)) == {
        "Section 71 of the Crimes Ordinance"
    }
    decided = set(events.exclude(orders__number="").values_list("authority__name", "transmitted_by__name"))
    assert decided == {
        ("Роспотребнадзор", "Роскомнадзор"),
        ("Федеральная налоговая служба", "Роскомнадзор"),
        ("Советский районный суд", "Роскомнадзор"),
    }
