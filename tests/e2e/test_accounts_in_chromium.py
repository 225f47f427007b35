"""Signing in as people do: passkeys of a virtual device, codes of an app, by keyboard, on a phone, in two tongues."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache

from config.accounts.models import AccountChange
from tests.config.accounts.conftest import code_of, factors_of
from tests.e2e.test_desk_in_chromium import LOOKS, shot, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def someone(transactional_db: None) -> User:
    cache.clear()
    return User.objects.create_superuser("researcher", password="a-long-passphrase")


@pytest.fixture
def with_device() -> Callable[[Any], str]:
    """Gives a page a device that holds passkeys and checks its owner by itself; the device's id."""

    def give(watched: Any) -> str:
        session = watched.page.context.new_cdp_session(watched.page)
        session.send("WebAuthn.enable", {"enableUI": False})
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        watched.device = session
        device = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return str(device["authenticatorId"])

    return give


def press(watched: Any, name: str) -> None:
    button = watched.page.get_by_role("button", name=name, exact=True)
    button.focus()
    watched.page.keyboard.press("Enter")


def sign_out(watched: Any) -> None:
    watched.page.locator("#logout-form button").click()
    watched.page.wait_for_load_state("networkidle")


def is_clean(watched: Any) -> bool:
    return (watched.violations, watched.outside, watched.errors) == ([], [], [])


def add_passkey(watched: Any, *, alone: bool) -> None:
    watched.go("/accounts/passkeys/add/")
    watched.page.fill("#id_name", "this laptop")
    if alone:
        watched.page.locator("#id_passwordless").focus()
        watched.page.keyboard.press("Space")
    press(watched, "Add a passkey")
    watched.page.wait_for_selector("ol.codes")
    watched.settle()


def test_a_passkey_is_the_second_step(open_page: Any, someone: User, with_device: Any) -> None:
    watched = open_page()
    with_device(watched)
    sign_in(watched)
    add_passkey(watched, alone=False)
    assert factors_of(someone) == {"webauthn", "recovery_codes"}
    assert watched.page.locator("ol.codes li").count() == 10
    sign_out(watched)
    watched.go("/admin/")
    watched.page.fill("#id_username", "researcher")
    watched.page.fill("#id_password", "a-long-passphrase")
    watched.page.keyboard.press("Enter")
    watched.page.get_by_role("button", name="Use a passkey").wait_for()
    assert watched.page.locator("#user-tools").count() == 0
    press(watched, "Use a passkey")
    watched.page.wait_for_url("**/admin/")
    watched.page.wait_for_selector("#user-tools")
    watched.settle()
    assert is_clean(watched)


def test_a_passkey_alone_is_the_whole_sign_in(open_page: Any, someone: User, with_device: Any) -> None:
    watched = open_page()
    with_device(watched)
    sign_in(watched)
    add_passkey(watched, alone=True)
    sign_out(watched)
    watched.go("/admin/events/blockevent/")
    press(watched, "Sign in with a passkey")
    watched.page.wait_for_url("**/admin/events/blockevent/")
    watched.settle()
    watched.go("/accounts/")
    watched.page.get_by_text("this laptop").first.wait_for()
    assert is_clean(watched)


def test_a_device_without_a_passkey_is_told_so(open_page: Any, someone: User, with_device: Any) -> None:
    watched = open_page()
    device = with_device(watched)
    sign_in(watched)
    add_passkey(watched, alone=True)
    sign_out(watched)
    watched.device.send("WebAuthn.clearCredentials", {"authenticatorId": device})
    watched.go("/accounts/login/")
    press(watched, "Sign in with a passkey")
    watched.page.get_by_text("No passkey was given").wait_for()
    assert watched.accessibility() == []


def test_the_same_device_is_not_added_twice_and_a_passkey_is_removed(
    open_page: Any, someone: User, with_device: Any
) -> None:
    watched = open_page()
    with_device(watched)
    sign_in(watched)
    add_passkey(watched, alone=False)
    watched.go("/accounts/passkeys/add/")
    press(watched, "Add a passkey")
    watched.page.get_by_text("already holds a passkey").wait_for()
    watched.go("/accounts/")
    watched.page.get_by_role("link", name="Remove this laptop").click()
    press(watched, "Remove")
    watched.page.wait_for_selector(".messagelist .success")
    assert factors_of(someone) == set()
    kinds = list(AccountChange.objects.order_by("pk").values_list("kind", "detail"))
    assert kinds == [("factor_added", "passkey"), ("factor_removed", "passkey")]


