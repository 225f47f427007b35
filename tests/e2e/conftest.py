"""Chromium as people have it, watched: policy violations, errors and requests to other hosts are collected."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.services.servers import wait_until

CHROMIUM = "/usr/bin/chromium"
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WATCH_POLICY = """
window.__violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.__violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


class Watched:
    """A page of the browser, and what went wrong on it."""

    def __init__(self, page: Any, origin: str) -> None:
        self.page, self.origin = page, origin
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.violations: list[str] = []
        page.add_init_script(WATCH_POLICY)
        page.on("request", self._note_request)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)

    def _note_request(self, request: Any) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.outside.append(request.url)

    def go(self, path: str) -> None:
        self.page.goto(self.origin + path)
        self.settle()

    def settle(self) -> None:
        """Wait until the page is quiet, and take down what its policy refused."""
        self.page.wait_for_load_state("networkidle")
        self.violations += self.page.evaluate("window.__violations.splice(0)")

    def accessibility(self) -> list[str]:
        """What axe finds, one line a rule. Errors of the console after it are axe's own: call it last."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        return [f"{v['id']} ({v['impact']}): {v['nodes'][0]['html'][:120]}" for v in found]

    def is_scrolled_sideways(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Debian's Chromium. Its driver runs an event loop in this thread, so Django is told that this is meant."""
    if not Path(CHROMIUM).exists():
        pytest.skip("left out: browser is not on this machine")
    sync_api = pytest.importorskip("playwright.sync_api")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
    if before is not None:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def open_page(chromium: Any, live_server: Any) -> Iterator[Any]:
    """Opens a watched page: ``open_page(width=390, scheme="dark", language="ru")``."""
    contexts: list[Any] = []

    def opened(*, width: int = 1280, scheme: str = "light", language: str = "en", **options: Any) -> Watched:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, locale=language, **options
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        return Watched(context.new_page(), live_server.url)

    yield opened
    for context in contexts:
        context.close()
    # What a page sends as it is left must be answered before the tables are emptied for the next test.
    wait_until(
        lambda: not any("process_request" in one.name for one in threading.enumerate()),
        20,
        what="all answered",
    )
