"""Asking a service: the same guard and bounds as a look, no redirect, and no key to whom it is not meant for."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

import pytest

from tracker.probing import EgressPolicy, Limits, RealNetwork
from tracker.probing.asking import Answer, NoAnswer, ask

from .conftest import Authority
from .servers import LOOPBACK, QUICK, Handler, reply, serving

KEY = ("Authorization", "LOW access:secret")


def asked(
    handler: Handler,
    *,
    content: bytes | None = None,
    policy: EgressPolicy = LOOPBACK,
    context: ssl.SSLContext | None = None,
    ca_file: str | None = None,
    limits: Limits = QUICK,
) -> Answer:
    async def scene() -> Answer:
        async with serving(handler, context=context) as port:
            scheme = "https" if context else "http"
            network = RealNetwork(policy=policy, given_resolvers=(), ca_file=ca_file)
            url = f"{scheme}://127.0.0.1:{port}/save"
            return await ask(url, network=network, headers=[KEY], content=content, limits=limits)

    return asyncio.run(scene())


class Listener:
    """Answers, and remembers what it was asked."""

    def __init__(self, answer: bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") -> None:
        self.answer, self.heard = answer, b""

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next((line for line in head.split(b"\r\n") if line.startswith(b"Content-Length:")), b":0")
        self.heard = head + await reader.readexactly(int(length.partition(b":")[2]))
        writer.write(self.answer)
        await writer.drain()


def test_a_question_is_a_get_with_its_headers() -> None:
    service = Listener()
    assert asked(service) == Answer(200, b"ok")
    assert service.heard.startswith(b"GET /save HTTP/1.1\r\nHost: 127.0.0.1")
    assert b"\r\nAuthorization: LOW access:secret\r\n" in service.heard
    assert b"Content-Length" not in service.heard


@pytest.mark.parametrize("content", [b"", b"url=a&b=c", bytes(range(256)) * 500])
def test_content_is_posted_as_it_is(content: bytes) -> None:
    service = Listener()
    asked(service, content=content)
    assert service.heard.startswith(b"POST /save HTTP/1.1\r\n")
    assert service.heard.endswith(b"\r\n\r\n" + content)


def test_an_answer_that_says_no_is_an_answer() -> None:
    assert asked(Listener(b"HTTP/1.1 503 No\r\nContent-Length: 4\r\n\r\nbusy")) == Answer(503, b"busy")


def test_a_redirect_is_not_followed() -> None:
    there = Listener(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
    assert asked(there).status == 302


@pytest.mark.parametrize("fault", [{"expired": True}, {"self_signed": True}])
def test_no_key_goes_to_whom_cannot_be_trusted(authority: Authority, fault: dict[str, Any]) -> None:
    service = Listener()
    with pytest.raises(NoAnswer, match="ssl_"):
        asked(service, context=authority.context("127.0.0.1", **fault), ca_file=authority.ca_file)
    assert service.heard == b""


def test_a_service_that_can_be_trusted_is_asked(authority: Authority) -> None:
    answer = asked(Listener(), context=authority.context("127.0.0.1"), ca_file=authority.ca_file)
    assert answer == Answer(200, b"ok")


def test_the_guard_stands_before_services_as_before_pages() -> None:
    service = Listener()
    with pytest.raises(NoAnswer, match="refused by our own policy"):
        asked(service, policy=EgressPolicy())
    assert service.heard == b""


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"", "eof_error"),
        (b"no http\r\n\r\n", "http_request_failed"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "eof_error"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 2_000_000, "longer than 1000000 bytes"),
    ],
)
def test_what_cannot_be_read_is_no_answer(answer: bytes, why: str) -> None:
    with pytest.raises(NoAnswer, match=why) as raised:
        asked(reply(answer))
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("url", ["gopher://a/", "nothing", "http://127.0.0.1:1/"])
def test_an_address_that_leads_nowhere_is_no_answer(url: str) -> None:
    with pytest.raises(NoAnswer):
        asyncio.run(ask(url, network=RealNetwork(policy=LOOPBACK, given_resolvers=()), limits=QUICK))
