"""Each role gets from each page, by each method, exactly what ``docs/access.md`` says, and no page is missing there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access import addresses, table
from tests.access.world import World

PAGES, TABLES = table.pages(), table.tables()


def test_every_page_of_the_project_has_a_row_and_every_row_a_page() -> None:
    known = {address.name for address in addresses.every_address()} - addresses.made_for_tables()
    assert len(known) > 30
    assert {page.name for page in PAGES} == known


def test_every_registered_table_has_a_row_and_every_row_a_table() -> None:
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert {row.label for row in TABLES if not row.which} == registered
    assert {row.label for row in TABLES} == registered


def test_every_page_is_asked_by_its_own_address(world: World) -> None:
    """An address that leads to another page would prove nothing about this one."""
    from django.urls import resolve

    for page in PAGES:
        match = resolve(world.address(page.address).partition("?")[0])
        assert page.name in {match.view_name, match.route}, (page, match.view_name, match.route)


def ask(client: Client, method: str, address: str) -> Any:
    """Ask and undo: what one request wrote, the next does not find."""
    cookies = client.cookies.output()
    with transaction.atomic():
        answer = client.generic(method, address)
        transaction.set_rollback(True)
    if client.cookies.output() != cookies:
        client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    return answer


def signed_in(role: str, accounts: dict[str, User]) -> Client:
    client = Client(raise_request_exception=True)
    if role != "anonymous":
        client.force_login(accounts[role])
    return client


def said(answer: Any) -> str:
    """The answer in the words of the table."""
    if answer.status_code == 302 and "/login/?next=" in answer.headers["Location"]:
        return "sign in"
    if _is_led_away(answer):
        return "no"
    if answer.status_code in {403, 404}:
        return "no"
    return "yes" if answer.status_code < 400 else str(answer.status_code)


def _is_led_away(answer: Any) -> bool:
    """Django leads whoever asks for a row that is not there, or not there for them, to the front of the admin."""
    index = reverse("admin:index")
    is_signing_in = answer.wsgi_request.path == reverse("admin:login")
    return answer.status_code == 302 and answer.headers["Location"] == index and not is_signing_in


@pytest.mark.parametrize("role", table.ROLES)
def test_every_page_answers_each_role_as_the_tables_say(
    world: World, accounts: dict[str, User], role: str
) -> None:
    """One test a role, because the world takes longer to make than to ask."""
    client = signed_in(role, accounts)
    wrong = [*_pages(client, world, role), *_tables(client, world, role), *_other_methods(client, world)]
    assert not wrong, "\n".join(wrong)
    if role not in {"anonymous", "no role"}:
        assert _actions(client) == {(row.label, row.name) for row in table.actions() if role in row.roles}


def _pages(client: Client, world: World, role: str) -> Iterator[str]:
    for page in PAGES:
        # HEAD is GET without its body, and as dear: it is asked where it must not succeed.
        for method in page.methods if page.answers[role] == "yes" else _with_head(page.methods):
            got = said(ask(client, method, world.address(page.address)))
            if got != page.answers[role]:
                yield f"{method} {page.address}: {got}, the table says {page.answers[role]}"


def _with_head(methods: tuple[str, ...]) -> tuple[str, ...]:
    return (*methods, "HEAD") if "GET" in methods else methods


def _tables(client: Client, world: World, role: str) -> Iterator[str]:
    for row in TABLES:
        for page, method, address, is_allowed in standard_pages(world, row, role):
            got = said(ask(client, method, address))
            wanted = "sign in" if role == "anonymous" else "yes" if is_allowed else "no"
            if got != wanted:
                yield f"{row.label} {row.which}, {method} {page}: {got} instead of {wanted}"


def standard_pages(world: World, row: table.Table, role: str) -> Iterator[tuple[str, str, str, bool]]:
    """Page, method, address, and whether the role may: as the verbs of the row have it."""
    may = row.verbs.get(role, frozenset())
    instance = world.row(row.label, row.which)
    assert instance is not None, f"{row.label} has no row to open"
    prefix = "admin:" + row.label.replace(".", "_")
    if not row.which:
        for method in ("GET", "POST"):
            yield "changelist", method, reverse(f"{prefix}_changelist"), "look" in may
            yield "add", method, reverse(f"{prefix}_add"), "add" in may
    of_row = {"change": ("look", "change"), "delete": ("delete", "delete"), "history": ("history", "history")}
    for page, (reads, writes) in of_row.items():
        address = reverse(f"{prefix}_{page}", args=[instance.pk])
        yield page, "GET", address, reads in may
        yield page, "POST", address, writes in may
    if hasattr(instance, "history"):
        version = instance.history.latest()
        address = reverse(f"{prefix}_simple_history", args=[instance.pk, version.pk])
        yield "version", "GET", address, "history" in may


def _other_methods(client: Client, world: World) -> Iterator[str]:
    """Every page by every method that no row names; the pages of tables are read and posted to."""
    named: dict[str, set[str]] = {}
    for page in PAGES:
        named.setdefault(page.name, set()).update(_with_head(page.methods))
    asked = [(page.address, named[page.name]) for page in {page.name: page for page in PAGES}.values()]
    for row in TABLES:
        prefix, key = "admin:" + row.label.replace(".", "_"), [world.row(row.label, row.which).pk]
        asked += [(reverse(f"{prefix}_{page}"), {"GET", "HEAD", "POST"}) for page in ("changelist", "add")]
        for page in ("change", "delete", "history"):
            asked.append((reverse(f"{prefix}_{page}", args=key), {"GET", "HEAD", "POST"}))
    for address, known in asked:
        for method in sorted(set(table.METHODS) - known):
            answer = ask(client, method, world.address(address))
            if answer.status_code != 405 and said(answer) == "yes":
                yield f"{method} {address}: {answer.status_code}"


def _actions(client: Client) -> set[tuple[str, str]]:
    request = client.get(reverse("admin:index")).wsgi_request
    return {
        (model._meta.label_lower, name)
        for model, desk in admin.site._registry.items()
        for name in desk.get_actions(request)
    }
