"""A page that ran out of time here only is looked at once more, and both looks are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.probing.servers import Handler, page, serving
from tracker.facts import Canary, Failure
from tracker.networks import network_of
from tracker.places import Place
from tracker.vantage.looking import Sighting, Subject, look_from

TEXT = b"<title>Quay</title><p>The ferry left in the morning and came back with the post."


@pytest.fixture(autouse=True)
def _forget_networks() -> Iterator[None]:
    network_of.cache_clear()
    yield
    network_of.cache_clear()


def _place(number: int) -> Place:
    return Place(number, f"place-{number}", "RU", "direct", (), Canary(ok=True))


def _silent_to(*visits: int) -> tuple[Handler, list[int]]:
    """A site that says nothing to the first, second … of its visitors, counted from 1."""
    seen: list[int] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(len(seen) + 1)
        number = seen[-1]
        await reader.readuntil(b"\r\n\r\n")
        if number in visits:
            await reader.read()
        else:
            writer.write(page(TEXT, "Content-Type: text/html"))
            await writer.drain()
        writer.close()

    return handle, seen


def _look(settings: Any, *silent_to: int) -> tuple[Sighting, int]:
    handler, seen = _silent_to(*silent_to)

    async def scene() -> Sighting:
        async with serving(handler) as port:
            settings.REHEARSAL_ORIGIN_PARTS = ("http", "127.0.0.1", port)
            settings.LOOK_SECONDS = 1
            subject = Subject(f"http://127.0.0.1:{port}/", "web", "RU")
            return await look_from(_place(1), _place(2), subject, lambda: datetime.now(UTC), second_at=None)

    return asyncio.run(scene()), len(seen)


@pytest.mark.django_db
def test_a_page_that_comes_at_the_second_try_was_not_blocked(settings: Any) -> None:
    found, visits = _look(settings, 1)
    assert visits == 3
    assert (found.page.failure, found.page.body) == (None, TEXT)
    assert found.page.earlier is not None
    assert found.page.earlier.failure == Failure.GENERIC_TIMEOUT


@pytest.mark.django_db
def test_a_page_that_fails_twice_has_failed(settings: Any) -> None:
    found, visits = _look(settings, 1, 3)
    assert visits == 3
    assert found.page.failure == Failure.GENERIC_TIMEOUT
    assert found.page.earlier is not None


@pytest.mark.django_db
def test_a_page_that_fails_for_the_control_too_is_not_asked_again(settings: Any) -> None:
    found, visits = _look(settings, 1, 2)
    assert visits == 2
    assert found.page.earlier is None
