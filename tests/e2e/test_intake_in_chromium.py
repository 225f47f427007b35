"""The founding event, from the text of its article to published, by keyboard at the pace of a person.

The person is a script: it rests as long as reading and typing take, and counts what it types. What is asserted is the
pace, which is the same on every machine; what the machine added to it is measured and printed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections

from events import operations
from events.models import BlockEvent
from tests import make
from tests.e2e.test_desk_in_chromium import LOOKS, shot, sign_in, someone
from tests.events.test_intake_fetching import origin, site

__all__ = ["origin", "site", "someone"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PARAPHRASE = {
    "text": "VKontakte has closed a page on which relatives of drafted soldiers asked for their return. The Council "
    "of Wives and Mothers said on Sunday that its group was blocked at the request of the Prosecutor General's Office "
    "of Russia, without further explanation. The group had been open since September.",
    "article_url": "https://news.example/2022/11/28/a-group-of-mothers-is-blocked",
}
"""In our words, for where the articles are not at hand."""


class Person:
    """Keys and rests. A key takes 0.2 s, a pasted text 1 s, a word that is read 0.25 s (240 words a minute)."""

    def __init__(self, watched: Any) -> None:
        self.watched, self.keys = watched, watched.page.keyboard
        self.pace, self.steps, self.typed = 0.0, 0, 0
        self.began = time.monotonic()

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.keys.press(key)
        self.pace, self.steps = self.pace + 0.2 * times, self.steps + times

    def press_access_key(self, letter: str) -> None:
        """Alt and a letter. The browser's own protocol, because playwright leaves the letter out beside Alt."""
        key = {"key": letter, "code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper())}
        session = self.watched.page.context.new_cdp_session(self.watched.page)
        key |= {"modifiers": 1, "text": letter, "unmodifiedText": letter}
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})
        session.detach()
        self.pace, self.steps = self.pace + 0.4, self.steps + 1

    def paste(self, text: str) -> None:
        """What the clipboard holds; a field that is filled counts as typed, also when it is pasted."""
        self.keys.insert_text(text)
        self.pace, self.steps, self.typed = self.pace + 1.0, self.steps + 1, self.typed + 1

    def read(self, words: int) -> None:
        self.pace += 0.25 * words

    def press_until(self, key: str, selector: str, most: int = 60) -> None:
        """Go on by one key until the focus is there, as somebody does who sees where it is."""
        for _ in range(most):
            if self.watched.page.locator(f"{selector}:focus").count():
                return
            self.press(key)
        raise AssertionError(f"{key} does not come to {selector}")

    def said(self) -> str:
        real = time.monotonic() - self.began
        return (
            f"founding event by keyboard: {self.pace:.1f} s at a person's pace, {self.steps} keys and pastes, "
            f"{self.typed} fields filled; the machine took {real:.1f} s"
        )


def give(watched: Any, pasted: str, url: str = "") -> None:
    """Paste and read it."""
    watched.go("/admin/intake/")
    watched.page.keyboard.insert_text(pasted)
    watched.page.locator("#id_url").fill(url)
    watched.page.keyboard.press("Control+Enter")
    watched.page.wait_for_selector("#intake-draft")
    watched.settle()


def fetch_elsewhere() -> None:
    """As a worker does, in a thread of its own: the browser's driver has an event loop in this one."""

    def fetch() -> None:
        assert operations.fetch_next_intake(clock=lambda: make.NOW)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(fetch).result()


def founding_article(shared: Path) -> dict[str, Any]:
    corpus = shared / "data" / "articles" / "corpus.dev.jsonl"
    if not corpus.exists():
        return PARAPHRASE
    with corpus.open(encoding="utf-8") as lines:
        return dict(json.loads(next(lines)))


