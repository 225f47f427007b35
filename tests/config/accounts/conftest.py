"""Browsers that sign in from somewhere, and an authenticator app that shows real codes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from tests.tracker.conftest import workers

__all__ = ["workers"]

PASSWORD = "a-long-passphrase"
HOME, ELSEWHERE = "192.0.2.7", "198.51.100.9"


def code_of(secret: str, *, at: float | None = None) -> str:
    """What an authenticator app shows: RFC 6238, written here again so that the product is not asked about itself."""
    counter = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    hashed = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = hashed[-1] & 15
    return f"{(struct.unpack('>I', hashed[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


class Visitor:
    """A browser somewhere, with its own cookies."""

    def __init__(self, *, address: str = HOME, agent: str = "") -> None:
        self.client = Client(REMOTE_ADDR=address, HTTP_USER_AGENT=agent)

    def get(self, path: str, **values: Any) -> Any:
        return self.client.get(path, **values)

    def post(self, path: str, data: dict[str, Any] | None = None, **values: Any) -> Any:
        return self.client.post(path, data or {}, **values)

    def sign_in(self, name: str = "researcher", password: str = PASSWORD, **more: str) -> Any:
        return self.post("/accounts/login/", {"login": name, "password": password, **more})

    def give_code(self, code: str) -> Any:
        return self.post("/accounts/login/code/", {"code": code})

    def is_in(self) -> bool:
        return bool(self.get("/accounts/").status_code == 200)

    def at(self, address: str) -> Visitor:
        self.client.defaults["REMOTE_ADDR"] = address
        return self


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """allauth keeps used codes in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def visitor(researcher: User) -> Visitor:
    return Visitor()


@pytest.fixture
def with_app(researcher: User) -> str:
    """The researcher has an authenticator app; its secret."""
    secret = base64.b32encode(b"twenty bytes of this").decode()
    TOTP.activate(researcher, secret)
    return secret


def messages_in(answer: Any) -> str:
    return " ".join(re.findall(r'<li class="(?:warning|success|error)">(.*?)</li>', answer.content.decode()))


def factors_of(user: User) -> set[str]:
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