def test_an_app_is_set_up_by_keyboard_where_one_is_required(
    open_page: Any, someone: User, settings: Any
) -> None:
    settings.MFA = "required"
    watched = open_page(width=390, scheme="dark")
    watched.go("/admin/")
    for selector, words in (("#id_username", "researcher"), ("#id_password", "a-long-passphrase")):
        watched.page.locator(selector).focus()
        watched.page.keyboard.type(words)
    watched.page.keyboard.press("Enter")
    watched.page.get_by_role("heading", name="Set up a second factor").wait_for()
    watched.settle()
    shot(watched, "accounts-required-390-dark-en")
    assert not watched.is_scrolled_sideways()
    watched.go("/admin/events/blockevent/")
    assert watched.page.url.endswith("/accounts/")
    watched.page.get_by_role("link", name="Set up an authenticator app").focus()
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_selector("#id_code")
    assert watched.page.evaluate("document.querySelector('.qr img').naturalWidth") > 0
    watched.page.get_by_text("No camera?").click()
    secret = watched.page.locator("code.secret").inner_text()
    watched.page.locator("#id_code").focus()
    watched.page.keyboard.type(code_of(secret))
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_selector("ol.codes")
    watched.page.get_by_role("link", name="I have them").click()
    watched.page.wait_for_url("**/admin/")
    watched.settle()
    assert is_clean(watched)


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_the_pages_of_accounts_are_clean_for_everyone(
    open_page: Any, someone: User, with_app_of: Any, width: int, scheme: str, language: str
) -> None:
    watched = open_page(width=width, scheme=scheme, language=language)
    look = f"{width}-{scheme}-{language}"

    def look_at(name: str, path: str) -> None:
        watched.go(path)
        shot(watched, f"accounts-{name}-{look}")
        assert not watched.is_scrolled_sideways(), path

    look_at("login", "/accounts/login/?next=/admin/")
    sign_in(watched)
    look_at("bare", "/accounts/")
    look_at("app", "/accounts/app/add/")
    look_at("passkey", "/accounts/passkeys/add/")
    look_at("password", "/accounts/password/")
    secret = with_app_of(someone)
    watched.page.context.clear_cookies(name="sessionid")
    watched.go("/accounts/login/")
    watched.page.fill("#id_username", "researcher")
    watched.page.fill("#id_password", "a-long-passphrase")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_selector("#id_code")
    watched.settle()
    shot(watched, f"accounts-code-{look}")
    assert not watched.is_scrolled_sideways()
    watched.page.fill("#id_code", "000000")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_selector(".errorlist")
    watched.page.fill("#id_code", code_of(secret))
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_selector("#user-tools")
    look_at("new-codes", "/accounts/codes/new/")
    watched.page.locator("#content-main [type=submit]").click()
    watched.page.wait_for_selector("ol.codes")
    shot(watched, f"accounts-codes-{look}")
    look_at("own", "/accounts/")
    look_at("remove", "/accounts/app/remove/")
    look_at("list", "/admin/auth/user/")
    look_at("account", f"/admin/auth/user/{someone.pk}/change/")
    assert is_clean(watched)


@pytest.fixture
def with_app_of() -> Callable[[User], str]:
    import base64

    from allauth.mfa.totp.internal.auth import TOTP

    def give(user: User) -> str:
        secret = base64.b32encode(b"twenty bytes of this").decode()
        TOTP.activate(user, secret)
        return secret

    return give


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/accounts/",
        "/accounts/app/add/",
        "/accounts/passkeys/add/",
        "/accounts/password/",
        "/admin/auth/user/add/",
    ],
)
def test_everything_of_accounts_has_a_name(open_page: Any, someone: User, path: str, scheme: str) -> None:
    watched = open_page(scheme=scheme)
    sign_in(watched)
    watched.go(path)
    assert watched.accessibility() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_door_has_names_for_everything(open_page: Any, someone: User, scheme: str) -> None:
    watched = open_page(scheme=scheme)
    watched.go("/accounts/login/")
    watched.page.fill("#id_username", "researcher")
    watched.page.fill("#id_password", "wrong")
    watched.page.keyboard.press("Enter")
    watched.page.get_by_text("Name or password is wrong").wait_for()
    assert watched.accessibility() == []


def test_signing_in_needs_no_script(open_page: Any, someone: User) -> None:
    watched = open_page(java_script_enabled=False)
    watched.page.goto(f"{watched.origin}/admin/")
    watched.page.fill("#id_username", "researcher")
    watched.page.fill("#id_password", "a-long-passphrase")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_selector("#user-tools")
    watched.page.goto(f"{watched.origin}/accounts/passkeys/add/")
    assert watched.page.get_by_text("Passkeys need JavaScript").is_visible()
