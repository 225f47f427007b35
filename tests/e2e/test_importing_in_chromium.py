"""An import in Chromium: the file chosen, the worker waited for, the rows looked at, taken in and taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from events.importing import jobs
from events.models import BlockEvent, ImportBatch
from tests.e2e.test_desk_in_chromium import LOOKS, shot, sign_in, someone

__all__ = ["someone"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BAD = (
    "platform,group,blocked_on\nvk,Совет матерей и жён,2022-11-27\nvk,,2022-11-27\nnowhere,قناة,2022-02-30\n"
)


def work(watched: Any) -> None:
    """A worker's turn. The page asks nothing meanwhile: the database of the tests lets nobody read while one writes."""
    asks = watched.page.evaluate("document.querySelector('[data-progress]')?.dataset.progress ?? null")
    if asks:
        watched.page.route(f"**{asks}", lambda route: route.fulfill(status=204))
    while jobs.work_off(lambda: datetime.now(UTC)):
        pass
    if asks:
        watched.page.unroute(f"**{asks}")


def send(watched: Any, file: Path) -> None:
    watched.go("/admin/events/importbatch/upload/")
    watched.page.locator("input[type=file]").set_input_files(str(file))
    watched.page.locator(".submit-row button.default").click()
    watched.page.wait_for_selector("[data-progress]")


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_a_file_is_tried_taken_in_and_taken_back(
    open_page: Any,
    someone: User,
    settings: Any,
    tmp_path: Path,
    width: int,
    scheme: str,
    language: str,
) -> None:
    settings.DATA_DIR = tmp_path
    look = f"{width}-{scheme}-{language}"
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    rows = "".join(
        f"vk,Совет матерей {number},https://vk.com/club{number},id-{number}\n" for number in range(1, 131)
    )
    good.write_text("platform,group,url,external_id\n" + rows, encoding="utf-8")
    bad.write_text(BAD, encoding="utf-8")
    watched = open_page(width=width, scheme=scheme, language=language)
    sign_in(watched)

    watched.go("/admin/events/importbatch/")
    watched.page.locator("a.addlink").first.click()
    watched.page.wait_for_selector("input[type=file]")
    shot(watched, f"import-upload-{look}")
    assert not watched.is_scrolled_sideways()
    send(watched, bad)
    shot(watched, f"import-waiting-{look}")
    work(watched)
    watched.page.wait_for_selector("tr.error")
    watched.settle()
    shot(watched, f"import-refused-{look}")
    assert watched.page.locator("tr.error").count() == 3
    assert not watched.is_scrolled_sideways()

    send(watched, good)
    work(watched)
    watched.page.wait_for_selector("button[name=import]")
    watched.settle()
    shot(watched, f"import-preview-{look}")
    assert not watched.is_scrolled_sideways()
    watched.page.locator("button[name=import]").focus()
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_selector("[data-progress]")
    work(watched)
    watched.page.wait_for_selector("a[href$='/undo/']")
    watched.settle()
    shot(watched, f"import-result-{look}")
    assert not watched.is_scrolled_sideways()
    assert BlockEvent.objects.count() == 130

    watched.page.locator("a[href$='/undo/']").click()
    watched.page.wait_for_selector("#id_because")
    shot(watched, f"import-undo-{look}")
    watched.page.locator("#id_because").fill("the wrong file")
    watched.page.locator(".submit-row button.default").click()
    watched.page.wait_for_selector(".messagelist .success")
    work(watched)
    watched.page.reload()
    watched.settle()
    assert not BlockEvent.objects.exists()
    assert ImportBatch.objects.get().state == "undone"
    assert (watched.violations, watched.outside, watched.errors) == ([], [], [])
    assert [line for line in watched.accessibility() if "import" in line] == []
