"""Browsers: two coarse words for a list of sessions, and the token by which one is known again."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from config.accounts.nets import keyed, same_name

COOKIE = "__Host-known-browser" if settings.IS_HTTPS else "known-browser"
AGE_SECONDS = 180 * 24 * 60 * 60
_SALT = "stillblocked.accounts.browser"
_MOST = 5
"""Accounts that one browser is known to; a newsroom's shared machine has a few."""

_BROWSERS = (
    ("Edg", "edge"),
    ("OPR/", "opera"),
    ("YaBrowser", "yandex"),
    ("SamsungBrowser", "samsung"),
    ("Firefox/", "firefox"),
    ("FxiOS", "firefox"),
    ("CriOS", "chrome"),
    ("Chrome/", "chrome"),
    ("Safari/", "safari"),
)
_SYSTEMS = (
    ("Android", "android"),
    ("iPhone", "ios"),
    ("iPad", "ios"),
    ("Windows", "windows"),
    ("Macintosh", "macos"),
    ("CrOS", "chromeos"),
    ("Linux", "linux"),
)
NAMES = {
    "edge": "Edge", "opera": "Opera", "yandex": "Yandex Browser", "samsung": "Samsung Internet",
    "firefox": "Firefox", "chrome": "Chrome", "safari": "Safari", "android": "Android", "ios": "iOS",
    "windows": "Windows", "macos": "macOS", "chromeos": "ChromeOS", "linux": "Linux",
}  # fmt: skip
"""Names of products are the same in every language."""


def words_for(user_agent: str) -> tuple[str, str]:
    """Browser and system as two words of a short list; empty where it is none of them. The string is not kept."""
    return _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)


def _first(signs: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((word for sign, word in signs if sign in user_agent), "")


def token_for(request: HttpRequest, name: str) -> str:
    """The token of this browser when the account of that name has signed in with it before, else empty."""
    return next((token for token, mark in _kept(request) if mark == _mark(token, name)), "")


def remember(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """From now on the browser is known to the account. The cookie names nobody and opens nothing."""
    token = token_for(request, name) or secrets.token_urlsafe(12)
    others = [entry for entry in _kept(request) if entry[1] != _mark(entry[0], name)]
    response.set_cookie(
        COOKIE,
        signing.dumps([(token, _mark(token, name)), *others][:_MOST], salt=_SALT),
        max_age=AGE_SECONDS,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    try:
        found: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=AGE_SECONDS)
    except signing.BadSignature:
        return []
    return [(str(token), str(mark)) for token, mark in found]


def _mark(token: str, name: str) -> str:
    return keyed(f"{_SALT}{settings.SECRET_KEY}".encode(), token, same_name(name))[:32]