def test_the_founding_event_goes_from_its_article_to_published(
    open_page: Any, someone: User, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.conftest import SHARED

    article = founding_article(SHARED)
    watched = open_page()
    sign_in(watched)
    page = watched.page
    person = Person(watched)

    person.press_access_key("n")
    page.wait_for_selector("#id_pasted:focus")
    person.paste(article["text"])
    person.press_until("Tab", "#id_url")
    person.paste(article["article_url"])
    person.press("Control+Enter")

    page.wait_for_selector("#intake-draft")
    watched.settle()
    person.read(60)  # the values, and the words beside them
    while page.locator(".draft-row.is-doubtful .draft-use input:focus:not(:checked)").count():
        person.read(4)
        person.press("Enter")
    group = page.locator("#id_group")
    if group.input_value() != "Council of Wives and Mothers":  # one field corrected by hand
        person.press_until("Shift+Tab", "#id_group")
        person.press("Control+a")
        person.paste("Council of Wives and Mothers")
    person.press("Control+Enter")

    page.wait_for_selector(".messagelist .success")
    watched.settle()
    person.read(30)
    person.press_until("Tab", 'form[action$="/step/publish/"] button')
    person.press("Enter")
    page.wait_for_selector(".publication a")
    watched.settle()

    event = BlockEvent.objects.get()
    assert event.publication == "published"
    assert (event.group.name, event.platform.key) == ("Council of Wives and Mothers", "vk")
    assert event.authority is not None
    assert "Prosecutor General" in event.authority.name
    assert str(event.blocked_earliest) == "2022-11-27" == str(event.blocked_latest)
    assert (event.cited_reason_status, event.territory) == ("none_given", None)
    source = event.sources.get()
    assert (source.url, str(source.published_earliest)) == (article["article_url"], "2022-11-28")
    with capsys.disabled():
        print("\n" + person.said())
    assert person.pace <= 60
    assert person.typed <= 3
    assert (watched.violations, watched.outside, watched.errors) == ([], [], [])


def test_a_second_text_is_added_to_the_event_by_one_key(open_page: Any, someone: User) -> None:
    there = make.make_event(page=make.make_page(group=make.make_group(name="Council of Wives and Mothers")))
    watched = open_page()
    sign_in(watched)
    give(watched, PARAPHRASE["article_url"] + "\n\n" + PARAPHRASE["text"])
    shot(watched, "intake-alike")
    assert watched.page.locator(".draft-alike li").count() == 1
    assert watched.accessibility() == []
    Person(watched).press_access_key("s")
    watched.page.wait_for_selector(".messagelist .success")
    assert there.sources.filter(url=PARAPHRASE["article_url"]).count() == 1
    assert BlockEvent.objects.count() == 1


def test_recording_another_event_needs_to_be_said(open_page: Any, someone: User) -> None:
    make.make_event(page=make.make_page(group=make.make_group(name="Council of Wives and Mothers")))
    watched = open_page(width=390, scheme="dark", language="ru")
    sign_in(watched)
    give(watched, PARAPHRASE["text"], url=PARAPHRASE["article_url"])
    watched.page.keyboard.press("Control+Enter")
    watched.page.wait_for_selector(".errornote")
    watched.settle()
    shot(watched, "intake-alike-390-dark-ru")
    assert not watched.is_scrolled_sideways()
    assert watched.page.locator("[name=is_another]:focus").count() == 1
    assert BlockEvent.objects.count() == 1
    assert watched.accessibility() == []


def test_an_address_is_fetched_while_the_page_waits(
    open_page: Any, someone: User, origin: Callable[[str, int], None], site: str
) -> None:
    watched = open_page()
    sign_in(watched)
    for path, is_read in (("/article", True), ("/missing", False)):
        # Given past the box, which takes an address on loopback for a page of the rehearsal.
        intake = operations.begin_intake(by=someone, now=make.NOW, given="address", url=site + path)
        watched.page.goto(f"{watched.origin}/admin/intake/{intake.pk}/")
        watched.page.wait_for_selector("#intake-waits .is-now")
        shot(watched, f"intake-waits-{path[1:]}")
        fetch_elsewhere()
        watched.page.wait_for_selector("#intake-draft" if is_read else ".intake-failed")
        watched.settle()
        shot(watched, f"intake-fetched-{path[1:]}")
    assert (watched.violations, watched.outside, watched.errors) == ([], [], [])
    assert watched.accessibility() == []


HOSTILE = (
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> \u202ekcolb\u202c VK "
    "blocked the group «שלום עולם» and الجزيرة at the request of Roskomnadzor. </mark></div></form> "
    + "x"
    * 3000
)


def test_hostile_and_turned_around_text_is_inert(open_page: Any, someone: User) -> None:
    watched = open_page(width=390)
    sign_in(watched)
    give(watched, HOSTILE)
    shot(watched, "intake-hostile-390")
    assert not watched.is_scrolled_sideways()
    assert "owned" not in watched.page.title()
    assert watched.page.locator(".source-text img, .source-text script").count() == 0
    assert (watched.violations, watched.outside, watched.errors) == ([], [], [])


def test_everything_works_without_scripts(open_page: Any, someone: User) -> None:
    watched = open_page(java_script_enabled=False)
    page = watched.page
    page.goto(f"{watched.origin}/admin/")
    page.locator("#id_username").fill("researcher")
    page.locator("#id_password").fill("a-long-passphrase")
    page.locator("input[type=submit]").click()
    page.locator("#id_pasted").fill(PARAPHRASE["article_url"] + "\n\n" + PARAPHRASE["text"])
    page.locator("#intake-box [type=submit]").click()
    page.locator("#id_group").fill("Council of Wives and Mothers")
    page.locator(".draft-actions [name=record]").click()
    page.wait_for_selector(".messagelist .success")
    assert BlockEvent.objects.get().group.name == "Council of Wives and Mothers"


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_the_intake_is_clean_for_everyone(
    open_page: Any, someone: User, width: int, scheme: str, language: str
) -> None:
    watched = open_page(width=width, scheme=scheme, language=language)
    sign_in(watched)
    page = watched.page
    shot(watched, f"intake-front-{width}-{scheme}-{language}")
    assert not watched.is_scrolled_sideways()
    watched.go("/admin/intake/")
    page.locator("#id_pasted").fill(PARAPHRASE["article_url"] + "\n\n" + PARAPHRASE["text"])
    shot(watched, f"intake-box-{width}-{scheme}-{language}")
    assert not watched.is_scrolled_sideways()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#intake-draft")
    watched.settle()
    shot(watched, f"intake-draft-{width}-{scheme}-{language}")
    assert not watched.is_scrolled_sideways()
    page.locator("#id_authority").focus()
    assert page.locator('mark.said.is-on[data-says~="authority"]').count() == 1
    assert page.locator('.draft-row.is-on[data-name="authority"]').count() == 1
    assert (watched.violations, watched.outside, watched.errors) == ([], [], [])
    assert watched.accessibility() == []
